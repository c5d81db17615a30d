// Where graph genomes start: the seed structures of NEAT networks and CPPNs.
#pragma once

#include <string>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/genome/genome_kind.hpp"
#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

/// What the first graphs look like: what the encoding asks for, every input and the bias to every
/// output, by way of one hidden node, or to every output the bias and one input that is drawn.
enum class SeedGraph { encoding, full, one_hidden, one_input };

/// `[genome]` for graphs.
struct GraphGenomeParameters final : Parameters {
  double initial_range = 1.0;  ///< first weights U(-r, r)
  SeedGraph seed = SeedGraph::encoding;
  std::vector<Activation> activations;  ///< new nodes draw from these; empty: the encoding's own
  void visit(ParameterVisitor& visitor) override;
};

/// A hidden node of the first graphs that an encoding asks for, with the weights of its edges, which
/// are not drawn.
struct SeedNode {
  struct Input {
    std::uint32_t index = 0;  ///< of the graph's inputs
    float weight = 0.0F;
  };
  Activation activation = Activation::gaussian;
  std::vector<Input> from;
  float weight = 1.0F;  ///< of its edge to the output of its SeedOutput
};

/// An output of the first graphs that has edges from these nodes and the bias alone.
struct SeedOutput {
  std::uint32_t output = 0;
  std::vector<SeedNode> nodes;
  float bias = 0.0F;  ///< weight of the edge from the bias
};

class GraphSpace final : public GenomeSpace {
 public:
  static constexpr std::string_view kKind = GraphPopulation::kKind;
  struct Shape : GraphForm {
    bool one_hidden = false;  ///< seed: inputs and bias -> one hidden node -> outputs (NSC's maze
                              ///< seed); else all inputs and bias -> all outputs
    std::vector<Activation> activations = {
        Activation::steep_sigmoid};  ///< hidden nodes draw uniformly from these
    Activation output_activation = Activation::steep_sigmoid;
    std::vector<Activation> output_activations = {};  ///< [outputs]; empty: output_activation
    std::vector<SeedOutput> seed_outputs = {};        ///< no output twice
    bool outputs_may_change = false;  ///< whether mutation may give outputs another activation
    Activation draw_activation(Stream& stream) const {
      return activations[stream.below(static_cast<std::uint32_t>(activations.size()))];
    }
  };
  GraphSpace(const GraphGenomeParameters& parameters, Shape shape);
  const Shape& shape() const { return shape_; }
  std::string_view kind() const override { return kKind; }
  std::unique_ptr<Population> make_population() const override {
    return std::make_unique<GraphPopulation>(shape_);
  }
  void draw(Population& population, std::size_t first, std::size_t count, StreamKey key,
            std::uint64_t first_id) const override;
  void check(const Population& population, std::size_t row) const override;

 private:
  GraphGenomeParameters parameters_;
  Shape shape_;
};

/// Graphs of one shape, as an encoding takes them.
GenomePart graph_genome(const GraphSpace::Shape& shape);

}  // namespace cambrian
