// What Boost.Graph does for graph genomes, without its headers.
#pragma once

#include <iosfwd>
#include <vector>

#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

/// No cycle over all links, enabled or not (a CPPN's invariant).
bool is_acyclic(const Graph& graph);

/// All nodes, sources before targets, over the enabled links.
/// @throws Error if these have a cycle
std::vector<std::uint32_t> topological_order(const Graph& graph);

/// [nodes] the number of each node's strong component over the enabled links, from 0; two nodes
/// share one if each reaches the other.
std::vector<std::uint32_t> strong_components(const Graph& graph);

/// The enabled links, and all nodes, with activations and weights.
void write_dot(std::ostream& out, const Graph& graph);
void write_graphml(std::ostream& out, const Graph& graph);

}  // namespace cambrian
