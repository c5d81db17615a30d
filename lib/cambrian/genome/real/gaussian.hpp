// Gaussian mutation: the mother's genes plus independent normal noise.
// Source: the operator of the first MAP-Elites experiments on vectors; pyribs' GaussianEmitter.
#pragma once

#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

struct GaussianParameters final : Parameters {
  double sigma = 0.1;
  double rate = 1.0;
  void visit(ParameterVisitor& visitor) override;
};

/// child = mother + sigma N(0, I), in each gene with probability `rate`, kept within the space's bounds.
class Gaussian final : public Variation {
 public:
  /// @throws ConfigError if the space is not one of real vectors
  Gaussian(const GaussianParameters& parameters, const GenomeSpace& space);
  double mating_share() const override { return 0.0; }

  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const override;

 private:
  const RealSpace& space_;
  float sigma_;
  double rate_;
};

}  // namespace cambrian
