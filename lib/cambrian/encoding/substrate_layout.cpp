#include "cambrian/encoding/substrate_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr std::int64_t kMaxNeurons = 1'000'000;  // of a layer: their links are beyond any memory

std::size_t coordinates_of(const NetworkInterface& body, std::string_view encoding) {
  const std::string who = "'" + std::string(encoding) + "' ";
  if (body.sensors.empty() || body.motors.empty()) {
    throw ConfigError("name", who + "paints links from sensors to motors, but this body has " +
                                  std::to_string(body.sensors.size()) + " sensors and " +
                                  std::to_string(body.motors.size()) + " motors");
  }
  const std::size_t dimensions = body.sensors.front().position.size();
  const auto require = [&](const Terminal& terminal, const char* what) {
    const std::size_t has = terminal.position.size();
    if (has == dimensions && has >= 1 && has <= 3) return;
    const bool differs = dimensions >= 1 && dimensions <= 3;
    throw ConfigError("name", who + "needs " +
                                  (differs ? std::to_string(dimensions) + " coordinates, as of '" +
                                                 body.sensors.front().name + "',"
                                           : std::string("1 to 3 coordinates")) +
                                  " for each sensor and motor, but " + what + " '" + terminal.name +
                                  "' has " + std::to_string(has) +
                                  "; sensor_points and motor_points of [encoding] give places");
  };
  for (const Terminal& sensor : body.sensors) require(sensor, "sensor");
  for (const Terminal& motor : body.motors) require(motor, "motor");
  return dimensions;
}

Sheet sheet_of(const std::vector<Terminal>& terminals) {
  Sheet sheet;
  for (const Terminal& terminal : terminals) {
    const auto at = [&](std::size_t axis) {
      return axis < terminal.position.size() ? static_cast<float>(terminal.position[axis]) : 0.0F;
    };
    sheet.push_back({.x = at(0), .y = at(1), .z = at(2)});
  }
  return sheet;
}

/// @param what  "sensor" or "motor"
void put_at(std::vector<Terminal>& terminals, const std::vector<double>& points,
            const std::string& what) {
  if (points.empty()) return;
  const std::size_t count = terminals.size();
  if (count == 0 || points.size() % count != 0 || points.size() > 3 * count) {
    throw ConfigError(what + "_points",
                      "has " + counted(points.size(), "number") + ", but " + counted(count, what) +
                          " of 1 to 3 coordinates need " + std::to_string(count) + ", " +
                          std::to_string(2 * count) + " or " + std::to_string(3 * count));
  }
  auto next = points.begin();
  const auto dimensions = static_cast<std::ptrdiff_t>(points.size() / count);
  for (Terminal& terminal : terminals) {
    terminal.position.assign(next, next + dimensions);
    next += dimensions;
  }
}

/// Neurons of one layer at one place have equal links: they are one neuron that counts twice.
/// @throws ConfigError
void require_apart(const Sheet& layer, std::size_t dimensions) {
  std::set<std::array<float, 3>> places;
  for (const SubstratePoint& neuron : layer) {
    if (places.insert({neuron.x, neuron.y, neuron.z}).second) continue;
    std::string place = fmt::format("{:g}", neuron.x);
    if (dimensions > 1) place += fmt::format(", {:g}", neuron.y);
    if (dimensions > 2) place += fmt::format(", {:g}", neuron.z);
    throw ConfigError("hidden_points", "puts two neurons of a layer at (" + place +
                                           "), where their links would be the same; another place "
                                           "is expected");
  }
}

/// Puts the neurons of the hidden layers where the points say.
void move_to(const std::vector<double>& points, const std::vector<double>& heights,
             SubstrateLayout& layout) {
  std::size_t neurons = 0;
  for (std::size_t i = 1; i < layout.sheets.size(); ++i) neurons += layout.sheets[i].size();
  if (!heights.empty()) {
    throw ConfigError("hidden_points", "says where hidden neurons are, but so does heights");
  }
  if (points.size() != neurons * layout.dimensions) {
    throw ConfigError("hidden_points", "has " + counted(points.size(), "number") + ", but " +
                                           counted(neurons, "hidden neuron") + " of " +
                                           counted(layout.dimensions, "coordinate") + " need " +
                                           std::to_string(neurons * layout.dimensions));
  }
  auto next = points.begin();
  for (std::size_t i = 1; i < layout.sheets.size(); ++i) {
    for (SubstratePoint& neuron : layout.sheets[i]) {
      neuron.x = static_cast<float>(*next++);
      neuron.y = layout.dimensions > 1 ? static_cast<float>(*next++) : 0.0F;
      neuron.z = layout.dimensions > 2 ? static_cast<float>(*next++) : 0.0F;
    }
    require_apart(layout.sheets[i], layout.dimensions);
  }
}

/// Lays the layers evenly over `layer` in [-1, 1].
void number_layers(std::vector<Sheet>& sheets) {
  const Sheet places = make_row(sheets.size(), 0.0F);
  for (std::size_t layer = 0; layer < sheets.size(); ++layer) {
    for (SubstratePoint& neuron : sheets[layer]) neuron.layer = places[layer].x;
  }
}

