// A network of fixed weights that are painted by cosine coefficients, without recurrence, elman or full:
// large matrices are never built (painted_layer.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/network/layered_network.hpp"
#include "cambrian/network/painted_layer.hpp"

namespace cambrian {

/// Columns of a layer's weights that are painted together, and where their sources and neurons stand in
/// the arrays of the transform.
struct PaintedPlaces {
  std::size_t layer = 0;
  std::size_t first_column = 0;  ///< LayeredForm::columns() counts them
  std::size_t neuron_axes = 1;
  std::vector<std::uint32_t> neurons;  ///< [neurons] place of each
  std::vector<std::uint32_t> sources;  ///< [columns] place of each; the bias may be the last
};

class PaintedNetwork final : public Network {
 public:
  /// @param form   without learning and continuous time
  /// @param blocks  of the first layer, then of the next; together all columns of each layer but the
  /// bias, which may be among them
  PaintedNetwork(LayeredForm form, std::vector<PaintedPlaces> blocks, PaintedProduct product);

  /// Before reset(). @param transform  of the block's weights
  /// @param coefficients  [transform.coefficients()]
  void set_weights(std::size_t block, CosineTransform& transform,
                   std::span<const double> coefficients);
  /// Those of a layer whose blocks have no bias among them. @param biases  [neurons]
  void set_biases(std::size_t layer, std::span<const float> biases);
  bool factorised(std::size_t block) const { return blocks_[block].weights.factorised(); }

  std::size_t inputs() const override { return form_.inputs; }
  std::size_t outputs() const override { return form_.outputs; }
  SignalRange input_range() const override { return form_.input_range; }
  SignalRange output_range() const override { return signal_range(form_.layers.back().function); }
  bool stateful() const override { return form_.recurrence != Recurrence::none; }
  void reset(std::size_t lanes, Stream& birth) override;
  void reset_state() override;
  /// A lane's results may differ in the last bits with the number of lanes.
  void activate(std::span<const float> sensors, std::span<float> motors) override;
  std::size_t nodes() const override;
  /// All weights of a block that has a coefficient other than 0, and the biases that are not 0. Painting the
  /// blocks, to leave out weights that happen to be 0, would cost more than all that the network does.
  std::size_t links() const override;

 private:
  struct Block {
    PaintedPlaces places;
    std::size_t before = 0, own = 0;  // of its sources; what is left is the bias
    std::vector<std::uint32_t> onto;  // [neurons] of each place, that in the layer's first block
    PaintedLayer<float> weights = {};
    bool painted = false;  // whether a coefficient is not 0
  };
  // Neurons are in the order of the first block's array.
  struct Layer {
    std::size_t first_block = 0, blocks = 0;
    std::vector<float> biases;  // [neurons], 0 where they are within a block
    CacheAligned<float> last =
        {};  // [lanes, neurons] values of the last update, where it feeds itself
  };
  void run(std::size_t first, std::size_t lanes, const float* sensors, float* motors);
  void add_block(std::size_t b, std::size_t lanes, const float* before, const float* own);

  LayeredForm form_;
  PaintedProduct product_;
  std::vector<Block> blocks_;
  std::vector<Layer> layers_;
  std::size_t lanes_ = 0;
  CacheAligned<float> sources_, sums_, more_, values_;  // [kLanes, widest]
};

}  // namespace cambrian
