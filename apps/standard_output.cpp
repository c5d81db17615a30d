#include "apps/standard_output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian::apps {

void print_out(const std::function<void()>& print) {
  errno = 0;
  print();
  std::cout.flush();
  if (std::cout && std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
  const std::string reason = errno == 0 ? "" : std::string(": ") + std::strerror(errno);
  throw FileError("standard output", "cannot be written" + reason);
}

}  // namespace cambrian::apps
