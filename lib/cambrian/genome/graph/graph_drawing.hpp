// Graph genomes for programs that draw and analyse graphs, one per file. All genes are written in
// full precision, also edges that are disabled.
#pragma once

#include <string>

#include "cambrian/genome/graph/graph_json.hpp"

namespace cambrian {

/// For Graphviz. The label of an edge is its weight (the attribute `weight` is Graphviz's own: how
/// short an edge should be); edges that are not enabled are dotted.
std::string graph_to_dot(const IdentifiedGraph& graph);

/// For networkx, igraph, Boost, Gephi and yEd. Source: graphml.graphdrawing.org, GraphML 1.0.
std::string graph_to_graphml(const IdentifiedGraph& graph);

}  // namespace cambrian
