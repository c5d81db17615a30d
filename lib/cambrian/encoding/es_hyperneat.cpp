#include "cambrian/encoding/es_hyperneat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/encoding/cppn_compile.hpp"
#include "cambrian/encoding/es_network.hpp"
#include "cambrian/encoding/substrate_layout.hpp"
#include "cambrian/network/activation.hpp"

namespace cambrian {
namespace {

/// Upward links lead from a sensor to a hidden neuron, which is the centre of a cell, and from there
/// to a motor. @throws ConfigError if the places of none of these allow it
void require_upward_path(const SubstrateLayout& layout, std::int64_t max_depth) {
  const auto lower = [](const SubstratePoint& a, const SubstratePoint& b) { return a.y < b.y; };
  const float lowest = std::ranges::min(layout.sheets.front(), lower).y;
  const float highest = std::ranges::max(layout.sheets.back(), lower).y;
  for (std::int64_t depth = 1; depth <= max_depth; ++depth) {
    const float side = std::ldexp(2.0F, -static_cast<int>(depth));  // of a cell
    // The first centre above the lowest sensor.
    const float cell = std::max(0.0F, std::floor((lowest + 1.0F) / side - 0.5F) + 1.0F);
    const float centre = (cell + 0.5F) * side - 1.0F;
    if (centre < 1.0F && centre < highest) return;
  }
  throw ConfigError(
      "upward", fmt::format("is true, but no link that leads upward reaches a motor of this body: "
                            "its lowest sensor is at y = {:g}, its highest motor at y = {:g}, and "
                            "no hidden neuron lies between them; set it to false",
                            lowest, highest));
}

SubstrateLayout plane_of(const NetworkInterface& body, const EsHyperneatParameters& parameters) {
  SubstrateLayout layout = lay_out({}, {}, {}, parameters.places.put(body), "es_hyperneat");
  if (layout.dimensions != 2) {
    throw ConfigError("name",
                      "'es_hyperneat' divides a plane, but this body's sensors and motors have " +
                          counted(layout.dimensions, "coordinate"));
  }
  if (parameters.upward) require_upward_path(layout, parameters.max_depth);
  return layout;
}

/// @throws ConfigError for a threshold that no values of the CPPN's weight output can meet, where
/// its function has bounds
void check_thresholds(const EsHyperneatParameters& parameters) {
  const Activation function = parameters.cppn.cppn_outputs.empty()
                                  ? parameters.cppn.cppn_output
                                  : parameters.cppn.cppn_outputs.front();
  const FunctionFacts facts = function_facts(function);
  const auto scale = static_cast<double>(parameters.rules().scale);
  const double span = scale * (static_cast<double>(facts.max) - static_cast<double>(facts.min));
  if (!std::isfinite(span)) return;
  const auto refuse = [&](const char* key, double value, const char* what, double most) {
    throw ConfigError(key, fmt::format("is {:g}, which nothing can exceed: {} from {:g} to {:g} {} "
                                       "{:g} at most",
                                       value, scale == 1.0 ? "outputs" : "weights",
                                       scale * static_cast<double>(facts.min),
                                       scale * static_cast<double>(facts.max), what, most));
  };
  const double variance = span * span / 4.0;  // half of the values at either end
  if (parameters.band_threshold >= span) {
    refuse("band_threshold", parameters.band_threshold, "differ by", span);
  }
  if (parameters.division_threshold >= variance) {
    refuse("division_threshold", parameters.division_threshold, "have a variance of", variance);
  }
  if (parameters.variance_threshold >= variance) {
    refuse("variance_threshold", parameters.variance_threshold, "have a variance of", variance);
  }
}

constexpr std::uint32_t kBias = 1;  // among the outputs, where there is one

class EsHyperneatDecoder final : public Decoder {
 public:
  EsHyperneatDecoder(const SubstrateLayout& layout, const CppnInputs& inputs, const GraphForm& cppn,
                     std::vector<std::uint32_t> link_outputs,
                     const EsHyperneatParameters& parameters)
      : parameters_(parameters),
        cppn_(cppn),
        inputs_(inputs),
        sensors_(layout.sheets.front()),
        motors_(layout.sheets.back()),
        link_outputs_(std::move(link_outputs)),
        columns_(inputs.count()),
        found_(sensors_, motors_, parameters.rules(), inputs),
        network_({parameters.signed_sensors ? -1.0F : 0.0F, 1.0F},
                 signal_range(parameters.output_activation),
                 parameters.upward ? RecurrentNetwork::Pass::settled
                                   : RecurrentNetwork::Pass::one_link) {}

