#include "cambrian/genome/real/gaussian.hpp"

namespace cambrian {

void GaussianParameters::visit(ParameterVisitor& visitor) {
  visitor.real("sigma", sigma, {0.0, 1e9},
               {"standard deviation of the noise on each gene", {}, "our choice"});
  visitor.real("rate", rate, {0.0, 1.0},
               {"probability that a gene gets noise", {}, "pyribs: every gene does"});
}

Gaussian::Gaussian(const GaussianParameters& parameters, const GenomeSpace& space)
    : space_(space_of<RealSpace>(space, "gaussian")),
      sigma_(static_cast<float>(checked(parameters).sigma)),
      rate_(parameters.rate) {}

void Gaussian::vary_rows(const Population& parents, std::span<const Mating> matings,
                         Population& children, RowRange range, StreamKey key,
                         std::uint64_t first_id) const {
  const std::size_t length = space_.length();
  const RealPopulation& from = vectors_of(parents, length);
  RealPopulation& to = vectors_of(children, length);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const std::span<float> child = to.row(i);
    Stream stream(key, first_id + i);
    stream.fill_normal(child);
    const float* mother = from.row(matings[i - range.begin].mother).data();
    if (rate_ < 1.0) {
      for (float& noise : child)
        if (!stream.chance(rate_)) noise = 0.0F;
    }
    for (std::size_t g = 0; g < length; ++g) child[g] = mother[g] + sigma_ * child[g];
    space_.keep_within(child, stream, [&](std::size_t g, Stream& again) {
      return mother[g] + sigma_ * static_cast<float>(again.normal());
    });
  }
}

}  // namespace cambrian
