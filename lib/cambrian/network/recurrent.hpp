// A NEAT network of any shape: each update carries every signal over one link, all nodes at once.
// Where no links close a cycle, an activation may be as many updates as the longest path has links:
// then nothing changes any more, as after one pass through a feed-forward network.
//
// Nodes of one function are computed a packet at a time ("slice"): for each source of the slice one
// row of weights, 0 where a node has no such link.
//
//   state  [ sensors | 1 | 0 | pad ][ slice 0: hidden 0, outputs 0 1, .. ][ slice 1 ] ..
//   slice  sum = biases;  for each source: sum += weights[source] * state[source];  f(sum)
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/network/activation.hpp"
#include "cambrian/network/network.hpp"

namespace cambrian {

class RecurrentNetwork final : public Network {
 public:
  struct Node {
    Activation function = Activation::neat_sigmoid;
    float bias = 0.0F;  ///< added to the sum
  };
  /// Ends are numbered: sensors 0..inputs-1, the bias (constant 1) `inputs`, then the nodes.
  struct Link {
    std::uint32_t source = 0;
    std::uint32_t target = 0;  ///< a node
    float weight = 0.0F;
  };

  static constexpr std::uint32_t kNever = 0xffffffffU;

  /// What an activation is: one update, or as many as the longest path to an output has links.
  enum class Pass { one_link, settled };

  RecurrentNetwork(SignalRange input_range, SignalRange output_range, Pass pass = Pass::one_link)
      : input_range_(input_range), output_range_(output_range), pass_(pass) {}

  /// Replaces the network, reusing memory; reset() must follow.
  /// @param nodes  the outputs first   @param links  at most one per pair of ends, in any order;
  /// without cycles where a pass settles
  /// A value that overflows (possible with unbounded functions) makes others not finite, too.
  void build(std::size_t inputs, std::size_t outputs, std::span<const Node> nodes,
             std::span<const Link> links);

  std::size_t inputs() const override { return inputs_; }
  std::size_t outputs() const override { return outputs_.size(); }
  SignalRange input_range() const override { return input_range_; }
  SignalRange output_range() const override { return output_range_; }
  bool stateful() const override { return pass_ == Pass::one_link; }
  void reset(std::size_t lanes, Stream& birth) override;
  void reset_state() override;
  /// A node that no signal has reached yet is 0, whatever its function gives for 0; so an output
  /// n links away from the nearest sensor or bias is 0 until the n-th update.
  /// Source: NEAT 1.2 (Stanley), network activation. A lane's results do not depend on the number
  /// of lanes.
  void activate(std::span<const float> sensors, std::span<float> motors) override;
  /// Updates that an activation is.
  std::uint32_t passes() const { return pass_ == Pass::settled ? longest_ : 1; }
  /// The activation, from 1, from which an end has a value; kNever: no signal reaches it.
  std::uint32_t first_activation(std::size_t end) const {
    return pass_ == Pass::settled && distance_[end] != kNever ? 1 : distance_[end];
  }
  /// As built, whether or not they reach an output.
  std::size_t nodes() const override { return nodes_; }
  std::size_t links() const override { return links_; }

 private:
  struct Slice {
    Activation function;
    std::uint32_t first_source;  // in sources_; weights_ holds a packet for each
    std::uint32_t sources;
    std::uint32_t complete;  // the update from which all its nodes have been reached
  };

  void sort_links(std::span<const Link> links);
  void find_distances(std::span<const Link> links);
  void find_live_nodes(std::size_t outputs, std::span<const Link> links);
  void place_nodes(std::span<const Node> nodes);
  void fill_slice(std::span<const std::uint32_t> members, std::span<const Node> nodes,
                  std::span<const Link> links);
  void find_longest_path(std::span<const Link> links);
  void update_lane(const float* now, float* next) const;

  SignalRange input_range_;
  SignalRange output_range_;
  Pass pass_;
  std::uint32_t longest_ = 1;  // links of the longest path to an output, at least 1
  std::size_t inputs_ = 0;
  std::size_t nodes_ = 0;
  std::size_t links_ = 0;

  std::vector<Slice> slices_;
  std::vector<std::uint32_t> sources_;  // places in a lane's state
  CacheAligned<float> weights_;         // [sources, packet]
  CacheAligned<float> biases_;          // [slices, packet]
  std::vector<std::uint32_t> reached_;  // [slices, packet] the update at which a signal arrives
  std::vector<std::uint32_t> outputs_;  // places in a lane's state

  std::size_t lanes_ = 0;
  std::size_t stride_ = 0;     // floats a lane
  std::uint32_t updates_ = 0;  // since reset
  CacheAligned<float> now_;    // [lanes, stride]
  CacheAligned<float> next_;   // [lanes, stride]

  // Used by build() alone, kept for their memory. An end is a sensor, the bias or a node.
  std::vector<std::uint32_t> first_in_;  // [ends + 1] into incoming_
  std::vector<std::uint32_t> incoming_;  // numbers of links, sorted by target
  std::vector<std::uint32_t> distance_;  // [ends] links from the nearest sensor or bias
  std::vector<std::uint8_t> live_;       // [ends] reaches an output
  std::vector<std::uint32_t> order_;     // ends to be computed, by function
  std::vector<std::uint32_t> place_;     // [ends] in a lane's state
  std::vector<std::uint32_t> slot_;      // [ends] in sources_, where last listed
};

}  // namespace cambrian
