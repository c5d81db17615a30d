#include "cambrian/environment/check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"

namespace cambrian {
namespace {

constexpr std::string_view kOfNetworks = "network.";

/// What the tables of a run file call their own columns (run_file/FORMAT.md): an expression could
/// not tell a measure from them.
constexpr std::array<std::string_view, 12> kColumns = {
    "id",     "objective", "objectives", "descriptor", "cell",    "evaluation",
    "solved", "parents",   "parents_0",  "parents_1",  "fitness", "species"};

class Check {
 public:
  Check(const EnvironmentDescription& description, const std::string& environment)
      : description_(description),
        where_(environment.empty() ? "environment" : "environment '" + environment + "'") {}

  void all() const {
    names();
    values();
    descriptor();
    if (!description_.takes_vectors && !description_.takes_networks) {
      refuse("takes neither vectors nor networks");
    }
    if (description_.takes_vectors && description_.vector_length == 0) {
      refuse("takes vectors of length 0");
    }
    if (description_.takes_vectors && description_.block == 0) {
      refuse("takes blocks of 0 vectors; expected at least 1");
    }
    if (description_.gives_gradients && !description_.takes_vectors) {
      refuse("gives gradients, but takes no vectors; gradients are by the numbers of a vector");
    }
    if (description_.learns && !description_.takes_vectors) {
      refuse("writes what a vector has learned, but takes no vectors");
    }
    if (description_.takes_networks) networks();
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const { throw ConfigError(where_, what); }

  void name(const std::string& kind, const std::string& name) const {
    if (name.empty()) refuse("a name of its " + kind + "s is empty");
    if (name.find_first_of(" \t\r\n\v\f,:'\"`") != std::string::npos) {
      refuse(kind + " '" + name + "': a name has no white space, commas, colons or quotes");
    }
    if (name.starts_with(kOfNetworks)) {
      refuse(kind + " '" + name +
             "': names that begin with 'network.' are those of measures of every network");
    }
  }

  /// @return the names of all objectives, or all measures
  template <class Named>
  std::set<std::string> names_of(const std::string& kind, const std::vector<Named>& all) const {
    std::set<std::string> names;
    for (const Named& one : all) {
      name(kind, one.name);
      if (!names.insert(one.name).second) refuse("two " + kind + "s are called '" + one.name + "'");
    }
    return names;
  }

  void names() const {
    if (description_.objectives.empty()) refuse("has no objective");
    const std::set<std::string> objectives = names_of("objective", description_.objectives);
    for (const std::string& measure : names_of("measure", description_.measures)) {
      if (std::ranges::find(kColumns, measure) != kColumns.end()) {
        refuse("measure '" + measure + "': is the name of a column that every table has");
      }
      if (objectives.contains(measure)) {
        refuse("an objective and a measure are both called '" + measure + "'");
      }
    }
  }

  void values() const {
    for (const Objective& objective : description_.objectives) {
      if (!std::isfinite(objective.worst)) {
        refuse("objective '" + objective.name + "': its worst value is not finite");
      }
      if (objective.direction != description_.objectives.front().direction) {
        refuse("objective '" + objective.name + "' is " +
               std::string(word_of(objective.direction)) + "d, but '" +
               description_.objectives.front().name + "' is not; all have one direction");
      }
    }
    for (const Measure& measure : description_.measures) {
      if (!(measure.min < measure.max)) {  // so that NaN is refused, too
        refuse("measure '" + measure.name + "': its min is not below its max");
      }
    }
  }

  void descriptor() const {
    std::set<std::string> seen;
    for (const std::string& axis : description_.descriptor) {
      const bool of_environment =
          std::ranges::count(description_.measures, axis, &Measure::name) > 0;
      if (!of_environment && !(description_.takes_networks && axis.starts_with(kOfNetworks))) {
        refuse("descriptor: there is no measure '" + axis + "'");
      }
      if (!seen.insert(axis).second) refuse("descriptor: names '" + axis + "' twice");
    }
  }

  void networks() const {
    if (description_.body.sensors.empty()) refuse("takes networks, but has no sensor");
    if (description_.body.motors.empty()) refuse("takes networks, but has no motor");
    terminals("sensor", description_.body.sensors);
    terminals("motor", description_.body.motors);
    if (description_.lanes < 1) refuse("lanes is 0, but at least 1 is expected");
    if (description_.warm_up < 0) {
      refuse("warm_up is " + std::to_string(description_.warm_up) + ", but at least 0 is expected");
    }
    if (description_.updates_per_step < 1) {
      refuse("updates_per_step is " + std::to_string(description_.updates_per_step) +
             ", but at least 1 is expected");
    }
  }

  void terminals(const std::string& kind, const std::vector<Terminal>& terminals) const {
    const std::size_t dimensions = description_.body.sensors.front().position.size();
    for (const Terminal& terminal : terminals) {
      const std::string which = kind + " '" + terminal.name + "': ";
      if (!std::isfinite(terminal.range.min) || !std::isfinite(terminal.range.max) ||
          !(terminal.range.min < terminal.range.max)) {
        refuse(which + "its range must go from a finite number to a larger one");
      }
      if (terminal.position.size() != dimensions) {
        refuse(which + "its position has " + std::to_string(terminal.position.size()) +
               " coordinates, that of sensor '" + description_.body.sensors.front().name +
               "' has " + std::to_string(dimensions));
      }
      if (!std::ranges::all_of(terminal.position, [](double x) { return std::isfinite(x); })) {
        refuse(which + "its position is not finite");
      }
    }
  }

  const EnvironmentDescription& description_;
  const std::string where_;
};

}  // namespace

void check_description(const EnvironmentDescription& description, const std::string& environment) {
  Check(description, environment).all();
}

void check_rows(const EnvironmentDescription& description, const VectorBlock& vectors,
                const EvaluationRows& rows) {
  const std::size_t n = vectors.rows;
  check_count("numbers in a vector", vectors.length, description.vector_length);
  check_count("objectives", rows.objectives.size(), n * description.objectives.size());
  check_count("measures", rows.measures.size(), n * description.measures.size());
  check_count("solved", rows.solved.size(), n);
  if (rows.gradients.empty()) return;
  const std::size_t outputs = description.objectives.size() + description.measures.size();
  check_count("gradients", rows.gradients.size(), n * outputs * vectors.length);
}

}  // namespace cambrian
