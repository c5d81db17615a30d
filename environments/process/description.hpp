// From the line with which a process describes itself to an environment's description.
#pragma once

#include <string>

#include "cambrian/environment/environment.hpp"

namespace cambrian {

/// @throws ConfigError("command", ...) that names the first member that is missing, unknown or of another
/// type, and quotes the line
EnvironmentDescription read_process_description(const std::string& line);

}  // namespace cambrian
