// Graph genomes as JSON, for other programs to write and to read. One schema for all that goes in or
// out; run_file/FORMAT.md, "Graphs as JSON", describes it to a user.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

struct IdentifiedGraph {
  std::uint64_t id = 0;  ///< unique in a file; also names the random streams of its evaluation
  Graph graph;
};

/// Numbers are written so that they read back the same, bit for bit.
std::string graphs_to_json(std::span<const IdentifiedGraph> graphs);

/// One graph without an id, on one line, without its end.
std::string graph_to_line(const Graph& graph);

/// Reads what graphs_to_json wrote, or another program. Members that may be left out: `id` (its
/// place in the list), `structural_mutations` (the largest birth), a node's `bias` (0), `innovation`
/// (see below), the `activation` of inputs and the bias; a link's `enabled` (true), `birth` (0),
/// `innovation`.
///
/// Innovation numbers follow from structure, except for hidden nodes: which edge a node has split
/// cannot be seen. Where none of a graph's hidden nodes has one, the graph is a seed, and they are
/// seed_node_mark(0), seed_node_mark(1), ... in the order of the list; where only some have one, the
/// graph is refused.
///
/// @param text  the file's text  @param file  what errors call it
/// @param form  what the graphs must have: inputs, outputs, no cycles
/// @throws ConfigError "FILE:3: is not JSON ...", "FILE: graphs[0].links[7].weight: ..."
std::vector<IdentifiedGraph> graphs_from_json(const std::string& text, const std::string& file,
                                              const GraphForm& form);

}  // namespace cambrian
