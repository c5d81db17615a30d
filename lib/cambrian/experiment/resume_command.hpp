// What messages advise: the command that goes on with a run.
#pragma once

#include <string>

namespace cambrian {

/// `cambrian resume RUN.h5`, the path quoted where a shell would take it apart.
std::string resume_command(const std::string& run_file);

}  // namespace cambrian
