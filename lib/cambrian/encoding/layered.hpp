// What encodings of fixed layers share: a network of dense layers, whose weights a vector gives or paints.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/network/feed_forward.hpp"

namespace cambrian {

/// `[encoding]` of the encodings with fixed layers.
struct LayeredParameters : Parameters {
  std::vector<std::int64_t> hidden = {8};
  Activation hidden_activation = Activation::tanh;
  Activation output_activation = Activation::tanh;
  void visit(ParameterVisitor& visitor) override;
};

/// Each layer is one matrix [neurons, inputs + 1], row-major; the last column holds the biases.
struct LayeredShape {
  std::size_t inputs = 1;
  std::vector<FeedForwardNetwork::LayerShape> layers;

  LayeredShape(const LayeredParameters& parameters, const NetworkInterface& body);
  std::size_t rows(std::size_t layer) const { return layers[layer].neurons; }
  std::size_t columns(std::size_t layer) const {
    return (layer == 0 ? inputs : layers[layer - 1].neurons) + 1;
  }
  std::size_t weights(std::size_t layer) const { return rows(layer) * columns(layer); }
  std::size_t weights() const;
  /// Takes sensors in [-1, 1].
  FeedForwardNetwork make_network() const;
};

/// Writes a layer's matrix into the network. @param matrix [neurons, inputs + 1] row-major
void set_layer(FeedForwardNetwork& network, std::size_t layer, std::span<const float> matrix);

/// What the encodings of this shape have in common. @param genes  what theirs mean
std::vector<NetworkNote> layered_notes(const std::string& genes);

/// Vectors of one length. @param sd_scale  the factor on the sd of the first genes
/// @param fan_in  as RealSpace has it
GenomePart layered_genome(std::size_t length, double sd_scale,
                          std::vector<std::uint32_t> fan_in = {});

}  // namespace cambrian
