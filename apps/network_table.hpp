// The decoded network of an elite as tables, made from the run file's configuration.
#pragma once

#include <string>

#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/query/query.hpp"

namespace cambrian::apps {

/// Whether a table's name is network/node or network/edge (or misspelt after `network`).
bool is_network_table(const std::string& name);

/// network/node: one row per neuron: node, kind (printed by name), layer, activation (by name), bias;
/// x, y (and z) where the encoding has places; time_constant in continuous time; modulatory_bias
/// under bain. network/edge: one row per link: source, target (rows of network/node), weight;
/// source_x, source_y, target_x, target_y (source_z, target_z); a, b, c, d, rate where links learn by
/// them; modulates with modulation. All as the evaluation begins. What paints it: painting_table.hpp.
/// @param lived  as its stored life, which is lived once more, leaves it
/// @throws ConfigError without an elite, for bare vectors, or another name after `network/`
Table network_table(const std::string& run_file, const std::string& name, const EliteChoice& elite,
                    bool lived, const Catalogue& catalogue);

}  // namespace cambrian::apps
