// A graph genome: a CPPN, or a direct NEAT network. Nodes are sorted by mark, edges by (source,
// target), both dense, so that copying is two assignments and two parents align by one merge.
//
// Innovation numbers, "marks" for short, are a 64-bit function of structure (see marks.hpp): no
// table, no counter; equal structures align across threads, runs and merges. Inputs, bias and
// outputs have small marks kind x 2^32 + index, so sorting by mark gives inputs, bias, outputs,
// then hidden nodes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "cambrian/core/node.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

struct NodeGene {
  std::uint64_t mark = 0;
  NodeKind kind = NodeKind::hidden;
  Activation activation = Activation::identity;
  float bias = 0.0F;  ///< added before the activation; 0 unless an encoding evolves it
  friend bool operator==(const NodeGene&, const NodeGene&) = default;
};

struct EdgeGene {
  std::uint64_t mark = 0;    ///< of the marks of its two ends
  std::uint32_t source = 0;  ///< row of the node in its own genome
  std::uint32_t target = 0;
  float weight = 0.0F;
  std::uint32_t birth = 0;  ///< number of structural mutations in its line when it arose; inherited
  bool enabled = true;
  /// Edges stand in this order.
  constexpr std::uint64_t ends() const {
    return static_cast<std::uint64_t>(source) << 32U | target;
  }
  friend bool operator==(const EdgeGene&, const EdgeGene&) = default;
};

struct Graph {
  std::vector<NodeGene> nodes;  ///< sorted by mark
  std::vector<EdgeGene> edges;  ///< sorted by (source, target); at most one per pair
  std::uint32_t structural_mutations = 0;
  friend bool operator==(const Graph&, const Graph&) = default;
};

/// What all graphs of a space have in common.
struct GraphForm {
  std::size_t inputs = 1;  ///< without the bias
  std::size_t outputs = 1;
  bool acyclic = true;  ///< CPPN: no cycle over all edges, enabled or not. Direct NEAT: recurrent
                        ///< edges allowed
  std::string_view ends = {};       ///< who asks for these: "one per sensor", for messages
  std::string_view no_cycles = {};  ///< who forbids cycles: "encoding.recurrent = false"
  friend bool operator==(const GraphForm& a, const GraphForm& b) {
    return a.inputs == b.inputs && a.outputs == b.outputs && a.acyclic == b.acyclic;
  }
};

class GraphPopulation final : public Population {
 public:
  static constexpr std::string_view kKind = "graph";
  /// Of any form.
  GraphPopulation() = default;
  /// @param form  what loaded graphs are held to
  explicit GraphPopulation(const GraphForm& form) : form_(form) {}
  Graph& operator[](std::size_t i) { return graphs_[i]; }
  const Graph& operator[](std::size_t i) const { return graphs_[i]; }

  std::string_view kind() const override { return kKind; }
  std::size_t size() const override { return size_; }
  const std::optional<GraphForm>& form() const { return form_; }
  void resize(std::size_t rows) override;
  std::unique_ptr<Population> make_empty() const override {
    auto empty = std::make_unique<GraphPopulation>();
    empty->form_ = form_;
    return empty;
  }
  void apply(std::span<const RowEdit> edits, const Population& offered) override;
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

 private:
  std::vector<Graph> graphs_;  // at least size_; spare ones keep their memory
  std::size_t size_ = 0;
  std::optional<GraphForm> form_;
};

/// @throws Error unless its graphs are of this form, or of any
void require_form(const GraphPopulation& graphs, const GraphForm& form);

/// The population as graphs of this form, or of any; constant where it is.
/// @throws Error if it holds anything else
template <class Any>
auto& graphs_of(Any& population, const GraphForm& form) {
  using P = std::conditional_t<std::is_const_v<Any>, const GraphPopulation, GraphPopulation>;
  P& graphs = population_of<P>(population);
  require_form(graphs, form);
  return graphs;
}

/// In O(1), of a graph whose nodes are sorted, as all but damaged ones are.
/// @throws Error unless the nodes of row `row` begin with so many inputs, the bias and so many
/// outputs
void require_terminals(const GraphPopulation& graphs, std::size_t row, const GraphForm& form);
/// Row `row` of a population of this form. @throws Error as the two above
const Graph& graph_of(const Population& population, std::size_t row, const GraphForm& form);

}  // namespace cambrian
