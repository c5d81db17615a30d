#include "cambrian/experiment/resume_command.hpp"

#include <string_view>

namespace cambrian {

namespace {

/// The path, quoted where a shell would take it apart.
std::string argument(const std::string& file) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+:@%";
  std::string run_file = (file.starts_with('-') ? "./" : "") + file;
  if (run_file.find_first_not_of(kPlain) == std::string::npos) return run_file;
  std::string quoted = "'";
  for (const char c : run_file) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::string resume_command(const std::string& run_file) {
  return "cambrian resume " + argument(run_file);
}

std::string repeat_command(const std::string& run_file) {
  return "cambrian evaluate " + argument(run_file) + " --best --repeat 20";
}

}  // namespace cambrian
