// Iso+LineDD: isotropic noise, and noise along the line through two parents, so that offspring
// follow the shape that the elites themselves take ("hypervolume of elites").
// Source: Vassiliades & Mouret 2018, "Discovering the elite hypervolume by leveraging interspecies
// correlation".
#pragma once

#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

struct IsoLineParameters final : Parameters {
  double iso = 0.01;
  double line = 0.2;
  bool over_distance = false;
  void visit(ParameterVisitor& visitor) override;
};

/// child = x + iso N(0, I) + line (y - x) N(0, 1), the last number one for all genes of a child;
/// x the mother, y the father. Without a father, or with the mother as father, no line part.
/// With over_distance, iso and line are divided by |y - x|; where that is 0, iso is not.
///
/// So iso = 0 is the paper's LineDD; with over_distance, iso = 0 is its Line, line = 0 its IsoDD.
class IsoLine final : public Variation {
 public:
  /// @throws ConfigError if the space is not one of real vectors
  IsoLine(const IsoLineParameters& parameters, const GenomeSpace& space);
  double mating_share() const override { return 1.0; }

  void vary_rows(const Population& parents, std::span<const Mating> matings, Population& children,
                 RowRange range, StreamKey key, std::uint64_t first_id) const override;

 private:
  const RealSpace& space_;
  float iso_;
  float line_;
  bool over_distance_;
};

}  // namespace cambrian
