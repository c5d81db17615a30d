// Simulated binary crossover and polynomial mutation: children spread around two parents as those of
// one-point crossover of binary strings would, then single genes move.
// Source: Deb & Agrawal 1995, "Simulated binary crossover for continuous search space"; Deb & Goyal
// 1996 (polynomial mutation); the operators of pymap_elites, which Vassiliades & Mouret 2018 compare
// with Iso+LineDD.
#pragma once

#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

struct SbxParameters final : Parameters {
  double crossover_rate = 1.0;
  double eta = 10.0;
  double mutation_rate = 0.125;
  double mutation_eta = 10.0;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "as_published"}; }
  void apply_preset(std::string_view name) override;
};

/// Each gene of a child with a father is one of
///   (x1 + x2) / 2 -+ b (x2 - x1) / 2,   x1 <= x2 the parents' genes, each with probability 0.5;
///   b = (u a)^(1 / (eta + 1)) if u <= 1 / a, else (1 / (2 - u a))^(1 / (eta + 1)), u ~ U(0, 1);
///   a = 2 - (1 + 2 (distance of the nearer bound from x1 or x2) / (x2 - x1))^-(eta + 1),
/// and 2 without bounds. Then each gene, with probability mutation_rate, moves by
///   w ((2 u)^(1 / (m + 1)) - 1) if u < 0.5, else w (1 - (2 (1 - u))^(1 / (m + 1))),
/// w the width of [genome] range, m = mutation_eta, and is kept within the bounds.
class Sbx final : public Variation {
 public:
  /// @throws ConfigError if the space is not one of real vectors
  Sbx(const SbxParameters& parameters, const GenomeSpace& space);
  double mating_share() const override { return parameters_.crossover_rate; }

  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const override;

 private:
  double cross(double x, double y, Stream& stream) const;
  double mutation(Stream& stream) const;

  const RealSpace& space_;
  SbxParameters parameters_;
  double width_;
};

}  // namespace cambrian
