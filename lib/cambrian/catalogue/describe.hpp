// What a configuration can name, in words: for `cambrian list` and `cambrian describe`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"

namespace cambrian {

/// What list_text() takes as a room, in its order.
std::vector<std::string> list_rooms();

/// Every component with its one line, by room.
/// @param room  environments, encodings, variations, archives, emitters, algorithms, tables or
/// activations; none: all
/// @throws ConfigError for another word
std::string list_text(const Catalogue& catalogue, const std::optional<std::string>& room);

/// A component with every parameter: type, range or choices, default (by preset where they differ),
/// unit, meaning, source. An environment is built, and also shows its objectives, measures and bodies.
/// Of an algorithm, also which other tables a run with it reads, with their defaults. Of an encoding,
/// also how genes become a network, and how that computes; of an activation (which is not a
/// component), its formula, range and source. For the name of a table, "result_archive": what its
/// `name` may be, and its other keys.
/// @param name  "grid", or "archives.grid" where two rooms share a name
/// @param sets  "environment.maze=medium.maze": parameters that the environment is built with
/// @throws ConfigError for a name that is unknown, or that two rooms share; for `sets` that are
/// wrong, or that the environment cannot be built with
std::string describe_text(const Catalogue& catalogue, const std::string& name,
                          const std::vector<std::string>& sets = {});

/// The same as a JSON object: name, room, table, summary, source, presets, parameters and, for an
/// encoding, network (subject, text) and genome_parameters, for an algorithm, tables (table,
/// default_name, summary), for an environment, environment (the members of EnvironmentDescription,
/// and the parameters that it was built with; or cannot_be_built, why). A parameter has name, type,
/// min, max, choices, default, preset_defaults, unit, meaning, source, each where it applies.
/// Of an activation: name, room, formula, min, max (null: unbounded), source.
/// Of a table: table, components (name, summary) and keys (name, summary, parameters).
std::string describe_json(const Catalogue& catalogue, const std::string& name,
                          const std::vector<std::string>& sets = {});

}  // namespace cambrian
