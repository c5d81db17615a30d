#include "cambrian/encoding/cppn_compile.hpp"

#include <algorithm>
#include <cassert>

namespace cambrian {
namespace {

constexpr std::uint32_t kNone = 0xffffffffU;

}  // namespace

// Kahn's order: a node follows when all its sources stand. Edges are sorted by source, so those
// that leave a node lie together.
void CppnCompiler::sort_nodes(const Graph& graph) {
  const std::size_t nodes = graph.nodes.size();
  sources_.assign(nodes, kNone);
  waiting_.assign(nodes, 0);
  first_.assign(nodes + 1, 0);
  order_.clear();
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    const EdgeGene& edge = graph.edges[e];
    ++first_[edge.source + 1];
    if (edge.enabled && is_computed(graph.nodes[edge.source].kind)) ++waiting_[edge.target];
  }
  for (std::size_t i = 0; i < nodes; ++i) first_[i + 1] += first_[i];
  std::uint32_t inputs = 0;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    if (graph.nodes[i].kind == NodeKind::input) sources_[i] = inputs++;
    if (is_computed(graph.nodes[i].kind) && waiting_[i] == 0) order_.push_back(i);
  }
  for (std::size_t next = 0; next < order_.size(); ++next) {
    const std::uint32_t row = order_[next];
    sources_[row] = inputs + static_cast<std::uint32_t>(next);
    for (std::uint32_t e = first_[row]; e < first_[row + 1]; ++e) {
      const EdgeGene& edge = graph.edges[e];
      if (edge.enabled && --waiting_[edge.target] == 0) order_.push_back(edge.target);
    }
  }
}

void CppnCompiler::collect_links(const Graph& graph, float bias) {
  first_.assign(graph.nodes.size() + 1, 0);
  for (const EdgeGene& edge : graph.edges) {
    if (edge.enabled) ++first_[edge.target + 1];
  }
  for (std::size_t i = 0; i + 1 < first_.size(); ++i) first_[i + 1] += first_[i];
  in_.resize(first_.back());
  waiting_.assign(first_.begin(), first_.end());
  for (const EdgeGene& edge : graph.edges) {
    if (edge.enabled) in_[waiting_[edge.target]++] = &edge;
  }
  nodes_.clear();
  links_.clear();
  for (const std::uint32_t row : order_) {
    const NodeGene& gene = graph.nodes[row];
    CppnNode node{gene.activation, gene.bias, 0};
    for (std::uint32_t k = first_[row]; k < first_[row + 1]; ++k) {
      const EdgeGene& edge = *in_[k];
      if (graph.nodes[edge.source].kind == NodeKind::bias) {
        node.bias += edge.weight * bias;
      } else {
        links_.push_back({sources_[edge.source], edge.weight});
        ++node.links;
      }
    }
    nodes_.push_back(node);
  }
}

void CppnCompiler::compile(const Graph& graph, std::span<const std::uint32_t> outputs, float bias,
                           CppnProgram& program) {
  sort_nodes(graph);
  collect_links(graph, bias);
  // Nodes stand in the order of their marks: inputs, the bias, outputs, hidden ones.
  const auto inputs = static_cast<std::size_t>(
      std::ranges::find(graph.nodes, NodeKind::bias, &NodeGene::kind) - graph.nodes.begin());
  results_.clear();
  for (const std::uint32_t output : outputs) {
    results_.push_back(sources_.at(inputs + 1 + output));
    assert(results_.back() != kNone);
  }
  program.compile(inputs, nodes_, links_, results_);
}

}  // namespace cambrian
