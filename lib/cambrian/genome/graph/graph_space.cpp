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

/// The first graph, in which weights that are drawn are 0, and which of its genes are drawn.
struct Seed {
  Graph graph;
  std::vector<char> drawn_weight;      // [edges]
  std::vector<char> drawn_activation;  // [nodes]
};

const SeedOutput* seed_output(const GraphSpace::Shape& shape, std::size_t output) {
  const auto found = std::ranges::find(shape.seed_outputs, output, &SeedOutput::output);
  return found == shape.seed_outputs.end() ? nullptr : &*found;
}

/// Inputs, bias, outputs, then the hidden nodes, whose marks are hashes, in the order of their marks.
void add_nodes(const GraphSpace::Shape& shape, Graph& graph) {
  const std::size_t first_output = shape.inputs + 1;
  const std::size_t fixed = first_output + shape.outputs;
  for (std::size_t i = 0; i < fixed; ++i) {
    const std::uint64_t mark = fixed_mark(shape, i);
    Activation activation = Activation::identity;
    if (i >= first_output) {
      activation = shape.output_activations.empty() ? shape.output_activation
                                                    : shape.output_activations[i - first_output];
    }
    graph.nodes.push_back({mark, kind_of_mark(mark), activation, 0.0F});
  }
  std::uint32_t k = 0;
  const auto add = [&](Activation activation) {
    graph.nodes.push_back({seed_node_mark(k++), NodeKind::hidden, activation, 0.0F});
  };
  if (shape.one_hidden) add(shape.activations.front());
  for (const SeedOutput& output : shape.seed_outputs) {
    for (const SeedNode& node : output.nodes) add(node.activation);
  }
  std::ranges::sort(graph.nodes.begin() + static_cast<std::ptrdiff_t>(fixed), graph.nodes.end(), {},
                    &NodeGene::mark);
}

std::size_t row_of_seed_node(const Graph& graph, std::uint32_t k) {
  const auto found = std::ranges::find(graph.nodes, seed_node_mark(k), &NodeGene::mark);
  return static_cast<std::size_t>(found - graph.nodes.begin());
}

void add_seed_output(const SeedOutput& output, std::size_t row, std::size_t bias, std::uint32_t k,
                     Graph& graph) {
  const auto add = [&](std::size_t source, std::size_t target, float weight) {
    link(graph, source, target);
    graph.edges.back().weight = weight;
  };
  add(bias, row, output.bias);
  for (const SeedNode& node : output.nodes) {
    const std::size_t hidden = row_of_seed_node(graph, k++);
    for (const SeedNode::Input& from : node.from) add(from.index, hidden, from.weight);
    add(hidden, row, node.weight);
  }
}

/// @param bias_alone  whether outputs have an edge from the bias and none from the inputs
Seed seed_graph(const GraphSpace::Shape& shape, bool bias_alone) {
  Seed seed;
  Graph& graph = seed.graph;
  add_nodes(shape, graph);
  const std::size_t first_output = shape.inputs + 1;
  std::uint32_t k = 0;
  const std::size_t hidden = shape.one_hidden ? row_of_seed_node(graph, k++) : 0;
  for (std::size_t i = 0; shape.one_hidden && i < first_output; ++i) link(graph, i, hidden);
  for (std::size_t o = 0; o < shape.outputs; ++o) {
    if (seed_output(shape, o) != nullptr) continue;
    if (shape.one_hidden) link(graph, hidden, first_output + o);
    const std::size_t first = bias_alone ? shape.inputs : 0;
    for (std::size_t i = first; !shape.one_hidden && i < first_output; ++i) {
      link(graph, i, first_output + o);
    }
  }
  const std::size_t drawn = graph.edges.size();
  seed.drawn_activation.assign(graph.nodes.size(), 0);
  if (shape.one_hidden) seed.drawn_activation[hidden] = 1;
  for (const SeedOutput& output : shape.seed_outputs) {
    add_seed_output(output, first_output + output.output, shape.inputs, k, graph);
    k += static_cast<std::uint32_t>(output.nodes.size());
  }
  std::vector<std::uint64_t> ends;
  for (std::size_t e = 0; e < drawn; ++e) ends.push_back(graph.edges[e].ends());
  std::ranges::sort(graph.edges, {}, &EdgeGene::ends);
  for (const EdgeGene& edge : graph.edges) {
    seed.drawn_weight.push_back(std::ranges::count(ends, edge.ends()) > 0 ? 1 : 0);
  }
  return seed;
}

/// One input for each output that the encoding does not lay out itself.
void add_drawn_inputs(const GraphSpace::Shape& shape, float range, Stream& stream, Graph& graph) {
  for (std::size_t o = 0; o < shape.outputs; ++o) {
    if (seed_output(shape, o) != nullptr) continue;
    link(graph, stream.below(static_cast<std::uint32_t>(shape.inputs)), shape.inputs + 1 + o);
    graph.edges.back().weight = stream.uniform_float(-range, range);
  }
  std::ranges::sort(graph.edges, {}, &EdgeGene::ends);
}

}  // namespace

void GraphGenomeParameters::visit(ParameterVisitor& visitor) {
  visitor.real("initial_range", initial_range, {0.0, 1e6},
               {"first weights are uniform in +- this", "", "NSC (novelty-search-cpp)"});
  visitor.choice(
      "seed", seed,
      {{"encoding", SeedGraph::encoding},
       {"full", SeedGraph::full},
       {"one_hidden", SeedGraph::one_hidden},
       {"one_input", SeedGraph::one_input}},
      {"links of the first graphs: full = from every input and the bias to every output, "
       "one_hidden = through one hidden node, one_input = from the bias and one input, drawn for "
       "each output, encoding = as the encoding asks",
       "",
       "Stanley & Miikkulainen 2002; NSC (novelty-search-cpp); one_input: Whiteson et al. 2005 "
       "(FS-NEAT)"});
  visitor.choices("activations", activations, activation_choices(),
                  {"functions that new hidden nodes draw from; empty = the encoding's own set", "",
                   "Stanley 2007"});
}

GraphSpace::GraphSpace(const GraphGenomeParameters& parameters, Shape shape)
    : parameters_(checked(parameters)), shape_(std::move(shape)) {
  assert(shape_.inputs > 0 && shape_.outputs > 0);
  if (parameters_.seed != SeedGraph::encoding)
    shape_.one_hidden = parameters_.seed == SeedGraph::one_hidden;
  if (!parameters_.activations.empty()) shape_.activations = parameters_.activations;
  assert(!shape_.activations.empty());
}

void GraphSpace::draw(Population& population, std::size_t first, std::size_t count, StreamKey key,
                      std::uint64_t first_id) const {
  GraphPopulation& graphs = graphs_of(population, shape_);
  require_rows({first, first + count}, graphs.size());
  const bool one_input = parameters_.seed == SeedGraph::one_input;
  const Seed seed = seed_graph(shape_, one_input);
  const auto range = static_cast<float>(parameters_.initial_range);
  for (std::size_t i = first; i < first + count; ++i) {
    Stream stream(key, first_id + i);
    Graph& graph = graphs[i];
    graph = seed.graph;
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
      if (seed.drawn_weight[e] != 0) graph.edges[e].weight = stream.uniform_float(-range, range);
    }
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
      if (seed.drawn_activation[n] == 0) continue;
      graph.nodes[n].activation = shape_.draw_activation(stream);
    }
    if (one_input) add_drawn_inputs(shape_, range, stream, graph);
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
