#include "cambrian/run/resume_command.hpp"

#include "cambrian/core/quoted.hpp"

namespace cambrian {

std::string resume_command(const std::string& run_file) {
  return "cambrian resume " + shell_argument(run_file);
}

std::string repeat_command(const std::string& run_file) {
  return "cambrian evaluate " + shell_argument(run_file) + " --best --repeat 20";
}

}  // namespace cambrian
