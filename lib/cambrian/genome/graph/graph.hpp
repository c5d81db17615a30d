// A graph genome: a CPPN, or a direct NEAT network. Nodes are sorted by mark, edges by (source,
// target), both dense, so that copying is two assignments and two parents align by one merge.
//
// Innovation numbers, "marks" for short, are a 64-bit function of structure (see marks.hpp): no
// table, no counter; equal structures align across threads, runs and merges. Inputs, bias and
// outputs have small marks kind x 2^32 + index, so sorting by mark gives inputs, bias, outputs,
// then hidden nodes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

enum class NodeKind : std::uint8_t { input = 0, bias = 1, hidden = 2, output = 3 };
inline constexpr std::array<std::string_view, 4> kNodeKindNames = {"input", "bias", "hidden",
                                                                   "output"};

/// The functions that a node may carry. Several papers use one name for different functions; ours
/// say which. The run file stores the number and, in the attribute `names`, the word. Values are
/// part of the format: append only.
enum class Activation : std::uint8_t {
  identity = 0,         ///< x
  bipolar_sigmoid = 1,  ///< 2/(1+e^-4.9x) - 1          (EPLEX)
  gaussian = 2,         ///< 2 e^-(2.5x)^2 - 1           (EPLEX)
  absolute = 3,         ///< |x|                         (EPLEX's "Linear")
  sine = 4,             ///< sin 2x                      (EPLEX)
  steep_sigmoid = 5,    ///< 1/(1+e^-4.9x)               (EPLEX, AHNI)
  neat_sigmoid = 6,     ///< 1/(1+e^-4.924273x)          (NEAT 1.2, NSC)
  tanh = 7,             ///< tanh x
  sigmoid = 8,          ///< 1/(1+e^-x)
  step = 9,             ///< x > 0 ? 1 : 0
  relu = 10,            ///< max(0, x)
  cosine = 11,          ///< cos x
  plain_sine = 12,      ///< sin x
  plain_gaussian = 13,  ///< e^-x^2
  square = 14,          ///< x^2
};
inline constexpr std::size_t kActivations = 15;
std::string_view activation_name(Activation activation);
/// @throws Error for a word that names none
Activation activation_from_name(std::string_view name);
/// With their words, for parameters; of all, or of some.
std::vector<Choice<Activation>> activation_choices();
std::vector<Choice<Activation>> activation_choices(const std::vector<Activation>& some);

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
  friend bool operator==(const GraphForm&, const GraphForm&) = default;
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

/// The population as graphs of this form, or of any. @throws Error if it holds anything else
const GraphPopulation& graphs_of(const Population& population, const GraphForm& form);
GraphPopulation& graphs_of(Population& population, const GraphForm& form);

/// In O(1), of a graph whose nodes are sorted, as all but damaged ones are.
/// @throws Error unless the nodes of row `row` begin with so many inputs, the bias and so many
/// outputs
void require_terminals(const GraphPopulation& graphs, std::size_t row, const GraphForm& form);
/// Row `row` of a population of this form. @throws Error as the two above
const Graph& graph_of(const Population& population, std::size_t row, const GraphForm& form);

}  // namespace cambrian
