#include "cambrian/genome/graph/graph_json.hpp"

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
  const bool computed = node.kind == NodeKind::hidden || node.kind == NodeKind::output;
  const auto activation = computed ? json.member("activation") : json.optional_member("activation");
  if (activation) node.activation = activation_of(*activation);
  if (const auto bias = json.optional_member("bias")) node.bias = bias->number();
  const std::size_t index = count(node.kind)++;
  if (node.kind != NodeKind::hidden) {
    node.mark = fixed_mark(node.kind, static_cast<std::uint32_t>(index));
    expect_mark(json, node.mark,
                std::string(kNodeKindNames[static_cast<std::size_t>(node.kind)]) + " " +
                    std::to_string(index));
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
  const auto index = static_cast<std::size_t>(kind);
  if (counts_[index] == expected) return;
  json_.fault("has " + counted(counts_[index], "node") + " of kind " +
              std::string(kNodeKindNames[index]) + ", but needs " + std::to_string(expected));
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
  EdgeGene edge;
  edge.source = row_of(json.member("source"));
  edge.target = row_of(json.member("target"));
  const NodeGene& target = graph_.nodes[edge.target];
  if (target.kind == NodeKind::input || target.kind == NodeKind::bias) {
    json.member("target").fault("is an input or the bias, where no link may end");
  }
  edge.mark = edge_mark(graph_.nodes[edge.source].mark, target.mark);
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
  std::ranges::sort(graph_.edges, {},
                    [](const EdgeGene& edge) { return std::pair(edge.source, edge.target); });
}

OrderedJson json_of(const IdentifiedGraph& identified) {
  const Graph& graph = identified.graph;
  OrderedJson json = {{"id", identified.id},
                      {"structural_mutations", graph.structural_mutations},
                      {"nodes", OrderedJson::array()},
                      {"links", OrderedJson::array()}};
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const NodeGene& node = graph.nodes[i];
    json["nodes"].push_back({{"id", i},
                             {"kind", kNodeKindNames[static_cast<std::size_t>(node.kind)]},
                             {"activation", activation_name(node.activation)},
                             {"bias", node.bias},
                             {"innovation", mark_text(node.mark)}});
  }
  for (const EdgeGene& edge : graph.edges) {
    json["links"].push_back({{"source", edge.source},
                             {"target", edge.target},
                             {"weight", edge.weight},
                             {"enabled", edge.enabled},
                             {"birth", edge.birth},
                             {"innovation", mark_text(edge.mark)}});
  }
  return json;
}

}  // namespace

std::string graphs_to_json(std::span<const IdentifiedGraph> graphs) {
  // A gene a line: readable, and not a line for each number.
  std::string text = "{\n\"format\": \"" + std::string(kFormat) +
                     "\",\n\"format_version\": " + std::to_string(kVersion) + ",\n\"graphs\": [";
  const char* before_graph = "\n";
  for (const IdentifiedGraph& graph : graphs) {
    const OrderedJson json = json_of(graph);
    text += before_graph + std::string("{\"id\": ") + json["id"].dump() +
            ", \"structural_mutations\": " + json["structural_mutations"].dump();
    for (const char* part : {"nodes", "links"}) {
      text += ",\n \"" + std::string(part) + "\": [";
      const char* before = "\n  ";
      for (const OrderedJson& gene : json[part]) {
        text += before + gene.dump();
        before = ",\n  ";
      }
      text += "]";
    }
    text += "}";
    before_graph = ",\n";
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
