// A CPPN paints the links of a substrate that is laid out like the body: HyperNEAT.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cambrian/encoding/encoding.hpp"
#include "cambrian/encoding/layered.hpp"
#include "cambrian/encoding/substrate_layout.hpp"
#include "cambrian/genome/graph/graph_space.hpp"

namespace cambrian {

/// What a CPPN is asked and how it answers, whatever it paints.
struct CppnParameters {
  double cppn_bias = 1.0;
  bool delta_inputs = false;
  bool distance_input = false;
  Activation cppn_output = Activation::tanh;
  std::vector<Activation> cppn_outputs = {};  ///< one per output; empty: cppn_output for all
  bool leo = false;
  std::vector<std::int64_t> locality = {};  ///< axes, x: 0
  void visit(ParameterVisitor& visitor);
  /// The graphs of CPPNs, and of their first ones. @param outputs  their names: "weight", "link", ...
  /// @throws ConfigError if a key does not fit
  GraphSpace::Shape shape(const CppnInputs& inputs, const std::vector<std::string>& outputs) const;
};

struct HyperneatParameters final : NeuronParameters {
  HyperneatParameters();
  Shapes hidden = {{10}};
  std::vector<double> heights = {};
  std::vector<double> hidden_points = {};
  TerminalPlaces places = {};
  double threshold = 0.2;
  double weight_range = 3.0;
  bool layer_coordinate = true;
  bool kind_coordinate = true;
  CppnParameters cppn = {};
  void visit(ParameterVisitor& visitor) override;
  std::vector<IdleKey> idle_keys() const override;
};

/// Sensors and motors sit where the body or the keys say (1 to 3 coordinates each), hidden layers between
/// them; a layered network, by default of steep sigmoids, signals in [0, 1]. CPPN: inputs are
/// CppnInputs and a bias; outputs are those of SubstrateOutputs: weight and bias, then link
/// expression and what the network's learning and recurrence need; hidden nodes are bipolar
/// sigmoids, Gaussians, absolute values and sines.
/// Source: Stanley, D'Ambrosio & Gauci 2009; rules, functions and biases as in EPLEX; the layer as in
/// AHNI; link expression: Verbancsics & Stanley 2011; learning: Risi & Stanley 2010.
class Hyperneat final : public Encoding {
 public:
  /// @throws ConfigError if the body's places do not fit (lay_out), or keys contradict each other
  Hyperneat(const HyperneatParameters& parameters, const NetworkInterface& body);
  std::vector<GenomePart> genome() const override;
  std::string_view variation_preset() const override { return "cppn"; }
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const override;
  NetworkLife life() const override { return parameters_.life(); }
  bool places_neurons() const override { return true; }
  std::vector<NetworkNote> notes() const override;

  /// Sensors, hidden layers, motors.
  const std::vector<Sheet>& sheets() const { return layout_.sheets; }
  const CppnInputs& inputs() const { return inputs_; }
  /// What the CPPN's outputs are.
  const std::vector<std::string>& outputs() const { return output_names_; }

 private:
  void choose_outputs();
  /// For another body. @throws ConfigError if it takes other CPPNs
  Hyperneat fitted(const NetworkInterface& body) const;

  HyperneatParameters parameters_;
  SubstrateLayout layout_;
  CppnInputs inputs_;
  LayeredForm form_;
  SubstrateOutputs outputs_;
  std::vector<std::string> output_names_;
  std::vector<std::uint32_t> link_outputs_;    // of the CPPN, in the order of outputs_.links
  std::vector<std::uint32_t> neuron_outputs_;  // in the order of outputs_.neurons
  std::vector<std::uint32_t> change_output_;   // of a weight at each update, where it is iterated
};

}  // namespace cambrian