  Network& decode(const Population& population, std::size_t row) override {
    const Graph& cppn = graph_of(population, row, cppn_);
    const auto cppn_bias = static_cast<float>(parameters_.cppn.cppn_bias);
    compiler_.compile(cppn, link_outputs_, cppn_bias, program_);
    const bool weights = parameters_.threshold_unit == EsHyperneatParameters::Unit::weights;
    const auto range = static_cast<float>(parameters_.weight_range);
    found_.discover(program_, static_cast<std::size_t>(parameters_.iterations), parameters_.upward,
                    weights ? 1.0F : range);
    found_.prune();
    if (parameters_.normalise_weights) found_.normalise(range);
    nodes_.assign(motors_.size(), {parameters_.output_activation, 0.0F});
    nodes_.resize(motors_.size() + found_.hidden().size(), {parameters_.hidden_activation, 0.0F});
    if (parameters_.biases) {
      compiler_.compile(cppn, {&kBias, 1}, cppn_bias, program_);
      paint_biases(range);
    }
    network_.build(sensors_.size(), motors_.size(), nodes_, found_.links());
    return network_;
  }

  Wiring wiring() const override {
    Wiring wiring;
    wiring.update = update_of(network_);
    const auto add = [&](const Sheet& places, NodeKind kind, std::uint32_t layer,
                         Activation function) {
      for (const SubstratePoint& point : places) {
        Wiring::Node& node = wiring.nodes.emplace_back(Wiring::Node{.kind = kind, .layer = layer});
        node.function = function;
        node.place.x = point.x;
        node.place.y = point.y;
      }
    };
    add(sensors_, NodeKind::input, 0, Activation::identity);
    add(motors_, NodeKind::output, 1, parameters_.output_activation);
    add(found_.hidden(), NodeKind::hidden, 1, parameters_.hidden_activation);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      wiring.nodes[sensors_.size() + i].bias = nodes_[i].bias;
    }
    const auto bias = static_cast<std::uint32_t>(sensors_.size());
    for (std::size_t i = bias; i < wiring.nodes.size(); ++i) {
      wiring.nodes[i].first_update = network_.first_activation(i + 1);
    }
    for (const RecurrentNetwork::Link& link : found_.links()) {
      if (link.weight == 0.0F) continue;
      // The bias is no node here, so those behind it move up.
      const std::uint32_t source = link.source > bias ? link.source - 1 : link.source;
      wiring.links.push_back({source, link.target - 1, link.weight});
    }
    return wiring;
  }

 private:
  /// Of motors and hidden neurons, as Substrate::paint_neurons() asks for them.
  void paint_biases(float range) {
    const SubstratePoint nothing;
    const std::size_t count = nodes_.size();
    const auto place = [&](std::size_t i) -> const SubstratePoint& {
      return i < motors_.size() ? motors_[i] : found_.hidden()[i - motors_.size()];
    };
    coordinates_.resize(inputs_.count() * count);
    answers_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      inputs_.write(nothing, place(i), coordinates_.data(), count, i);
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i] = &coordinates_[i * count];
    float* const result = answers_.data();
    program_.evaluate(columns_, count, {&result, 1});
    for (std::size_t i = 0; i < count; ++i) nodes_[i].bias = range * answers_[i];
  }

  EsHyperneatParameters parameters_;
  GraphForm cppn_;
  CppnInputs inputs_;
  Sheet sensors_;
  Sheet motors_;
  std::vector<std::uint32_t> link_outputs_;
  std::vector<const float*> columns_;  // [inputs] of coordinates_
  std::vector<float> coordinates_;     // [inputs, motors and hidden neurons]
  std::vector<float> answers_;         // [motors and hidden neurons]
  CppnCompiler compiler_;
  CppnProgram program_;
  DiscoveredNetwork found_;
  std::vector<RecurrentNetwork::Node> nodes_;
  RecurrentNetwork network_;
};

}  // namespace

EsHyperneatParameters::EsHyperneatParameters() { cppn.cppn_output = Activation::bipolar_sigmoid; }

