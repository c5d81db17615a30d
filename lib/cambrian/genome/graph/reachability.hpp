// Paths in a graph genome over all its edges, on memory that is reused: what keeps a CPPN acyclic.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

class Reachability {
 public:
  /// Looks at the graph as it is now; call again after each change of nodes or edges.
  void read(const Graph& graph);

  /// A path of edges leads from one node to the other, or they are one.
  /// @param kept  [edges] 0: the edge is not there; empty: all are
  bool reaches(std::uint32_t from, std::uint32_t to, std::span<const std::uint8_t> kept = {});

  /// No cycle over all edges.
  bool acyclic();

 private:
  const Graph* graph_ = nullptr;
  std::vector<std::uint32_t> first_edge_;  // [nodes + 1]
  std::vector<std::uint32_t> stack_;
  std::vector<std::uint32_t> seen_;  // [nodes] == round_: seen in this search
  std::vector<std::uint32_t> indegree_;
  std::uint32_t round_ = 0;
};

}  // namespace cambrian
