// The pieces of which list_text(), describe_text() and describe_json() are made: each says one kind
// of thing, in words and as JSON. Private to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/configuration/parameter_sheet.hpp"
#include "cambrian/core/columns.hpp"
#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

using Json = nlohmann::ordered_json;

// The parameters of a component.

/// Two lines per parameter: what it means; its type, range, defaults and source.
std::string parameters_text(const ParameterSheet& sheet);
Json parameters_json(const ParameterSheet& sheet);
/// "batch = 1 instead of 100, ...": what a preset changes.
std::string changes_text(const std::string& preset, const ParameterSheet& sheet);

// What an environment gives and takes, built with its defaults, or with parameters that the caller
// names.

struct BuiltEnvironment {
  std::vector<std::pair<std::string, ParameterValue>> parameters;
  std::optional<EnvironmentDescription> description;  ///< none: it cannot be built
  std::string failure;                                ///< why
  bool turned = false;  ///< its objectives in the other direction than it declares
};
/// @param sets  "environment.key=value"
/// @throws Error if the environment cannot be built with `sets`; without any, that is `failure`
BuiltEnvironment built_environment(const Catalogue& catalogue, const std::string& name,
                                   const std::vector<std::string>& sets);
std::string environment_text(const BuiltEnvironment& environment);
Json environment_json(const BuiltEnvironment& environment);

// How an encoding's genes become a network and how that computes.

/// Begins with an empty line; empty where there is nothing to say.
std::string network_text(const Catalogue& catalogue, const std::string& encoding);
Json network_json(const Catalogue& catalogue, const std::string& encoding);

// The tables that a run with an algorithm reads.

struct AlgorithmTable {
  std::string table;         ///< "archive"
  std::string default_name;  ///< the component where the configuration names none; may be empty
  std::string what;          ///< what stands there, in one line
};
/// Found by making the algorithm with defaults for genomes of two numbers; empty where it cannot be
/// made. In the order of the way of the data; its own table is not among them.
std::vector<AlgorithmTable> tables_of_algorithm(const Catalogue& catalogue,
                                                const std::string& algorithm);
std::string tables_text(const std::vector<AlgorithmTable>& tables);
Json tables_json(const std::vector<AlgorithmTable>& tables);
/// A configuration's two archives, where there are two, as they are written.
/// @param driver  the archive that drives
std::string two_archives_example(const std::string& driver = "unstructured");

// The activations: functions are no components, but a configuration names them, and who computes a
// network elsewhere needs their formulas.

/// @param name  "tanh" or "activations.tanh"
std::optional<Activation> find_activation(const std::string& name);
/// Each with its formula, for `list`. @param columns  fitted to the names
std::string activations_text(const Columns& columns);
std::string activation_text(Activation activation);
Json activation_json(Activation activation);

}  // namespace cambrian
