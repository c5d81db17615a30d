// What encodings of fixed layers share: a network of dense layers, whose matrices a vector gives or
// paints.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/network/layered_network.hpp"

namespace cambrian {

/// Functions that suit output neurons: bounded ones.
std::vector<Choice<Activation>> bounded_activation_choices();

/// The keys of `[encoding]` about what neurons of layers are and do, wherever their numbers come
/// from.
struct NeuronParameters : Parameters {
  Activation hidden_activation = Activation::tanh;
  Activation output_activation = Activation::tanh;
  Recurrence recurrence = Recurrence::none;
  LearningParameters learning = {};
  ContinuousTimeParameters time = {};
  void visit(ParameterVisitor& visitor) override { visit_neurons(visitor, false); }
  /// @param by_cppn  whether learning may be iterated
  void visit_neurons(ParameterVisitor& visitor, bool by_cppn);
  /// The form of networks of these hidden layers. @param hidden  neurons of each
  LayeredForm form(std::size_t inputs, const std::vector<std::size_t>& hidden,
                   std::size_t outputs) const;
  NetworkLife life() const {
    return {.learns = learning.learning != LearningRule::none,
            .remembers = recurrence != Recurrence::none};
  }
  /// Those of learning, and the CTRNNs of Beer and of neat-python.
  std::vector<std::string_view> presets() const override;
  void apply_preset(std::string_view name) override;
  std::vector<IdleKey> idle_keys() const override;
};

/// `[encoding]` of the encodings with fixed layers.
struct LayeredParameters : NeuronParameters {
  std::vector<std::int64_t> hidden = {8};
  bool signed_sensors = true;
  void visit(ParameterVisitor& visitor) override;
};

/// One matrix of a network, row-major: a number of each link into the neurons of a layer. A row per
/// neuron; of weights the last column holds the biases.
struct LinkMatrix {
  LinkNumber number = LinkNumber::weight;
  std::size_t layer = 0;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t size() const { return rows * columns; }
};

/// The networks of these parameters for a body, and what must be given for them.
struct LayeredShape {
  LayeredForm form;
  /// All of one number from the first layer to the last, then those of the next number.
  std::vector<LinkMatrix> matrices;

  LayeredShape(const LayeredParameters& parameters, const NetworkInterface& body);
  /// Numbers in all matrices.
  std::size_t size() const;
};

/// Writes a matrix [rows, columns] row-major into the network.
void set_matrix(LayeredNetwork& network, const LinkMatrix& matrix, std::span<const float> values);

/// The reverse: what the network holds now, learned weights where it has lived.
void get_matrix(const LayeredNetwork& network, const LinkMatrix& matrix, std::span<float> values);

/// Each hidden layer as a row.
Shapes rows_of(const std::vector<std::int64_t>& hidden);

/// What the encodings of this shape have in common. @param genes  what theirs mean
std::vector<NetworkNote> layered_notes(const std::string& genes);

/// Vectors of one length. @param sd_scale  the factor on the sd of the first genes
/// @param fan_in  as RealSpace has it
GenomePart layered_genome(std::size_t length, double sd_scale,
                          std::vector<std::uint32_t> fan_in = {});

}  // namespace cambrian
