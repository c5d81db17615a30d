#include "cambrian/genome/detail/graph_reader.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/marks.hpp"

namespace cambrian {
namespace {

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

/// Marks of hidden nodes are hashed, and so never 0.
bool is_unnamed(const NodeGene& node) { return node.kind == NodeKind::hidden && node.mark == 0; }

const NodeGene* find_node(const Graph& graph, std::uint64_t mark) {
  const auto found = std::ranges::lower_bound(graph.nodes, mark, {}, &NodeGene::mark);
  return found == graph.nodes.end() || found->mark != mark ? nullptr : &*found;
}

/// By its ends, in whose order edges stand.
const EdgeGene* find_edge(const Graph& graph, const NodeGene& source, const NodeGene& target) {
  const NodeGene* from = find_node(graph, source.mark);
  const NodeGene* to = find_node(graph, target.mark);
  if (from == nullptr || to == nullptr) return nullptr;
  const auto row = [&graph](const NodeGene* node) {
    return static_cast<std::uint32_t>(node - graph.nodes.data());
  };
  const std::uint64_t ends = EdgeGene{.source = row(from), .target = row(to)}.ends();
  const auto found = std::ranges::lower_bound(graph.edges, ends, {}, &EdgeGene::ends);
  return found == graph.edges.end() || found->ends() != ends ? nullptr : &*found;
}

}  // namespace

const NodeGene* GraphParents::gene_of(const NodeGene& node) const {
  const NodeGene* found = find_node(mother, node.mark);
  return found != nullptr || father == nullptr ? found : find_node(*father, node.mark);
}

const EdgeGene* GraphParents::gene_of(const Graph& child, const EdgeGene& edge) const {
  const NodeGene& source = child.nodes[edge.source];
  const NodeGene& target = child.nodes[edge.target];
  const EdgeGene* found = find_edge(mother, source, target);
  return found != nullptr || father == nullptr ? found : find_edge(*father, source, target);
}

Graph GraphReader::read() {
  read_nodes();
  sort_nodes();
  read_links();
  if (parents_ != nullptr) date_childs_genes();
  try {
    check(graph_, form_);
  } catch (const Error& error) {
    json_.fault(error.what());
  }
  return std::move(graph_);
}

NodeGene GraphReader::node_of(const JsonValue& json) {
  if (parents_ == nullptr) {
    json.expect_members({"id", "kind", "activation", "bias", "innovation"});
  } else {
    json.expect_members({"id", "kind", "activation", "bias", "innovation", "splits"});
  }
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
  if (parents_ == nullptr) {
    name_hidden_nodes(nodes);
  } else {
    name_childs_nodes(nodes);
  }
}

void GraphReader::expect_count(NodeKind kind, std::size_t expected) const {
  const std::size_t is = counts_.at(static_cast<std::size_t>(kind));
  if (is == expected) return;
  json_.fault("has " + counted(is, "node") + " of kind " + std::string(kind_name(kind)) +
              ", but needs " + std::to_string(expected) +
              (kind == NodeKind::bias || form_.ends.empty() ? "" : ": " + std::string(form_.ends)));
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

void GraphReader::name_childs_nodes(const std::vector<JsonValue>& nodes) {
  std::set<std::uint64_t> marks;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const NodeGene& node = graph_.nodes[i];
    const auto splits = nodes[i].optional_member("splits");
    if (splits && !is_unnamed(node))
      splits->fault("belongs to new hidden nodes, which have no innovation number yet");
    if (is_unnamed(node)) continue;
    if (node.kind == NodeKind::hidden && parents_->gene_of(node) == nullptr) {
      nodes[i]
          .member("innovation")
          .fault(
              "is that of no node of its parents; a new node has none, but says which link it "
              "'splits'");
    }
    if (!marks.insert(node.mark).second)
      nodes[i].member("innovation").fault("is also that of another node");
  }
  std::map<std::uint64_t, std::uint32_t> next;  // k of each split link, below which all are taken
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    NodeGene& node = graph_.nodes[i];
    if (is_unnamed(node)) {
      const std::uint64_t split = split_by(nodes[i]);
      std::uint32_t& k = next[split];
      while (!marks.insert(node_mark(split, k)).second) ++k;
      node.mark = node_mark(split, k++);
    }
    expect_activation(node, nodes[i]);
  }
}

/// The innovation number of the link that a new node says it splits.
std::uint64_t GraphReader::split_by(const JsonValue& node) const {
  const auto splits = node.optional_member("splits");
  if (!splits)
    node.fault(
        "has neither its 'innovation', as nodes of the parents have, nor the link it 'splits'");
  const std::vector<JsonValue> ends = splits->list();
  if (ends.size() != 2) splits->fault("has not two ids: those of a link's source and target");
  const NodeGene& source = graph_.nodes[row_of(ends[0])];
  const NodeGene& target = graph_.nodes[row_of(ends[1])];
  if (source.kind == NodeKind::bias) ends[0].fault("is the bias, whose links are never split");
  if (!is_computed(target.kind)) ends[1].fault("is an input or the bias, where no link ends");
  if (is_unnamed(source) || is_unnamed(target))
    splits->fault("names a new node that does not stand before this one");
  return edge_mark(source.mark, target.mark);
}

/// As a parent has it, or one that mutation could have drawn.
void GraphReader::expect_activation(const NodeGene& node, const JsonValue& json) const {
  const GraphParents& parents = *parents_;
  for (const Graph* parent : {&parents.mother, parents.father}) {
    const NodeGene* same = parent == nullptr ? nullptr : find_node(*parent, node.mark);
    if (same != nullptr && same->activation == node.activation) return;
  }
  const GraphSpace::Shape& shape = parents.shape;
  const bool free =
      node.kind == NodeKind::hidden || (node.kind == NodeKind::output && shape.outputs_may_change);
  if (!free) {
    json.fault("has another activation than in its parents; only that of " +
               std::string(shape.outputs_may_change ? "hidden nodes and outputs" : "hidden nodes") +
               " may change");
  }
  if (std::ranges::find(shape.activations, node.activation) == shape.activations.end()) {
    std::vector<std::string> names;
    for (const Activation activation : shape.activations)
      names.emplace_back(activation_name(activation));
    json.member("activation").fault("is not one of those of this run: " + joined(names, ", "));
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
  const auto stated =
      parents_ != nullptr ? std::nullopt : json_.optional_member("structural_mutations");
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

void GraphReader::date_childs_genes() {
  const Graph* father = parents_->father;
  const std::uint32_t before = std::max(parents_->mother.structural_mutations,
                                        father == nullptr ? 0 : father->structural_mutations);
  bool changed = std::ranges::any_of(
      graph_.nodes, [this](const NodeGene& node) { return parents_->gene_of(node) == nullptr; });
  for (EdgeGene& edge : graph_.edges) {
    const EdgeGene* inherited = parents_->gene_of(graph_, edge);
    edge.birth = inherited == nullptr ? before + 1 : inherited->birth;
    changed = changed || inherited == nullptr;
  }
  graph_.structural_mutations = before + (changed ? 1 : 0);
}

}  // namespace cambrian
