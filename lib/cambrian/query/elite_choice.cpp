#include "cambrian/query/elite_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/objective_direction.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// The elites' descriptors [N, D] and the bounds of their axes.
struct Descriptors {
  std::vector<double> values, min, max;
  std::size_t dimensions() const { return min.size(); }

  explicit Descriptors(const StateReader& archive)
      : values(archive.column<double>("descriptor")),
        min(archive.attribute_as<std::vector<double>>("descriptor_min")),
        max(archive.attribute_as<std::vector<double>>("descriptor_max")) {
    if (min.empty() || max.size() != min.size() || values.size() % min.size() != 0) {
      throw Error("/archive: descriptor_min and descriptor_max do not fit the descriptors");
    }
  }
  /// Squared, each axis in units of its bounds; an axis without finite bounds in its own.
  double distance2(std::size_t row, const std::vector<double>& point) const {
    double sum = 0;
    for (std::size_t axis = 0; axis < dimensions(); ++axis) {
      const double width = max[axis] - min[axis];
      const double scale = std::isfinite(width) && width > 0 ? width : 1;
      const double step = (values[row * dimensions() + axis] - point[axis]) / scale;
      sum += step * step;
    }
    return sum;
  }
};

std::size_t nearest(const StateReader& archive, const std::vector<double>& point,
                    std::size_t rows) {
  const Descriptors descriptors(archive);
  if (point.size() != descriptors.dimensions()) {
    throw ConfigError(
        "--near", "has " + counted(point.size(), "value") + ", but the descriptor has " +
                      std::to_string(descriptors.dimensions()) + ": " +
                      joined(archive.attribute_as<std::vector<std::string>>("descriptor_names")));
  }
  if (descriptors.values.size() != rows * descriptors.dimensions()) {
    throw Error("/archive/descriptor: is not as long as its table");
  }
  std::size_t best = 0;
  for (std::size_t row = 1; row < rows; ++row) {
    if (descriptors.distance2(row, point) < descriptors.distance2(best, point)) best = row;
  }
  return best;
}

/// @param objectives  the first of each row, as given
std::size_t best(std::vector<double> objectives, ObjectiveDirection direction) {
  turn_minimised(objectives, std::span(&direction, 1));
  // What is not a number is never the best.
  const auto worse = [](double a, double b) { return std::isnan(a) ? !std::isnan(b) : a < b; };
  return static_cast<std::size_t>(std::ranges::max_element(objectives, worse) - objectives.begin());
}

}  // namespace

std::uint32_t row_of(std::span<const std::uint64_t> ids, std::uint64_t id) {
  const auto found = std::ranges::find(ids, id);
  if (found == ids.end())
    throw ConfigError("--id " + std::to_string(id), "is not among the elites");
  return static_cast<std::uint32_t>(found - ids.begin());
}

std::size_t elite_row(const RunFileReader& file, const std::string& archive,
                      const EliteChoice& choice) {
  const auto group = file.group(archive);
  const auto ids = group->column<std::uint64_t>("id");
  if (ids.empty()) throw Error("/" + archive + ": holds no elites yet");
  if (!choice.near.empty()) return nearest(*group, choice.near, ids.size());
  if (choice.best) {
    const auto objectives = group->column<double>("objective");
    if (objectives.size() != ids.size())
      throw Error("/" + archive + "/objective: is not as long as its table");
    const std::size_t width = group->has("objectives") ? group->width("objectives") : 1;
    return best(objectives, load_directions(*group, width, "/" + archive).front());
  }
  return row_of(ids, *choice.id);
}

}  // namespace cambrian
