// The parameters of a component in words and as JSON. Private to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cambrian/configuration/parameter_sheet.hpp"

namespace cambrian {

/// Two lines per parameter: what it means; its type, range, defaults and source.
std::string parameters_text(const ParameterSheet& sheet);
nlohmann::ordered_json parameters_json(const ParameterSheet& sheet);
/// "batch = 1 instead of 100, ...": what a preset changes.
std::string changes_text(const std::string& preset, const ParameterSheet& sheet);

}  // namespace cambrian