void EsHyperneatParameters::visit(ParameterVisitor& visitor) {
  constexpr std::string_view kRelease = "Risi & Stanley 2012, as in EPLEX";
  visitor.integer(
      "initial_depth", initial_depth, {0, 7},
      {"the plane is divided into 2^initial_depth cells along each axis in any case (at "
       "least 2), then where weights vary",
       "", kRelease});
  visitor.integer("max_depth", max_depth, {1, 7},
                  {"at most 2^max_depth cells lie along each axis", "", kRelease});
  visitor.real("variance_threshold", variance_threshold, {0.0, 1e6},
               {"links are taken from the parts of a cell whose weights have at least this "
                "variance, otherwise from its middle",
                "", kRelease});
  visitor.real("division_threshold", division_threshold, {0.0, 1e6},
               {"cells whose weights have more than this variance are divided", "", kRelease});
  visitor.real("band_threshold", band_threshold, {0.0, 1e6},
               {"a link is taken where weights on both sides differ by more than this, along x or "
                "along y",
                "", kRelease});
  visitor.choice("threshold_unit", threshold_unit,
                 {{"outputs", Unit::outputs}, {"weights", Unit::weights}},
                 {"what the three thresholds are compared with: the CPPN's outputs, or the weights "
                  "that they make",
                  "", "EPLEX; PUREPLES: weights"});
  visitor.integer("iterations", iterations, {0, 1000},
                  {"rounds of searches from hidden neurons that were not searched from before",
                   "rounds", kRelease});
  visitor.real("threshold", threshold, {0.0, 0.99},
               {"CPPN outputs up to this size count as 0, and the others begin there", "",
                "EPLEX: 0; PUREPLES: 0.2"});
  visitor.real("weight_range", weight_range, {0.0, 1000.0},
               {"weight that a CPPN output of 1 makes", "", "EPLEX; PUREPLES: 5"});
  visitor.boolean("normalise_weights", normalise_weights,
                  {"whether the positive weights into each neuron are divided by their sum and "
                   "multiplied by weight_range, and the negative ones likewise",
                   "", "EPLEX: true in its maze"});
  visitor.boolean("upward", upward,
                  {"whether only links to a larger y are taken, which makes a feed-forward "
                   "network; otherwise all, and the network is recurrent",
                   "", "EPLEX: false; PUREPLES: true"});
  visitor.boolean(
      "signed_sensors", signed_sensors,
      {"whether sensors are mapped onto -1 to 1; otherwise onto 0 to 1", "", "EPLEX: false"});
  visitor.boolean("layer_coordinate", layer_coordinate,
                  {"whether the CPPN also has l1 and l2 as inputs: -1 for a sensor, 0 for a hidden "
                   "neuron, 1 for "
                   "a motor",
                   "", "EPLEX: false; AHNI's HyperNEAT: true"});
  visitor.boolean("kind_coordinate", kind_coordinate,
                  {"whether the CPPN also has k1 as input, the kind of sensor that a link comes "
                   "from, evenly from -1 to 1 (0: from a hidden neuron); never with one kind",
                   "", "EPLEX: false"});
  visitor.boolean("biases", biases,
                  {"whether the CPPN also has an output for the biases of neurons, times "
                   "weight_range, as HyperNEAT has it; otherwise they have none",
                   "", "EPLEX: false"});
  visitor.choice("hidden_activation", hidden_activation, activation_choices(),
                 {"function of hidden neurons", "", kRelease});
  visitor.choice("output_activation", output_activation, bounded_activation_choices(),
                 {"function of motor neurons; its range is mapped onto the motors'", "", kRelease});
  places.visit(visitor);
  cppn.visit(visitor);
}

void EsHyperneatParameters::apply_preset(std::string_view name) {
  if (name != "pureples") return;
  initial_depth = 0;
  division_threshold = 0.5;
  threshold_unit = Unit::weights;
  threshold = 0.2;
  weight_range = 5.0;
  upward = true;
  signed_sensors = true;
  cppn.cppn_output = Activation::tanh;
}

QuadtreeRules EsHyperneatParameters::rules() const {
  const bool weights = threshold_unit == Unit::weights;
  return {.variance_threshold = variance_threshold,
          .division_threshold = division_threshold,
          .band_threshold = band_threshold,
          .initial_depth = static_cast<int>(initial_depth),
          .max_depth = static_cast<int>(max_depth),
          .cut = static_cast<float>(threshold),
          .scale = weights ? static_cast<float>(weight_range) : 1.0F};
}

