#include "cambrian/encoding/layered.hpp"

#include <cassert>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

/// Functions that suit output neurons: bounded ones.
std::vector<Choice<Activation>> bounded_activations() {
  return activation_choices(
      {Activation::tanh, Activation::sigmoid, Activation::steep_sigmoid, Activation::neat_sigmoid,
       Activation::bipolar_sigmoid, Activation::gaussian, Activation::sine, Activation::step,
       Activation::cosine, Activation::plain_sine, Activation::plain_gaussian});
}

}  // namespace

void LayeredParameters::visit(ParameterVisitor& visitor) {
  visitor.integers(
      "hidden", hidden, {1, 100000},
      {"neurons of each hidden layer, from the sensors to the motors; empty: no hidden layer",
       "neurons", "our choice"});
  visitor.choice("hidden_activation", hidden_activation, activation_choices(),
                 {"function of hidden neurons", "", "our choice"});
  visitor.choice(
      "output_activation", output_activation, bounded_activations(),
      {"function of motor neurons; its range is mapped onto the motors'", "", "our choice"});
}

LayeredShape::LayeredShape(const LayeredParameters& parameters, const NetworkInterface& body)
    : inputs(body.sensors.size()) {
  for (const std::int64_t neurons : parameters.hidden) {
    layers.push_back({static_cast<std::size_t>(neurons), parameters.hidden_activation});
  }
  layers.push_back({body.motors.size(), parameters.output_activation});
}

std::size_t LayeredShape::weights() const {
  std::size_t sum = 0;
  for (std::size_t layer = 0; layer < layers.size(); ++layer) sum += weights(layer);
  return sum;
}

FeedForwardNetwork LayeredShape::make_network() const {
  return FeedForwardNetwork(inputs, layers, {-1.0F, 1.0F});
}

void set_layer(FeedForwardNetwork& network, std::size_t layer, std::span<const float> matrix) {
  const std::size_t inputs = network.layer_inputs(layer);
  const std::size_t neurons = network.layer_neurons(layer);
  assert(matrix.size() == neurons * (inputs + 1));
  for (std::size_t i = 0; i <= inputs; ++i) {
    const std::span<float> column =
        i < inputs ? network.weights_from(layer, i) : network.biases(layer);
    for (std::size_t n = 0; n < neurons; ++n) column[n] = matrix[n * (inputs + 1) + i];
  }
}

std::vector<NetworkNote> layered_notes(const std::string& genes) {
  return {
      {"genes", genes},
      {"sensors", "mapped onto -1 to 1"},
      {"update",
       "one pass through all layers per step: neuron = f(bias + sum of weight * value), f = "
       "hidden_activation, in the last layer output_activation"},
      {"motors", "the last layer, from the range of output_activation onto the motor's"},
  };
}

GenomePart layered_genome(std::size_t length, double sd_scale, std::vector<std::uint32_t> fan_in) {
  return genome_part<RealGenomeParameters>(
      RealSpace::kKind,
      [length, sd_scale, fan_in = std::move(fan_in)](const RealGenomeParameters& genome) {
        if (genome.length != 0 && static_cast<std::size_t>(genome.length) != length) {
          throw ConfigError("length", "is " + std::to_string(genome.length) +
                                          ", but the encoding needs " + std::to_string(length) +
                                          "; leave it out");
        }
        return std::make_unique<RealSpace>(genome, length, sd_scale, fan_in);
      });
}

}  // namespace cambrian
