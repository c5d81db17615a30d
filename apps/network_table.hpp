// The decoded network of an elite as tables, made from the run file's configuration.
#pragma once

#include <string>

#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/query/query.hpp"

namespace cambrian::apps {

/// Whether a table's name is network/node or network/edge (or misspelt after `network`).
bool is_network_table(const std::string& name);

/// network/node: one row per neuron: node, kind (0 sensor, 1 bias, 2 hidden, 3 motor), layer,
/// activation (printed by name), bias, x, y, z. network/edge: one row per link: source, target (rows of network/node),
/// weight, source_x, source_y, target_x, target_y. Places are absent where the
/// encoding has none. What it was painted from: painting_table.hpp.
/// @param lived  as its stored life, which is lived once more, leaves it
/// @throws ConfigError without an elite, for bare vectors, or another name after `network/`
Table network_table(const std::string& run_file, const std::string& name, const EliteChoice& elite,
                    bool lived, const Catalogue& catalogue);

}  // namespace cambrian::apps
