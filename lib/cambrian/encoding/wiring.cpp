#include "cambrian/encoding/wiring.hpp"

#include <cassert>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/encoding/node_functions.hpp"

namespace cambrian {

Wiring Encoding::wiring(const Population&, std::size_t) const {
  throw Error("networks of this encoding cannot be laid open");
}

Wiring wiring_of(FeedForwardNetwork& network, std::span<const Sheet> sheets) {
  assert(sheets.empty() || sheets.size() == network.layers() + 1);
  Wiring wiring;
  const auto place = [&](std::size_t layer, std::size_t i) {
    return sheets.empty() ? Wiring::Node().place : sheets[layer][i];
  };
  for (std::size_t i = 0; i < network.inputs(); ++i) {
    wiring.nodes.push_back({NodeKind::input, 0, NodeFunction::identity, 0.0F, place(0, i)});
  }
  std::size_t before = 0;  // first node of the layer before
  for (std::size_t layer = 0; layer < network.layers(); ++layer) {
    const std::size_t first = wiring.nodes.size();
    const NodeKind kind = layer + 1 == network.layers() ? NodeKind::output : NodeKind::hidden;
    for (std::size_t n = 0; n < network.layer_neurons(layer); ++n) {
      wiring.nodes.push_back({kind, static_cast<std::uint32_t>(layer + 1), network.function(layer),
                              network.biases(layer)[n], place(layer + 1, n)});
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

Wiring wiring_of(const Graph& graph) {
  Wiring wiring;
  for (const NodeGene& node : graph.nodes) {
    const bool neuron = node.kind == NodeKind::hidden || node.kind == NodeKind::output;
    wiring.nodes.push_back(
        {node.kind, neuron ? 1U : 0U, node_function(node.activation), node.bias, {}});
    if (!neuron) wiring.nodes.back().function = NodeFunction::identity;
    wiring.nodes.back().place = Wiring::Node().place;
  }
  for (const EdgeGene& edge : graph.edges) {
    if (edge.enabled && edge.weight != 0.0F)
      wiring.links.push_back({edge.source, edge.target, edge.weight});
  }
  return wiring;
}

}  // namespace cambrian
