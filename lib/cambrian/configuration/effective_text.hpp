// The effective configuration for people and programs, each value with its origin: for
// `cambrian config`.
#pragma once

#include <string>
#include <vector>

#include "cambrian/configuration/configuration.hpp"

namespace cambrian {

/// TOML that reads back as the same configuration; each origin is a comment at the end of its line.
/// @param source  what the configuration was read from, for the first line
std::string annotated_toml(const std::vector<EffectiveTable>& tables, const std::string& source);

/// An object with a member for each table, and in it one for each key: {"value": ..., "origin":
/// "..."}. Numbers that JSON does not have, such as infinity, are strings.
std::string annotated_json(const std::vector<EffectiveTable>& tables);

}  // namespace cambrian
