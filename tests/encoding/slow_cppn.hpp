// CPPNs walked node by node, by recursion, in double precision.
#pragma once

#include <vector>

#include "cambrian/genome/graph/graph.hpp"
#include "tests/network/formulas.hpp"

namespace cambrian {

inline double slow_value(const Graph& graph, std::uint32_t row, const std::vector<double>& inputs,
                         double bias) {
  const NodeGene& gene = graph.nodes[row];
  if (gene.kind == NodeKind::bias) return bias;
  if (gene.kind == NodeKind::input) {
    std::size_t index = 0;
    for (std::uint32_t i = 0; i < row; ++i) index += graph.nodes[i].kind == NodeKind::input;
    return inputs[index];
  }
  double sum = gene.bias;
  for (const EdgeGene& link : graph.edges) {
    if (link.target != row || !link.enabled) continue;
    sum += static_cast<double>(link.weight) * slow_value(graph, link.source, inputs, bias);
  }
  return formula(gene.activation, sum);
}

inline double slow_output(const Graph& graph, std::uint32_t output,
                          const std::vector<double>& inputs, double bias) {
  for (std::uint32_t row = 0; row < graph.nodes.size(); ++row) {
    if (graph.nodes[row].kind == NodeKind::output && output-- == 0) {
      return slow_value(graph, row, inputs, bias);
    }
  }
  return 0.0;
}

}  // namespace cambrian
