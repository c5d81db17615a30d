// Reads parameters from a TOML table. Private to the room: toml++ stays behind
// configuration.hpp.
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <string>
#include <string_view>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

/// "a whole number (3)", "a string ('x')", "a list": what stands where something else was expected.
std::string what_is(const toml::node& node);

/// Where a key stands, for messages.
using Where = std::function<std::string(std::string_view name, const toml::node& node)>;

/// Overwrites each parameter whose key stands in the table, and leaves the others as they are.
/// @throws ConfigError "where: is 2.5, but a whole number is expected"
void read_parameters(Parameters& parameters, const toml::table& table, const Where& where);

}  // namespace cambrian
