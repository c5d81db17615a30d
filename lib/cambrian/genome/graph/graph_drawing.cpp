#include "cambrian/genome/graph/graph_drawing.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/make_shared.hpp>
#include <boost/property_map/dynamic_property_map.hpp>
#include <functional>
#include <sstream>

#include "cambrian/genome/graph/marks.hpp"

namespace cambrian {
namespace {

using BoostGraph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, NodeGene, EdgeGene>;
using Vertex = boost::graph_traits<BoostGraph>::vertex_descriptor;  // the row of its node
using Edge = boost::graph_traits<BoostGraph>::edge_descriptor;

BoostGraph boost_graph(const Graph& graph) {
  BoostGraph copy;
  for (const NodeGene& node : graph.nodes) boost::add_vertex(node, copy);
  for (const EdgeGene& edge : graph.edges) boost::add_edge(edge.source, edge.target, edge, copy);
  return copy;
}

/// "input 3", "bias", "hidden 7": numbered within their kind.
std::vector<std::string> names_of(const Graph& graph) {
  std::array<std::size_t, kNodeKindNames.size()> counts{};
  std::vector<std::string> names;
  for (const NodeGene& node : graph.nodes) {
    const std::size_t index = counts.at(static_cast<std::size_t>(node.kind))++;
    names.emplace_back(kind_name(node.kind));
    if (node.kind != NodeKind::bias) names.back() += " " + std::to_string(index);
  }
  return names;
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

template <class Row, class Of>
void add(boost::dynamic_properties& all, const char* name, Of of) {
  using Value = std::invoke_result_t<Of, Row>;
  all.insert(name, boost::make_shared<Genes<Row, Value>>(of));
}

}  // namespace

std::string graph_to_dot(const IdentifiedGraph& identified) {
  const BoostGraph graph = boost_graph(identified.graph);
  const std::vector<std::string> names = names_of(identified.graph);
  const auto write_node = [&](std::ostream& out, Vertex row) {
    const NodeGene& node = graph[row];
    const bool computed = is_computed(node.kind);
    out << fmt::format("[label=\"{}{}{}\", kind={}, activation={}, bias=\"{}\", innovation=\"{}\"]",
                       names[row], computed ? "\\n" : "",
                       computed ? activation_name(node.activation) : "", kind_name(node.kind),
                       activation_name(node.activation), node.bias, mark_text(node.mark));
  };
  const auto write_edge = [&](std::ostream& out, Edge row) {
    const EdgeGene& edge = graph[row];
    out << fmt::format("[label=\"{}\", enabled={}, birth={}, innovation=\"{}\"{}]", edge.weight,
                       edge.enabled, edge.birth, mark_text(edge.mark),
                       edge.enabled ? "" : ", style=dotted");
  };
  const auto write_graph = [&](std::ostream& out) {
    out << "candidate = " << identified.id
        << ";\nstructural_mutations = " << identified.graph.structural_mutations << ";\n";
  };
  std::ostringstream text;
  boost::write_graphviz(text, graph, write_node, write_edge, write_graph);
  return text.str();
}

std::string graph_to_graphml(const IdentifiedGraph& identified) {
  const BoostGraph graph = boost_graph(identified.graph);
  const std::vector<std::string> names = names_of(identified.graph);
  std::uint64_t id = identified.id;
  std::uint32_t mutations = identified.graph.structural_mutations;
  boost::dynamic_properties all;
  all.property("candidate", boost::ref_property_map<BoostGraph*, std::uint64_t>(id));
  all.property("structural_mutations",
               boost::ref_property_map<BoostGraph*, std::uint32_t>(mutations));
  add<Vertex>(all, "name", [&](Vertex i) { return names[i]; });
  add<Vertex>(all, "kind", [&](Vertex i) { return std::string(kind_name(graph[i].kind)); });
  add<Vertex>(all, "activation",
              [&](Vertex i) { return std::string(activation_name(graph[i].activation)); });
  add<Vertex>(all, "bias", [&](Vertex i) { return graph[i].bias; });
  add<Vertex>(all, "innovation", [&](Vertex i) { return mark_text(graph[i].mark); });
  add<Edge>(all, "weight", [&](Edge i) { return graph[i].weight; });
  add<Edge>(all, "enabled", [&](Edge i) { return graph[i].enabled; });
  add<Edge>(all, "birth", [&](Edge i) { return graph[i].birth; });
  add<Edge>(all, "innovation", [&](Edge i) { return mark_text(graph[i].mark); });
  std::ostringstream text;
  boost::write_graphml(text, graph, get(boost::vertex_index, graph), all, true);
  return text.str();
}

}  // namespace cambrian
