#include <fmt/format.h>

#include <cmath>

#include "cambrian/catalogue/detail/describe_parts.hpp"
#include "cambrian/network/activation.hpp"

namespace cambrian {
namespace {

std::string range_text(const FunctionFacts& facts) {
  if (std::isfinite(facts.max)) return fmt::format("{} to {}", facts.min, facts.max);
  return std::isfinite(facts.min) ? fmt::format("{} or more", facts.min) : "any number";
}

Json bound(float value) { return std::isfinite(value) ? Json(static_cast<double>(value)) : Json(); }

}  // namespace

std::optional<Activation> find_activation(const std::string& name) {
  const std::string room = "activations.";
  const std::string word = name.starts_with(room) ? name.substr(room.size()) : name;
  for (const auto& choice : activation_choices())
    if (choice.word == word) return choice.value;
  return std::nullopt;
}

std::string activations_text(const Columns& columns) {
  std::string text = "activations\n";
  for (const auto& choice : activation_choices()) {
    const std::string formula(function_facts(choice.value).formula);
    columns.write(TextRow{std::string(choice.word), formula}, text);
  }
  return text;
}

std::string activation_text(Activation activation) {
  const FunctionFacts facts = function_facts(activation);
  const SignalRange range = signal_range(activation);
  return fmt::format(
      "{}: an activation, the function of a neuron or CPPN node\n"
      "source: {}\n\n"
      "  formula  {}\n"
      "  range    {}; as the outputs of a network, {} to {} is mapped onto the motors' ranges\n"
      "  number   {} in a run file's `activation`\n"
      "  exact    single precision; within 1e-6 of max(1, |f|)\n",
      activation_name(activation), facts.source, facts.formula, range_text(facts), range.min,
      range.max, static_cast<int>(activation));
}

Json activation_json(Activation activation) {
  const FunctionFacts facts = function_facts(activation);
  return {{"name", activation_name(activation)},
          {"room", "activations"},
          {"formula", facts.formula},
          {"min", bound(facts.min)},
          {"max", bound(facts.max)},
          {"source", facts.source}};
}

}  // namespace cambrian
