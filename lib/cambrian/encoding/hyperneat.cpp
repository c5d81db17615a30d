#include "cambrian/encoding/hyperneat.hpp"

#include <map>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/cppn_compile.hpp"
#include "cambrian/genome/graph/graph_space.hpp"

namespace cambrian {
namespace {

constexpr std::array<std::uint32_t, 1> kWeightOutput = {0};
constexpr std::array<std::uint32_t, 1> kBiasOutput = {1};

FeedForwardNetwork make_network(const std::vector<Sheet>& sheets) {
  std::vector<LayerShape> layers;
  for (std::size_t i = 1; i < sheets.size(); ++i) {
    layers.push_back({sheets[i].size(), Activation::steep_sigmoid});
  }
  return FeedForwardNetwork(sheets.front().size(), layers, {0.0F, 1.0F});
}

class HyperneatDecoder final : public Decoder {
 public:
  HyperneatDecoder(const std::vector<Sheet>& sheets, FurtherInputs further, const GraphForm& form,
                   const HyperneatParameters& parameters)
      : form_(form),
        substrate_(sheets, further),
        rule_{static_cast<float>(parameters.threshold),
              static_cast<float>(parameters.weight_range)},
        cppn_bias_(static_cast<float>(parameters.cppn_bias)),
        network_(make_network(sheets)) {}

  Network& decode(const Population& population, std::size_t row) override {
    const Graph& cppn = graph_of(population, row, form_);
    // Two programs, so that a query computes only what its own answer needs.
    compiler_.compile(cppn, kWeightOutput, cppn_bias_, program_);
    substrate_.paint_weights(program_, rule_, network_);
    compiler_.compile(cppn, kBiasOutput, cppn_bias_, program_);
    substrate_.paint_biases(program_, rule_.range, network_);
    return network_;
  }
  Wiring wiring() const override {
    Wiring wiring = wiring_of(network_);
    auto node = wiring.nodes.begin();
    for (const Sheet& sheet : substrate_.sheets()) {
      for (const SubstratePoint& point : sheet) (node++)->place = {point.x, point.y};
    }
    return wiring;
  }

 private:
  GraphForm form_;
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
      throw ConfigError("name", "'hyperneat' needs 2 coordinates per sensor and motor, but " +
                                    what + " '" + terminal.name + "' has " +
                                    std::to_string(terminal.position.size()));
    }
    sheet.push_back({static_cast<float>(terminal.position[0]),
                     static_cast<float>(terminal.position[1]), 0.0F, 0.0F});
  }
  return sheet;
}

/// Lays the layers evenly over z in [-1, 1].
void place_layers(std::vector<Sheet>& sheets) {
  const Sheet heights = make_row(sheets.size(), 0.0F);
  for (std::size_t layer = 0; layer < sheets.size(); ++layer) {
    for (SubstratePoint& neuron : sheets[layer]) neuron.z = heights[layer].x;
  }
}

/// Lays the kinds of sensors, in the order in which they appear, evenly over kind in [-1, 1].
/// @return how many there are
std::size_t place_kinds(Sheet& sheet, const std::vector<Terminal>& sensors) {
  std::map<std::string, std::size_t> kinds;
  for (const Terminal& sensor : sensors) kinds.emplace(sensor.kind, kinds.size());
  const Sheet places = make_row(kinds.size(), 0.0F);
  for (std::size_t i = 0; i < sensors.size(); ++i)
    sheet[i].kind = places[kinds.at(sensors[i].kind)].x;
  return kinds.size();
}

}  // namespace

void HyperneatParameters::visit(ParameterVisitor& visitor) {
  visitor.integers("hidden", hidden, {1, 100000},
                   {"neurons of each hidden row, each evenly over x in [-1, 1], the rows evenly "
                    "between y = -1 and 1; empty: none",
                    "neurons", "EPLEX hard maze: one row at y = 0"});
  visitor.real(
      "threshold", threshold, {0.0, 0.99},
      {"CPPN outputs up to this size make no link", "", "Stanley, D'Ambrosio & Gauci 2009"});
  visitor.real(
      "weight_range", weight_range, {0.0, 1000.0},
      {"weight or bias that a CPPN output of 1 makes", "", "Stanley, D'Ambrosio & Gauci 2009"});
  visitor.real("cppn_bias", cppn_bias, {-1000.0, 1000.0},
               {"value of the CPPN's bias input", "", "EPLEX: 1; Gauci's HyperNEAT: 0.3"});
  visitor.boolean(
      "layer_coordinate", layer_coordinate,
      {"whether the CPPN also has z2 as input, the layer that a link leads to, so that "
       "layers are told apart where their places coincide; never with one layer of links",
       "", "AHNI; EPLEX: false"});
  visitor.boolean(
      "kind_coordinate", kind_coordinate,
      {"whether the CPPN also has k1 as input, the kind of sensor that a link comes from, "
       "evenly from -1 to 1 (0: from a hidden neuron), so that sensors of different kinds "
       "may differ where they sit close together; never with one kind",
       "", "our choice; EPLEX: false"});
  visitor.choice("cppn_output", cppn_output,
                 activation_choices({Activation::tanh, Activation::bipolar_sigmoid}),
                 {"function of the CPPN's outputs", "",
                  "our choice; EPLEX: bipolar_sigmoid, the steeper one"});
}

