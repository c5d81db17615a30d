// From the links that ES-HyperNEAT's searches take to a network: which neurons exist, which links lie
// on a path, what they weigh.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/encoding/quadtree.hpp"
#include "cambrian/network/recurrent.hpp"

namespace cambrian {

/// Deletes links until each source but a sensor has an incoming link, its own counted in, and each
/// target but a motor an outgoing one to another neuron.
/// @param sensors  ends below it  @param first_hidden  ends from it on, up to `ends`
/// @param incoming, outgoing  memory
void delete_dead_ends(std::vector<RecurrentNetwork::Link>& links, std::uint32_t sensors,
                      std::uint32_t first_hidden, std::uint32_t ends,
                      std::vector<std::uint32_t>& incoming, std::vector<std::uint32_t>& outgoing);

/// For each target divides its positive incoming weights by their sum, and the negative ones by
/// theirs, and multiplies by `range`. @param positive, negative  memory
void normalise_incoming(std::vector<RecurrentNetwork::Link>& links, std::uint32_t ends, float range,
                        std::vector<float>& positive, std::vector<float>& negative);

/// Neurons and links that have been discovered, in memory that is reused. Ends of links are numbered
/// as RecurrentNetwork has them: sensors, the bias (which no link leaves), motors, hidden neurons.
class DiscoveredNetwork {
 public:
  DiscoveredNetwork(std::span<const SubstratePoint> sensors, std::span<const SubstratePoint> motors,
                    const QuadtreeRules& rules, const CppnInputs& inputs);

  /// Searches from sensors, from hidden neurons for `iterations` rounds, and from motors.
  /// @param upward  takes only links whose target lies at a larger y, and that are not 0
  /// @param range   the weight of a value of 1
  void discover(CppnProgram& program, std::size_t iterations, bool upward, float range);
  /// delete_dead_ends(), then without hidden neurons that have no links.
  void prune();
  /// normalise_incoming().
  void normalise(float range);

  const std::vector<RecurrentNetwork::Link>& links() const { return links_; }
  /// Where the hidden neurons sit.
  const std::vector<SubstratePoint>& hidden() const { return hidden_; }

 private:
  std::uint32_t first_hidden() const {
    return static_cast<std::uint32_t>(sensors_.size() + 1 + motors_.size());
  }
  std::uint32_t ends() const { return first_hidden() + static_cast<std::uint32_t>(hidden_.size()); }
  void explore(CppnProgram& program, const SubstratePoint& place, std::uint32_t from, bool upward,
               float range);
  void remove_unlinked_neurons();

  std::vector<SubstratePoint> sensors_;
  std::vector<SubstratePoint> motors_;
  Quadtree quadtree_;
  std::vector<SubstratePoint> hidden_;
  std::vector<std::uint32_t> hidden_of_cell_;  // its number among ends, or none
  std::vector<RecurrentNetwork::Link> links_;
  std::vector<std::uint32_t> incoming_;  // [ends]
  std::vector<std::uint32_t> outgoing_;  // [ends] to others
  std::vector<std::uint32_t> number_;    // [ends]
  std::vector<float> positive_;          // [ends]
  std::vector<float> negative_;          // [ends]
};

}  // namespace cambrian
