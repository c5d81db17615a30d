#include "cambrian/genome/graph/neat_variation.hpp"

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/neat_crossover.hpp"
#include "cambrian/genome/graph/neat_mutation.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kCached = 1000;  // parents that the caches hold well enough

/// Parents of a large population lie outside the caches; their genes are on the way while the child
/// before is made.
void prefetch(const Graph& graph) {
  constexpr std::size_t kLine = 64;
  const auto touch = [](const void* begin, std::size_t bytes) {
    const auto* address = static_cast<const char*>(begin);
    for (std::size_t i = 0; i < bytes; i += kLine) __builtin_prefetch(address + i);
  };
  touch(graph.nodes.data(), graph.nodes.size() * sizeof(NodeGene));
  touch(graph.edges.data(), graph.edges.size() * sizeof(EdgeGene));
}

}  // namespace

NeatVariation::NeatVariation(const NeatVariationParameters& parameters, const GenomeSpace& space)
    : parameters_(checked(parameters)), shape_(space_of<GraphSpace>(space, "neat").shape()) {
  if (parameters_.mutate_output_activation > 0 && !shape_.outputs_may_change) {
    throw ConfigError("mutate_output_activation",
                      "is above 0, but only the outputs of a CPPN may change their activation");
  }
}

void NeatVariation::vary_rows(const Population& parents, std::span<const Mating> matings,
                              Population& children, RowRange range, StreamKey key,
                              std::uint64_t first_id) const {
  const GraphPopulation& from = graphs_of(parents, shape_);
  GraphPopulation& to = graphs_of(children, shape_);

  // The thread's own, kept from call to call: with many threads a call makes few children.
  thread_local CrossoverScratch crossover;
  thread_local MutationScratch mutation;
  CrossoverRules rules;
  rules.keep_all = parameters_.unmatched_genes == UnmatchedGenes::both;
  rules.acyclic = shape_.acyclic;
  rules.keep_disabled = parameters_.keep_disabled;
  const std::size_t fetched = from.size() > kCached ? range.size() : 0;
  for (std::size_t n = 0; n < range.size(); ++n) {
    if (n + 1 < fetched) {
      prefetch(from[matings[n + 1].mother]);
      if (matings[n + 1].father != Mating::kNone) prefetch(from[matings[n + 1].father]);
    }
    const Mating mating = matings[n];
    require_terminals(from, mating.mother, shape_);
    if (mating.father != Mating::kNone) require_terminals(from, mating.father, shape_);
    const std::size_t i = range.begin + n;
    Stream stream(key, first_id + i);
    bool spared = false;
    if (mating.father == Mating::kNone) {
      to[i] = from[mating.mother];
    } else {
      rules.average = !stream.chance(parameters_.multipoint);
      const bool differ =
          cross(from[mating.mother], from[mating.father], rules, stream, crossover, to[i]);
      spared = differ && stream.chance(parameters_.mate_only);
    }
    if (!spared) mutate(to[i], parameters_, shape_, stream, mutation);
  }
}

void NeatVariation::refine_rows(const Population& parents, std::span<const Mating> matings,
                                Population& children, RowRange range, StreamKey key,
                                std::uint64_t first_id) const {
  constexpr double kWeights = 0.8;  // NEAT 1.2
  const GraphPopulation& from = graphs_of(parents, shape_);
  GraphPopulation& to = graphs_of(children, shape_);
  MutationScratch scratch;
  for (std::size_t n = 0; n < range.size(); ++n) {
    require_terminals(from, matings[n].mother, shape_);
    const std::size_t i = range.begin + n;
    Stream stream(key, first_id + i);
    to[i] = from[matings[n].mother];
    if (parameters_.add_link == 0.0 || stream.chance(kWeights)) {
      mutate_weights(to[i], parameters_, stream, scratch);
    } else {
      mutate_link(to[i], parameters_, shape_, stream, scratch);
    }
  }
}

}  // namespace cambrian
