// A feed-forward network whose weights are painted by cosine coefficients: large layers are never
// built (painted_layer.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/network/layered_network.hpp"
#include "cambrian/network/painted_layer.hpp"

namespace cambrian {

/// Where the sources and neurons of a layer stand in the arrays of its transform.
struct PaintedPlaces {
  std::size_t neuron_axes = 1;
  std::vector<std::uint32_t> neurons;  ///< [neurons] place of each
  std::vector<std::uint32_t>
      sources;  ///< [sources] place of each, and of the bias where its weights
                ///< are the last column
  bool bias_within = false;
};

class PaintedNetwork final : public Network {
 public:
  /// @param form    without recurrence and learning
  /// @param places  of each layer
  PaintedNetwork(LayeredForm form, std::vector<PaintedPlaces> places, PaintedProduct product);

  /// Before reset(). @param transform  of the layer's weights
  /// @param coefficients  [transform.coefficients()]
  /// @param biases        [neurons]; empty where they are within the weights
  void set_layer(std::size_t layer, CosineTransform& transform,
                 std::span<const double> coefficients, std::span<const float> biases);
  bool factorised(std::size_t layer) const { return layers_[layer].weights.factorised(); }

  std::size_t inputs() const override { return form_.inputs; }
  std::size_t outputs() const override { return form_.outputs; }
  SignalRange input_range() const override { return form_.input_range; }
  SignalRange output_range() const override { return signal_range(form_.layers.back().function); }
  bool stateful() const override { return false; }
  void reset(std::size_t lanes, Stream& birth) override;
  /// A lane's results may differ in the last bits with the number of lanes.
  void activate(std::span<const float> sensors, std::span<float> motors) override;
  std::size_t nodes() const override;
  /// All weights of a layer that has a coefficient other than 0, and the biases that are not 0. Painting the
  /// layers, to leave out weights that happen to be 0, would cost more than all that the network does.
  std::size_t links() const override;

 private:
  struct Layer {
    PaintedPlaces places;
    PaintedLayer<float> weights;
    std::vector<float> biases;  // [neurons], 0 where they are within
    bool painted = false;       // whether a coefficient is not 0
  };
  void run(std::size_t lanes, const float* sensors, float* motors);

  LayeredForm form_;
  PaintedProduct product_;
  std::vector<Layer> layers_;
  std::size_t widest_ = 0;
  std::size_t lanes_ = 0;
  CacheAligned<float> sources_, neurons_;  // [kLanes, widest]
};

}  // namespace cambrian
