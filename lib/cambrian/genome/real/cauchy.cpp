#include "cambrian/genome/real/cauchy.hpp"

#include <cmath>
#include <numbers>

namespace cambrian {

void CauchyParameters::visit(ParameterVisitor& visitor) {
  visitor.real("crossover_rate", crossover_rate, {0.0, 1.0},
               {"share of the children that have two parents", {}, "CoSyNE: all"});
  visitor.real("scale", scale, {0.0, 1e9},
               {"half the steps are smaller than this; where an encoding scales the first genes "
                "(dct), this times that scale",
                {},
                "our choice; Cauchy steps: Gomez, Schmidhuber & Miikkulainen 2008"});
  visitor.real("rate", rate, {0.0, 1.0}, {"probability that a gene moves", {}, "our choice"});
}

Cauchy::Cauchy(const CauchyParameters& parameters, const GenomeSpace& space)
    : space_(space_of<RealSpace>(space, "cauchy")),
      parameters_(checked(parameters)),
      scale_(static_cast<float>(parameters.scale * space_.sd_scale())) {}

void Cauchy::vary_rows(const Population& parents, std::span<const Mating> matings,
                       Population& children, RowRange range, StreamKey key,
                       std::uint64_t first_id) const {
  const auto length = static_cast<std::uint32_t>(space_.length());
  const RealPopulation& from = vectors_of(parents, length);
  RealPopulation& to = vectors_of(children, length);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const std::span<float> child = to.row(i);
    Stream stream(key, first_id + i);
    cross_at_one_point(from, matings[i - range.begin], child, stream);
    for (float& gene : child) {
      if (!stream.chance(parameters_.rate)) continue;
      const float crossed = gene;
      // The drawn number is never 0 or 1, so that the step is finite.
      const auto moved = [&](std::size_t, Stream& drawn) {
        const double angle =
            std::numbers::pi * (static_cast<double>(drawn.uniform_float()) + 0x1p-25 - 0.5);
        return crossed + scale_ * static_cast<float>(std::tan(angle));
      };
      gene = moved(0, stream);
      space_.keep_within({&gene, 1}, stream, moved);
    }
    space_.keep_within(child, stream);  // parents from elsewhere may lie outside
  }
}

}  // namespace cambrian
