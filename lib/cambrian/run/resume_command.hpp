// What messages advise: the command that continues a run, and the one that samples its best again.
#pragma once

#include <string>

namespace cambrian {

/// `cambrian resume RUN.h5`, the path quoted where a shell would take it apart.
std::string resume_command(const std::string& run_file);

/// `cambrian evaluate RUN.h5 --best --repeat 20`, the path quoted likewise.
std::string repeat_command(const std::string& run_file);

}  // namespace cambrian
