// Measures of the network itself, beside those of its environment: columns of an evaluation like any
// other, so that a descriptor may name them (`archive.descriptor = ["x", "network.links"]`).
#pragma once

#include <span>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

/// Those that need the network laid open, which costs more than many an evaluation: computed only
/// where they are named.
enum class NetworkMeasure : std::uint8_t { modularity, connection_cost };
/// With their names, such as "network.modularity".
std::vector<Choice<NetworkMeasure>> network_measure_choices();
/// Those among some names of measures; each once, in the order of network_measure_choices().
std::vector<NetworkMeasure> network_measures_among(std::span<const std::string> names);

/// `network.nodes` and `network.links`, what Network::nodes() and links() count, then those that are
/// named, of network/modularity.hpp. Some have no upper bound, so a grid over them needs its own.
std::vector<Measure> network_measures(std::span<const NetworkMeasure> named);

/// Of the network of the decoder's last decode(), as its life has left it.
/// @param values  [network_measures(named).size()], written
/// @throws Error where the network has no places that `network.connection_cost` needs, or its
/// decoder cannot lay it open
void measure_network(const Network& network, const Decoder& decoder,
                     std::span<const NetworkMeasure> named, std::span<double> values);

/// What a network's evaluation gives: the environment's description, with the network's measures
/// after the environment's own.
EnvironmentDescription with_network_measures(EnvironmentDescription description,
                                             std::span<const NetworkMeasure> named);

}  // namespace cambrian
