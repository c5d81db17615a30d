// What paints the network of an elite, as tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cambrian/query/table.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian::apps {

/// The tables of painting_table().
std::vector<std::string> painting_tables();

/// Of dct: network/block, one row per block of coefficients: block, number (printed by name: weight, a, ...), layer,
/// first_column, neuron_axes, and its lengths length_0, ... (0: it has no such axis; the neurons' first, then the
/// sources'); network/spectrum, one row per coefficient: block, frequency_0, ..., coefficient.
/// Of es_hyperneat: network/quadtree, one row per cell of the tree of each sensor and motor: node (row of
/// network/node), x, y, depth, value, variance, leaf.
/// @throws ConfigError where the run's encoding has no such table
Table painting_table(const StoredRun& run, std::uint32_t row, const std::string& name);

}  // namespace cambrian::apps
