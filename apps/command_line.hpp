// From the words of a call to the command that they ask for. All of CLI11 is behind this header.
#pragma once

#include <functional>

#include "cambrian/catalogue/catalogue.hpp"

namespace cambrian::apps {

struct Command {
  std::function<void()> carry_out;
  /// A run must outlive the reader of its progress; a verb that only prints ends with its reader.
  bool outlives_reader = false;
};

/// --help and --version become commands that print.
/// @param catalogue  what the verbs know, and the plug-ins of the call add to; outlives the command
/// @throws ConfigError in one line for a call that is wrong
Command parse_command_line(int argc, const char* const* argv, Catalogue& catalogue);

}  // namespace cambrian::apps
