#include "tests/program/child.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "tests/paths.hpp"

namespace cambrian {
namespace {

[[noreturn]] void become(const std::string& program, std::vector<char*> arguments, int error,
                         unsigned seconds) {
  const rlimit time = {seconds, seconds};
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CPU, &time);
  setrlimit(RLIMIT_CORE, &no_core);
  dup2(error, STDERR_FILENO);
  const int nowhere = open("/dev/null", O_RDWR);
  dup2(nowhere, STDIN_FILENO);
  dup2(nowhere, STDOUT_FILENO);
  alarm(4 * seconds);  // for one that sleeps; survives exec
  execv(program.c_str(), arguments.data());
  _exit(127);
}

}  // namespace

ChildResult call_program(const std::vector<std::string>& arguments, unsigned seconds) {
  std::string program = program_path();
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers = {program.data()};
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child == 0) become(program, pointers, ends[1], seconds);
  close(ends[1]);
  ChildResult result;
  std::array<char, 4096> block = {};
  for (ssize_t got = 0; (got = read(ends[0], block.data(), block.size())) > 0;)
    result.error.append(block.data(), static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  rusage usage = {};
  wait4(child, &status, 0, &usage);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
  return result;
}

}  // namespace cambrian
