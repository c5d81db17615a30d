// A CPPN paints the links of a substrate that is laid out like the body: HyperNEAT.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cambrian/encoding/encoding.hpp"
#include "cambrian/encoding/substrate.hpp"
#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

struct HyperneatParameters final : Parameters {
  std::vector<std::int64_t> hidden = {10};
  double threshold = 0.2;
  double weight_range = 3.0;
  double cppn_bias = 1.0;
  bool layer_coordinate = true;
  bool kind_coordinate = true;
  Activation cppn_output = Activation::tanh;
  void visit(ParameterVisitor& visitor) override;
};

/// Sensors and motors sit where the body says (2 coordinates each), hidden rows between them; a
/// feed-forward network of steep sigmoids, signals in [0, 1]. CPPN: inputs x1, y1, x2, y2, z2 (the
/// layer of the target), k1 (the kind of the source) and bias, so neurons at one place are told
/// apart; outputs weight and bias, tanh; hidden nodes are bipolar sigmoids, Gaussians, absolute
/// values and sines.
/// Source: Stanley, D'Ambrosio & Gauci 2009; rules, functions and biases as in EPLEX; z2 as in AHNI.
class Hyperneat final : public Encoding {
 public:
  /// @throws ConfigError if a sensor or motor does not have 2 coordinates
  Hyperneat(const HyperneatParameters& parameters, const NetworkInterface& body);
  std::vector<GenomePart> genome() const override;
  std::string_view variation_preset() const override { return "cppn"; }
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface& body) const override;
  std::vector<NetworkNote> notes() const override;

  /// Sensors, hidden rows, motors.
  const std::vector<Sheet>& sheets() const { return sheets_; }

 private:
  GraphForm cppn_form() const;
  /// For another body. @throws ConfigError if it takes other CPPNs
  Hyperneat fitted(const NetworkInterface& body) const;

  HyperneatParameters parameters_;
  std::vector<Sheet> sheets_;
  FurtherInputs further_;
};

}  // namespace cambrian
