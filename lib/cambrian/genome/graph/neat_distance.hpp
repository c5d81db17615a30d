// How far apart two graph genomes are, by their edges.
#pragma once

#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

struct LinkDifference {
  std::size_t unmatched = 0;  ///< disjoint and excess edges of both
  double mean_weight = 0.0;   ///< mean |weight difference| of matching edges; 0 if none match
};

/// Symmetric to the last bit.
LinkDifference link_difference(const Graph& a, const Graph& b);

}  // namespace cambrian
