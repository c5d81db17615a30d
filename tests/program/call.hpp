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

}  // namespace cambrian
