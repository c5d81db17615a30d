// The wiring of a network: where its neurons sit and what its links weigh, for tables and pictures.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "cambrian/network/activation.hpp"
#include "cambrian/network/layered_network.hpp"

namespace cambrian {

struct Wiring {
  struct Place {
    static constexpr float kNowhere = std::numeric_limits<float>::quiet_NaN();
    float x = kNowhere;
    float y = kNowhere;
    float z = kNowhere;  ///< also where the other two are given, in the plane
  };
  struct Node {
    NodeKind kind = NodeKind::hidden;
    std::uint32_t layer = 0;  ///< 0: sensors (and bias); in a graph all neurons are layer 1
    Activation function = Activation::identity;
    float bias = 0.0F;
    Place place = {};            ///< on the substrate; nowhere without one
    float time_constant = 0.0F;  ///< 0 unless it lives in continuous time
  };
  struct Link {
    std::uint32_t source = 0;  ///< rows of nodes
    std::uint32_t target = 0;
    float weight = 0.0F;
    /// A, B, C, D and the rate of a link that learns; all 0: it does not.
    std::array<float, 5> rule = {};
    bool modulates = false;
  };
  std::vector<Node> nodes;  ///< sensors first
  std::vector<Link> links;  ///< those that carry signals: enabled, weight not 0
};

/// As the network now is, what it has learned included; its neurons are nowhere.
Wiring wiring_of(const LayeredNetwork& network);

}  // namespace cambrian
