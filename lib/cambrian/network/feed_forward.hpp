// A network of dense layers: one full pass per update, any function per layer, a bias per neuron.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/network/layered_network.hpp"

namespace cambrian {

class FeedForwardNetwork final : public LayeredNetwork {
 public:
  /// All weights and biases start at 0. @param form  without recurrence and learning; its last layer
  /// holds the outputs, whose range is that of its function
  explicit FeedForwardNetwork(LayeredForm form);
  FeedForwardNetwork(std::size_t inputs, const std::vector<LayerShape>& layers,
                     SignalRange input_range)
      : FeedForwardNetwork({inputs, layers, layers.back().neurons, input_range}) {}

  std::size_t layers() const { return layers_.size(); }
  std::size_t layer_inputs(std::size_t layer) const { return layers_[layer].inputs; }
  std::size_t layer_neurons(std::size_t layer) const { return layers_[layer].neurons; }
  Activation function(std::size_t layer) const { return layers_[layer].function; }
  /// The weights from one input of a layer to each of its neurons, to be read or written.
  std::span<float> weights_from(std::size_t layer, std::size_t input);
  std::span<float> biases(std::size_t layer);

  const LayeredForm& form() const override { return form_; }
  using LayeredNetwork::column;
  std::span<const float> column(LinkNumber number, std::size_t layer,
                                std::size_t column) const override;
  bool stateful() const override { return false; }
  void reset(std::size_t lanes, Stream& birth) override;
  /// A lane's results do not depend on the number of lanes.
  void activate(std::span<const float> sensors, std::span<float> motors) override;
  std::size_t links() const override;

 private:
  struct Layer {
    std::size_t inputs;
    std::size_t neurons;
    std::size_t stride;  // neurons, padded to whole packets
    Activation function;
    CacheAligned<float> weights;  // [inputs, stride]; padding stays 0
    CacheAligned<float> biases;   // [stride]
  };

  LayeredForm form_;
  std::vector<Layer> layers_;
  std::size_t stride_ = 0;  // the widest layer's
  std::size_t lanes_ = 0;
  CacheAligned<float> values_;  // [2, lanes, stride_]: layers write one half and read the other
};

}  // namespace cambrian
