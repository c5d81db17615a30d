// Measures of the network itself, beside those of its environment: columns of an evaluation like any
// other, so that a descriptor may name them (`archive.descriptor = ["x", "network.links"]`).
#pragma once

#include <span>
#include <vector>

#include "cambrian/environment/environment.hpp"

namespace cambrian {

/// `network.nodes` and `network.links`: what Network::nodes() and links() count. They have no upper
/// bound, so a grid over them needs its own.
std::vector<Measure> network_measures();

/// @param values  [network_measures().size()], written
void measure_network(const Network& network, std::span<double> values);

/// What a network's evaluation gives: the environment's description, with the network's measures
/// after the environment's own.
EnvironmentDescription with_network_measures(EnvironmentDescription description);

}  // namespace cambrian
