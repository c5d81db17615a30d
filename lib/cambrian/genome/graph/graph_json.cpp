#include "cambrian/genome/graph/graph_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/detail/json_value.hpp"
#include "cambrian/genome/graph/marks.hpp"

namespace cambrian {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr const char* kFormat = "cambrian-graphs";
constexpr std::uint64_t kVersion = 1;
constexpr std::uint64_t kMaxCount = std::numeric_limits<std::uint32_t>::max();

std::uint64_t mark_of(const JsonValue& value) {
  const std::string text = value.text();
  std::uint64_t mark = 0;
  const char* end = text.data() + text.size();
  if (text.size() > 2 && text.starts_with("0x")) {
    const auto [stop, error] = std::from_chars(text.data() + 2, end, mark, 16);
    if (stop == end && error == std::errc()) return mark;
  }
  value.fault("is expected as a hexadecimal text, such as \"0x8123456789abcdef\"");
}

void expect_mark(const JsonValue& gene, std::uint64_t expected, const std::string& whose) {
  const std::optional<JsonValue> given = gene.optional_member("innovation");
  if (!given || mark_of(*given) == expected) return;
  given->fault("is not that of " + whose + ", " + mark_text(expected) + "; it may be left out");
}

NodeKind kind_of(const JsonValue& value) {
  const auto found = std::ranges::find(kNodeKindNames, value.text());
  if (found == kNodeKindNames.end()) value.fault("is not one of input, bias, hidden and output");
  return static_cast<NodeKind>(found - kNodeKindNames.begin());
}

Activation activation_of(const JsonValue& value) {
  const auto found = std::ranges::find(kActivationNames, value.text());
  if (found == kActivationNames.end())
    value.fault("is not an activation; `cambrian list activations` shows all");
  return static_cast<Activation>(found - kActivationNames.begin());
}

/// One graph on its way in: genes as the file lists them, then sorted.
class GraphReader {
 public:
  GraphReader(const JsonValue& json, const GraphForm& form) : json_(json), form_(form) {}

  Graph read() {
    read_nodes();
    sort_nodes();
    read_links();
    try {
      check(graph_, form_);
    } catch (const Error& error) {
      json_.fault(error.what());
    }
    return std::move(graph_);
  }

 private:
  void read_nodes();
  NodeGene node_of(const JsonValue& json);
  void name_hidden_nodes(const std::vector<JsonValue>& nodes);
  void expect_count(NodeKind kind, std::size_t expected) const;
  void sort_nodes();
  void read_links();
  EdgeGene edge_of(const JsonValue& json) const;
  std::uint32_t row_of(const JsonValue& end) const;
  std::size_t& count(NodeKind kind) { return counts_[static_cast<std::size_t>(kind)]; }

  const JsonValue& json_;
  const GraphForm& form_;
  Graph graph_;
  std::array<std::size_t, 4> counts_{};          // nodes of each kind
  std::map<std::uint64_t, std::uint32_t> rows_;  // of a node's id
};

NodeGene GraphReader::node_of(const JsonValue& json) {
  json.expect_members({"id", "kind", "activation", "bias", "innovation"});
  NodeGene node;
  node.kind = kind_of(json.member("kind"));
  const auto activation =
      is_computed(node.kind) ? json.member("activation") : json.optional_member("activation");
  if (activation) node.activation = activation_of(*activation);
  if (const auto bias = json.optional_member("bias")) node.bias = bias->number();
  const std::size_t index = count(node.kind)++;
  if (node.kind != NodeKind::hidden) {
    node.mark = fixed_mark(node.kind, static_cast<std::uint32_t>(index));
    expect_mark(json, node.mark, std::string(kind_name(node.kind)) + " " + std::to_string(index));
  } else if (const auto mark = json.optional_member("innovation")) {
    node.mark = mark_of(*mark);
    if (!is_hashed(node.mark))
      mark->fault("does not have the top bit that those of hidden nodes have");
  }
  return node;
}

void GraphReader::read_nodes() {
  const std::vector<JsonValue> nodes = json_.member("nodes").list();
  for (const JsonValue& json : nodes) {
    graph_.nodes.push_back(node_of(json));
    const JsonValue id = json.member("id");
    const auto row = static_cast<std::uint32_t>(graph_.nodes.size() - 1);
    if (!rows_.emplace(id.whole(kMaxCount), row).second) id.fault("is also that of another node");
  }
  expect_count(NodeKind::input, form_.inputs);
  expect_count(NodeKind::bias, 1);
  expect_count(NodeKind::output, form_.outputs);
  name_hidden_nodes(nodes);
}

void GraphReader::expect_count(NodeKind kind, std::size_t expected) const {
  const std::size_t is = counts_.at(static_cast<std::size_t>(kind));
  if (is == expected) return;
  json_.fault("has " + counted(is, "node") + " of kind " + std::string(kind_name(kind)) +
              ", but needs " + std::to_string(expected));
}

void GraphReader::name_hidden_nodes(const std::vector<JsonValue>& nodes) {
  std::uint32_t unnamed = 0;
  std::set<std::uint64_t> marks;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    NodeGene& node = graph_.nodes[i];
    if (node.kind != NodeKind::hidden) continue;
    if (node.mark == 0) {
      node.mark = seed_node_mark(unnamed++);
    } else if (!marks.insert(node.mark).second) {
      nodes[i].member("innovation").fault("is also that of another node");
    }
    if (unnamed > 0 && !marks.empty()) {
      json_.fault(
          "has an innovation number for only some of its hidden nodes; which link the others "
          "have split cannot be derived: give one to each, or to none for a seed");
    }
  }
}

