#include "tests/program/call.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>

#include "tests/paths.hpp"

namespace cambrian {

Result call(const std::string& arguments, bool with_errors, const std::string& folder) {
  return call_shell((folder.empty() ? "" : "cd '" + folder + "' && ") + program_path() + " " +
                    arguments + (with_errors ? " 2>&1" : " 2>/dev/null"));
}

Result call_shell(const std::string& command) {
  Result result;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer;
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
    result.output.append(buffer.data(), n);
  const int status = pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

bool has_command(const std::string& name) {
  return call_shell("command -v " + name + " >/dev/null").status == 0;
}

}  // namespace cambrian
