#include "cambrian/query/elite_choice.hpp"

#include <algorithm>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/objective_direction.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// By descriptor, each axis in units of its bounds; an axis without finite bounds in its own.
std::size_t nearest(const StateReader& archive, const std::vector<double>& point,
                    std::size_t rows) {
  const auto values = archive.column<double>("descriptor");  // [N, D]
  const auto min = archive.attribute_as<std::vector<double>>("descriptor_min");
  const auto max = archive.attribute_as<std::vector<double>>("descriptor_max");
  if (min.empty() || max.size() != min.size() || values.size() % min.size() != 0) {
    throw Error("/archive: descriptor_min and descriptor_max do not fit the descriptors");
  }
  if (point.size() != min.size()) {
    throw ConfigError(
        "--near", "has " + counted(point.size(), "value") + ", but the descriptor has " +
                      std::to_string(min.size()) + ": " +
                      joined(archive.attribute_as<std::vector<std::string>>("descriptor_names")));
  }
  if (values.size() != rows * min.size()) {
    throw Error("/archive/descriptor: is not as long as its table");
  }
  std::vector<double> distance2(rows);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t axis = i % min.size();
    const double width = max[axis] - min[axis];
    const double scale = std::isfinite(width) && width > 0 ? width : 1;
    const double step = (values[i] - point[axis]) / scale;
    distance2[i / min.size()] += step * step;
  }
  return static_cast<std::size_t>(std::ranges::min_element(distance2) - distance2.begin());
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
