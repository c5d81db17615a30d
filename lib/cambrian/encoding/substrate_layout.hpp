// Where the neurons of a substrate sit: sensors and motors where the body or the configuration says,
// hidden layers as grids between them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/encoding/substrate.hpp"
#include "cambrian/network/network.hpp"
#include "cambrian/network/wiring.hpp"

namespace cambrian {

/// The keys of `[encoding]` that put sensors and motors in places of their own.
struct TerminalPlaces {
  std::vector<double> sensor_points = {};
  std::vector<double> motor_points = {};
  void visit(ParameterVisitor& visitor);
  /// The body with the places that are given; the others stay.
  /// @throws ConfigError unless there are 1 to 3 coordinates for each sensor (motor)
  NetworkInterface put(NetworkInterface body) const;
};

struct SubstrateLayout {
  std::vector<Sheet> sheets;   ///< sensors, hidden layers, motors
  std::size_t dimensions = 2;  ///< the most that a terminal or a hidden layer has
  std::size_t kinds = 1;       ///< of sensors
};

/// @param hidden    the shapes of hidden layers; a layer spans [-1, 1] in its own dimensions
/// @param heights   of each hidden layer, along the dimension behind its own; empty: evenly between
/// -1 and 1
/// @param points    places of the hidden neurons instead: all coordinates of the first neuron of the
/// first layer, then those of the next; `hidden` says how many each layer has. Empty: none
/// @param encoding  its name, for messages
/// @throws ConfigError if the body has no sensors or motors, or they do not all have the same number
/// of coordinates, 1 to 3; if a shape has more dimensions than 3; unless there are as many heights
/// as layers, or none; unless there are as many points as hidden neurons, no two of a layer equal, and
/// no heights, or none
SubstrateLayout lay_out(const Shapes& hidden, const std::vector<double>& heights,
                        const std::vector<double>& points, const NetworkInterface& body,
                        std::string_view encoding);

/// Where the neurons of layers sit that nothing is painted from: as lay_out() without heights and points,
/// but grids are row-major (the last coordinate fastest). None where the body does not say where all its
/// sensors and motors sit, or a grid has more than 3 dimensions.
std::optional<SubstrateLayout> find_layout(const Shapes& hidden, const NetworkInterface& body);

/// Puts the neurons of a wiring in their places, sheet after sheet. @param dimensions  of the substrate
void place_neurons(const std::vector<Sheet>& sheets, std::size_t dimensions, Wiring& wiring);

}  // namespace cambrian
