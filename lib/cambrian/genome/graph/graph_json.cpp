#include "cambrian/genome/graph/graph_json.hpp"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "cambrian/core/words.hpp"
#include "cambrian/genome/detail/graph_reader.hpp"
#include "cambrian/genome/graph/marks.hpp"

namespace cambrian {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr const char* kFormat = "cambrian-graphs";
constexpr std::uint64_t kVersion = 1;

/// Each gene on a line of its own.
std::string list_text(const std::vector<std::string>& genes) {
  return genes.empty() ? "[]" : "[\n  " + joined(genes, ",\n  ") + "]";
}

std::vector<std::string> node_texts(const Graph& graph) {
  std::vector<std::string> nodes;
  for (const NodeGene& node : graph.nodes) {
    const OrderedJson json = {{"id", nodes.size()},
                              {"kind", kind_name(node.kind)},
                              {"activation", activation_name(node.activation)},
                              {"bias", node.bias},
                              {"innovation", mark_text(node.mark)}};
    nodes.push_back(json.dump());
  }
  return nodes;
}

std::vector<std::string> link_texts(const Graph& graph) {
  std::vector<std::string> links;
  for (const EdgeGene& edge : graph.edges) {
    const OrderedJson json = {{"source", edge.source}, {"target", edge.target},
                              {"weight", edge.weight}, {"enabled", edge.enabled},
                              {"birth", edge.birth},   {"innovation", mark_text(edge.mark)}};
    links.push_back(json.dump());
  }
  return links;
}

std::string graph_text(const IdentifiedGraph& identified) {
  return fmt::format(R"({{"id": {}, "structural_mutations": {},)", identified.id,
                     identified.graph.structural_mutations) +
         "\n \"nodes\": " + list_text(node_texts(identified.graph)) +
         ",\n \"links\": " + list_text(link_texts(identified.graph)) + "}";
}

}  // namespace

std::string graphs_to_json(std::span<const IdentifiedGraph> graphs) {
  std::string text = fmt::format("{{\n\"format\": \"{}\",\n\"format_version\": {},\n\"graphs\": [",
                                 kFormat, kVersion);
  const char* before = "\n";
  for (const IdentifiedGraph& graph : graphs) {
    text += before + graph_text(graph);
    before = ",\n";
  }
  return text + "\n]\n}\n";
}

std::string graph_to_line(const Graph& graph) {
  return fmt::format(R"({{"structural_mutations":{},"nodes":[{}],"links":[{}]}})",
                     graph.structural_mutations, joined(node_texts(graph), ","),
                     joined(link_texts(graph), ","));
}

std::vector<IdentifiedGraph> graphs_from_json(const std::string& text, const std::string& file,
                                              const GraphForm& form) {
  const nlohmann::json json = parse_json(text, file);
  const JsonValue root(file, json);
  root.expect_members({"format", "format_version", "graphs"});
  if (const JsonValue format = root.member("format"); format.text() != kFormat) {
    format.fault("is expected to be \"" + std::string(kFormat) + "\"");
  }
  if (const JsonValue version = root.member("format_version");
      version.whole(kMaxCount) != kVersion) {
    version.fault("is expected to be " + std::to_string(kVersion));
  }
  std::vector<IdentifiedGraph> graphs;
  std::set<std::uint64_t> ids;
  for (const JsonValue& graph : root.member("graphs").list()) {
    graph.expect_members({"id", "structural_mutations", "nodes", "links"});
    std::uint64_t id = graphs.size();
    if (const auto given = graph.optional_member("id")) {
      id = given->whole(std::numeric_limits<std::uint64_t>::max());
    }
    if (!ids.insert(id).second) graph.fault("has the id of another graph, " + std::to_string(id));
    graphs.push_back({id, GraphReader(graph, form).read()});
  }
  return graphs;
}

}  // namespace cambrian
