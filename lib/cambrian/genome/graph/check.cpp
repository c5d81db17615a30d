#include "cambrian/genome/graph/check.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/genome/graph/marks.hpp"
#include "cambrian/genome/graph/reachability.hpp"

namespace cambrian {
namespace {

[[noreturn]] void fault(const char* what, std::size_t row, const char* why) {
  throw Error(std::string(what) + " " + std::to_string(row) + " " + why);
}

void check_node(const NodeGene& node, std::size_t row) {
  if (static_cast<std::uint8_t>(node.kind) > static_cast<std::uint8_t>(NodeKind::output)) {
    fault("node", row, "has an unknown kind");
  }
  if (static_cast<std::size_t>(node.activation) >= kActivations) {
    fault("node", row, "has an unknown activation");
  }
  if (!std::isfinite(node.bias)) fault("node", row, "has a bias that is not finite");
  const bool fits =
      node.kind == NodeKind::hidden ? is_hashed(node.mark) : kind_of_mark(node.mark) == node.kind;
  if (!fits) fault("node", row, "has the innovation number of another kind of node");
}

void check_edge(const Graph& graph, const EdgeGene& edge, std::size_t row) {
  if (edge.source >= graph.nodes.size() || edge.target >= graph.nodes.size()) {
    fault("edge", row, "joins a node that is not there");
  }
  const NodeGene& target = graph.nodes[edge.target];
  if (!is_computed(target.kind)) {
    fault("edge", row, "ends in an input or the bias");
  }
  if (edge.mark != edge_mark(graph.nodes[edge.source].mark, target.mark)) {
    fault("edge", row, "has an innovation number that does not follow from its ends");
  }
  if (!std::isfinite(edge.weight)) fault("edge", row, "has a weight that is not finite");
  if (edge.birth > graph.structural_mutations) {
    fault("edge", row, "was born after the last structural mutation");
  }
}

std::string because(std::string_view reason) {
  return reason.empty() ? "" : ": " + std::string(reason);
}

/// A graph of another configuration has other inputs and outputs.
void check_ends(const Graph& graph, const GraphForm& form) {
  const auto count = [&](NodeKind kind) {
    return static_cast<std::size_t>(std::ranges::count(graph.nodes, kind, &NodeGene::kind));
  };
  const auto ends = [](std::size_t inputs, std::size_t outputs) {
    return counted(inputs, "input") + " and " + counted(outputs, "output");
  };
  const std::size_t inputs = count(NodeKind::input), outputs = count(NodeKind::output);
  if (inputs != form.inputs || outputs != form.outputs) {
    throw Error("has " + ends(inputs, outputs) + ", but " + ends(form.inputs, form.outputs) +
                " are expected" + because(form.ends));
  }
  if (count(NodeKind::bias) != 1) {
    throw Error("has " + counted(count(NodeKind::bias), "bias node") + ", but 1 is expected");
  }
}

}  // namespace

void check(const Graph& graph) {
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    check_node(graph.nodes[i], i);
    if (i > 0 && graph.nodes[i - 1].mark >= graph.nodes[i].mark) {
      fault("node", i, "is not sorted by innovation number");
    }
  }
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    check_edge(graph, graph.edges[i], i);
    if (i > 0 && graph.edges[i - 1].ends() >= graph.edges[i].ends()) {
      fault("edge", i, "is not sorted by source and target");
    }
  }
}

void check(const Graph& graph, const GraphForm& form) {
  check(graph);
  check_ends(graph, form);
  const std::size_t fixed = form.inputs + 1 + form.outputs;
  for (std::size_t i = 0; i < fixed; ++i) {
    if (graph.nodes[i].mark != fixed_mark(form, i))
      fault("node", i, "is not the input, bias or output that was expected there");
  }
  if (!form.acyclic) return;
  Reachability reachability;
  reachability.read(graph);
  if (!reachability.acyclic()) throw Error("has a cycle" + because(form.no_cycles));
}

}  // namespace cambrian
