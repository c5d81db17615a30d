// One-point crossover: a child has the genes of one parent up to a cut, and those of the other behind
// it. Nothing mutates.
// Source: Holland 1975, "Adaptation in Natural and Artificial Systems"; alone, as in Hinton & Nowlan
// 1987.
#pragma once

#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

struct OnePointParameters final : Parameters {
  double crossover_rate = 1.0;
  void visit(ParameterVisitor& visitor) override;
};

/// The cut is uniform in 1 .. length - 1, and a fair coin says whose genes come first, so that it does
/// not matter who is the mother. A child without a father is its mother's copy, as is one of a single
/// gene.
class OnePoint final : public Variation {
 public:
  /// @throws ConfigError if the space is not one of real vectors
  OnePoint(const OnePointParameters& parameters, const GenomeSpace& space);
  double mating_share() const override { return crossover_rate_; }

  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const override;

 private:
  const RealSpace& space_;
  double crossover_rate_;
};

}  // namespace cambrian
