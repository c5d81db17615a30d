// What messages advise: the command that continues a run, and the one that samples its best again.
#pragma once

#include <string>

#include "cambrian/core/quoted.hpp"

namespace cambrian {

/// `cambrian resume RUN.h5`, the path quoted where a shell would take it apart.
inline std::string resume_command(const std::string& run_file) {
  return "cambrian resume " + shell_argument(run_file);
}

/// `cambrian evaluate RUN.h5 --best --repeat 20`, the path quoted likewise.
inline std::string repeat_command(const std::string& run_file) {
  return "cambrian evaluate " + shell_argument(run_file) + " --best --repeat 20";
}

}  // namespace cambrian
