#include "cambrian/genome/population.hpp"

#include "cambrian/genome/graph/neat_variation.hpp"
#include "cambrian/genome/real/gaussian.hpp"
#include "cambrian/genome/real/iso_line.hpp"

namespace cambrian {

double Variation::distance(const Population& a, std::size_t row_a, const Population& b,
                           std::size_t row_b) const {
  static_cast<void>(a);
  static_cast<void>(row_a);
  static_cast<void>(b);
  static_cast<void>(row_b);
  return 0.0;
}

std::vector<VariationComponent> variations() {
  return {
      component<Variation, Gaussian, GaussianParameters, const GenomeSpace&>(
          "gaussian", "normal noise on every gene of one parent (real vectors)",
          "pyribs, GaussianEmitter"),
      component<Variation, IsoLine, IsoLineParameters, const GenomeSpace&>(
          "iso_line", "normal noise, and a step along the line to a second parent (real vectors)",
          "Vassiliades & Mouret 2018"),
      neat_variation_component(),
  };
}

}  // namespace cambrian
