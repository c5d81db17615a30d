#include "cambrian/encoding/hyperneat.hpp"

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/encoding/cppn_compile.hpp"
#include "cambrian/network/dynamic_network.hpp"

namespace cambrian {
namespace {

/// The outputs of a CPPN that a program computes, and what they paint.
struct Painting {
  SubstrateOutputs outputs;
  std::vector<std::uint32_t> of_links;
  std::vector<std::uint32_t> of_neurons;
  std::vector<std::uint32_t> of_changes;
};

/// Of all neurons, those that links are told apart by.
std::vector<Wiring::ChangeRule::Coordinate> neuron_coordinates(const std::vector<Sheet>& sheets,
                                                               const CppnInputs& inputs) {
  std::vector<Wiring::ChangeRule::Coordinate> coordinates;
  const auto add = [&](const char* axis, float SubstratePoint::*coordinate) {
    coordinates.push_back({axis, {}});
    std::vector<float>& places = coordinates.back().places;
    for (const Sheet& sheet : sheets) {
      for (const SubstratePoint& point : sheet) places.push_back(point.*coordinate);
    }
  };
  add("x", &SubstratePoint::x);
  if (inputs.dimensions > 1) add("y", &SubstratePoint::y);
  if (inputs.dimensions > 2) add("z", &SubstratePoint::z);
  if (inputs.layer || inputs.source_layer) add("l", &SubstratePoint::layer);
  if (inputs.kind) add("k", &SubstratePoint::kind);
  return coordinates;
}

class HyperneatDecoder final : public Decoder {
 public:
  HyperneatDecoder(const std::vector<Sheet>& sheets, const CppnInputs& inputs,
                   const LayeredForm& form, const GraphForm& cppn, Painting painting,
                   const HyperneatParameters& parameters)
      : cppn_(cppn),
        painting_(std::move(painting)),
        substrate_(sheets, inputs, form.recurrence),
        rule_{static_cast<float>(parameters.threshold),
              static_cast<float>(parameters.weight_range)},
        cppn_bias_(static_cast<float>(parameters.cppn.cppn_bias)),
        network_(make_layered_network(form)) {
    if (painting_.of_changes.empty()) return;
    iterated_ = &dynamic_cast<DynamicNetwork&>(*network_).iterated();
    iterated_->place(link_places(sheets, inputs, form.recurrence));
  }

  Network& decode(const Population& population, std::size_t row) override {
    const Graph& cppn = graph_of(population, row, cppn_);
    // Two programs, so that a query computes only what its own answers need.
    if (!painting_.of_links.empty()) {
      compiler_.compile(cppn, painting_.of_links, cppn_bias_, program_);
      substrate_.paint_links(program_, painting_.outputs, rule_, *network_);
    }
    if (!painting_.of_neurons.empty()) {
      compiler_.compile(cppn, painting_.of_neurons, cppn_bias_, program_);
      substrate_.paint_neurons(program_, painting_.outputs, rule_.range, *network_);
    }
    if (iterated_ != nullptr) {
      compiler_.compile(cppn, painting_.of_changes, cppn_bias_, iterated_->program());
    }
    return *network_;
  }
  std::uint64_t bytes_per_lane() const override { return network_->bytes_per_lane(); }
  Wiring wiring() const override {
    Wiring wiring = wiring_of(*network_);
    place_neurons(substrate_.sheets(), substrate_.inputs().dimensions, wiring);
    if (iterated_ != nullptr) {
      wiring.changes = {neuron_coordinates(substrate_.sheets(), substrate_.inputs()),
                        substrate_.inputs().names(), iterated_->program().listing()};
    }
    return wiring;
  }

