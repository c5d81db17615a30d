// The wiring of a network: where its neurons sit, what its links weigh, and how both are updated, for
// tables, pictures and other programs. One pass through it computes, in the order of the nodes,
//
//   value = f(bias + sum of weight * value of the source)
//
// with the source's value of this pass where its layer is a lower one, otherwise of the last pass.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/network/activation.hpp"
#include "cambrian/network/cppn_program.hpp"
#include "cambrian/network/layered_network.hpp"
#include "cambrian/network/recurrent.hpp"

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
    float modulatory_bias = 0.0F;
    /// The update, from 1, from which it has a value; before, and for ever if kNever, it is 0.
    std::uint32_t first_update = 1;
  };
  static constexpr std::uint32_t kNever = RecurrentNetwork::kNever;
  struct Link {
    std::uint32_t source = 0;  ///< rows of nodes
    std::uint32_t target = 0;
    float weight = 0.0F;
    /// A, B, C, D and the rate of a link that learns, as its rule uses them; all 0: it does not,
    /// unless learning is iterated, as `changes` says.
    std::array<float, 5> rule = {};
    bool modulates = false;
  };
  struct Update {
    std::uint32_t passes = 1;  ///< that make an update
    bool stateful = false;
    SignalRange input_range = {};
    SignalRange output_range = {};
    LearningParameters learning = {};
    bool continuous = false;  ///< whether neurons follow their sums as `time` says
    ContinuousTimeParameters time = {};
  };
  /// The CPPN that says how links change at each update, where learning is iterated.
  struct ChangeRule {
    struct Coordinate {
      std::string axis;           ///< x, y, z, l (layer) or k (kind)
      std::vector<float> places;  ///< [nodes]
    };
    std::vector<Coordinate> coordinates;  ///< those that its inputs are made of
    /// Of the CPPN: "x1" is x of the link's source, "x2" of its target, "x2 - x1", "distance" over
    /// x, y and z, then "pre", "post" and "w".
    std::vector<std::string> inputs;
    CppnListing cppn;  ///< of one output, the change before rate_scale
  };
  Update update;
  std::optional<ChangeRule> changes = {};
  std::vector<Node> nodes;  ///< sensors first, layers in order
  std::vector<Link> links;  ///< those that carry signals: enabled, weight not 0
};

/// As the network now is, what it has learned included; its neurons are nowhere.
Wiring wiring_of(const LayeredNetwork& network);

/// How a graph is updated. @return  what wirings of such a network hold beside nodes and links
Wiring::Update update_of(const RecurrentNetwork& network);

}  // namespace cambrian
