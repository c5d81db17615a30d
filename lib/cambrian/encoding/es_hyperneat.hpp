// Neurons where the CPPN's pattern says that they should be: ES-HyperNEAT.
#pragma once

#include <memory>
#include <vector>

#include "cambrian/encoding/encoding.hpp"
#include "cambrian/encoding/hyperneat.hpp"
#include "cambrian/encoding/quadtree.hpp"

namespace cambrian {

struct EsHyperneatParameters final : Parameters {
  /// What the thresholds compare: what the CPPN answers, or the weights that it makes.
  enum class Unit { outputs, weights };
  EsHyperneatParameters();
  std::int64_t initial_depth = 3;
  std::int64_t max_depth = 3;
  double variance_threshold = 0.03;
  double division_threshold = 0.03;
  double band_threshold = 0.3;
  Unit threshold_unit = Unit::outputs;
  std::int64_t iterations = 1;
  double threshold = 0.0;
  double weight_range = 3.0;
  bool normalise_weights = false;
  bool upward = false;
  bool signed_sensors = false;
  bool layer_coordinate = false;
  bool kind_coordinate = false;
  bool biases = false;
  Activation hidden_activation = Activation::steep_sigmoid;
  Activation output_activation = Activation::steep_sigmoid;
  TerminalPlaces places = {};
  CppnParameters cppn = {};
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "pureples"}; }
  void apply_preset(std::string_view name) override;
  QuadtreeRules rules() const;
};

/// Sensors and motors sit where the body or the keys say (2 coordinates each); hidden neurons where the
/// quadtrees of sensors, of hidden neurons and of motors find bands of weights. The network is
/// recurrent, or feed-forward where links only lead upward; it has no biases unless the CPPN is to
/// paint them, as HyperNEAT's does. A CPPN that paints nothing makes a network without links.
/// Source: Risi & Stanley 2012; EPLEX (their release), except that no neuron is explored twice.
class EsHyperneat final : public Encoding {
 public:
  /// @throws ConfigError if the body's places are not in the plane, or keys contradict each other
  EsHyperneat(const EsHyperneatParameters& parameters, const NetworkInterface& body);
  std::vector<GenomePart> genome() const override;
  std::string_view variation_preset() const override { return "cppn"; }
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const override;
  NetworkLife life() const override { return {.learns = false, .remembers = !parameters_.upward}; }
  bool places_neurons() const override { return true; }
  std::vector<NetworkNote> notes() const override;

  /// The tree by which the links from a place (or to it) are found, for pictures.
  std::vector<QuadtreeCell> quadtree(const Graph& cppn, const SubstratePoint& place,
                                     bool outgoing) const;

 private:
  std::vector<std::string> outputs() const;
  /// Which of outputs() say what links there are.
  std::vector<std::uint32_t> link_outputs() const;

  EsHyperneatParameters parameters_;
  CppnInputs inputs_;
};

}  // namespace cambrian
