// A network laid open: where its neurons sit and what its links weigh, for tables and pictures.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "cambrian/encoding/substrate.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/network/feed_forward.hpp"

namespace cambrian {

struct Wiring {
  static constexpr float kNowhere = std::numeric_limits<float>::quiet_NaN();
  struct Node {
    NodeKind kind = NodeKind::hidden;
    std::uint32_t layer = 0;  ///< 0: sensors (and bias); in a graph all neurons are layer 1
    NodeFunction function = NodeFunction::identity;
    float bias = 0.0F;
    SubstratePoint place = {kNowhere, kNowhere};  ///< on the substrate; nowhere without one
  };
  struct Link {
    std::uint32_t source = 0;  ///< rows of nodes
    std::uint32_t target = 0;
    float weight = 0.0F;
  };
  std::vector<Node> nodes;  ///< sensors first
  std::vector<Link> links;  ///< those that carry signals: enabled, weight not 0
};

/// @param sheets  where its neurons sit, inputs first; empty: nowhere
Wiring wiring_of(FeedForwardNetwork& network, std::span<const Sheet> sheets = {});
/// Nodes as in the graph, row by row.
Wiring wiring_of(const Graph& graph);

}  // namespace cambrian
