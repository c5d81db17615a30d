// Runs the program as a shell would.
#pragma once

#include <string>

namespace cambrian {

struct Result {
  int status = -1;
  std::string output;  ///< both streams, unless the call redirects one
};

Result call(const std::string& arguments);

}  // namespace cambrian
