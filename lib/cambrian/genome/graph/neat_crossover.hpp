// NEAT's crossover: matching genes from either parent, the others from the mother or from both.
#pragma once

#include <cstdint>
#include <vector>

#include "cambrian/core/stream.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/genome/graph/mark_index.hpp"
#include "cambrian/genome/graph/reachability.hpp"

namespace cambrian {

struct CrossoverRules {
  bool average = false;   ///< mean of the weights of matching genes; else a drawn parent's gene
  bool keep_all = false;  ///< disjoint and excess genes of both; else the mother's
  bool acyclic = true;    ///< drop genes that would close a cycle (needed only with keep_all)
  double keep_disabled = 0.75;  ///< disabled in either parent: disabled in the child
};

/// Memory of crossover, one per caller.
struct CrossoverScratch {
  MarkIndex<NodeGene> nodes;
  MarkIndex<EdgeGene> edges;
  // [mother's genes] the father's gene of the same mark, or else her own
  std::vector<const NodeGene*> node_partners;
  std::vector<const EdgeGene*> edge_partners;
  std::vector<std::uint32_t> disabled;                // matching edges disabled in either
  std::vector<std::uint32_t> mother_row, father_row;  // [nodes of the parent] in the child
  std::vector<std::uint8_t> matched;                  // [father's edges] the mother has it too
  std::vector<EdgeGene> fathers_own;                  // his edges that she has not
  std::vector<std::uint32_t> joined;                  // where those are in the child
  std::vector<std::uint8_t> kept;                     // [child's edges]
  Reachability reachability;
  Graph twin;  // of a mother who is the father, too
};

/// Writes the child of two genomes of one shape; node genes of matching nodes come from either at
/// random. The mother's and the matching genes never close a cycle; where keep_all and acyclic, the
/// father's join in the order of their marks, and one that would close a cycle is dropped.
/// A gene disabled in either parent is disabled with keep_disabled; otherwise it keeps the drawn
/// flag, or is enabled where the weights are averaged.
/// @param child  another object than the parents
/// @return whether the parents differ in edges or weights (compatibility distance above 0)
/// Source: Stanley & Miikkulainen 2002, section 3.2; NEAT 1.2; NSC (novelty-search-cpp).
bool cross(const Graph& mother, const Graph& father, const CrossoverRules& rules, Stream& stream,
           CrossoverScratch& scratch, Graph& child);

}  // namespace cambrian
