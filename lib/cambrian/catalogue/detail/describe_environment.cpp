#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cambrian/catalogue/detail/describe_parts.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/configuration/toml_text.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"
#include "cambrian/environment/check.hpp"
#include "cambrian/evaluation/network_measures.hpp"

namespace cambrian {
namespace {

/// The names, or the first and the last of very many.
std::string few_of(std::span<const std::string> names) {
  constexpr std::size_t kMost = 24;
  constexpr std::size_t kFirst = 6;
  if (names.size() <= kMost) return joined(names);
  return joined(names.first(kFirst)) +
         fmt::format(", ..., {} ({} names, which --json lists)", names.back(), names.size());
}

using Lines = std::vector<TextRow>;

std::string in_unit(const std::string& meaning, const std::string& unit) {
  return unit.empty() ? meaning : meaning + " [" + unit + "]";
}

/// "left, right: each 0 to 1; compass: -1 to 1"
std::string terminals_text(const std::vector<Terminal>& terminals) {
  std::string text;
  for (std::size_t begin = 0, end = 0; begin < terminals.size(); begin = end) {
    std::vector<std::string> names;
    const SignalRange range = terminals[begin].range;
    for (; end < terminals.size() && terminals[end].range == range; ++end)
      names.push_back(terminals[end].name);
    text += fmt::format("{}{}: {}{} to {}", begin == 0 ? "" : "; ", few_of(names),
                        names.size() > 1 ? "each " : "", range.min, range.max);
  }
  return text;
}

void add_measures(const EnvironmentDescription& environment, Lines& lines) {
  for (const Measure& measure : environment.measures) {
    lines.push_back({measure.name, in_unit(measure.meaning, measure.unit)});
    const auto axis = std::ranges::find(environment.descriptor, measure.name);
    lines.push_back({"", fmt::format("{} to {}{}", measure.min, measure.max,
                                     axis == environment.descriptor.end()
                                         ? ""
                                         : fmt::format("; descriptor_{} by default",
                                                       axis - environment.descriptor.begin()))});
  }
}

void add_network_face(const EnvironmentDescription& environment, Lines& lines) {
  lines.push_back({"takes", fmt::format("networks ({} in, {} out)", environment.body.sensors.size(),
                                        environment.body.motors.size())});
  lines.push_back({"sensors", terminals_text(environment.body.sensors)});
  lines.push_back({"motors", terminals_text(environment.body.motors)});
  lines.push_back(
      {"recurrent", fmt::format("{} activations on the first observation, then {} per step",
                                environment.warm_up, environment.updates_per_step)});
  if (environment.lanes > 1)
    lines.push_back({"lanes", fmt::format("{} patterns at once", environment.lanes)});
}

Json terminals_json(const std::vector<Terminal>& terminals) {
  Json json = Json::array();
  for (const Terminal& terminal : terminals) {
    json.push_back({{"name", terminal.name},
                    {"min", terminal.range.min},
                    {"max", terminal.range.max},
                    {"position", terminal.position}});
  }
  return json;
}

}  // namespace

BuiltEnvironment built_environment(const Catalogue& catalogue, const std::string& name,
                                   const std::vector<std::string>& sets) {
  auto configuration = Configuration::from_text("", name);
  for (const std::string& assignment : sets) configuration.set(assignment);
  if (configuration.name("environment", name) != name) {
    throw ConfigError(configuration.where("environment.name"), quoted(name) + " is described");
  }
  const EnvironmentComponent component =
      find_component(catalogue.environments, name, "environment.name");
  const std::unique_ptr<Parameters> parameters = component.parameters();
  configuration.read("environment", *parameters);
  DirectionParameters direction;
  configuration.read("environment", direction);
  configuration.check_all_read();
  BuiltEnvironment environment;
  for_each_parameter(*parameters, [&](const Parameter& parameter) {
    environment.parameters.emplace_back(parameter.name, parameter.held());
  });
  const RecordedInputs inputs(input_folders("", catalogue.data));
  try {
    EnvironmentDescription made = component.make(*parameters, inputs)->description();
    check_description(made, name);
    environment.description = made;
    direction.direction = made.objectives.front().direction;
    configuration.read("environment", direction);
    environment.turned = direction.direction != made.objectives.front().direction;
    set_direction(*environment.description, direction.direction);
    if (environment.description->takes_networks) {
      constexpr std::array kAll = {NetworkMeasure::modularity, NetworkMeasure::connection_cost};
      environment.description = with_network_measures(std::move(*environment.description), kAll);
    }
  } catch (const std::exception& error) {
    if (!sets.empty()) throw;
    environment.failure = printable(error.what(), kLongestMessage);
  }
  return environment;
}

std::string environment_text(const BuiltEnvironment& environment) {
  std::string with;
  for (const auto& [key, value] : environment.parameters) {
    with += (with.empty() ? "with " : ", ") + key + " = " + toml_text(value);
  }
  if (!environment.description) {
    return "what it gives is not shown: with its defaults, " + environment.failure +
           "; --set environment.KEY=VALUE gives others\n";
  }
  const EnvironmentDescription& shown = *environment.description;
  std::string text = with.empty() ? "" : with + " (others by --set environment.KEY=VALUE):\n\n";

  Lines objectives;
  for (const Objective& objective : shown.objectives) {
    objectives.push_back({objective.name, in_unit(objective.meaning, objective.unit)});
    const bool minimised = objective.direction == ObjectiveDirection::minimise;
    objectives.push_back(
        {"", (minimised ? "lower is better; " : "higher is better; ") +
                 (environment.turned ? "no worst value is declared, so qd_offset is 0 by default"
                                     : fmt::format("worst {}", objective.worst))});
  }
  Lines measures;
  add_measures(shown, measures);
  Lines facts;
  if (shown.takes_vectors)
    facts.push_back({"takes", fmt::format("vectors of {} numbers", shown.vector_length)});
  if (shown.takes_networks) add_network_face(shown, facts);
  facts.push_back({"solved", shown.can_be_solved ? "when " + shown.solved_when : "never"});
  facts.push_back({"noise", shown.noisy ? "results depend on the random stream" : "none"});
  if (shown.gives_gradients)
    facts.push_back(
        {"gradients", "of objectives and measures with respect to the numbers of a vector"});
  facts.push_back({"trace", shown.trace.empty() ? "none: nothing to replay" : few_of(shown.trace)});
  for (const std::string& warning : shown.warnings) facts.push_back({"warning", warning});
  return text + "objectives\n" + sheet(objectives) + "measures\n" + sheet(measures) +
         "environment\n" + sheet(facts);
}

Json environment_json(const BuiltEnvironment& environment) {
  Json json = {{"parameters", Json::object()}};
  for (const auto& [key, value] : environment.parameters) {
    json["parameters"][key] = std::visit([](const auto& held) { return Json(held); }, value);
  }
  if (!environment.description) {
    json["cannot_be_built"] = environment.failure;
    return json;
  }
  const EnvironmentDescription& shown = *environment.description;
  json["objectives"] = Json::array();
  for (const Objective& objective : shown.objectives) {
    json["objectives"].push_back({{"name", objective.name},
                                  {"meaning", objective.meaning},
                                  {"unit", objective.unit},
                                  {"direction", word_of(objective.direction)},
                                  {"worst", environment.turned ? Json() : Json(objective.worst)}});
  }
  json["measures"] = Json::array();
  for (const Measure& measure : shown.measures) {
    json["measures"].push_back({{"name", measure.name},
                                {"meaning", measure.meaning},
                                {"unit", measure.unit},
                                {"min", measure.min},
                                {"max", measure.max}});
  }
  json["descriptor"] = shown.descriptor;
  json["takes_vectors"] = shown.takes_vectors;
  if (shown.takes_vectors) json["vector_length"] = shown.vector_length;
  json["takes_networks"] = shown.takes_networks;
  if (shown.takes_networks) {
    json["sensors"] = terminals_json(shown.body.sensors);
    json["motors"] = terminals_json(shown.body.motors);
    json["lanes"] = shown.lanes;
    json["warm_up"] = shown.warm_up;
    json["updates_per_step"] = shown.updates_per_step;
  }
  json["can_be_solved"] = shown.can_be_solved;
  if (shown.can_be_solved) json["solved_when"] = shown.solved_when;
  json["noisy"] = shown.noisy;
  json["gives_gradients"] = shown.gives_gradients;
  json["trace"] = shown.trace;
  json["warnings"] = shown.warnings;
  return json;
}

}  // namespace cambrian
