// The activations in words: functions are no components, but a configuration names them, and who
// computes a network elsewhere needs their formulas. Private to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cambrian/core/columns.hpp"
#include "cambrian/genome/graph/graph.hpp"

namespace cambrian {

/// @param name  "tanh" or "activations.tanh"
std::optional<Activation> find_activation(const std::string& name);
/// Each with its formula, for `list`. @param width  of the column of names
std::string activations_text(const Columns& columns);
std::string activation_text(Activation activation);
nlohmann::ordered_json activation_json(Activation activation);

}  // namespace cambrian
