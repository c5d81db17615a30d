// Genomes for the tests of graphs: shapes, and populations that mutation has grown.
#pragma once

#include "cambrian/genome/graph/neat_variation.hpp"
#include "cambrian/genome/graph/reachability.hpp"

namespace cambrian::graph_fixtures {

inline GraphSpace space(bool acyclic, bool one_hidden = false) {
  GraphSpace::Shape shape;
  shape.inputs = 4;
  shape.outputs = 2;
  shape.acyclic = acyclic;
  shape.one_hidden = one_hidden;
  shape.activations = {Activation::sine, Activation::gaussian, Activation::absolute};
  shape.output_activation = Activation::bipolar_sigmoid;
  return {GraphGenomeParameters(), shape};
}

/// Structural mutation often enough that a few steps grow something.
inline NeatVariationParameters growing() {
  NeatVariationParameters parameters;
  parameters.apply_preset("maze");
  parameters.add_node = 0.3;
  parameters.add_link = 0.4;
  parameters.mutate_activation = 0.5;
  return parameters;
}

inline bool is_acyclic(const Graph& graph) {
  Reachability reachability;
  reachability.read(graph);
  return reachability.acyclic();
}

/// Independent lines of `steps` mutations each from the space's seeds.
inline GraphPopulation grown(const GraphSpace& space, std::size_t rows, std::size_t steps,
                             std::uint64_t seed = 7) {
  GraphPopulation population;
  population.resize(rows);
  space.initialise(population, 0, population.size(), stream_key(seed, "grow.first"), 0);
  const NeatVariation variation(growing(), space);
  std::vector<Mating> matings(rows);
  for (std::size_t i = 0; i < rows; ++i) matings[i].mother = static_cast<std::uint32_t>(i);
  for (std::size_t step = 0; step < steps; ++step) {
    GraphPopulation next;
    next.resize(rows);
    variation.vary(population, matings, next, {0, rows}, stream_key(seed, "grow"), step * rows);
    population = std::move(next);
  }
  return population;
}

inline const EdgeGene* find_edge(const Graph& graph, std::uint64_t mark) {
  for (const EdgeGene& edge : graph.edges) {
    if (edge.mark == mark) return &edge;
  }
  return nullptr;
}

inline const NodeGene* find_node(const Graph& graph, std::uint64_t mark) {
  for (const NodeGene& node : graph.nodes) {
    if (node.mark == mark) return &node;
  }
  return nullptr;
}

}  // namespace cambrian::graph_fixtures
