// The graph is the network: a NEAT network, recurrent links allowed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cambrian/encoding/encoding.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/network/recurrent.hpp"

namespace cambrian {

/// Builds networks from graphs; reuses its memory from one to the next.
class GraphNetworkBuilder {
 public:
  /// The network's sensors and outputs are the graph's in order; disabled links are left out.
  void build(const Graph& graph, RecurrentNetwork& network);

 private:
  std::vector<std::uint32_t> ends_;  // [nodes] of the graph: its number in the network
  std::vector<RecurrentNetwork::Node> nodes_;
  std::vector<RecurrentNetwork::Link> links_;
};

struct DirectGraphParameters final : Parameters {
  Activation activation = Activation::neat_sigmoid;
  bool one_hidden = true;
  void visit(ParameterVisitor& visitor) override;
};

/// Sensors and motors in [0, 1], a bias of 1, one update per step.
/// Source: Stanley & Miikkulainen 2002; as in the maze of Lehman & Stanley 2011.
class DirectGraph final : public Encoding {
 public:
  DirectGraph(const DirectGraphParameters& parameters, const NetworkInterface& body);
  std::vector<GenomePart> genome() const override;
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const override;
  Wiring wiring(const NetworkInterface& body, const Population& population,
                std::size_t row) const override;
  std::vector<NetworkNote> notes() const override;

 private:
  std::size_t inputs_;
  std::size_t outputs_;
  bool one_hidden_;
  Activation activation_;
};

}  // namespace cambrian
