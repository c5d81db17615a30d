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

  double distance(const Population& a, std::size_t row_a, const Population& b,
                  std::size_t row_b) const override {
    return parameters_.between(population_of<const GraphPopulation>(a)[row_a],
                               population_of<const GraphPopulation>(b)[row_b]);
  }

  /// Its edges, enabled or not.
  std::size_t genes(const Population& population, std::size_t row) const override {
    return population_of<const GraphPopulation>(population)[row].edges.size();
  }

  /// Copies with changed weights (80%, or where `add_link` is 0) or one more link.
  /// Source: NEAT 1.2, Species::reproduce.
  void refine_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                   RowRange range, StreamKey key, std::uint64_t first_id) const override;

  /// A child without a father is the mother's mutated copy; a child of two is mutated too, unless
  /// `mate_only` spares it (never where its parents are the same, or at distance 0).
  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const override;

 private:
  NeatVariationParameters parameters_;
  GraphSpace::Shape shape_;
};

}  // namespace cambrian
