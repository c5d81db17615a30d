#include "cambrian/genome/real/one_point.hpp"

namespace cambrian {

void OnePointParameters::visit(ParameterVisitor& visitor) {
  visitor.real("crossover_rate", crossover_rate, {0.0, 1.0},
               {"share of children with two parents; the others are copies of one",
                {},
                "Hinton & Nowlan 1987: all"});
}

OnePoint::OnePoint(const OnePointParameters& parameters, const GenomeSpace& space)
    : space_(space_of<RealSpace>(space, "one_point")),
      crossover_rate_(checked(parameters).crossover_rate) {}

void OnePoint::vary_rows(const Population& parents, std::span<const Mating> matings,
                         Population& children, RowRange range, StreamKey key,
                         std::uint64_t first_id) const {
  const auto length = static_cast<std::uint32_t>(space_.length());
  const RealPopulation& from = vectors_of(parents, length);
  RealPopulation& to = vectors_of(children, length);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const std::span<float> child = to.row(i);
    Stream stream(key, first_id + i);
    cross_at_one_point(from, matings[i - range.begin], child, stream);
    space_.keep_within(child, stream);  // parents from elsewhere may lie outside
  }
}

}  // namespace cambrian
