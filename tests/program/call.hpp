// Runs the program as a shell would.
#pragma once

#include <string>

namespace cambrian {

struct Result {
  int status = -1;
  std::string output;  ///< standard output, and standard error where it was asked for
};

/// @param folder  where it runs; empty: here
Result call(const std::string& arguments, bool with_errors = true, const std::string& folder = "");

/// Any command line, as /bin/sh takes it.
Result call_shell(const std::string& command);
/// Whether there is such a command here.
bool has_command(const std::string& name);

}  // namespace cambrian