EsHyperneat::EsHyperneat(const EsHyperneatParameters& parameters, const NetworkInterface& body)
    : parameters_(checked(parameters)) {
  const SubstrateLayout layout = plane_of(body, parameters_);
  inputs_ = {.layer = parameters_.layer_coordinate,
             .kind = layout.kinds > 1 && parameters_.kind_coordinate,
             .source_layer = parameters_.layer_coordinate,
             .deltas = parameters_.cppn.delta_inputs,
             .distance = parameters_.cppn.distance_input};
  if (parameters_.weight_range == 0.0) {
    throw ConfigError("weight_range", "is 0, so no link reaches any layer; more is expected");
  }
  check_thresholds(parameters_);
  if (parameters_.initial_depth > parameters_.max_depth) {
    throw ConfigError("initial_depth", "is " + std::to_string(parameters_.initial_depth) +
                                           ", but at most max_depth = " +
                                           std::to_string(parameters_.max_depth) + " is expected");
  }
}

std::vector<std::string> EsHyperneat::outputs() const {
  std::vector<std::string> outputs = {"weight"};
  if (parameters_.biases) outputs.emplace_back("bias");
  if (parameters_.cppn.leo) outputs.emplace_back("link");
  return outputs;
}

std::vector<std::uint32_t> EsHyperneat::link_outputs() const {
  std::vector<std::uint32_t> link_outputs = {0};
  if (parameters_.cppn.leo) link_outputs.push_back(parameters_.biases ? kBias + 1 : kBias);
  return link_outputs;
}

std::vector<GenomePart> EsHyperneat::genome() const {
  return {graph_genome(parameters_.cppn.shape(inputs_, outputs()))};
}

std::unique_ptr<Decoder> EsHyperneat::make_decoder(const NetworkInterface& body) const {
  return std::make_unique<EsHyperneatDecoder>(plane_of(body, parameters_), inputs_,
                                              parameters_.cppn.shape(inputs_, outputs()),
                                              link_outputs(), parameters_);
}

std::vector<QuadtreeCell> EsHyperneat::quadtree(const Graph& cppn, const SubstratePoint& place,
                                                bool outgoing) const {
  CppnCompiler compiler;
  CppnProgram program;
  compiler.compile(cppn, link_outputs(), static_cast<float>(parameters_.cppn.cppn_bias), program);
  Quadtree quadtree(parameters_.rules(), inputs_);
  quadtree.search(program, place, outgoing);
  return quadtree.tree();
}

std::vector<NetworkNote> EsHyperneat::notes() const {
  return {
      {"genes", "a CPPN: inputs " + joined(inputs_.names()) + "; outputs " + joined(outputs()) +
                    "; node = f(bias + sum of weight * value of the source), sources first; its "
                    "bias node is [encoding] cppn_bias"},
      {"search",
       "from a neuron: the square [-1, 1] x [-1, 1] is divided into four cells, and each again, to "
       "initial_depth, then while the variance of the values of its four is above "
       "division_threshold, to max_depth; a cell's value is output weight (0 up to threshold, "
       "which "
       "the rest is stretched from; times weight_range if threshold_unit = \"weights\") for a link "
       "to its middle. From the whole square down: parts whose leaves' variance is below "
       "variance_threshold, and leaves, give a link where band > band_threshold, and output link "
       ">= "
       "0 with leo; others are searched in turn; band = max(min(below, above), min(left, right)), "
       "the differences from the values one cell of its size away"},
      {"neurons",
       "searched from each sensor, whose links make hidden neurons; from hidden neurons, "
       "iterations times from those that are new; then to each motor, whose links are kept if they "
       "come from a hidden neuron. Then links are removed until each source but a sensor has a "
       "link "
       "into it, and each target but a motor a link to another neuron"},
      {"weights", "output weight (0 up to threshold, stretched from there) * weight_range"},
      {"places", "`cambrian query RUN.h5 --table network/node --id ID`"},
      {"sensors", "mapped onto 0 to 1, with signed_sensors onto -1 to 1"},
      {"update",
       "one step moves every signal over one link: all neurons at once, new value = f(sum of "
       "weight * old value of the source), with biases f(bias + sum), the bias being output bias * "
       "weight_range with x1, y1, k1, l1 = 0; with upward = true so many steps at once "
       "that "
       "all values have settled"},
      {"start", "a neuron that no signal has reached is 0, whatever f(0) is"},
      {"motors", "from the range of output_activation onto the motor's"},
  };
}

}  // namespace cambrian
