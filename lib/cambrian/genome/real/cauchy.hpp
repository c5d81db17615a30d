// Crossover at one point, then noise of heavy tails: mostly small steps, now and then a large one.
// Source: the operator of CoSyNE, Gomez, Schmidhuber & Miikkulainen 2008 (noise: a comment in Gomez's
// ESP; the kind of crossover is our choice).
#pragma once

#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

struct CauchyParameters final : Parameters {
  double crossover_rate = 1.0;
  double scale = 0.3;
  double rate = 1.0;
  void visit(ParameterVisitor& visitor) override;
};

/// A child with a father has the genes of one parent, drawn by a fair coin, up to a cut uniform in
/// 1 .. length - 1, and the other's behind it. Then each gene, with probability `rate`, moves by
/// scale tan(pi (u - 1/2)), u ~ U(0, 1), and is kept within the bounds.
class Cauchy final : public Variation {
 public:
  /// @throws ConfigError if the space is not one of real vectors
  Cauchy(const CauchyParameters& parameters, const GenomeSpace& space);
  double mating_share() const override { return parameters_.crossover_rate; }

  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const override;

 private:
  const RealSpace& space_;
  CauchyParameters parameters_;
  float scale_;  // of the genes of this space
};

}  // namespace cambrian