void GraphReader::sort_nodes() {
  std::vector<std::uint32_t> order(graph_.nodes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return graph_.nodes[i].mark; });
  std::vector<NodeGene> sorted;
  std::vector<std::uint32_t> place(order.size());
  for (const std::uint32_t i : order) {
    place[i] = static_cast<std::uint32_t>(sorted.size());
    sorted.push_back(graph_.nodes[i]);
  }
  for (auto& [id, row] : rows_) row = place[row];
  graph_.nodes = std::move(sorted);
}

std::uint32_t GraphReader::row_of(const JsonValue& end) const {
  const auto found = rows_.find(end.whole(kMaxCount));
  if (found == rows_.end()) end.fault("is not the id of a node");
  return found->second;
}

EdgeGene GraphReader::edge_of(const JsonValue& json) const {
  json.expect_members({"source", "target", "weight", "enabled", "birth", "innovation"});
  const std::uint32_t source = row_of(json.member("source"));
  EdgeGene edge = edge_between(graph_, source, row_of(json.member("target")));
  const NodeGene& target = graph_.nodes[edge.target];
  if (!is_computed(target.kind)) {
    json.member("target").fault("is an input or the bias, where no link may end");
  }
  expect_mark(json, edge.mark, "its two ends");
  edge.weight = json.member("weight").number();
  if (const auto enabled = json.optional_member("enabled")) edge.enabled = enabled->boolean();
  if (const auto birth = json.optional_member("birth")) {
    edge.birth = static_cast<std::uint32_t>(birth->whole(kMaxCount));
  }
  return edge;
}

void GraphReader::read_links() {
  const auto stated = json_.optional_member("structural_mutations");
  if (stated) graph_.structural_mutations = static_cast<std::uint32_t>(stated->whole(kMaxCount));
  std::set<std::uint64_t> marks;
  for (const JsonValue& json : json_.member("links").list()) {
    const EdgeGene edge = edge_of(json);
    if (!marks.insert(edge.mark).second) json.fault("joins the same nodes as another link");
    if (!stated) {
      graph_.structural_mutations = std::max(graph_.structural_mutations, edge.birth);
    } else if (edge.birth > graph_.structural_mutations) {
      json.member("birth").fault("is beyond the graph's structural_mutations");
    }
    graph_.edges.push_back(edge);
  }
  std::ranges::sort(graph_.edges, {}, &EdgeGene::ends);
}

/// Each gene on a line of its own.
std::string list_text(const std::vector<std::string>& genes) {
  return genes.empty() ? "[]" : "[\n  " + joined(genes, ",\n  ") + "]";
}

std::string graph_text(const IdentifiedGraph& identified) {
  const Graph& graph = identified.graph;
  std::vector<std::string> nodes, links;
  for (const NodeGene& node : graph.nodes) {
    const OrderedJson json = {{"id", nodes.size()},
                              {"kind", kind_name(node.kind)},
                              {"activation", activation_name(node.activation)},
                              {"bias", node.bias},
                              {"innovation", mark_text(node.mark)}};
    nodes.push_back(json.dump());
  }
  for (const EdgeGene& edge : graph.edges) {
    const OrderedJson json = {{"source", edge.source}, {"target", edge.target},
                              {"weight", edge.weight}, {"enabled", edge.enabled},
                              {"birth", edge.birth},   {"innovation", mark_text(edge.mark)}};
    links.push_back(json.dump());
  }
  return fmt::format(R"({{"id": {}, "structural_mutations": {},)", identified.id,
                     graph.structural_mutations) +
         "\n \"nodes\": " + list_text(nodes) + ",\n \"links\": " + list_text(links) + "}";
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