 private:
  GraphForm cppn_;
  Painting painting_;
  Substrate substrate_;
  ExpressionRule rule_;
  float cppn_bias_;
  CppnCompiler compiler_;
  CppnProgram program_;
  std::unique_ptr<LayeredNetwork> network_;
  IteratedLearning* iterated_ = nullptr;  // of network_
};

}  // namespace

HyperneatParameters::HyperneatParameters() {
  hidden_activation = Activation::steep_sigmoid;
  output_activation = Activation::steep_sigmoid;
}

void HyperneatParameters::visit(ParameterVisitor& visitor) {
  visitor.shapes("hidden", hidden, {1, 100000},
                 {"shape of each hidden layer: a number is a row, evenly over x in [-1, 1]; a list "
                  "a grid over [-1, 1] in 2 or 3 dimensions; empty: none",
                  "neurons", "EPLEX hard maze: one row at y = 0"});
  visitor.reals("heights", heights, {-1000.0, 1000.0},
                {"where each hidden layer lies along the dimension behind its own, such as y for a "
                 "row; empty: evenly between -1 and 1",
                 "", "EPLEX hard maze: 0"});
  visitor.reals(
      "hidden_points", hidden_points, {-1000.0, 1000.0},
      {"places of the hidden neurons instead of rows and grids: the coordinates of the "
       "first, then of the next, layer by layer, of as many neurons as hidden says; empty: "
       "rows and grids",
       "", "our choice"});
  places.visit(visitor);
  visitor.real(
      "threshold", threshold, {0.0, 0.99},
      {"CPPN outputs up to this size make no link", "", "Stanley, D'Ambrosio & Gauci 2009"});
  visitor.real(
      "weight_range", weight_range, {0.0, 1000.0},
      {"weight or bias that a CPPN output of 1 makes", "", "Stanley, D'Ambrosio & Gauci 2009"});
  visitor.boolean(
      "layer_coordinate", layer_coordinate,
      {"whether the CPPN also has l2 as input, the layer that a link leads to (and l1, where it "
       "comes from, with recurrence), so that layers are told apart where their places coincide; "
       "never with one layer of links",
       "", "AHNI; EPLEX: false"});
  visitor.boolean(
      "kind_coordinate", kind_coordinate,
      {"whether the CPPN also has k1 as input, the kind of sensor that a link comes from, "
       "evenly from -1 to 1 (0: from a hidden neuron), so that sensors of different kinds "
       "may differ where they sit close together; never with one kind",
       "", "our choice; EPLEX: false"});
  cppn.visit(visitor);
  visit_neurons(visitor, true);
}

std::vector<IdleKey> HyperneatParameters::idle_keys() const {
  std::vector<IdleKey> keys = NeuronParameters::idle_keys();
  keys.push_back({"threshold", cppn.leo, "where leo says which links there are"});
  return keys;
}

Hyperneat::Hyperneat(const HyperneatParameters& parameters, const NetworkInterface& body)
    : parameters_(checked(parameters)),
      layout_(lay_out(parameters_.hidden, parameters_.heights, parameters_.hidden_points,
                      parameters_.places.put(body), "hyperneat")) {
  const bool layers = parameters_.layer_coordinate && sheets().size() > 2;
  inputs_ = {.dimensions = layout_.dimensions,
             .layer = layers,
             .kind = layout_.kinds > 1 && parameters_.kind_coordinate,
             .source_layer = layers && parameters_.recurrence != Recurrence::none,
             .deltas = parameters_.cppn.delta_inputs,
             .distance = parameters_.cppn.distance_input,
             .activity = parameters_.learning.learning == LearningRule::iterated};
  std::vector<std::size_t> hidden;
  for (std::size_t i = 1; i + 1 < sheets().size(); ++i) hidden.push_back(sheets()[i].size());
  form_ = parameters_.form(sheets().front().size(), hidden, sheets().back().size());
  form_.input_range = signal_range(form_.layers.front().function);
  choose_outputs();
  if (parameters_.weight_range == 0.0 && form_.learning.learning == LearningRule::none) {
    throw ConfigError("weight_range", "is 0, so no link reaches any layer; more is expected");
  }
}

void Hyperneat::choose_outputs() {
  std::uint32_t next = 0;
  const auto add_link = [&](const std::string& name) {
    output_names_.push_back(name);
    link_outputs_.push_back(next++);
  };
  const auto add_neuron = [&](LinkNumber number, const std::string& name) {
    output_names_.push_back(name);
    outputs_.neurons.push_back(number);
    neuron_outputs_.push_back(next++);
  };
  bool weights = false;
  for (const LinkNumber number : form_.numbers()) {
    const std::string name(name_of(number));
    if (form_.per_neuron(number)) {
      add_neuron(number, name);
      continue;
    }
    outputs_.links.push_back(number);
    add_link(name);
    if (number != LinkNumber::weight) continue;
    weights = true;
    add_neuron(number, "bias");
    outputs_.link_expression = parameters_.cppn.leo;
    if (parameters_.cppn.leo) add_link("link");
  }
  if (inputs_.activity) {
    output_names_.emplace_back("change");
    change_output_.push_back(next++);
  }
  if (parameters_.cppn.leo && !weights) {
    throw ConfigError("leo", "says which painted weights are links, but random_weights draws them");
  }
}

std::vector<GenomePart> Hyperneat::genome() const {
  return {graph_genome(parameters_.cppn.shape(inputs_, output_names_))};
}

Hyperneat Hyperneat::fitted(const NetworkInterface& body) const {
  Hyperneat other(parameters_, body);
  if (other.inputs_ == inputs_) return other;
  const bool kinds = other.inputs_.kind != inputs_.kind;
  throw ConfigError(kinds ? "kind_coordinate" : "name",
                    "its CPPNs have " + std::to_string(inputs_.count()) +
                        " inputs, but this body, whose sensors are of another number of " +
                        (kinds ? "kinds" : "coordinates") + ", needs " +
                        std::to_string(other.inputs_.count()) + (kinds ? "; set it to false" : ""));
}

std::unique_ptr<Decoder> Hyperneat::make_decoder(const NetworkInterface& body) const {
  const Hyperneat other = fitted(body);
  return std::make_unique<HyperneatDecoder>(
      other.sheets(), inputs_, other.form_, parameters_.cppn.shape(inputs_, output_names_),
      Painting{outputs_, link_outputs_, neuron_outputs_, change_output_}, parameters_);
}

std::vector<NetworkNote> Hyperneat::notes() const {
  return {
      {"genes", "a CPPN: inputs " + joined(inputs_.names()) + "; outputs " + joined(output_names_) +
                    "; node = f(bias + sum of weight * value of the source), sources first; its "
                    "bias node is [encoding] cppn_bias"},
      {"inputs",
       "of a link from a neuron at (x1, y1, z1) to one of the next layer at (x2, y2, z2), as many "
       "coordinates as the body or a hidden layer has; l2 = 2 l / (n - 1) - 1 where the target's "
       "layer is l (the sensors' is 0) of n, with layer_coordinate and a hidden layer; k1 = 2 i / "
       "(m - 1) - 1 from a sensor of kind i (from 0, as they appear in sensor_kinds) of m, 0 from "
       "a hidden neuron, with kind_coordinate and sensors of several kinds; with recurrence l1, "
       "the source's layer; then the differences and the distance, if asked for"},
      {"weights",
       "a = output weight: 0 if |a| <= threshold, else sign(a) (|a| - threshold) / (1 - threshold) "
       "* weight_range; with leo: 0 if output link < 0, else a * weight_range"},
      {"biases",
       "of a neuron at (x2, y2, z2): output bias with x1, y1, z1, k1, l1 = 0, times weight_range"},
      {"rules",
       "learning = iterated: after each update weight += output change * rate_scale (times the "
       "gate "
       "of the neuron, with modulation), of links whose weight was not 0 at birth; pre, post and w "
       "are 0 wherever else the CPPN is asked"},
      {"places",
       "hidden neurons in order, x fastest; `cambrian query RUN.h5 --table network/node --id ID`"},
      {"sensors",
       "mapped onto the range of hidden_activation, of output_activation without hidden neurons: "
       "0 to 1 or -1 to 1"},
      {"update",
       "one pass through all layers per step: neuron = f(bias + sum of weight * value), f = "
       "hidden_activation, in the last layer output_activation"},
      {"motors", "the last layer, from the range of output_activation onto the motor's"},
  };
}

}  // namespace cambrian
