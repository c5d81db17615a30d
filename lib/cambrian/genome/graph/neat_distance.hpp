// NEAT's compatibility distance: how far apart two graph genomes are, by their edges.
// Source: Stanley & Miikkulainen 2002, equation 1; N = 1 in NEAT 1.2.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

/// unmatched_coefficient x (disjoint + excess genes) / N + weight_coefficient x mean |weight
/// difference| of matching genes (0 if none match); N is 1, or with `divide_by_size` the number of
/// genes of the larger genome.
struct NeatDistance {
  double unmatched_coefficient = 1.0;
  double weight_coefficient = 0.4;
  bool divide_by_size = false;

  void visit_distance(ParameterVisitor& visitor);
  /// Symmetric to the last bit.
  double between(const Graph& one, const Graph& other) const;
};

}  // namespace cambrian
