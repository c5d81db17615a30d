#include "cambrian/genome/graph/graph_algorithms.hpp"

#include <algorithm>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <ostream>
#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/detail/boost_graph.hpp"

namespace cambrian {
namespace {

using EnabledGraph = boost::filtered_graph<Graph, Enabled>;

EnabledGraph enabled_part(const Graph& graph) { return {graph, Enabled{&graph}}; }

/// Sources last, as Boost gives it.
template <class G>
std::vector<std::uint32_t> reverse_order(const G& graph) {
  std::vector<std::uint32_t> order;
  order.reserve(num_vertices(graph));
  boost::topological_sort(graph, std::back_inserter(order));
  return order;
}

std::string_view kind_name(NodeKind kind) {
  switch (kind) {
    case NodeKind::input:
      return "input";
    case NodeKind::bias:
      return "bias";
    case NodeKind::hidden:
      return "hidden";
    case NodeKind::output:
      break;
  }
  return "output";
}

}  // namespace

bool is_acyclic(const Graph& graph) {
  try {
    reverse_order(graph);
    return true;
  } catch (const boost::not_a_dag&) {
    return false;
  }
}

std::vector<std::uint32_t> topological_order(const Graph& graph) {
  try {
    std::vector<std::uint32_t> order = reverse_order(enabled_part(graph));
    std::reverse(order.begin(), order.end());
    return order;
  } catch (const boost::not_a_dag&) {
    throw Error("the graph has a cycle, so its nodes have no order");
  }
}

std::vector<std::uint32_t> strong_components(const Graph& graph) {
  std::vector<std::uint32_t> component(graph.nodes.size());
  boost::strong_components(
      enabled_part(graph),
      boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  return component;
}

void write_dot(std::ostream& out, const Graph& graph) {
  boost::write_graphviz(
      out, enabled_part(graph),
      [&graph](std::ostream& o, std::uint32_t vertex) {
        const NodeGene& node = graph.nodes[vertex];
        o << "[label=\"" << kind_name(node.kind) << ' ' << vertex;
        if (node.kind == NodeKind::hidden || node.kind == NodeKind::output) {
          o << "\\n" << activation_name(node.activation);
        }
        o << "\"]";
      },
      [&graph](std::ostream& o, std::size_t edge) {
        o << "[label=\"" << graph.edges[edge].weight << "\"]";
      });
}

void write_graphml(std::ostream& out, const Graph& graph) {
  boost::dynamic_properties properties;
  properties.property(
      "kind", boost::make_function_property_map<std::uint32_t>([&graph](std::uint32_t vertex) {
        return std::string(kind_name(graph.nodes[vertex].kind));
      }));
  properties.property(
      "activation",
      boost::make_function_property_map<std::uint32_t>([&graph](std::uint32_t vertex) {
        return std::string(activation_name(graph.nodes[vertex].activation));
      }));
  properties.property("weight",
                      boost::make_function_property_map<std::size_t>(
                          [&graph](std::size_t edge) { return graph.edges[edge].weight; }));
  boost::write_graphml(out, enabled_part(graph), get(boost::vertex_index, graph), properties, true);
}

}  // namespace cambrian
