#include "cambrian/experiment/describe_world.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/environment/check.hpp"
#include "cambrian/evaluation/network_measures.hpp"
#include "cambrian/experiment/configuration.hpp"
#include "cambrian/experiment/inputs_record.hpp"
#include "cambrian/experiment/toml_text.hpp"

namespace cambrian {
namespace {

using Json = nlohmann::ordered_json;

/// Two columns, the first as wide as its longest word.
class Lines {
 public:
  void add(std::string name, std::string text) {
    width_ = std::max(width_, name.size());
    lines_.emplace_back(std::move(name), std::move(text));
  }
  std::string text() const {
    std::string text;
    for (const auto& [name, what] : lines_)
      text += fmt::format("  {:<{}}  {}\n", name, width_, what);
    return text;
  }

 private:
  std::size_t width_ = 0;
  std::vector<std::pair<std::string, std::string>> lines_;
};

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
    text += fmt::format("{}{}: {}{} to {}", begin == 0 ? "" : "; ", joined(names),
                        names.size() > 1 ? "each " : "", range.min, range.max);
  }
  return text;
}

void add_measures(const EnvironmentDescription& world, Lines& lines) {
  for (const Measure& measure : world.measures) {
    lines.add(measure.name, in_unit(measure.meaning, measure.unit));
    const auto axis = std::ranges::find(world.descriptor, measure.name);
    lines.add("", fmt::format("{} to {}{}", measure.min, measure.max,
                              axis == world.descriptor.end()
                                  ? ""
                                  : fmt::format("; descriptor_{} by default",
                                                axis - world.descriptor.begin())));
  }
}

void add_network_face(const EnvironmentDescription& world, Lines& lines) {
  lines.add("takes", fmt::format("networks ({} in, {} out)", world.body.sensors.size(),
                                 world.body.motors.size()));
  lines.add("sensors", terminals_text(world.body.sensors));
  lines.add("motors", terminals_text(world.body.motors));
  lines.add("recurrent", fmt::format("{} activations on the first observation, then {} a step",
                                     world.warm_up, world.updates_per_step));
  if (world.lanes > 1) lines.add("lanes", fmt::format("{} patterns at once", world.lanes));
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

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

BuiltWorld built_world(const Catalogue& catalogue, const std::string& name,
                       const std::vector<std::string>& sets) {
  auto configuration = Configuration::from_text("[environment]\nname = " + toml_text(name), name);
  for (const std::string& assignment : sets) configuration.set(assignment);
  if (configuration.name("environment", name) != name) {
    throw ConfigError(configuration.where("environment.name"), quoted(name) + " is described");
  }
  const EnvironmentComponent component =
      find_component(catalogue.environments, name, "environment.name");
  const std::unique_ptr<Parameters> parameters = component.parameters();
  configuration.read("environment", *parameters);
  configuration.check_all_read();
  BuiltWorld world;
  const ParameterSheet sheet = parameter_sheet([&] {
    std::unique_ptr<Parameters> same = component.parameters();
    configuration.read("environment", *same);
    return same;
  });
  for (const ParameterLine& line : sheet.lines)
    world.parameters.emplace_back(line.name, line.value);
  const RecordedInputs inputs(input_folders("", catalogue.data));
  try {
    const EnvironmentDescription made = component.make(*parameters, inputs)->description();
    check_description(made, name);
    world.description = made;
    if (world.description->takes_networks)
      world.description = with_network_measures(std::move(*world.description));
  } catch (const std::exception& error) {
    if (!sets.empty()) throw;
    world.failure = printable(error.what(), kLongestMessage);
  }
  return world;
}

std::string world_text(const BuiltWorld& world) {
  std::string with;
  for (const auto& [key, value] : world.parameters) {
    with += (with.empty() ? "with " : ", ") + key + " = " + toml_text(value);
  }
  if (!world.description) {
    return "what it gives is not shown: with its defaults, " + world.failure +
           "; --set environment.KEY=VALUE gives others\n";
  }
  const EnvironmentDescription& shown = *world.description;
  std::string text = with.empty() ? "" : with + " (others by --set environment.KEY=VALUE):\n\n";

  Lines objectives;
  for (const Objective& objective : shown.objectives) {
    objectives.add(objective.name, in_unit(objective.meaning, objective.unit));
    objectives.add("", fmt::format("higher is better; worst {}", objective.worst));
  }
  Lines measures;
  add_measures(shown, measures);
  Lines facts;
  if (shown.takes_vectors)
    facts.add("takes", fmt::format("vectors of {} numbers", shown.vector_length));
  if (shown.takes_networks) add_network_face(shown, facts);
  facts.add("solved", shown.can_be_solved ? "when " + shown.solved_when : "never");
  facts.add("noise", shown.noisy ? "results depend on the random stream" : "none");
  if (shown.gives_gradients) facts.add("gradients", "yes");
  if (!shown.world_genes.empty()) facts.add("world genes", joined(shown.world_genes));
  facts.add("trace", shown.trace.empty() ? "none: nothing to replay" : joined(shown.trace));
  for (const std::string& warning : shown.warnings) facts.add("warning", warning);
  return text + "objectives\n" + objectives.text() + "measures\n" + measures.text() + "world\n" +
         facts.text();
}

Json world_json(const BuiltWorld& world) {
  Json json = {{"parameters", Json::object()}};
  for (const auto& [key, value] : world.parameters) {
    json["parameters"][key] = std::visit([](const auto& held) { return Json(held); }, value);
  }
  if (!world.description) {
    json["cannot_be_built"] = world.failure;
    return json;
  }
  const EnvironmentDescription& shown = *world.description;
  json["objectives"] = Json::array();
  for (const Objective& objective : shown.objectives) {
    json["objectives"].push_back({{"name", objective.name},
                                  {"meaning", objective.meaning},
                                  {"unit", objective.unit},
                                  {"worst", objective.worst}});
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
  json["world_genes"] = shown.world_genes;
  json["trace"] = shown.trace;
  json["warnings"] = shown.warnings;
  return json;
}

}  // namespace cambrian
