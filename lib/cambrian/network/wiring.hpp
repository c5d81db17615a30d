// The wiring of a network: where its neurons sit and what its links weigh, for tables and pictures.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "cambrian/network/activation.hpp"
#include "cambrian/network/feed_forward.hpp"

namespace cambrian {

struct Wiring {
  struct Place {
    static constexpr float kNowhere = std::numeric_limits<float>::quiet_NaN();
    float x = kNowhere;
    float y = kNowhere;
  };
  struct Node {
    NodeKind kind = NodeKind::hidden;
    std::uint32_t layer = 0;  ///< 0: sensors (and bias); in a graph all neurons are layer 1
    Activation function = Activation::identity;
    float bias = 0.0F;
    Place place = {};  ///< on the substrate; nowhere without one
  };
  struct Link {
    std::uint32_t source = 0;  ///< rows of nodes
    std::uint32_t target = 0;
    float weight = 0.0F;
  };
  std::vector<Node> nodes;  ///< sensors first
  std::vector<Link> links;  ///< those that carry signals: enabled, weight not 0
};

/// Its neurons are nowhere.
Wiring wiring_of(FeedForwardNetwork& network);

}  // namespace cambrian
