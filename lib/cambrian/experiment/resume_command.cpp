#include "cambrian/experiment/resume_command.hpp"

#include <string_view>

namespace cambrian {

std::string resume_command(const std::string& file) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+:@%";
  const std::string command = "cambrian resume ";
  const std::string run_file = (file.starts_with('-') ? "./" : "") + file;
  if (run_file.find_first_not_of(kPlain) == std::string::npos) return command + run_file;
  std::string quoted = "'";
  for (const char c : run_file) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return command + quoted + "'";
}

}  // namespace cambrian
