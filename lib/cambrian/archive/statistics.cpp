#include "cambrian/archive/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"

namespace cambrian {
namespace {

double norm(std::span<const double> a, std::span<const double> b, double order) {
  double sum = 0;
  for (std::size_t d = 0; d < a.size(); ++d) {
    const double difference = std::abs(a[d] - b[d]);
    if (std::isinf(order)) {
      sum = std::max(sum, difference);
    } else if (order == 2) {
      sum += difference * difference;
    } else {
      sum += std::pow(difference, order);
    }
  }
  if (std::isinf(order) || order == 1) return sum;
  return order == 2 ? std::sqrt(sum) : std::pow(sum, 1 / order);
}

void check_options(std::size_t elites, std::size_t dimensions, const CqdOptions& options) {
  if (elites == 0) throw ConfigError("elites", "are missing: there is nothing to score");
  if (dimensions == 0 || options.iterations == 0 || options.targets.empty() ||
      options.targets.size() % (options.iterations * dimensions) != 0) {
    throw ShapeError("targets: " + std::to_string(options.targets.size()) +
                     " numbers, but expected a whole number of points of " +
                     std::to_string(dimensions) + " for each of " +
                     std::to_string(options.iterations) + " iterations");
  }
  if (!(options.objective_max > options.objective_min)) {
    throw ConfigError("objective_max", "is not above objective_min");
  }
  if (!(options.distance_max > 0)) throw ConfigError("distance_max", "is not above 0");
  if (!(options.distance_order >= 1)) throw ConfigError("distance_order", "is not at least 1");
}

}  // namespace

ArchiveStatistics statistics(const Elites& elites, double qd_offset) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const Individuals& rows = elites.individuals();
  ArchiveStatistics result;
  result.size = rows.size();
  result.objective_max = result.objective_mean = kNone;
  if (rows.size() == 0) return result;

  double sum = 0;
  result.objective_max = elites.objective_best_ever();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double objective = rows.objective(i);
    sum += objective;
    result.qd_score += objective - qd_offset;
  }
  result.objective_mean = sum / static_cast<double>(result.size);
  if (const std::size_t cells = elites.archive().cell_count(); cells > 0) {
    result.coverage =
        static_cast<double>(elites.archive().filled_cells()) / static_cast<double>(cells);
    result.normalised_qd_score = result.qd_score / static_cast<double>(cells);
  }
  return result;
}

std::vector<double> even_penalties(std::size_t count) {
  std::vector<double> penalties(count, 0.0);
  for (std::size_t i = 1; i < count; ++i)
    penalties[i] = static_cast<double>(i) / static_cast<double>(count - 1);
  return penalties;
}

std::vector<double> cqd_score(std::span<const double> objectives,
                              std::span<const double> descriptors, std::size_t dimensions,
                              const CqdOptions& options) {
  check_count("descriptors", descriptors.size(), objectives.size() * dimensions);
  check_options(objectives.size(), dimensions, options);
  const std::size_t targets = options.targets.size() / options.iterations / dimensions;
  const double range = options.objective_max - options.objective_min;
  std::vector<double> scores(options.iterations, 0.0);
  std::vector<double> best(options.penalties.size());
  for (std::size_t at = 0; at < options.iterations * targets; ++at) {
    const auto target = options.targets.subspan(at * dimensions, dimensions);
    std::ranges::fill(best, -std::numeric_limits<double>::infinity());
    for (std::size_t i = 0; i < objectives.size(); ++i) {
      const double distance =
          norm(descriptors.subspan(i * dimensions, dimensions), target, options.distance_order) /
          options.distance_max;
      const double objective = objectives[i] / range;
      for (std::size_t p = 0; p < best.size(); ++p)
        best[p] = std::max(best[p], objective - options.penalties[p] * distance);
    }
    for (const double value : best) scores[at / targets] += value;
  }
  return scores;
}

}  // namespace cambrian
