// Networks of dense layers, whatever their links do: feed-forward, recurrent, learning.
//
//   none   each layer has links from the layer before it
//   elman  hidden layers have links from their own neurons of the last update, too
//   full   one layer of hidden and motor neurons, all linked with all, by the last update
//   ctrnn  as full, in continuous time (Beer 1995)
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "cambrian/network/activation.hpp"
#include "cambrian/network/continuous_time.hpp"
#include "cambrian/network/learning.hpp"
#include "cambrian/network/network.hpp"

namespace cambrian {

enum class Recurrence : std::uint8_t { none, elman, full, ctrnn };

struct LayerShape {
  std::size_t neurons = 1;
  Activation function = Activation::tanh;
};

/// What a layered network is made of; its numbers come later.
struct LayeredForm {
  std::size_t inputs = 1;
  std::vector<LayerShape> layers;  ///< at least one; the motors are the last neurons of the last
  std::size_t outputs = 1;  ///< fewer than the last layer's neurons where hidden ones share it
  SignalRange input_range = {-1.0F, 1.0F};
  Recurrence recurrence = Recurrence::none;
  LearningParameters learning = {};
  ContinuousTimeParameters time = {};

  /// Neurons (sensors) of the layer before.
  std::size_t before(std::size_t layer) const {
    return layer == 0 ? inputs : layers[layer - 1].neurons;
  }
  /// Whether a layer has links from its own neurons; these sources stand behind those before it.
  bool feeds_itself(std::size_t layer) const {
    return recurrence == Recurrence::full || recurrence == Recurrence::ctrnn ||
           (recurrence == Recurrence::elman && layer + 1 < layers.size());
  }
  std::size_t sources(std::size_t layer) const {
    return before(layer) + (feeds_itself(layer) ? layers[layer].neurons : 0);
  }
  /// Whether it is a number of each neuron, not of each link.
  bool per_neuron(LinkNumber number) const {
    return number == LinkNumber::time_constant || number == LinkNumber::modulatory_bias ||
           (number == LinkNumber::modulates && learning.modulation == Modulation::soltoggio);
  }
  /// Columns of a layer's matrix of one number: sources; of weights one more, the biases; of the
  /// neurons' own numbers one.
  std::size_t columns(LinkNumber number, std::size_t layer) const {
    if (per_neuron(number)) return 1;
    return sources(layer) + (number == LinkNumber::weight ? 1 : 0);
  }
  /// All numbers that an encoding gives, in the order of their matrices in a genome.
  std::vector<LinkNumber> numbers() const;
};

class LayeredNetwork : public Network {
 public:
  virtual const LayeredForm& form() const = 0;
  /// Column `column` (below form().columns(number, layer)) of a layer's matrix: one number per
  /// neuron, learned weights where it has lived.
  virtual std::span<const float> column(LinkNumber number, std::size_t layer,
                                        std::size_t column) const = 0;
  /// The same to be written, before reset(): what it is born with. A life before is forgotten.
  std::span<float> column(LinkNumber number, std::size_t layer, std::size_t column) {
    end_life();
    const std::span<const float> read = std::as_const(*this).column(number, layer, column);
    return {const_cast<float*>(read.data()), read.size()};  // NOLINT: *this is not const
  }

  /// Memory that each lane takes from birth on, beside its signals: where it learns, weights of its own.
  virtual std::uint64_t bytes_per_lane() const { return 0; }

  /// Whether the link from source `source` of a layer to its neuron `neuron` modulates.
  bool modulates(std::size_t layer, std::size_t source, std::size_t neuron) const;

  std::size_t inputs() const final { return form().inputs; }
  std::size_t outputs() const final { return form().outputs; }
  SignalRange input_range() const final { return form().input_range; }
  SignalRange output_range() const override { return signal_range(form().layers.back().function); }
  std::size_t nodes() const final;

 private:
  /// From here on column() is what it was born with.
  virtual void end_life() {}
};

/// The network for a form. @throws ConfigError if its parameters contradict each other
std::unique_ptr<LayeredNetwork> make_layered_network(const LayeredForm& form);

}  // namespace cambrian
