#include "cambrian/genome/graph/reachability.hpp"

namespace cambrian {

void Reachability::read(const Graph& graph) {
  graph_ = &graph;
  const std::size_t nodes = graph.nodes.size();
  first_edge_.resize(nodes + 1);
  std::size_t edge = 0;
  for (std::size_t node = 0; node <= nodes; ++node) {
    while (edge < graph.edges.size() && graph.edges[edge].source < node) ++edge;
    first_edge_[node] = static_cast<std::uint32_t>(edge);
  }
  seen_.assign(nodes, 0);
  round_ = 0;
  stack_.reserve(nodes);
}

bool Reachability::reaches(std::uint32_t from, std::uint32_t to,
                           std::span<const std::uint8_t> kept) {
  if (from == to) return true;
  ++round_;
  stack_.clear();
  stack_.push_back(from);
  seen_[from] = round_;
  while (!stack_.empty()) {
    const std::uint32_t node = stack_.back();
    stack_.pop_back();
    for (std::uint32_t e = first_edge_[node]; e < first_edge_[node + 1]; ++e) {
      if (!kept.empty() && kept[e] == 0) continue;
      const std::uint32_t next = graph_->edges[e].target;
      if (next == to) return true;
      if (seen_[next] == round_) continue;
      seen_[next] = round_;
      stack_.push_back(next);
    }
  }
  return false;
}

bool Reachability::acyclic() {
  // Kahn 1962: take away nodes that nothing enters; what is left holds the cycles.
  indegree_.assign(graph_->nodes.size(), 0);
  for (const EdgeGene& edge : graph_->edges) ++indegree_[edge.target];
  stack_.clear();
  for (std::uint32_t node = 0; node < indegree_.size(); ++node) {
    if (indegree_[node] == 0) stack_.push_back(node);
  }
  std::size_t taken = 0;
  while (!stack_.empty()) {
    const std::uint32_t node = stack_.back();
    stack_.pop_back();
    ++taken;
    for (std::uint32_t e = first_edge_[node]; e < first_edge_[node + 1]; ++e) {
      if (--indegree_[graph_->edges[e].target] == 0) stack_.push_back(graph_->edges[e].target);
    }
  }
  return taken == graph_->nodes.size();
}

}  // namespace cambrian
