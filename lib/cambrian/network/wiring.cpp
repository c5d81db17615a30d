#include "cambrian/network/wiring.hpp"

namespace cambrian {

Wiring wiring_of(FeedForwardNetwork& network) {
  Wiring wiring;
  wiring.nodes.assign(network.inputs(), {.kind = NodeKind::input});
  std::size_t before = 0;  // first node of the layer before
  for (std::size_t layer = 0; layer < network.layers(); ++layer) {
    const std::size_t first = wiring.nodes.size();
    const NodeKind kind = layer + 1 == network.layers() ? NodeKind::output : NodeKind::hidden;
    for (std::size_t n = 0; n < network.layer_neurons(layer); ++n) {
      wiring.nodes.push_back({kind, static_cast<std::uint32_t>(layer + 1), network.function(layer),
                              network.biases(layer)[n]});
    }
    for (std::size_t i = 0; i < network.layer_inputs(layer); ++i) {
      const std::span<const float> weights = network.weights_from(layer, i);
      for (std::size_t n = 0; n < weights.size(); ++n) {
        if (weights[n] == 0.0F) continue;
        wiring.links.push_back({static_cast<std::uint32_t>(before + i),
                                static_cast<std::uint32_t>(first + n), weights[n]});
      }
    }
    before = first;
  }
  return wiring;
}

}  // namespace cambrian
