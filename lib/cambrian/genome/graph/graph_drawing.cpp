#include "cambrian/genome/graph/graph_drawing.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "cambrian/genome/graph/marks.hpp"

namespace cambrian {
namespace {

/// "input 3", "bias", "hidden 7": numbered within their kind.
std::vector<std::string> names_of(const Graph& graph) {
  std::array<std::size_t, kNodeKindNames.size()> counts{};
  std::vector<std::string> names;
  for (const NodeGene& node : graph.nodes) {
    const auto kind = static_cast<std::size_t>(node.kind);
    const std::size_t index = counts[kind]++;
    names.emplace_back(kNodeKindNames[kind]);
    if (node.kind != NodeKind::bias) names.back() += " " + std::to_string(index);
  }
  return names;
}

std::string_view kind_name(const NodeGene& node) {
  return kNodeKindNames[static_cast<std::size_t>(node.kind)];
}

constexpr const char* kGraphmlHead = R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="structural_mutations" for="graph" attr.name="structural_mutations" attr.type="long"/>
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="activation" for="node" attr.name="activation" attr.type="string"/>
<key id="bias" for="node" attr.name="bias" attr.type="float"/>
<key id="node_innovation" for="node" attr.name="innovation" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="float"/>
<key id="enabled" for="edge" attr.name="enabled" attr.type="boolean"/>
<key id="birth" for="edge" attr.name="birth" attr.type="long"/>
<key id="edge_innovation" for="edge" attr.name="innovation" attr.type="string"/>
)";

/// A value of a GraphML element.
template <class T>
std::string data(const char* key, const T& value) {
  return fmt::format("<data key=\"{}\">{}</data>", key, value);
}

}  // namespace

std::string graph_to_dot(const IdentifiedGraph& identified) {
  const Graph& graph = identified.graph;
  const std::vector<std::string> names = names_of(graph);
  std::string text = fmt::format("digraph genome_{} {{\n  structural_mutations = {};\n",
                                 identified.id, graph.structural_mutations);
  const auto out = std::back_inserter(text);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const NodeGene& node = graph.nodes[i];
    const bool computed = node.kind == NodeKind::hidden || node.kind == NodeKind::output;
    fmt::format_to(
        out, "  n{} [label=\"{}{}{}\", kind={}, activation={}, bias=\"{}\", innovation=\"{}\"];\n",
        i, names[i], computed ? "\\n" : "", computed ? activation_name(node.activation) : "",
        kind_name(node), activation_name(node.activation), node.bias, mark_text(node.mark));
  }
  for (const EdgeGene& edge : graph.edges) {
    fmt::format_to(out, "  n{} -> n{} [label=\"{}\", enabled={}, birth={}, innovation=\"{}\"{}];\n",
                   edge.source, edge.target, edge.weight, edge.enabled, edge.birth,
                   mark_text(edge.mark), edge.enabled ? "" : ", style=dotted");
  }
  return text + "}\n";
}

std::string graph_to_graphml(const IdentifiedGraph& identified) {
  const Graph& graph = identified.graph;
  const std::vector<std::string> names = names_of(graph);
  std::string text = kGraphmlHead;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "<graph id=\"genome_{}\" edgedefault=\"directed\">\n{}\n", identified.id,
                 data("structural_mutations", graph.structural_mutations));
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const NodeGene& node = graph.nodes[i];
    fmt::format_to(out, "<node id=\"n{}\">{}{}{}{}{}</node>\n", i, data("name", names[i]),
                   data("kind", kind_name(node)),
                   data("activation", activation_name(node.activation)), data("bias", node.bias),
                   data("node_innovation", mark_text(node.mark)));
  }
  for (const EdgeGene& edge : graph.edges) {
    fmt::format_to(out, "<edge source=\"n{}\" target=\"n{}\">{}{}{}{}</edge>\n", edge.source,
                   edge.target, data("weight", edge.weight), data("enabled", edge.enabled),
                   data("birth", edge.birth), data("edge_innovation", mark_text(edge.mark)));
  }
  return text + "</graph>\n</graphml>\n";
}

}  // namespace cambrian
