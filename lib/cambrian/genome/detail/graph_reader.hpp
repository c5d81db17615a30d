// Private to this room: reads one graph from JSON.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cambrian/genome/detail/json_value.hpp"
#include "cambrian/genome/graph/graph_space.hpp"

namespace cambrian {

constexpr std::uint64_t kMaxCount = std::numeric_limits<std::uint32_t>::max();

/// Whom a graph descends from, where another program has made it.
struct GraphParents {
  const GraphSpace::Shape& shape;
  const Graph& mother;
  const Graph* father = nullptr;

  /// A parent's gene with the innovation number of this one of a child, the mother's first; null: neither
  /// has it.
  const NodeGene* gene_of(const NodeGene& node) const;
  const EdgeGene* gene_of(const Graph& child, const EdgeGene& edge) const;
};

/// One graph on its way in: genes as the file lists them, then sorted.
///
/// A child (`parents` are given) has its new genes named as NEAT's mutations name them. Hidden nodes
/// that it has from a parent show it by their innovation numbers; each other one says which link it
/// `splits`, by the ids of two nodes, whether or not the child still has that link. Births and
/// structural_mutations are not read: genes keep those of their parents, and all new ones count as one
/// structural mutation.
class GraphReader {
 public:
  GraphReader(const JsonValue& json, const GraphForm& form, const GraphParents* parents = nullptr)
      : json_(json), form_(form), parents_(parents) {}

  /// @throws ConfigError naming the place of the first fault
  Graph read();

 private:
  void read_nodes();
  NodeGene node_of(const JsonValue& json);
  void name_hidden_nodes(const std::vector<JsonValue>& nodes);
  void name_childs_nodes(const std::vector<JsonValue>& nodes);
  std::uint64_t split_by(const JsonValue& node) const;
  void expect_activation(const NodeGene& node, const JsonValue& json) const;
  void expect_count(NodeKind kind, std::size_t expected) const;
  void sort_nodes();
  void read_links();
  EdgeGene edge_of(const JsonValue& json) const;
  std::uint32_t row_of(const JsonValue& end) const;
  void date_childs_genes();
  std::size_t& count(NodeKind kind) { return counts_[static_cast<std::size_t>(kind)]; }

  const JsonValue& json_;
  const GraphForm& form_;
  const GraphParents* parents_;
  Graph graph_;
  std::array<std::size_t, 4> counts_{};          // nodes of each kind
  std::map<std::uint64_t, std::uint32_t> rows_;  // of a node's id
};

}  // namespace cambrian
