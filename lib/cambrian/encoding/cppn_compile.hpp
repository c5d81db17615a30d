// From a graph genome to the program that computes it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/network/cppn_program.hpp"

namespace cambrian {

/// Compiles graphs; reuses its memory from one to the next.
class CppnCompiler {
 public:
  /// Coordinates are the graph's inputs in order. Links from the bias are folded into their
  /// targets, disabled ones left out.
  /// @param graph    acyclic over its enabled links
  /// @param outputs  which of the graph's outputs (0: the first) the program gives, in this order;
  ///                 only what reaches them is computed
  /// @param bias     the value of the bias node
  void compile(const Graph& graph, std::span<const std::uint32_t> outputs, float bias,
               CppnProgram& program);

 private:
  void sort_nodes(const Graph& graph);
  void collect_links(const Graph& graph, float bias);

  std::vector<std::uint32_t> sources_;  // [nodes] of the graph: its number in the program
  std::vector<std::uint32_t> order_;    // rows of hidden and output nodes, sources first
  std::vector<std::uint32_t> waiting_;  // [nodes] links from nodes that are not yet in order_
  std::vector<std::uint32_t> first_;    // [nodes + 1] into links_ by row of the target
  std::vector<const EdgeGene*> in_;     // enabled links, sorted by target
  std::vector<std::uint32_t> results_;
  std::vector<CppnNode> nodes_;
  std::vector<CppnLink> links_;
};

}  // namespace cambrian
