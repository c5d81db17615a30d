#include "tests/program/terminal_child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace cambrian {
namespace {

constexpr int kPatience = 120'000;  // ms without a word; only a failing test waits so long

int status_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

bool TerminalChild::possible() {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal >= 0) close(terminal);
  return terminal >= 0;
}

TerminalChild::TerminalChild(const std::vector<std::string>& arguments, std::string program) {
  terminal_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal_ < 0 || grantpt(terminal_) != 0 || unlockpt(terminal_) != 0) {
    throw std::runtime_error("no terminal");
  }
  const std::string name = ptsname(terminal_);
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers = {program.data()};
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  child_ = fork();
  if (child_ != 0) return;
  const rlimit time = {120, 120};
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CPU, &time);
  setrlimit(RLIMIT_CORE, &no_core);
  const int end = open(name.c_str(), O_RDWR | O_NOCTTY);
  dup2(end, STDOUT_FILENO);
  dup2(end, STDERR_FILENO);
  execv(program.c_str(), pointers.data());
  _exit(127);
}

TerminalChild::~TerminalChild() {
  if (child_ > 0) {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  if (terminal_ >= 0) close(terminal_);
}

bool TerminalChild::read_more(int milliseconds) {
  if (terminal_ < 0) return false;
  pollfd ready = {terminal_, POLLIN, 0};
  if (poll(&ready, 1, milliseconds) <= 0) return false;
  std::array<char, 4096> block = {};
  const ssize_t got = read(terminal_, block.data(), block.size());  // EIO: the program has ended
  if (got > 0) output_.append(block.data(), static_cast<std::size_t>(got));
  return got > 0;
}

bool TerminalChild::wait_for(const std::string& text) {
  while (output_.find(text) == std::string::npos) {
    if (!read_more(kPatience)) return false;
  }
  return true;
}

void TerminalChild::signal(int number) const { kill(child_, number); }

void TerminalChild::hang_up() {
  close(terminal_);
  terminal_ = -1;
  signal(SIGHUP);
}

int TerminalChild::wait() {
  while (read_more(kPatience)) {
  }
  int status = 0;
  waitpid(child_, &status, 0);
  child_ = -1;
  return status_of(status);
}

int TerminalChild::insist(int number) {
  int status = 0;
  while (waitpid(child_, &status, WNOHANG) == 0) {
    signal(number);
    read_more(20);
  }
  child_ = -1;
  return status_of(status);
}

}  // namespace cambrian
