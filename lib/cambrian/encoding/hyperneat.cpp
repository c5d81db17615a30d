#include "cambrian/encoding/hyperneat.hpp"

#include <algorithm>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/cppn_compile.hpp"
#include "cambrian/encoding/wiring.hpp"
#include "cambrian/genome/graph/graph_space.hpp"

namespace cambrian {
namespace {

constexpr std::array<std::uint32_t, 1> kWeightOutput = {0};
constexpr std::array<std::uint32_t, 1> kBiasOutput = {1};

FeedForwardNetwork make_network(const std::vector<Sheet>& sheets) {
  std::vector<FeedForwardNetwork::LayerShape> layers;
  for (std::size_t i = 1; i < sheets.size(); ++i) {
    layers.push_back({sheets[i].size(), NodeFunction::steep_sigmoid});
  }
  return FeedForwardNetwork(sheets.front().size(), layers, {0.0F, 1.0F});
}

class HyperneatDecoder final : public Decoder {
 public:
  HyperneatDecoder(const std::vector<Sheet>& sheets, const ExpressionRule& rule, float cppn_bias)
      : substrate_(sheets), rule_(rule), cppn_bias_(cppn_bias), network_(make_network(sheets)) {}

  Network& decode(const Population& population, std::size_t row) override {
    const Graph& cppn = dynamic_cast<const GraphPopulation&>(population)[row];
    // Two programs, so that a query computes only what its own answer needs.
    compiler_.compile(cppn, kWeightOutput, cppn_bias_, program_);
    substrate_.paint_weights(program_, rule_, network_);
    compiler_.compile(cppn, kBiasOutput, cppn_bias_, program_);
    substrate_.paint_biases(program_, rule_.range, network_);
    return network_;
  }

 private:
  Substrate substrate_;
  ExpressionRule rule_;
  float cppn_bias_;
  CppnCompiler compiler_;
  CppnProgram program_;
  FeedForwardNetwork network_;
};

Sheet sheet_of(const std::vector<Terminal>& terminals, const std::string& what) {
  Sheet sheet;
  for (const Terminal& terminal : terminals) {
    if (terminal.position.size() != 2) {
      throw ConfigError("encoding.name",
                        "'hyperneat' needs 2 coordinates a sensor and motor, but " + what + " '" +
                            terminal.name + "' has " + std::to_string(terminal.position.size()));
    }
    sheet.push_back({static_cast<float>(terminal.position[0]),
                     static_cast<float>(terminal.position[1]), 0.0F, 0.0F});
  }
  return sheet;
}

/// Lays the layers evenly over z in [-1, 1], and the kinds of sensors, in the order in which they
/// appear, over kind in [-1, 1].
void tell_apart(std::vector<Sheet>& layers, const std::vector<Terminal>& sensors) {
  const Sheet heights = make_row(layers.size(), 0.0F);
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    for (Point& neuron : layers[layer]) neuron.z = heights[layer].x;
  }
  std::vector<std::string> kinds;
  for (const Terminal& sensor : sensors) {
    if (std::find(kinds.begin(), kinds.end(), sensor.kind) == kinds.end())
      kinds.push_back(sensor.kind);
  }
  const Sheet places = make_row(kinds.size(), 0.0F);
  for (std::size_t i = 0; i < sensors.size(); ++i) {
    const auto kind = std::find(kinds.begin(), kinds.end(), sensors[i].kind) - kinds.begin();
    layers[0][i].kind = places[static_cast<std::size_t>(kind)].x;
  }
}

}  // namespace

void HyperneatParameters::visit(ParameterVisitor& visitor) {
  visitor.integers("hidden", hidden, {1, 100000},
                   {"neurons of each hidden row, each evenly over x in [-1, 1], the rows evenly "
                    "between y = -1 and 1; empty: none",
                    "neurons", "EPLEX hard maze: one row at y = 0"});
  visitor.real(
      "threshold", threshold, {0.0, 0.99},
      {"CPPN answers up to this size make no link", "", "Stanley, D'Ambrosio & Gauci 2009"});
  visitor.real(
      "weight_range", weight_range, {0.0, 1000.0},
      {"weight or bias that a CPPN answer of 1 makes", "", "Stanley, D'Ambrosio & Gauci 2009"});
  visitor.real("cppn_bias", cppn_bias, {-1000.0, 1000.0},
               {"value of the CPPN's bias input", "", "EPLEX: 1; Gauci's HyperNEAT: 0.3"});
  visitor.boolean(
      "kinds", tell_kinds,
      {"whether the CPPN also has as inputs z2, the layer that a link leads to (sensors "
       "-1, motors 1), and k1, the kind of sensor that it comes from (evenly from -1 to 1; "
       "0 for neurons and a single kind): so neurons at one place are told apart",
       "", "our choice; z2: AHNI; EPLEX: false"});
  visitor.choice("cppn_output", cppn_output, {"tanh", "bipolar_sigmoid"},
                 {"function of the CPPN's outputs", "",
                  "our choice; EPLEX: bipolar_sigmoid, the steeper one"});
}

Hyperneat::Hyperneat(const HyperneatParameters& parameters, const NetworkInterface& body)
    : rule_{static_cast<float>(parameters.threshold), static_cast<float>(parameters.weight_range)},
      cppn_bias_(static_cast<float>(parameters.cppn_bias)),
      tell_kinds_(parameters.tell_kinds),
      cppn_output_(activation_from_name(parameters.cppn_output)) {
  sheets_.push_back(sheet_of(body.sensors, "sensor"));
  const auto rows = static_cast<float>(parameters.hidden.size());
  for (std::size_t i = 0; i < parameters.hidden.size(); ++i) {
    const float y = -1.0F + 2.0F * static_cast<float>(i + 1) / (rows + 1.0F);
    sheets_.push_back(make_row(static_cast<std::size_t>(parameters.hidden[i]), y));
  }
  sheets_.push_back(sheet_of(body.motors, "motor"));
  tell_apart(sheets_, body.sensors);
}

std::unique_ptr<GenomeSpace> Hyperneat::genome_space(const Parameters& genome) const {
  GraphSpace::Shape shape;
  shape.inputs = tell_kinds_ ? 6 : 4;
  shape.outputs = 2;
  shape.acyclic = true;
  shape.one_hidden = false;
  shape.activations = {Activation::bipolar_sigmoid, Activation::gaussian, Activation::absolute,
                       Activation::sine};
  shape.output_activation = cppn_output_;
  return std::make_unique<GraphSpace>(dynamic_cast<const GraphGenomeParameters&>(genome), shape);
}

std::unique_ptr<Decoder> Hyperneat::make_decoder() const {
  return std::make_unique<HyperneatDecoder>(sheets_, rule_, cppn_bias_);
}

Wiring Hyperneat::wiring(const Population& population, std::size_t row) const {
  const std::unique_ptr<Decoder> decoder = make_decoder();
  return wiring_of(dynamic_cast<FeedForwardNetwork&>(decoder->decode(population, row)), sheets_);
}

}  // namespace cambrian
