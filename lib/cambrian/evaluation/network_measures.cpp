#include "cambrian/evaluation/network_measures.hpp"

#include <limits>

namespace cambrian {

std::vector<Measure> network_measures() {
  constexpr double kUnbounded = std::numeric_limits<double>::infinity();
  return {{"network.nodes", "nodes", 0.0, kUnbounded, "the network's sensors, bias and neurons"},
          {"network.links", "links", 0.0, kUnbounded,
           "the network's links, including those from the bias"}};
}

void measure_network(const Network& network, std::span<double> values) {
  values[0] = static_cast<double>(network.nodes());
  values[1] = static_cast<double>(network.links());
}

EnvironmentDescription with_network_measures(EnvironmentDescription description) {
  for (Measure& measure : network_measures()) description.measures.push_back(std::move(measure));
  return description;
}

}  // namespace cambrian
