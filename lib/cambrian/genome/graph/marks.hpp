// Innovation numbers ("marks") as a function of structure: an edge's mark hashes the marks of its
// two ends, a node's hashes the edge that it split. So equal structures align without a table,
// across threads, runs and merges. This is NEAT (Stanley & Miikkulainen 2002) with an innovation
// list that is never cleared.
//
//   inputs, bias, outputs   kind x 2^32 + index        (so they sort first, in this order)
//   hidden nodes, edges     63 bits of hash, top bit set
#pragma once

#include <cstdint>
#include <string>

#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

inline constexpr std::uint64_t kHashedMark = std::uint64_t{1} << 63U;
constexpr bool is_hashed(std::uint64_t mark) { return (mark & kHashedMark) != 0; }

/// Mark of an input, the bias or an output. @param index among its kind, from 0
constexpr std::uint64_t fixed_mark(NodeKind kind, std::uint32_t index) {
  return (static_cast<std::uint64_t>(kind) << 32U) + index;
}

/// Mark of row `row` of a graph of this form, among the inputs, the bias and the outputs.
constexpr std::uint64_t fixed_mark(const GraphForm& form, std::size_t row) {
  const auto index = static_cast<std::uint32_t>(row);
  const auto bias = static_cast<std::uint32_t>(form.inputs);
  if (index < bias) return fixed_mark(NodeKind::input, index);
  if (index == bias) return fixed_mark(NodeKind::bias, 0);
  return fixed_mark(NodeKind::output, index - bias - 1);
}
/// Of a node whose mark is not hashed.
constexpr NodeKind kind_of_mark(std::uint64_t mark) { return static_cast<NodeKind>(mark >> 32U); }

/// A bijection that spreads every bit over all: the finaliser of SplitMix64 (Steele, Lea & Flood
/// 2014).
constexpr std::uint64_t spread(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31U);
}

/// The one edge from a node to another, or to itself.
constexpr std::uint64_t edge_mark(std::uint64_t source_mark, std::uint64_t target_mark) {
  constexpr std::uint64_t kEdges = 0x6c696e6bULL;
  return spread(spread(spread(kEdges) ^ source_mark) ^ target_mark) | kHashedMark;
}

/// The node that arose by the k-th split of an edge in one genome. @param k from 0: the smallest for
/// which the genome holds no such node (derived, never stored: a stored count would give duplicates
/// under crossover)
constexpr std::uint64_t node_mark(std::uint64_t split_edge_mark, std::uint32_t k) {
  constexpr std::uint64_t kNodes = 0x6e6f6465ULL;
  return spread(spread(spread(kNodes) ^ split_edge_mark) ^ k) | kHashedMark;
}

/// The hidden nodes of a seed: as if the k-th had been the k-th split of bias -> output 0, an edge
/// that no mutation ever splits, so the mark is its alone. @param k  from 0
constexpr std::uint64_t seed_node_mark(std::uint32_t k = 0) {
  return node_mark(edge_mark(fixed_mark(NodeKind::bias, 0), fixed_mark(NodeKind::output, 0)), k);
}

/// A new edge of weight 0 between two rows.
inline EdgeGene edge_between(const Graph& graph, std::uint32_t source, std::uint32_t target) {
  return {.mark = edge_mark(graph.nodes[source].mark, graph.nodes[target].mark),
          .source = source,
          .target = target};
}

/// "0x8123456789abcdef": text, since many programs read numbers as doubles, which would round it.
std::string mark_text(std::uint64_t mark);

}  // namespace cambrian
