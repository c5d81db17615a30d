// What a configuration can name, in words: for `cambrian list` and `cambrian describe`.
#pragma once

#include <optional>
#include <string>

#include "cambrian/experiment/catalogue.hpp"

namespace cambrian {

/// Every component with its one line, by room.
/// @param room  environments, encodings, archives, emitters, algorithms or tables; none: all
/// @throws ConfigError for another word
std::string list_text(const Catalogue& catalogue, const std::optional<std::string>& room);

/// A component with every parameter: type, range or choices, default (by preset where they differ),
/// unit, meaning, source.
/// @param name  "grid", or "archives.grid" where two rooms share a name
/// @throws ConfigError for a name that is unknown, or that two rooms share
std::string describe_text(const Catalogue& catalogue, const std::string& name);

/// The same as a JSON object: name, room, table, summary, source, presets, parameters and, for an
/// encoding, genome_parameters. A parameter has name, type, min, max, choices, default,
/// preset_defaults, unit, meaning, source, each where it applies.
std::string describe_json(const Catalogue& catalogue, const std::string& name);

}  // namespace cambrian
