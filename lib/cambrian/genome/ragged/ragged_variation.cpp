#include "cambrian/genome/ragged/ragged_variation.hpp"

#include <algorithm>

namespace cambrian {
namespace {

RaggedGenome::iterator at_or_behind(RaggedGenome& genome, std::uint32_t place) {
  return std::ranges::lower_bound(genome, place, {}, &RaggedGene::index);
}

bool holds(RaggedGenome& genome, std::uint32_t place) {
  const auto found = at_or_behind(genome, place);
  return found != genome.end() && found->index == place;
}

std::uint32_t drawn(const RaggedGenome& genome, Stream& stream) {
  return stream.below(static_cast<std::uint32_t>(genome.size()));
}

// The mother's genes below a place, the father's from there on; never empty, and at most `most`.
void splice(const RaggedGenome& mother, const RaggedGenome& father, std::size_t most,
            Stream& stream, RaggedGenome& child) {
  const std::uint32_t which =
      stream.below(static_cast<std::uint32_t>(mother.size() + father.size()));
  const std::uint32_t cut =
      which < mother.size() ? mother[which].index : father[which - mother.size()].index;
  child.clear();
  for (const RaggedGene& gene : mother) {
    if (gene.index < cut) child.push_back(gene);
  }
  for (const RaggedGene& gene : father) {
    if (gene.index >= cut) child.push_back(gene);
  }
  if (child.empty()) child = mother;
  if (child.size() > most) child.resize(most);
}

}  // namespace

void RaggedVariationParameters::visit(ParameterVisitor& visitor) {
  visitor.real("crossover_rate", crossover_rate, {0.0, 1.0},
               {"share of the children that are spliced of two parents", {}, "our choice"});
  visitor.real("jitter_rate", jitter_rate, {0.0, 1.0},
               {"probability that a value is jittered", {}, "pytorch-cns"});
  visitor.real("sigma", sigma, {0.0, 1e9},
               {"standard deviation of the jitter, in that of first values", {}, "our choice"});
  visitor.real("move_rate", move_rate, {0.0, 1.0},
               {"probability that a gene moves to a neighbouring place", {}, "pytorch-cns"});
  visitor.real(
      "add_rate", add_rate, {0.0, 1.0},
      {"probability that a child has a new gene, beside one of its others", {}, "our choice"});
  visitor.real("drop_rate", drop_rate, {0.0, 1.0},
               {"probability that a child loses a gene", {}, "our choice"});
}

RaggedVariation::RaggedVariation(const RaggedVariationParameters& parameters,
                                 const GenomeSpace& space)
    : space_(space_of<RaggedSpace>(space, "ragged")), parameters_(checked(parameters)) {}

float RaggedVariation::step(Stream& stream) const {
  return static_cast<float>(parameters_.sigma * space_.sd() * stream.normal());
}

void RaggedVariation::mutate(RaggedGenome& genome, Stream& stream) const {
  for (RaggedGene& gene : genome) {
    if (stream.chance(parameters_.jitter_rate)) gene.value += step(stream);
  }
  for (RaggedGene& gene : genome) {
    if (!stream.chance(parameters_.move_rate)) continue;
    const std::uint32_t place = space_.neighbour(gene.index, stream);
    // Genes that have moved may stand out of order until all have.
    if (std::ranges::find(genome, place, &RaggedGene::index) == genome.end()) gene.index = place;
  }
  std::ranges::sort(genome, {}, &RaggedGene::index);
  if (stream.chance(parameters_.add_rate) && genome.size() < space_.max_genes()) {
    const std::uint32_t place = space_.neighbour(genome[drawn(genome, stream)].index, stream);
    const float value = step(stream);
    if (!holds(genome, place)) genome.insert(at_or_behind(genome, place), {place, value});
  }
  if (stream.chance(parameters_.drop_rate) && genome.size() > 1) {
    genome.erase(genome.begin() + drawn(genome, stream));
  }
}

void RaggedVariation::vary_rows(const Population& parents, std::span<const Mating> matings,
                                Population& children, RowRange range, StreamKey key,
                                std::uint64_t first_id) const {
  const RaggedPopulation& from = ragged_of(parents, space_.places());
  RaggedPopulation& to = ragged_of(children, space_.places());
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Mating& mating = matings[i - range.begin];
    Stream stream(key, first_id + i);
    if (mating.father == Mating::kNone) {
      to[i] = from[mating.mother];
    } else {
      splice(from[mating.mother], from[mating.father], space_.max_genes(), stream, to[i]);
    }
    mutate(to[i], stream);
  }
}

}  // namespace cambrian
