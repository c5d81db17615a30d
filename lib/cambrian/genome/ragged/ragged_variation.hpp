// Variation of ragged genomes: values are jittered, genes move to neighbouring places, appear and
// disappear; two parents are spliced.
// Source: Koutnik, Gomez & Schmidhuber 2010 (mutation of coefficients); pytorch-cns (index and value
// jitter, its rates); genomes of variable length: Koutnik et al. 2012, Generalized Compressed Network
// Search; growth from place to place is our choice.
#pragma once

#include "cambrian/genome/ragged/ragged_space.hpp"

namespace cambrian {

struct RaggedVariationParameters final : Parameters {
  double crossover_rate = 0.0;
  double jitter_rate = 0.8;
  double sigma = 0.3;
  double move_rate = 0.1;
  double add_rate = 0.1;
  double drop_rate = 0.1;
  void visit(ParameterVisitor& visitor) override;
};

/// A child begins as its mother; with a father, as the mother's genes below a place that is drawn among
/// both parents' and the father's from there on. Then, each drawn by its rate: every value moves by
/// sigma sd N(0, 1), sd that of first values; every gene steps to a neighbouring place (one step along
/// one axis; where another gene stands there, or the edge is reached, it stays); once per child, a gene
/// appears beside one of its genes, with a value N(0, sigma sd); and one disappears, never the last.
class RaggedVariation final : public Variation {
 public:
  /// @throws ConfigError if the space is not one of ragged genomes
  RaggedVariation(const RaggedVariationParameters& parameters, const GenomeSpace& space);
  double mating_share() const override { return parameters_.crossover_rate; }

  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const override;
  std::size_t genes(const Population& population, std::size_t row) const override {
    return ragged_of(population, space_.places())[row].size();
  }

 private:
  void mutate(RaggedGenome& genome, Stream& stream) const;
  float step(Stream& stream) const;

  const RaggedSpace& space_;
  RaggedVariationParameters parameters_;
};

}  // namespace cambrian
