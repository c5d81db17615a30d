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

struct Member {
  SuiteMember suite;
  EnvironmentDescription description;
};

Member read_member(Configuration& configuration, const std::string& table,
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
  Member member;
  member.suite.name = label.label.empty() ? name : label.label;
  // Shared: the maker is copied into the evaluator, which calls it once per worker.
  member.suite.make = [make = component.make, parameters, &inputs] {
    return make(*parameters, inputs);
  };
  try {
    member.description = member.suite.make()->description();
  } catch (const ConfigError& error) {
    throw configuration.located(table, error);
  }
  check_description(member.description, member.suite.name);
  DirectionParameters key;
  key.direction = member.description.objectives.front().direction;
  configuration.read(table, key);
  member.suite.direction = key.direction;
  set_direction(member.description, key.direction);
  return member;
}

bool same_terminals(const std::vector<Terminal>& a, const std::vector<Terminal>& b) {
  return std::ranges::equal(a, b, [](const Terminal& x, const Terminal& y) {
    return x.name == y.name && x.range == y.range && x.position == y.position && x.kind == y.kind;
  });
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
  if (!same_terminals(a.body.sensors, b.body.sensors)) return "sensors";
  if (!same_terminals(a.body.motors, b.body.motors)) return "motors";
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

void add(Suite& suite, Member member) {
  const std::string& label = member.suite.name;
  for (const SuiteMember& other : suite.members) {
    if (other.name != label) continue;
    throw ConfigError(kList, "has two entries called '" + label + "'; give each a label");
  }
  const ObjectiveDirection first = suite.description.objectives.front().direction;
  const ObjectiveDirection other = member.description.objectives.front().direction;
  if (first != other) {
    throw ConfigError(kList, "'" + suite.members.front().name + "' is to " +
                                 std::string(word_of(first)) + " and '" + label + "' to " +
                                 std::string(word_of(other)) +
                                 "; give all entries the same direction");
  }
  const std::string what = difference(suite.description, member.description);
  if (!what.empty()) {
    throw ConfigError(kList, "'" + suite.members.front().name + "' and '" + label + "' differ in " +
                                 what + ", so no genome can be evaluated in both");
  }
  widen(suite.description, member.description, label);
  suite.name += ", " + label;
  suite.members.push_back(std::move(member.suite));
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
    Member member = read_member(configuration, table, components, inputs);
    if (!suite.members.empty()) {
      add(suite, std::move(member));
      continue;
    }
    suite.name = member.suite.name;
    suite.description = std::move(member.description);
    suite.members.push_back(std::move(member.suite));
  }
  return suite;
}

}  // namespace cambrian
