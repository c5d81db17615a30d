#include <algorithm>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/encoding/hyperneat.hpp"

namespace cambrian {
namespace {

/// The weight that makes `wanted`, which is negative, of the value of the CPPN's bias; where no float
/// makes it exactly, that of the next product above, so that rounding takes no link.
float bias_weight(float wanted, float value) {
  float weight = wanted / value;
  while (weight * value < wanted) weight = std::nextafter(weight, 0.0F);
  return weight;
}

/// Output `link` of the first graphs: a Gaussian of the difference of both ends along each axis, so
/// that it is 0 where they do not differ and less where they do.
/// Source: Verbancsics & Stanley 2011; the weights as in Huizinga et al. 2014.
SeedOutput locality_seed(const std::vector<std::int64_t>& axes, std::size_t dimensions,
                         std::uint32_t output, double cppn_bias) {
  constexpr float kWeight = 0.6F;
  SeedOutput seed{.output = output, .nodes = {}, .bias = 0.0F};
  for (const std::int64_t axis : axes) {
    const auto first = static_cast<std::uint32_t>(axis);
    const auto second = static_cast<std::uint32_t>(dimensions) + first;
    seed.nodes.push_back({.activation = Activation::gaussian,
                          .from = {{first, kWeight}, {second, -kWeight}},
                          .weight = 1.0F});
  }
  seed.bias = bias_weight(-static_cast<float>(axes.size()), static_cast<float>(cppn_bias));
  return seed;
}

}  // namespace

void CppnParameters::visit(ParameterVisitor& visitor) {
  visitor.real("cppn_bias", cppn_bias, {-1000.0, 1000.0},
               {"value of the CPPN's bias input", "", "EPLEX: 1; Gauci's HyperNEAT: 0.3"});
  visitor.boolean("delta_inputs", delta_inputs,
                  {"whether the CPPN also has x2 - x1, y2 - y1 (z2 - z1) as inputs", "",
                   "Stanley, D'Ambrosio & Gauci 2009; Gauci's HyperNEAT: false"});
  visitor.boolean("distance_input", distance_input,
                  {"whether the CPPN also has the distance of both neurons as input", "",
                   "Stanley, D'Ambrosio & Gauci 2009; EPLEX: false"});
  visitor.choice("cppn_output", cppn_output, activation_choices(),
                 {"function of the CPPN's outputs", "",
                  "our choice; EPLEX: bipolar_sigmoid, the steeper one"});
  visitor.choices("cppn_outputs", cppn_outputs, activation_choices(),
                  {"function of each output of the CPPN, in their order; empty: cppn_output for "
                   "all, identity for link expression",
                   "", "our choice"});
  visitor.boolean(
      "leo", leo,
      {"whether the CPPN has an output for link expression: there is a link where it is "
       "at least 0, with the weight output * weight_range; threshold is not used",
       "", "Verbancsics & Stanley 2011; EPLEX"});
  visitor.choices(
      "locality", locality, {{"x", 0}, {"y", 1}, {"z", 2}},
      {"axes along which first CPPNs link only neurons that do not differ: their link "
       "expression is a Gaussian of the difference along each, and a bias of -1, whatever "
       "cppn_bias is",
       "", "Verbancsics & Stanley 2011; x alone: Huizinga et al. 2014"});
}

GraphSpace::Shape CppnParameters::shape(const CppnInputs& inputs,
                                        const std::vector<std::string>& outputs) const {
  GraphSpace::Shape shape;
  shape.inputs = inputs.count();
  shape.outputs = outputs.size();
  shape.acyclic = true;
  shape.ends =
      "those of a CPPN, which the keys of [encoding] and the coordinates of sensors and motors set";
  shape.no_cycles = "a CPPN has none";
  shape.one_hidden = false;
  shape.outputs_may_change = true;
  shape.activations = {Activation::bipolar_sigmoid, Activation::gaussian, Activation::absolute,
                       Activation::sine};
  shape.output_activation = cppn_output;
  const auto link = std::ranges::find(outputs, "link");
  if (!cppn_outputs.empty() && cppn_outputs.size() != outputs.size()) {
    throw ConfigError("cppn_outputs",
                      "has " + counted(cppn_outputs.size(), "function") + ", but the CPPN has " +
                          counted(outputs.size(), "output") + ": " + joined(outputs));
  }
  shape.output_activations = cppn_outputs;
  if (link == outputs.end()) {
    if (locality.empty()) return shape;
    throw ConfigError("locality", "is a seed of link expression, but leo is false");
  }
  const auto at = static_cast<std::uint32_t>(link - outputs.begin());
  if (cppn_outputs.empty()) {
    shape.output_activations.assign(outputs.size(), cppn_output);
    shape.output_activations[at] = Activation::identity;
  }
  for (const std::int64_t axis : locality) {
    if (static_cast<std::size_t>(axis) < inputs.dimensions) continue;
    throw ConfigError("locality", "names an axis that a substrate of " +
                                      counted(inputs.dimensions, "dimension") + " does not have");
  }
  if (locality.empty()) return shape;
  if (static_cast<float>(cppn_bias) == 0.0F) {
    throw ConfigError("cppn_bias",
                      "is 0, but locality needs a bias for its seed; another number is expected");
  }
  shape.seed_outputs = {locality_seed(locality, inputs.dimensions, at, cppn_bias)};
  return shape;
}

}  // namespace cambrian