/// Lays the kinds of sensors, in the order in which they appear, evenly over `kind` in [-1, 1].
/// @return how many there are
std::size_t number_kinds(Sheet& sheet, const std::vector<Terminal>& sensors) {
  std::map<std::string, std::size_t> kinds;
  for (const Terminal& sensor : sensors) kinds.emplace(sensor.kind, kinds.size());
  const Sheet places = make_row(kinds.size(), 0.0F);
  for (std::size_t i = 0; i < sensors.size(); ++i) {
    sheet[i].kind = places[kinds.at(sensors[i].kind)].x;
  }
  return kinds.size();
}

}  // namespace

void TerminalPlaces::visit(ParameterVisitor& visitor) {
  visitor.reals("sensor_points", sensor_points, {-1.0, 1.0},
                {"places of the sensors instead of those that the environment gives: 1 to 3 "
                 "coordinates of the first, then of the next; empty: the environment's",
                 "", "our choice"});
  visitor.reals("motor_points", motor_points, {-1.0, 1.0},
                {"places of the motors, likewise", "", "our choice"});
}

NetworkInterface TerminalPlaces::put(NetworkInterface body) const {
  put_at(body.sensors, sensor_points, "sensor");
  put_at(body.motors, motor_points, "motor");
  return body;
}

SubstrateLayout lay_out(const Shapes& hidden, const std::vector<double>& heights,
                        const std::vector<double>& points, const NetworkInterface& body,
                        std::string_view encoding) {
  SubstrateLayout layout;
  layout.dimensions = coordinates_of(body, encoding);
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    if (hidden[i].size() > 3) {
      throw ConfigError("hidden", "entry " + std::to_string(i + 1) + " has " +
                                      std::to_string(hidden[i].size()) +
                                      " dimensions, but at most 3 are expected");
    }
    layout.dimensions = std::max(layout.dimensions, hidden[i].size());
    std::int64_t neurons = 1;
    for (const std::int64_t number : hidden[i])
      neurons = std::min(neurons * number, kMaxNeurons + 1);
    if (neurons <= kMaxNeurons) continue;
    throw ConfigError("hidden", "entry " + std::to_string(i + 1) + " has more than " +
                                    std::to_string(kMaxNeurons) + " neurons, the most of a layer");
  }
  if (!heights.empty() && heights.size() != hidden.size()) {
    throw ConfigError("heights", "has " + counted(heights.size(), "number") + ", but there " +
                                     (hidden.size() == 1 ? "is " : "are ") +
                                     counted(hidden.size(), "hidden layer"));
  }
  layout.sheets.push_back(sheet_of(body.sensors));
  const auto layers = static_cast<float>(hidden.size());
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    const float even = -1.0F + 2.0F * static_cast<float>(i + 1) / (layers + 1.0F);
    const float height = heights.empty() ? even : static_cast<float>(heights[i]);
    layout.sheets.push_back(make_grid(hidden[i], layout.dimensions, height));
  }
  if (!points.empty()) move_to(points, heights, layout);
  layout.sheets.push_back(sheet_of(body.motors));
  number_layers(layout.sheets);
  layout.kinds = number_kinds(layout.sheets.front(), body.sensors);
  return layout;
}

std::optional<SubstrateLayout> find_layout(const Shapes& hidden, const NetworkInterface& body) {
  if (body.sensors.empty() || body.motors.empty()) return {};
  const std::size_t dimensions = body.sensors.front().position.size();
  const auto fits = [&](const Terminal& terminal) {
    return dimensions >= 1 && dimensions <= 3 && terminal.position.size() == dimensions;
  };
  if (!std::ranges::all_of(body.sensors, fits) || !std::ranges::all_of(body.motors, fits) ||
      std::ranges::any_of(hidden, [](const auto& shape) { return shape.size() > 3; })) {
    return {};
  }
  Shapes turned = hidden;  // of lay_out() the first coordinate is the fastest
  for (auto& shape : turned) std::ranges::reverse(shape);
  SubstrateLayout layout = lay_out(turned, {}, {}, body, "");
  for (std::size_t layer = 0; layer < hidden.size(); ++layer) {
    for (SubstratePoint& neuron : layout.sheets[layer + 1]) {
      if (hidden[layer].size() == 2) std::swap(neuron.x, neuron.y);
      if (hidden[layer].size() == 3) std::swap(neuron.x, neuron.z);
    }
  }
  return layout;
}

void place_neurons(const std::vector<Sheet>& sheets, std::size_t dimensions, Wiring& wiring) {
  auto node = wiring.nodes.begin();
  for (const Sheet& sheet : sheets) {
    for (const SubstratePoint& point : sheet) {
      node->place.x = point.x;
      node->place.y = point.y;
      if (dimensions > 2) node->place.z = point.z;
      ++node;
    }
  }
}

}  // namespace cambrian
