#include "environments/maze/places.hpp"

#include <string>
#include <utility>
#include <vector>

#include "cambrian/core/stream.hpp"
#include "environments/maze/sine_cosine.hpp"

namespace cambrian {
namespace {

constexpr SignalRange kSignals{0.0F, 1.0F};
constexpr double kRangefinderRadius = 1.0;
constexpr double kRadarRadius = 0.6;

struct Direction {
  const char* name;
  double degrees;  ///< from the heading, left positive
};
constexpr Direction kRangefinderDirections[] = {{"range_-90", -90}, {"range_-45", -45},
                                                {"range_0", 0},     {"range_45", 45},
                                                {"range_90", 90},   {"range_-180", -180}};
constexpr Direction kRadarDirections[] = {
    {"goal_front", 0}, {"goal_left", 90}, {"goal_back", 180}, {"goal_right", -90}};

using Positions = std::vector<std::vector<double>>;

template <std::size_t n>
void append_circle(Positions& positions, const Direction (&directions)[n], double radius) {
  for (const Direction& direction : directions) {
    const auto [sine, cosine] =
        sine_cosine(direction.degrees < 0 ? direction.degrees + 360 : direction.degrees);
    // From 0, so that no zero is negative.
    positions.push_back({0 - sine * radius, 0 + cosine * radius});
  }
}

void append_row(Positions& positions, std::size_t count, double y) {
  for (std::size_t i = 0; i < count; ++i) {
    positions.push_back({-1 + 2 * static_cast<double>(i) / static_cast<double>(count - 1), y});
  }
}

Positions around() {
  Positions positions;
  append_circle(positions, kRangefinderDirections, kRangefinderRadius);
  append_circle(positions, kRadarDirections, kRadarRadius);
  return positions;
}

Positions rows() {
  Positions positions;
  append_row(positions, std::size(kRangefinderDirections), -1);
  append_row(positions, std::size(kRadarDirections), -1.2);
  return positions;
}

/// Fisher and Yates.
Positions shuffled(Positions positions, std::int64_t shuffle) {
  Stream stream(stream_key(static_cast<std::uint64_t>(shuffle), "environment.places"), 0);
  for (std::size_t left = positions.size(); left > 1; --left) {
    std::swap(positions[left - 1], positions[stream.below(static_cast<std::uint32_t>(left))]);
  }
  return positions;
}

}  // namespace

NetworkInterface maze_body(Places places, std::int64_t shuffle) {
  const bool in_rows = places == Places::rows;
  Positions positions = in_rows ? rows() : around();
  if (places == Places::shuffled) positions = shuffled(std::move(positions), shuffle);
  NetworkInterface body;
  const auto append = [&](const Direction& direction, const char* kind) {
    body.sensors.push_back(
        {direction.name, kSignals, std::move(positions[body.sensors.size()]), kind});
  };
  for (const Direction& direction : kRangefinderDirections) append(direction, "rangefinder");
  for (const Direction& direction : kRadarDirections) append(direction, "radar");
  body.motors = {{"turn", kSignals, {in_rows ? -1.0 : 1.0, in_rows ? 1.0 : 0.0}},
                 {"drive", kSignals, {in_rows ? 1.0 : 0.0, 1.0}}};
  return body;
}

}  // namespace cambrian
