#include "cambrian/genome/graph/graph_drawing.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/make_shared.hpp>
#include <boost/property_map/dynamic_property_map.hpp>
#include <functional>
#include <sstream>

#include "cambrian/genome/graph/detail/boost_graph.hpp"
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

/// A column of genes for Boost's writer, which by itself would round numbers to six digits.
template <class Row, class Value>
class Genes final : public boost::dynamic_property_map {
 public:
  explicit Genes(std::function<Value(Row)> of) : of_(std::move(of)) {}
  boost::any get(const boost::any& row) override { return of_(boost::any_cast<Row>(row)); }
  std::string get_string(const boost::any& row) override {
    return fmt::format("{}", of_(boost::any_cast<Row>(row)));
  }
  void put(const boost::any&, const boost::any&) override {
    throw boost::dynamic_const_put_error();
  }
  const std::type_info& key() const override { return typeid(Row); }
  const std::type_info& value() const override { return typeid(Value); }

 private:
  std::function<Value(Row)> of_;
};

}  // namespace

std::string graph_to_dot(const IdentifiedGraph& identified) {
  const Graph& graph = identified.graph;
  const std::vector<std::string> names = names_of(graph);
  const auto write_node = [&](std::ostream& out, std::uint32_t row) {
    const NodeGene& node = graph.nodes[row];
    const bool computed = node.kind == NodeKind::hidden || node.kind == NodeKind::output;
    out << fmt::format("[label=\"{}{}{}\", kind={}, activation={}, bias=\"{}\", innovation=\"{}\"]",
                       names[row], computed ? "\\n" : "",
                       computed ? activation_name(node.activation) : "", kind_name(node),
                       activation_name(node.activation), node.bias, mark_text(node.mark));
  };
  const auto write_edge = [&](std::ostream& out, std::size_t row) {
    const EdgeGene& edge = graph.edges[row];
    out << fmt::format("[label=\"{}\", enabled={}, birth={}, innovation=\"{}\"{}]", edge.weight,
                       edge.enabled, edge.birth, mark_text(edge.mark),
                       edge.enabled ? "" : ", style=dotted");
  };
  const auto write_graph = [&](std::ostream& out) {
    out << "candidate = " << identified.id
        << ";\nstructural_mutations = " << graph.structural_mutations << ";\n";
  };
  std::ostringstream text;
  boost::write_graphviz(text, graph, write_node, write_edge, write_graph);
  return text.str();
}

std::string graph_to_graphml(const IdentifiedGraph& identified) {
  const Graph& graph = identified.graph;
  const std::vector<std::string> names = names_of(graph);
  const auto& nodes = graph.nodes;
  const auto& edges = graph.edges;
  std::uint64_t id = identified.id;
  std::uint32_t mutations = graph.structural_mutations;
  boost::dynamic_properties all;
  all.property("candidate", boost::ref_property_map<Graph*, std::uint64_t>(id));
  all.property("structural_mutations", boost::ref_property_map<Graph*, std::uint32_t>(mutations));
  const auto of_nodes = [&]<class Of>(const char* name, Of of) {
    using Value = std::invoke_result_t<Of, std::uint32_t>;
    all.insert(name, boost::make_shared<Genes<std::uint32_t, Value>>(of));
  };
  const auto of_edges = [&]<class Of>(const char* name, Of of) {
    using Value = std::invoke_result_t<Of, std::size_t>;
    all.insert(name, boost::make_shared<Genes<std::size_t, Value>>(of));
  };
  of_nodes("name", [&](std::uint32_t i) { return names[i]; });
  of_nodes("kind", [&](std::uint32_t i) { return std::string(kind_name(nodes[i])); });
  of_nodes("activation",
           [&](std::uint32_t i) { return std::string(activation_name(nodes[i].activation)); });
  of_nodes("bias", [&](std::uint32_t i) { return nodes[i].bias; });
  of_nodes("innovation", [&](std::uint32_t i) { return mark_text(nodes[i].mark); });
  of_edges("weight", [&](std::size_t i) { return edges[i].weight; });
  of_edges("enabled", [&](std::size_t i) { return edges[i].enabled; });
  of_edges("birth", [&](std::size_t i) { return edges[i].birth; });
  of_edges("innovation", [&](std::size_t i) { return mark_text(edges[i].mark); });
  std::ostringstream text;
  boost::write_graphml(text, graph, get(boost::vertex_index, graph), all, true);
  return text.str();
}

}  // namespace cambrian
