#include "cambrian/encoding/layered.hpp"

#include <cassert>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

std::vector<Choice<Activation>> bounded_activation_choices() {
  return activation_choices(
      {Activation::tanh, Activation::sigmoid, Activation::steep_sigmoid, Activation::neat_sigmoid,
       Activation::bipolar_sigmoid, Activation::gaussian, Activation::sine, Activation::step,
       Activation::cosine, Activation::plain_sine, Activation::plain_gaussian});
}

void LayeredParameters::visit(ParameterVisitor& visitor) {
  visitor.integers(
      "hidden", hidden, {1, 100000},
      {"neurons of each hidden layer, from the sensors to the motors; empty: no hidden layer",
       "neurons", "our choice"});
  visitor.boolean("signed_sensors", signed_sensors,
                  {"whether sensors are mapped onto -1 to 1; otherwise onto 0 to 1, so that those "
                   "at their lowest change nothing, and links from them do not learn by A or B",
                   "", "our choice"});
  NeuronParameters::visit(visitor);
}

void NeuronParameters::visit_neurons(ParameterVisitor& visitor, bool by_cppn) {
  visitor.choice("hidden_activation", hidden_activation, activation_choices(),
                 {"function of hidden neurons", "", "our choice"});
  visitor.choice(
      "output_activation", output_activation, bounded_activation_choices(),
      {"function of motor neurons; its range is mapped onto the motors'", "", "our choice"});
  visitor.choice("recurrence", recurrence,
                 {{"none", Recurrence::none},
                  {"elman", Recurrence::elman},
                  {"full", Recurrence::full},
                  {"ctrnn", Recurrence::ctrnn}},
                 {"links that carry the last update's values: none; elman: within each hidden "
                  "layer; full: among all hidden and motor neurons, which are then one layer of "
                  "output_activation; ctrnn: as full, in continuous time",
                  "", "Elman 1990; Beer 1995"});
  time.visit(visitor);
  learning.visit(visitor, by_cppn);
}

std::vector<std::string_view> NeuronParameters::presets() const {
  std::vector<std::string_view> names = {"textbook", "beer", "neat_python"};
  for (const std::string_view name : LearningParameters::presets()) names.push_back(name);
  return names;
}

void NeuronParameters::apply_preset(std::string_view name) {
  if (name == "beer" || name == "neat_python") {
    using Form = ContinuousTimeParameters::Form;
    recurrence = Recurrence::ctrnn;
    time.form = name == "beer" ? Form::beer : Form::rate;
    output_activation = Activation::sigmoid;
  } else {
    learning.apply_preset(name);
  }
}

std::vector<IdleKey> NeuronParameters::idle_keys() const {
  const bool one_layer = recurrence == Recurrence::full || recurrence == Recurrence::ctrnn;
  std::vector<IdleKey> keys = learning.idle_keys();
  keys.push_back({"hidden_activation", one_layer,
                  "where recurrence makes one layer of hidden and motor neurons, all of "
                  "output_activation"});
  for (const std::string_view key : {"ctrnn_form", "ctrnn_step", "tau_min", "tau_max"}) {
    keys.push_back({key, recurrence != Recurrence::ctrnn, "unless recurrence is 'ctrnn'"});
  }
  return keys;
}

LayeredForm NeuronParameters::form(std::size_t inputs, const std::vector<std::size_t>& hidden,
                                   std::size_t outputs) const {
  LayeredForm form;
  form.inputs = inputs;
  form.outputs = outputs;
  form.recurrence = recurrence;
  form.learning = learning;
  form.time = time;
  for (const std::size_t neurons : hidden) form.layers.push_back({neurons, hidden_activation});
  form.layers.push_back({outputs, output_activation});
  if (recurrence == Recurrence::full || recurrence == Recurrence::ctrnn) {
    std::size_t neurons = 0;
    for (const LayerShape& layer : form.layers) neurons += layer.neurons;
    form.layers = {{neurons, output_activation}};
  }
  return form;
}

LayeredShape::LayeredShape(const LayeredParameters& parameters, const NetworkInterface& body)
    : form(parameters.form(body.sensors.size(),
                           {parameters.hidden.begin(), parameters.hidden.end()},
                           body.motors.size())) {
  form.input_range = {parameters.signed_sensors ? -1.0F : 0.0F, 1.0F};
  for (const LinkNumber number : form.numbers()) {
    for (std::size_t layer = 0; layer < form.layers.size(); ++layer) {
      matrices.push_back({number, layer, form.layers[layer].neurons, form.columns(number, layer)});
    }
  }
}

std::size_t LayeredShape::size() const {
  std::size_t sum = 0;
  for (const LinkMatrix& matrix : matrices) sum += matrix.size();
  return sum;
}

void set_matrix(LayeredNetwork& network, const LinkMatrix& matrix, std::span<const float> values) {
  assert(values.size() == matrix.size());
  for (std::size_t c = 0; c < matrix.columns; ++c) {
    const std::span<float> column = network.column(matrix.number, matrix.layer, c);
    for (std::size_t n = 0; n < matrix.rows; ++n) column[n] = values[n * matrix.columns + c];
  }
}

void get_matrix(const LayeredNetwork& network, const LinkMatrix& matrix, std::span<float> values) {
  assert(values.size() == matrix.size());
  for (std::size_t c = 0; c < matrix.columns; ++c) {
    const std::span<const float> column = network.column(matrix.number, matrix.layer, c);
    for (std::size_t n = 0; n < matrix.rows; ++n) values[n * matrix.columns + c] = column[n];
  }
}

Shapes rows_of(const std::vector<std::int64_t>& hidden) {
  Shapes rows;
  for (const std::int64_t neurons : hidden) rows.push_back({neurons});
  return rows;
}

std::vector<NetworkNote> layered_notes(const std::string& genes) {
  return {
      {"genes", genes},
      {"sensors", "mapped onto -1 to 1; with signed_sensors = false onto 0 to 1"},
      {"update",
       "one pass through all layers per step: neuron = f(bias + sum of weight * value), f = "
       "hidden_activation, in the last layer output_activation"},
      {"context",
       "elman: hidden layers also have a weight from each of their own neurons' last values, "
       "behind "
       "those from the layer before; full and ctrnn: one layer of hidden neurons, then motors, all "
       "of output_activation, with weights from the sensors, then from all neurons' last values; "
       "ctrnn: one Euler step of ctrnn_step per update, time constant tau_min * (tau_max / "
       "tau_min)^((g + 1) / 2) of a gene g clipped to -1..1"},
      {"rules",
       "links that learn: after each update, from its values, weight += rate * (A pre post + B pre "
       "+ "
       "C post + D), or by the rule in `learning`; genes: all weights and biases first, then all "
       "A, "
       "B, C, D, rates, modulates, modulatory biases and time constants, as far as there are any, "
       "each ordered as the weights without the biases"},
      {"places",
       "for network.connection_cost alone, where the environment says where all sensors and motors "
       "are: hidden layers lie evenly between -1 and 1 behind their own dimensions, each a row "
       "over "
       "-1 to 1, or the grid of hidden_shapes"},
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
