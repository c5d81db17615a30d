#include "cambrian/run/suite.hpp"

#include <algorithm>

#include "cambrian/configuration/run_parameters.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/environment/check.hpp"

namespace cambrian {
namespace {

constexpr const char* kList = "environments";

struct LabelParameters final : Parameters {
  std::string label;
  void visit(ParameterVisitor& visitor) override {
    visitor.text("label", label, {"what output calls it; empty: by its name", "", "our choice"});
  }
};

std::vector<std::string> tables_of(const Configuration& configuration) {
  const std::size_t count = configuration.entries(kList);
  if (count == 0) return {"environment"};
  if (configuration.has("environment")) {
    throw ConfigError(kList, "is a suite, so [environment] cannot stand beside it");
  }
  if (count == 1) {
    throw ConfigError(kList, "has 1 entry, but a suite has at least 2; use [environment]");
  }
  std::vector<std::string> tables;
  for (std::size_t i = 0; i < count; ++i) {
    tables.push_back(kList + ("." + std::to_string(i)));
  }
  return tables;
}

/// The environment of one table, as a suite of its own.
Suite read_one(Configuration& configuration, const std::string& table,
               const std::vector<EnvironmentComponent>& components, const Inputs& inputs) {
  const std::string name = configuration.name(table, "");
  if (name.empty()) {
    throw ConfigError(table + ".name",
                      "is missing; `cambrian list environments` shows what there is");
  }
  const EnvironmentComponent component = find_component(components, name, table + ".name");
  const std::shared_ptr<Parameters> parameters = component.parameters();
  LabelParameters label;
  if (table != "environment") configuration.read(table, label);
  configuration.read(table, *parameters);
  Suite one;
  one.name = label.label.empty() ? name : label.label;
  // Shared: the maker is copied into the evaluator, which calls it once per worker.
  const auto make = [make = component.make, parameters, &inputs] {
    return make(*parameters, inputs);
  };
  one.members.push_back({.name = one.name, .make = make});
  try {
    one.description = make()->description();
  } catch (const ConfigError& error) {
    throw configuration.located(table, error);
  }
  check_description(one.description, one.name);
  DirectionParameters key;
  key.direction = one.description.objectives.front().direction;
  configuration.read(table, key);
  one.members.front().direction = key.direction;
  set_direction(one.description, key.direction);
  return one;
}

template <class Named>
bool same_names(const std::vector<Named>& a, const std::vector<Named>& b) {
  return std::ranges::equal(a, b, {}, &Named::name, &Named::name);
}

/// What the second has other than the first; empty where one genome can be tried in both.
std::string difference(const EnvironmentDescription& a, const EnvironmentDescription& b) {
  if (!same_names(a.objectives, b.objectives)) return "objectives";
  if (!same_names(a.measures, b.measures)) return "measures";
  if (a.takes_vectors != b.takes_vectors || a.takes_networks != b.takes_networks)
    return "what they take, vectors or networks";
  if (a.takes_vectors && a.vector_length != b.vector_length) return "the length of vectors";
  if (a.body.sensors != b.body.sensors) return "sensors";
  if (a.body.motors != b.body.motors) return "motors";
  return {};
}

/// Takes in the next member: bounds that hold for both, and what is true of both.
void widen(EnvironmentDescription& suite, const EnvironmentDescription& next,
           const std::string& label) {
  for (std::size_t i = 0; i < suite.measures.size(); ++i) {
    suite.measures[i].min = std::min(suite.measures[i].min, next.measures[i].min);
    suite.measures[i].max = std::max(suite.measures[i].max, next.measures[i].max);
  }
  for (std::size_t i = 0; i < suite.objectives.size(); ++i) {
    double& worst = suite.objectives[i].worst;
    worst = suite.objectives[i].direction == ObjectiveDirection::minimise
                ? std::max(worst, next.objectives[i].worst)
                : std::min(worst, next.objectives[i].worst);
  }
  suite.can_be_solved = suite.can_be_solved && next.can_be_solved;
  suite.noisy = suite.noisy || next.noisy;
  suite.gives_gradients = suite.gives_gradients && next.gives_gradients;
  for (const std::string& warning : next.warnings) suite.warnings.push_back(label + ": " + warning);
}

void add(Suite& suite, const Suite& one) {
  const std::string& label = one.name;
  if (std::ranges::count(suite.members, label, &SuiteMember::name) > 0) {
    throw ConfigError(kList, "has two entries called '" + label + "'; give each a label");
  }
  const ObjectiveDirection first = suite.description.objectives.front().direction;
  const ObjectiveDirection other = one.description.objectives.front().direction;
  if (first != other) {
    throw ConfigError(kList, "'" + suite.members.front().name + "' is to " +
                                 std::string(word_of(first)) + " and '" + label + "' to " +
                                 std::string(word_of(other)) +
                                 "; give all entries the same direction");
  }
  const std::string what = difference(suite.description, one.description);
  if (!what.empty()) {
    throw ConfigError(kList, "'" + suite.members.front().name + "' and '" + label + "' differ in " +
                                 what + ", so no genome can be evaluated in both");
  }
  widen(suite.description, one.description, label);
  suite.name += ", " + label;
  suite.members.push_back(one.members.front());
}

}  // namespace

std::vector<std::string> environment_names(Configuration& configuration) {
  std::vector<std::string> names;
  for (const std::string& table : tables_of(configuration)) {
    names.push_back(configuration.name(table, ""));
  }
  return names;
}

Suite read_suite(Configuration& configuration, const std::vector<EnvironmentComponent>& components,
                 const Inputs& inputs) {
  Suite suite;
  for (const std::string& table : tables_of(configuration)) {
    Suite one = read_one(configuration, table, components, inputs);
    if (suite.members.empty())
      suite = std::move(one);
    else
      add(suite, one);
  }
  return suite;
}

}  // namespace cambrian
