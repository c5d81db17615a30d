#include "cambrian/genome/graph/neat_mutation.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "cambrian/genome/graph/marks.hpp"

namespace cambrian {
namespace {

constexpr int kSplitTries = 20;            // NEAT 1.2
constexpr std::size_t kGenesForAges = 10;  // NEAT 1.2: smaller genomes have no newest fifth
constexpr std::uint32_t kOldest = 63;      // births that lie further back are counted together

std::uint32_t draw(std::size_t n, Stream& stream) {
  return stream.below(static_cast<std::uint32_t>(n));
}

auto node_position(const std::vector<NodeGene>& nodes, std::uint64_t mark) {
  return std::ranges::lower_bound(nodes, mark, {}, &NodeGene::mark);
}

bool has_edge(const Graph& graph, std::uint32_t source, std::uint32_t target) {
  return std::ranges::binary_search(
      graph.edges, EdgeGene{.source = source, .target = target}.ends(), {}, &EdgeGene::ends);
}

void insert_edge(Graph& graph, std::uint32_t source, std::uint32_t target, float weight) {
  EdgeGene edge = edge_between(graph, source, target);
  edge.weight = weight;
  edge.birth = graph.structural_mutations;
  graph.edges.insert(std::ranges::lower_bound(graph.edges, edge.ends(), {}, &EdgeGene::ends), edge);
}

/// @return the row of the new node, whose mark the genome does not hold
std::uint32_t insert_node(Graph& graph, const NodeGene& node) {
  const auto at = node_position(graph.nodes, node.mark);
  const auto row = static_cast<std::uint32_t>(at - graph.nodes.begin());
  graph.nodes.insert(at, node);
  for (EdgeGene& edge : graph.edges) {
    edge.source += edge.source >= row ? 1 : 0;
    edge.target += edge.target >= row ? 1 : 0;
  }
  return row;
}

std::uint64_t unused_node_mark(const Graph& graph, std::uint64_t split_edge) {
  for (std::uint32_t k = 0;; ++k) {
    const std::uint64_t mark = node_mark(split_edge, k);
    const auto at = node_position(graph.nodes, mark);
    if (at == graph.nodes.end() || at->mark != mark) return mark;
  }
}

/// What happens to one weight: moved with probability `moved`, else replaced with `replaced`.
struct WeightShares {
  float moved;
  float replaced;
};
constexpr WeightShares kSevere{0.7F, 0.2F};
constexpr WeightShares kNewest{0.5F, 0.2F};
constexpr WeightShares kPaper{0.9F, 0.1F};

/// (birth, first half of the mark), which orders genes by age. Two genes with the same half of a
/// hash would count as equally old.
std::uint64_t age_key(const EdgeGene& edge) {
  return static_cast<std::uint64_t>(edge.birth) << 32U | edge.mark >> 32U;
}

/// The least age key of the newest fifth; above all keys where the genome is too small for one.
/// Genes are counted by birth, the newest first, so that only those of one birth (or of all that
/// lie far back) need to be ordered.
std::uint64_t newest_fifth(const Graph& graph, std::vector<std::uint64_t>& ages) {
  const std::size_t n = graph.edges.size();
  if (n < kGenesForAges) return ~std::uint64_t{0};
  std::array<std::uint32_t, kOldest + 1> born{};
  const auto back = [&graph](const EdgeGene& edge) {
    return std::min(graph.structural_mutations - edge.birth, kOldest);
  };
  for (const EdgeGene& edge : graph.edges) ++born[back(edge)];
  std::size_t wanted = n / 5;
  std::uint32_t last = 0;
  for (; born[last] < wanted; ++last) wanted -= born[last];
  ages.resize(n);
  std::size_t count = 0;
  for (const EdgeGene& edge : graph.edges) {
    ages[count] = age_key(edge);
    count += back(edge) == last ? 1 : 0;
  }
  const auto end = ages.begin() + static_cast<std::ptrdiff_t>(count);
  const auto least = end - static_cast<std::ptrdiff_t>(wanted);
  std::nth_element(ages.begin(), least, end);
  return *least;
}

/// Genes whose age key is at least `newest` are mixed: one uniform number says whether the weight is
/// moved, replaced or kept, and, within its share, how far. The others are all moved.
///
/// Weights are collected and handed back, and choices are sums of products with 0 or 1, because
/// compilers make vectors of arithmetic on neighbours and branches of choices.
void change_weights(std::span<EdgeGene> edges, WeightShares shares, std::uint64_t newest,
                    float power, float limit, MutationScratch& scratch) {
  const std::size_t n = edges.size();
  scratch.weights.resize(n);
  scratch.is_newest.resize(n);
  float* const weights = scratch.weights.data();
  float* const is_newest = scratch.is_newest.data();
  for (std::size_t i = 0; i < n; ++i) weights[i] = edges[i].weight;
  if (newest == 0) {  // as the loop would, and faster
    std::ranges::fill(scratch.is_newest, 1.0F);
  } else {
    for (std::size_t i = 0; i < n; ++i) is_newest[i] = age_key(edges[i]) >= newest ? 1.0F : 0.0F;
  }
  const float* const uniform = scratch.uniforms.data();
  const float end = shares.moved + shares.replaced;
  const float move = 2.0F / shares.moved;
  const float replace = 2.0F / shares.replaced;
  for (std::size_t i = 0; i < n; ++i) {
    const float u = uniform[i];
    const float is_moved = u < shares.moved ? 1.0F : 0.0F;
    const float is_changed = u < end ? 1.0F : 0.0F;
    const float kept = 1.0F - is_changed + is_moved;
    const float change = power * (is_moved * (u * move - 1.0F) +
                                  (is_changed - is_moved) * ((u - shares.moved) * replace - 1.0F));
    const float mixed = weights[i] * kept + change;
    const float moved = weights[i] + power * (2.0F * u - 1.0F);
    const float changed = is_newest[i] * mixed + (1.0F - is_newest[i]) * moved;
    weights[i] = std::clamp(changed, -limit, limit);
  }
  for (std::size_t i = 0; i < n; ++i) edges[i].weight = weights[i];
}

}  // namespace

void mutate(Graph& graph, const NeatVariationParameters& parameters, const GraphSpace::Shape& shape,
            Stream& stream, MutationScratch& scratch) {
  if (stream.chance(parameters.add_node)) {
    add_node(graph, parameters.split_out_weight, shape, stream);
  } else if (stream.chance(parameters.add_link)) {
    mutate_link(graph, parameters, shape, stream, scratch);
  } else {
    if (stream.chance(parameters.mutate_weights)) {
      mutate_weights(graph, parameters, stream, scratch);
    }
    if (stream.chance(parameters.toggle_enabled)) toggle_link(graph, stream);
    if (stream.chance(parameters.re_enable)) re_enable_link(graph);
    if (stream.chance(parameters.mutate_activation)) mutate_activation(graph, shape, stream);
    if (parameters.mutate_output_activation > 0 &&
        stream.chance(parameters.mutate_output_activation)) {
      mutate_output_activation(graph, shape, stream);
    }
  }
}

bool mutate_link(Graph& graph, const NeatVariationParameters& parameters,
                 const GraphSpace::Shape& shape, Stream& stream, MutationScratch& scratch) {
  const bool recurrent = !shape.acyclic && stream.chance(parameters.recurrent_only);
  return add_link(graph, recurrent, parameters.link_tries, stream, scratch.reachability);
}

bool add_node(Graph& graph, double out_weight, const GraphSpace::Shape& shape, Stream& stream) {
  if (graph.edges.empty()) return false;
  for (int i = 0; i < kSplitTries; ++i) {
    EdgeGene& split = graph.edges[draw(graph.edges.size(), stream)];
    if (!split.enabled || graph.nodes[split.source].kind == NodeKind::bias) continue;
    split.enabled = false;
    ++graph.structural_mutations;
    std::uint32_t source = split.source;
    std::uint32_t target = split.target;
    const float weight = split.weight;
    const NodeGene node{unused_node_mark(graph, split.mark), NodeKind::hidden,
                        shape.draw_activation(stream), 0.0F};
    const std::uint32_t row = insert_node(graph, node);
    source += source >= row ? 1 : 0;
    target += target >= row ? 1 : 0;
    insert_edge(graph, source, row, 1.0F);
    insert_edge(graph, row, target, static_cast<float>(out_weight) * weight);
    return true;
  }
  return false;
}

bool add_link(Graph& graph, bool recurrent, std::int64_t tries, Stream& stream,
              Reachability& reachability) {
  // Inputs and the bias come first: targets are the rows after them.
  const auto nodes = static_cast<std::uint32_t>(graph.nodes.size());
  const auto first_target = static_cast<std::uint32_t>(
      node_position(graph.nodes, fixed_mark(NodeKind::bias, 0xffffffffU)) - graph.nodes.begin());
  if (first_target == nodes) return false;
  reachability.read(graph);
  for (std::int64_t i = 0; i < tries; ++i) {
    const std::uint32_t target = first_target + stream.below(nodes - first_target);
    const bool to_itself = recurrent && stream.chance(0.5);
    const std::uint32_t source = to_itself ? target : stream.below(nodes);
    if (has_edge(graph, source, target)) continue;
    if (reachability.reaches(target, source) != recurrent) continue;
    ++graph.structural_mutations;
    insert_edge(graph, source, target, stream.uniform_float(-1.0F, 1.0F));
    return true;
  }
  return false;
}

void mutate_weights(Graph& graph, const NeatVariationParameters& parameters, Stream& stream,
                    MutationScratch& scratch) {
  const auto power = static_cast<float>(parameters.weight_power);
  const auto limit = static_cast<float>(parameters.weight_limit);
  const bool paper = parameters.weight_rule == WeightRule::paper;
  const bool gentle = !paper && stream.chance(0.5);
  const std::uint64_t newest = gentle ? newest_fifth(graph, scratch.ages) : 0;
  scratch.uniforms.resize(graph.edges.size());
  stream.fill_uniform(scratch.uniforms);
  // Without a gentle mode `newest` is 0, and all genes are mixed.
  change_weights(graph.edges, gentle ? kNewest : (paper ? kPaper : kSevere), newest, power, limit,
                 scratch);
}

void toggle_link(Graph& graph, Stream& stream) {
  if (graph.edges.empty()) return;
  EdgeGene& edge = graph.edges[draw(graph.edges.size(), stream)];
  if (!edge.enabled) {
    edge.enabled = true;
    return;
  }
  edge.enabled = false;
  const bool another = std::any_of(
      graph.edges.begin(), graph.edges.end(),
      [&edge](const EdgeGene& other) { return other.enabled && other.source == edge.source; });
  edge.enabled = !another;
}

void re_enable_link(Graph& graph) {
  EdgeGene* oldest = nullptr;
  for (EdgeGene& edge : graph.edges) {
    if (edge.enabled) continue;
    const bool older = oldest == nullptr || edge.birth < oldest->birth ||
                       (edge.birth == oldest->birth && edge.mark < oldest->mark);
    if (older) oldest = &edge;
  }
  if (oldest != nullptr) oldest->enabled = true;
}

void mutate_activation(Graph& graph, const GraphSpace::Shape& shape, Stream& stream) {
  // Hidden nodes come last: their marks are hashed.
  const auto first =
      static_cast<std::size_t>(node_position(graph.nodes, kHashedMark) - graph.nodes.begin());
  const std::size_t hidden = graph.nodes.size() - first;
  if (hidden == 0) return;
  graph.nodes[first + draw(hidden, stream)].activation = shape.draw_activation(stream);
}

void mutate_output_activation(Graph& graph, const GraphSpace::Shape& shape, Stream& stream) {
  NodeGene& output = graph.nodes[shape.inputs + 1 + draw(shape.outputs, stream)];
  output.activation = shape.draw_activation(stream);
}

}  // namespace cambrian
