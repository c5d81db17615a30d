// NEAT's variation of CPPNs of 26 nodes and 65 links, and the compatibility distance.
#include <benchmark/benchmark.h>

#include "cambrian/genome/graph/neat_mutation.hpp"
#include "cambrian/genome/graph/neat_variation.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kNodes = 26;
constexpr std::size_t kEdges = 65;

GraphSpace cppn_space() {
  GraphSpace::Shape shape;
  shape.inputs = 5;
  shape.outputs = 2;
  shape.activations = {Activation::identity, Activation::plain_sine, Activation::plain_gaussian,
                       Activation::tanh,     Activation::sigmoid,    Activation::absolute};
  shape.output_activation = Activation::bipolar_sigmoid;
  return {GraphGenomeParameters(), shape};
}

/// Grows to the given size by splitting and linking.
void grow(Graph& graph, std::size_t nodes, std::size_t edges, const GraphSpace& space,
          Stream& stream) {
  Reachability reachability;
  while (graph.nodes.size() < nodes) add_node(graph, 1.0, space.shape(), stream);
  while (graph.edges.size() < edges) add_link(graph, false, 40, stream, reachability);
}

/// Genomes of 26 nodes and 65 links, of which `common` nodes (and links in proportion) come from an
/// ancestor of all.
GraphPopulation relatives(const GraphSpace& space, std::size_t rows, std::size_t common) {
  GraphPopulation ancestor;
  ancestor.resize(1);
  const StreamKey key = stream_key(1, "bench");
  space.initialise(ancestor, 0, ancestor.size(), key, 0);
  Stream first(key, 1);
  grow(ancestor[0], common, common == kNodes ? kEdges : 2 * common, space, first);
  GraphPopulation population;
  population.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    Stream stream(key, 2 + i);
    population[i] = ancestor[0];
    grow(population[i], kNodes, kEdges, space, stream);
    for (EdgeGene& edge : population[i].edges) edge.weight = stream.uniform_float(-1.0F, 1.0F);
  }
  return population;
}

/// Args: parents; nodes that all have in common; 1: both parents' genes are kept. Every child has
/// two parents and is mutated as configured.
void BM_NeatCrossAndMutate(benchmark::State& state) {
  constexpr std::size_t kChildren = 256;
  const GraphSpace space = cppn_space();
  const auto rows = static_cast<std::size_t>(state.range(0));
  const GraphPopulation parents = relatives(space, rows, static_cast<std::size_t>(state.range(1)));
  NeatVariationParameters parameters;
  parameters.apply_preset("maze");
  if (state.range(2) == 1) parameters.apply_preset("as_published");
  const NeatVariation variation(parameters, space);
  const StreamKey key = stream_key(2, "vary");
  std::vector<Mating> matings(64 * kChildren);
  Stream stream(stream_key(2, "mate"), 0);
  for (Mating& mating : matings) {
    mating.mother = stream.below(static_cast<std::uint32_t>(rows));
    mating.father = stream.below(static_cast<std::uint32_t>(rows));
  }
  GraphPopulation children;
  children.resize(kChildren);
  std::uint64_t id = 0;
  for (auto _ : state) {
    const std::size_t begin = id % matings.size();
    variation.vary(parents, std::span(matings).subspan(begin, kChildren), children, {0, kChildren},
                   key, id);
    benchmark::DoNotOptimize(children[0].edges.data());
    id += kChildren;
  }
  state.counters["children/s"] =
      benchmark::Counter(static_cast<double>(id), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_NeatCrossAndMutate)
    ->ArgNames({"parents", "common", "both"})
    ->Args({256, 26, 0})
    ->Args({256, 20, 0})
    ->Args({256, 14, 0})
    ->Args({20000, 20, 0})
    ->Args({256, 20, 1});

void BM_NeatDistance(benchmark::State& state) {
  const GraphSpace space = cppn_space();
  const GraphPopulation population =
      relatives(space, 256, static_cast<std::size_t>(state.range(0)));
  const NeatVariation variation(NeatVariationParameters(), space);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        variation.distance(population, i % 256, population, (i * 7 + 13) % 256));
    ++i;
  }
  state.counters["distances/s"] =
      benchmark::Counter(static_cast<double>(i), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_NeatDistance)->ArgName("common")->Arg(26)->Arg(20)->Arg(14);

}  // namespace
}  // namespace cambrian
