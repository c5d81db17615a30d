// Graph models Boost.Graph's IncidenceGraph, VertexListGraph and EdgeListGraph. Only for files that
// run Boost's algorithms: its headers take seconds to compile.
//
// A vertex is the row of its node, an edge the row of its gene (a wider type, so that overloads can
// tell the two apart). Edges are sorted by source: those that leave a vertex are found by
// bisection.
#pragma once

#include <algorithm>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <utility>

#include "cambrian/genome/graph/graph.hpp"

namespace boost {

// NOLINTBEGIN(readability-identifier-naming): the names are Boost's
template <>
struct graph_traits<cambrian::Graph> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = std::size_t;
  using directed_category = directed_tag;
  using edge_parallel_category = disallow_parallel_edge_tag;
  struct traversal_category : virtual incidence_graph_tag,
                              virtual vertex_list_graph_tag,
                              virtual edge_list_graph_tag {};
  using vertex_iterator = counting_iterator<vertex_descriptor>;
  using edge_iterator = counting_iterator<edge_descriptor>;
  using out_edge_iterator = counting_iterator<edge_descriptor>;
  using in_edge_iterator = void;  // named by filtered_graph, never used
  using adjacency_iterator = void;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return 0xffffffffU; }
};
// NOLINTEND(readability-identifier-naming)

template <>
struct property_map<cambrian::Graph, vertex_index_t> {
  using type = typed_identity_property_map<std::uint32_t>;
  using const_type = type;
};

}  // namespace boost

namespace cambrian {

using BoostTraits = boost::graph_traits<Graph>;

inline std::uint32_t num_vertices(const Graph& graph) {
  return static_cast<std::uint32_t>(graph.nodes.size());
}
inline std::size_t num_edges(const Graph& graph) { return graph.edges.size(); }
inline std::uint32_t source(std::size_t edge, const Graph& graph) {
  return graph.edges[edge].source;
}
inline std::uint32_t target(std::size_t edge, const Graph& graph) {
  return graph.edges[edge].target;
}

inline std::pair<BoostTraits::vertex_iterator, BoostTraits::vertex_iterator> vertices(
    const Graph& graph) {
  return {BoostTraits::vertex_iterator(0), BoostTraits::vertex_iterator(num_vertices(graph))};
}
inline std::pair<BoostTraits::edge_iterator, BoostTraits::edge_iterator> edges(const Graph& graph) {
  return {BoostTraits::edge_iterator(0), BoostTraits::edge_iterator(num_edges(graph))};
}
inline std::pair<BoostTraits::out_edge_iterator, BoostTraits::out_edge_iterator> out_edges(
    std::uint32_t vertex, const Graph& graph) {
  const auto begin = graph.edges.begin();
  const auto first = std::partition_point(
      begin, graph.edges.end(), [vertex](const EdgeGene& edge) { return edge.source < vertex; });
  const auto last = std::partition_point(
      first, graph.edges.end(), [vertex](const EdgeGene& edge) { return edge.source == vertex; });
  return {BoostTraits::out_edge_iterator(static_cast<std::size_t>(first - begin)),
          BoostTraits::out_edge_iterator(static_cast<std::size_t>(last - begin))};
}
inline std::size_t out_degree(std::uint32_t vertex, const Graph& graph) {
  const auto range = out_edges(vertex, graph);
  return *range.second - *range.first;
}
inline boost::typed_identity_property_map<std::uint32_t> get(boost::vertex_index_t, const Graph&) {
  return {};
}

/// Keeps the enabled edges, for boost::filtered_graph.
struct Enabled {
  const Graph* graph = nullptr;
  bool operator()(std::size_t edge) const { return graph->edges[edge].enabled; }
};

}  // namespace cambrian
