// Runs the program as a shell would.
#pragma once

#include <string>

namespace cambrian {

struct Result {
  int status = -1;
  std::string output;  ///< standard output, and standard error where it was asked for
};

Result call(const std::string& arguments, bool with_errors = true);

}  // namespace cambrian
