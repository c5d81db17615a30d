#include "cambrian/genome/graph/graph_space.hpp"

#include <algorithm>
#include <cassert>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/marks.hpp"

namespace cambrian {
namespace {

void link(Graph& graph, std::size_t source, std::size_t target) {
  graph.edges.push_back(
      edge_between(graph, static_cast<std::uint32_t>(source), static_cast<std::uint32_t>(target)));
}

/// The first graph, weights 0. Nodes: inputs, bias, outputs, then the hidden one.
Graph seed_graph(const GraphSpace::Shape& shape) {
  Graph graph;
  const std::size_t first_output = shape.inputs + 1;
  const std::size_t hidden = first_output + shape.outputs;
  for (std::size_t i = 0; i < hidden; ++i) {
    const std::uint64_t mark = fixed_mark(shape, i);
    graph.nodes.push_back({mark, kind_of_mark(mark),
                           i < first_output ? Activation::identity : shape.output_activation,
                           0.0F});
  }
  if (shape.one_hidden) {
    graph.nodes.push_back({seed_node_mark(), NodeKind::hidden, shape.activations.front(), 0.0F});
    for (std::size_t i = 0; i < first_output; ++i) link(graph, i, hidden);
    for (std::size_t i = first_output; i < hidden; ++i) link(graph, hidden, i);
  } else {
    for (std::size_t i = 0; i < first_output; ++i) {
      for (std::size_t j = first_output; j < hidden; ++j) link(graph, i, j);
    }
  }
  return graph;
}

}  // namespace

void GraphGenomeParameters::visit(ParameterVisitor& visitor) {
  visitor.real("initial_range", initial_range, {0.0, 1e6},
               {"first weights are uniform in +- this", "", "NSC (novelty-search-cpp)"});
  visitor.choice(
      "seed", seed,
      {{"encoding", SeedGraph::encoding},
       {"full", SeedGraph::full},
       {"one_hidden", SeedGraph::one_hidden}},
      {"links of the first graphs: full = from every input and the bias to every output, "
       "one_hidden = through one hidden node, encoding = as the encoding asks",
       "", "Stanley & Miikkulainen 2002; NSC (novelty-search-cpp)"});
  visitor.choices("activations", activations, activation_choices(),
                  {"functions that new hidden nodes draw from; empty = the encoding's own set", "",
                   "Stanley 2007"});
}

GraphSpace::GraphSpace(const GraphGenomeParameters& parameters, Shape shape)
    : parameters_(checked(parameters)), shape_(std::move(shape)) {
  assert(shape_.inputs > 0 && shape_.outputs > 0);
  if (parameters_.seed == SeedGraph::full) shape_.one_hidden = false;
  if (parameters_.seed == SeedGraph::one_hidden) shape_.one_hidden = true;
  if (!parameters_.activations.empty()) shape_.activations = parameters_.activations;
  assert(!shape_.activations.empty());
}

void GraphSpace::draw(Population& population, std::size_t first, std::size_t count, StreamKey key,
                      std::uint64_t first_id) const {
  GraphPopulation& graphs = graphs_of(population, shape_);
  require_rows({first, first + count}, graphs.size());
  const Graph seed = seed_graph(shape_);
  const auto range = static_cast<float>(parameters_.initial_range);
  for (std::size_t i = first; i < first + count; ++i) {
    Stream stream(key, first_id + i);
    Graph& graph = graphs[i];
    graph = seed;
    for (EdgeGene& edge : graph.edges) edge.weight = stream.uniform_float(-range, range);
    for (NodeGene& node : graph.nodes) {
      if (node.kind != NodeKind::hidden) continue;
      node.activation = shape_.draw_activation(stream);
    }
  }
}

void GraphSpace::check(const Population& population, std::size_t row) const {
  const GraphPopulation& graphs = graphs_of(population, shape_);
  require_row(row, graphs.size());
  cambrian::check(graphs[row], shape_);
}

GenomePart graph_genome(const GraphSpace::Shape& shape) {
  return genome_part<GraphGenomeParameters>(GraphSpace::kKind,
                                            [shape](const GraphGenomeParameters& genome) {
                                              return std::make_unique<GraphSpace>(genome, shape);
                                            });
}

}  // namespace cambrian
