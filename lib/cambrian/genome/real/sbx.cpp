#include "cambrian/genome/real/sbx.hpp"

#include <algorithm>
#include <cmath>

namespace cambrian {

void SbxParameters::visit(ParameterVisitor& visitor) {
  visitor.real("crossover_rate", crossover_rate, {0.0, 1.0},
               {"share of the children that have two parents; 0: polynomial mutation alone",
                {},
                "pymap_elites"});
  visitor.real(
      "eta", eta, {0.0, 1e6},
      {"index of the crossover; higher: closer to the parents", {}, "Vassiliades & Mouret 2018"});
  visitor.real("mutation_rate", mutation_rate, {0.0, 1.0},
               {"probability that a gene mutates; 0: crossover alone", {}, "Cully et al. 2015"});
  visitor.real("mutation_eta", mutation_eta, {0.0, 1e6},
               {"index of the mutation; higher: smaller steps", {}, "Cully et al. 2015"});
}

void SbxParameters::apply_preset(std::string_view name) {
  *this = {};
  if (name == "as_published") mutation_rate = 0.0;
}

Sbx::Sbx(const SbxParameters& parameters, const GenomeSpace& space)
    : space_(space_of<RealSpace>(space, "sbx")),
      parameters_(checked(parameters)),
      width_(static_cast<double>(space_.max()) - static_cast<double>(space_.min())) {}

void Sbx::vary_rows(const Population& parents, std::span<const Mating> matings,
                    Population& children, RowRange range, StreamKey key,
                    std::uint64_t first_id) const {
  const std::size_t length = space_.length();
  const RealPopulation& from = vectors_of(parents, length);
  RealPopulation& to = vectors_of(children, length);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Mating& mating = matings[i - range.begin];
    const std::span<float> child = to.row(i);
    Stream stream(key, first_id + i);
    std::ranges::copy(from.row(mating.mother), child.begin());
    if (mating.father != Mating::kNone) {
      const std::span<const float> father = from.row(mating.father);
      for (std::size_t g = 0; g < length; ++g) {
        child[g] = static_cast<float>(
            cross(static_cast<double>(child[g]), static_cast<double>(father[g]), stream));
      }
    }
    if (parameters_.mutation_rate > 0) {
      for (float& gene : child) {
        if (!stream.chance(parameters_.mutation_rate)) continue;
        const auto crossed = static_cast<double>(gene);
        const auto mutated = [&](std::size_t, Stream& drawn) {
          return static_cast<float>(crossed + mutation(drawn));
        };
        gene = mutated(0, stream);
        space_.keep_within({&gene, 1}, stream, mutated);
      }
    }
    space_.keep_within(child, stream);  // crossover may round to beyond a bound
  }
}

double Sbx::cross(double x, double y, Stream& stream) const {
  const double drawn = stream.uniform();
  const bool upper = stream.chance(0.5);
  const auto [low, high] = std::minmax(x, y);
  const double apart = high - low;
  if (!(apart > 1e-15)) return x;
  const double power = 1 / (parameters_.eta + 1);
  double area = 2;
  if (space_.bounded()) {
    const double room =
        upper ? static_cast<double>(space_.max()) - high : low - static_cast<double>(space_.min());
    // Parents from elsewhere may lie outside, where there is no room.
    area -= std::pow(1 + 2 * std::max(room, 0.0) / apart, -(parameters_.eta + 1));
  }
  const double part = drawn * area;
  const double spread = part <= 1 ? std::pow(part, power) : std::pow(1 / (2 - part), power);
  return (low + high + (upper ? spread : -spread) * apart) / 2;
}

double Sbx::mutation(Stream& stream) const {
  const double drawn = stream.uniform();
  const double power = 1 / (parameters_.mutation_eta + 1);
  return width_ *
         (drawn < 0.5 ? std::pow(2 * drawn, power) - 1 : 1 - std::pow(2 * (1 - drawn), power));
}

}  // namespace cambrian
