// The invariants of a graph genome, for reading files and for `run --check`.
#pragma once

#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/genome/graph/graph_space.hpp"

namespace cambrian {

/// Nodes strictly sorted by mark and their kinds as the marks say; edges strictly sorted by
/// (source, target), within range, none into an input or the bias, marks those of their ends,
/// numbers finite, births within the genome's count.
/// @throws Error naming the first fault
void check(const Graph& graph);

/// Also: the shape's inputs, one bias and outputs in order, and no cycle where the shape has none.
/// @throws Error naming the first fault
void check(const Graph& graph, const GraphForm& form);

}  // namespace cambrian
