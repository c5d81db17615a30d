// Bodies and graphs that tests of encodings share.
#pragma once

#include <string>
#include <vector>

#include "cambrian/core/stream.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/network/network.hpp"

namespace cambrian {

/// Like the maze's robot: 6 rangefinders, 4 radars, 2 motors, each row evenly over x in [-1, 1].
inline NetworkInterface maze_body() {
  NetworkInterface body;
  const auto row = [](std::vector<Terminal>& terminals, int count, double y) {
    for (int i = 0; i < count; ++i) {
      terminals.push_back(
          {std::to_string(terminals.size()), {0.0F, 1.0F}, {-1.0 + 2.0 * i / (count - 1), y}});
    }
  };
  row(body.sensors, 6, -1.0);
  row(body.sensors, 4, -1.2);
  row(body.motors, 2, 1.0);
  return body;
}

/// A graph by hand: nodes in the order given, links sorted by their rows.
inline NodeGene node(NodeKind kind, Activation activation = Activation::identity,
                     float bias = 0.0F) {
  return {0, kind, activation, bias};
}
inline EdgeGene edge(std::uint32_t source, std::uint32_t target, float weight,
                     bool enabled = true) {
  return {0, source, target, weight, 0, enabled};
}

/// A random acyclic graph whose hidden nodes may stand in any order of rows.
inline Graph random_cppn(std::uint64_t seed, std::uint32_t inputs, std::uint32_t outputs) {
  Stream stream(stream_key(seed, "graph"), 0);
  Graph graph;
  for (std::uint32_t i = 0; i < inputs; ++i) graph.nodes.push_back(node(NodeKind::input));
  graph.nodes.push_back(node(NodeKind::bias));
  const auto draw = [&] {
    auto activation = static_cast<Activation>(stream.below(kActivations));
    return activation == Activation::step ? Activation::tanh : activation;
  };
  for (std::uint32_t i = 0; i < outputs; ++i) {
    graph.nodes.push_back(node(NodeKind::output, Activation::bipolar_sigmoid));
  }
  const std::uint32_t hidden = stream.below(12);
  for (std::uint32_t i = 0; i < hidden; ++i) {
    graph.nodes.push_back(
        node(NodeKind::hidden, draw(), stream.chance(0.3) ? stream.uniform_float() : 0.0F));
  }
  // Ranks make it acyclic: a link goes from a lower to a higher one.
  std::vector<std::uint32_t> rank(graph.nodes.size());
  for (std::size_t i = 0; i < rank.size(); ++i) {
    const NodeKind kind = graph.nodes[i].kind;
    rank[i] = kind == NodeKind::output   ? 1000
              : kind == NodeKind::hidden ? 1 + stream.below(900)
                                         : 0;
  }
  for (std::uint32_t s = 0; s < rank.size(); ++s) {
    for (std::uint32_t t = 0; t < rank.size(); ++t) {
      if (rank[s] < rank[t] && stream.chance(0.3)) {
        graph.edges.push_back(edge(s, t, stream.uniform_float(-0.5F, 0.5F), stream.chance(0.8)));
      }
    }
  }
  return graph;
}

}  // namespace cambrian
