// Layers whose outputs depend on their past: by recurrence, by what their links have learned, or by
// both. An update is a pass through all layers, then one step of learning on all links.
//
//   lane      values now, next  [ sensors | layer 0 | layer 1 .. ]   whole packets each
//             weights           [ layer 0: sources + bias, by neurons | layer 1 .. ]
//   layer     sums over the layer before (next) and, where it feeds itself, over its own (now)
//   learning  pre and post from next, the weights of each lane of its own: lanes are lives
//
// So a network that learns takes lanes x links x 4 bytes (twice that with random weights): 2.4 million
// links at 128 lanes are 1.2 GB, for each worker.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/network/iterated_learning.hpp"
#include "cambrian/network/layered_network.hpp"

namespace cambrian {

namespace packets {
struct LearningStep;
}

class DynamicNetwork final : public LayeredNetwork {
 public:
  /// All numbers start at 0.
  explicit DynamicNetwork(LayeredForm form);

  const LayeredForm& form() const override { return form_; }
  using LayeredNetwork::column;
  /// Learned weights are those of the first lane.
  std::span<const float> column(LinkNumber number, std::size_t layer,
                                std::size_t column) const override;
  bool stateful() const override { return form_.recurrence != Recurrence::none; }
  bool learns() const override { return form_.learning.learning != LearningRule::none; }
  /// Random weights are drawn lane by lane, each lane's layer by layer, source by source.
  void reset(std::size_t lanes, Stream& birth) override;
  void reset_state() override;
  void reset_weights() override;
  void set_learning(bool on) override { learning_ = on && learns(); }
  void check() const override;
  std::uint64_t bytes_per_lane() const override {
    const std::uint64_t copies = !learns() ? 0 : form_.learning.random_weights ? 2 : 1;
    return copies * weights_size_ * sizeof(float);
  }
  /// A lane's results do not depend on the number of lanes.
  void activate(std::span<const float> sensors, std::span<float> motors) override;
  /// Where learning is `iterated`: to be given the places of links once, and a program before each
  /// birth. Links whose weight is 0 at birth are none, and do not learn.
  IteratedLearning& iterated() { return iterated_; }
  /// Links and biases whose weight, or else whose learning rate, is not 0.
  std::size_t links() const override;

 private:
  struct Layer {
    std::size_t before;   // how many of its sources are of the layer before
    std::size_t sources;  // with its own neurons where it feeds itself
    std::size_t neurons;
    std::size_t stride;         // neurons, padded to whole packets
    std::size_t first_weight;   // of its [sources + 1, stride] in a lane's weights
    std::size_t first_neuron;   // in rows of neurons
    std::size_t first_rule;     // in rule_
    std::size_t first_link;     // among all links
    std::size_t before_values;  // where the layer before stands in a lane's values
  };

  void end_life() override { lived_ = false; }
  void prepare_rule();
  void mark_modulating();
  const float* weights(std::size_t lane) const;
  /// The values of a layer's sources; `own` are those of its own neurons.
  const float* gather(const Layer& layer, const float* values, const float* own);
  void update_layer(std::size_t lane, std::size_t l, const float* now, float* next);
  void gate(const Layer& layer, float* gates) const;
  template <Activation F>
  void finish(const Layer& layer, const float* bias, const float* now, float* next, float* state);
  void learn(std::size_t lane, const Layer& layer, const float* values);
  void learn_as_told(std::size_t lane, const Layer& layer, const packets::LearningStep& step);
  void normalise(const Layer& layer, float* weights) const;

  LayeredForm form_;
  bool modulated_;
  std::vector<Layer> layers_;
  std::size_t weights_size_ = 0;  // floats of a lane
  std::size_t values_size_ = 0;
  std::size_t neurons_size_ = 0;
  std::array<CacheAligned<float>, kLinkNumbers> genes_;  // [weights_size_] or [neurons_size_]

  IteratedLearning iterated_;
  std::array<CacheAligned<float>, 4> asked_;  // pre, post, weights and changes of some links

  // Made at birth.
  CacheAligned<float> rule_;        // as learning_rules.hpp has it, layer by layer
  CacheAligned<float> modulating_;  // [weights_size_] above 0: the link modulates
  CacheAligned<float> follow_;      // [neurons_size_] Euler step / time constant
  CacheAligned<float> zeros_;       // [widest layer] in place of biases
  CacheAligned<float> sources_;     // [most sources] where they lie apart
  std::size_t lanes_ = 0;
  bool lived_ = false;
  bool learning_ = false;
  std::uint64_t updates_ = 0;        // that learned
  CacheAligned<float> born_;         // [lanes, weights_size_] of random weights
  CacheAligned<float> learned_;      // [lanes, weights_size_] where it learns
  CacheAligned<float> now_, next_;   // [lanes, values_size_]
  CacheAligned<float> state_;        // [lanes, neurons_size_] y of Beer's form
  CacheAligned<float> gates_;        // [lanes, neurons_size_]
  CacheAligned<float> mean_square_;  // [lanes, neurons_size_] of BCM
};

}  // namespace cambrian