Hyperneat::Hyperneat(const HyperneatParameters& parameters, const NetworkInterface& body)
    : parameters_(checked(parameters)) {
  sheets_.push_back(sheet_of(body.sensors, "sensor"));
  const auto rows = static_cast<float>(parameters.hidden.size());
  for (std::size_t i = 0; i < parameters.hidden.size(); ++i) {
    const float y = -1.0F + 2.0F * static_cast<float>(i + 1) / (rows + 1.0F);
    sheets_.push_back(make_row(static_cast<std::size_t>(parameters.hidden[i]), y));
  }
  sheets_.push_back(sheet_of(body.motors, "motor"));
  place_layers(sheets_);
  further_.layer = parameters.layer_coordinate && sheets_.size() > 2;
  further_.kind = place_kinds(sheets_.front(), body.sensors) > 1 && parameters.kind_coordinate;
}

GraphForm Hyperneat::cppn_form() const {
  return {.inputs = further_.coordinates(), .outputs = 2, .acyclic = true};
}

std::vector<GenomePart> Hyperneat::genome() const {
  GraphSpace::Shape shape;
  static_cast<GraphForm&>(shape) = cppn_form();
  shape.one_hidden = false;
  shape.activations = {Activation::bipolar_sigmoid, Activation::gaussian, Activation::absolute,
                       Activation::sine};
  shape.output_activation = parameters_.cppn_output;
  return {graph_genome(shape)};
}

Hyperneat Hyperneat::fitted(const NetworkInterface& body) const {
  Hyperneat other(parameters_, body);
  if (other.further_ == further_) return other;
  throw ConfigError("kind_coordinate",
                    "its CPPNs have " + std::to_string(cppn_form().inputs) +
                        " inputs, but this body, whose sensors are of another number of kinds, "
                        "needs " +
                        std::to_string(other.cppn_form().inputs) + "; set it to false");
}

std::unique_ptr<Decoder> Hyperneat::make_decoder(const NetworkInterface& body) const {
  return std::make_unique<HyperneatDecoder>(fitted(body).sheets_, further_, cppn_form(),
                                            parameters_);
}

std::vector<NetworkNote> Hyperneat::notes() const {
  return {
      {"genes",
       "a CPPN: inputs x1, y1, x2, y2, z2 (with layer_coordinate and a hidden row), k1 (with "
       "kind_coordinate and sensors of several kinds); outputs weight, bias; node = f(bias + sum "
       "of weight * value of the source), sources first; its "
       "bias "
       "node is [encoding] cppn_bias"},
      {"weights",
       "from each neuron at (x1, y1) to each of the next layer at (x2, y2), which is layer l (the "
       "sensors' is 0) of n, z2 = 2 l / (n - 1) - 1; k1 = 2 i / (m - 1) - 1 from a sensor of kind "
       "i (from 0, as they appear in sensor_kinds) of m, 0 from a hidden neuron: a = first "
       "output; 0 if |a| <= threshold, else sign(a) (|a| - threshold) / (1 - threshold) * "
       "weight_range"},
      {"biases",
       "of a neuron at (x2, y2): second output at (0, 0, x2, y2, z2, k1 = 0) * weight_range"},
      {"places", "`cambrian query RUN.h5 --table network/node --id ID`"},
      {"sensors", "mapped onto 0 to 1"},
      {"update",
       "one pass through all layers per step: neuron = f(bias + sum of weight * value), f = "
       "steep_sigmoid"},
      {"motors", "the last layer, from 0 to 1 onto the motor's range"},
  };
}

}  // namespace cambrian
