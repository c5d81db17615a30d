// NEAT's variation of graph genomes: crossover by innovation numbers, then mutation, and the
// compatibility distance by which species form.
#pragma once

#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/graph/neat_parameters.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

class NeatVariation final : public Variation {
 public:
  /// @throws ConfigError if the space is not one of graphs
  NeatVariation(const NeatVariationParameters& parameters, const GenomeSpace& space);

  double mating_share() const override { return 1.0 - parameters_.mutate_only; }

  /// unmatched_coefficient x (disjoint + excess genes) + weight_coefficient x mean |weight
  /// difference| of matching genes (0 if none match); not divided by genome size.
  /// Source: Stanley & Miikkulainen 2002, equation 1 with N = 1.
  double distance(const Population& a, std::size_t row_a, const Population& b,
                  std::size_t row_b) const override;

  /// A child without a father is the mother's mutated copy; a child of two is mutated too, unless
  /// `mate_only` spares it (never where its parents are the same, or at distance 0).
  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const override;

 private:
  NeatVariationParameters parameters_;
  GraphSpace::Shape shape_;
};

}  // namespace cambrian
