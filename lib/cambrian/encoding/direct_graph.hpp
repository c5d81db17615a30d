// The graph is the network: a NEAT network, recurrent links allowed.
#pragma once

#include <memory>
#include <vector>

#include "cambrian/encoding/encoding.hpp"
#include "cambrian/genome/graph/graph_space.hpp"

namespace cambrian {

struct DirectGraphParameters final : Parameters {
  Activation activation = Activation::neat_sigmoid;
  bool one_hidden = true;
  bool recurrent = true;
  void visit(ParameterVisitor& visitor) override;
};

/// Sensors and motors in [0, 1], a bias of 1. Recurrent networks: one update per step. The others
/// have no past: a step is one pass through all layers, in which each signal reaches the outputs.
/// Source: Stanley & Miikkulainen 2002; as in the maze of Lehman & Stanley 2011.
class DirectGraph final : public Encoding {
 public:
  DirectGraph(const DirectGraphParameters& parameters, const NetworkInterface& body);
  std::vector<GenomePart> genome() const override;
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const override;
  NetworkLife life() const override { return {.learns = false, .remembers = !shape_.acyclic}; }
  std::vector<NetworkNote> notes() const override;

 private:
  GraphSpace::Shape shape_;
};

}  // namespace cambrian
