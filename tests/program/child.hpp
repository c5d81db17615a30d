// Calls the program as a user would, and stops it where it does not stop by itself.
#pragma once

#include <string>
#include <vector>

namespace cambrian {

struct ChildResult {
  int status = -1;       ///< exit status; 128 + signal where one ended it
  std::string error;     ///< standard error; standard output is thrown away
  double megabytes = 0;  ///< largest resident memory
};

/// @param seconds  of processor time, after which it is killed
ChildResult call_program(const std::vector<std::string>& arguments, unsigned seconds = 60);

}  // namespace cambrian
