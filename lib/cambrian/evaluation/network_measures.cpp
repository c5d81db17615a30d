#include "cambrian/evaluation/network_measures.hpp"

#include <algorithm>
#include <limits>

#include "cambrian/network/modularity.hpp"

namespace cambrian {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

Measure measure_of(NetworkMeasure measure) {
  if (measure == NetworkMeasure::modularity) {
    return {"network.modularity", "", 0.0, 1.0,
            "Leicht & Newman's Q of the directed network; computed only where it is named"};
  }
  return {"network.connection_cost", "", 0.0, kUnbounded,
          "sum of the squared lengths of the links, of encodings that place neurons; computed only "
          "where it is named"};
}

}  // namespace

std::vector<Choice<NetworkMeasure>> network_measure_choices() {
  return {{"network.modularity", NetworkMeasure::modularity},
          {"network.connection_cost", NetworkMeasure::connection_cost}};
}

std::vector<NetworkMeasure> network_measures_among(std::span<const std::string> names) {
  std::vector<NetworkMeasure> among;
  for (const auto& choice : network_measure_choices()) {
    if (std::ranges::find(names, choice.word) != names.end()) among.push_back(choice.value);
  }
  return among;
}

std::vector<Measure> network_measures(std::span<const NetworkMeasure> named) {
  std::vector<Measure> measures = {
      {"network.nodes", "nodes", 0.0, kUnbounded, "the network's sensors, bias and neurons"},
      {"network.links", "links", 0.0, kUnbounded,
       "the network's links, including those from the bias"}};
  for (const NetworkMeasure measure : named) measures.push_back(measure_of(measure));
  return measures;
}

void measure_network(const Network& network, const Decoder& decoder,
                     std::span<const NetworkMeasure> named, std::span<double> values) {
  values[0] = static_cast<double>(network.nodes());
  values[1] = static_cast<double>(network.links());
  if (named.empty()) return;
  Wiring wiring = decoder.wiring();
  decoder.place(wiring);
  for (std::size_t i = 0; i < named.size(); ++i) {
    values[2 + i] =
        named[i] == NetworkMeasure::modularity ? modularity(wiring) : connection_cost(wiring);
  }
}

EnvironmentDescription with_network_measures(EnvironmentDescription description,
                                             std::span<const NetworkMeasure> named) {
  for (Measure& measure : network_measures(named)) {
    description.measures.push_back(std::move(measure));
  }
  return description;
}

}  // namespace cambrian
