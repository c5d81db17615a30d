#include "apps/jobs.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include "cambrian/core/error.hpp"
#include "cambrian/run/stop_signals.hpp"

namespace cambrian::apps {
namespace {

/// A job that runs: its process, and the pipe that is its standard error.
struct Child {
  std::size_t job = 0;
  pid_t process = 0;
  int pipe = -1;
  std::string line;  // the part of one that has come so far
};

[[noreturn]] void fail(const char* what) {
  throw Error(std::string("--jobs: ") + what + ": " + std::strerror(errno));
}

/// Its share of what this process may have; sanitizers set no limit.
rlimit memory_share(std::size_t at_once) {
  rlimit limit = {};
  if (getrlimit(RLIMIT_DATA, &limit) != 0) fail("the memory limit cannot be read");
  if (limit.rlim_cur != RLIM_INFINITY) limit.rlim_cur /= at_once;
  return limit;
}

/// Between fork and exec; calls only what is safe there.
[[noreturn]] void become(char* const* words, int errors, const rlimit& memory, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);  // it has ended already
  setpgid(0, 0);                      // a terminal signals the parent alone, which passes it on
  std::signal(SIGTERM, SIG_DFL);      // by which it passes it on, also where it is ignored itself
  setrlimit(RLIMIT_DATA, &memory);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(nothing, STDIN_FILENO);
  dup2(errors, STDERR_FILENO);
  execv("/proc/self/exe", words);
  _exit(127);
}

Child start(std::size_t job, std::vector<std::string> words, const rlimit& memory) {
  words.insert(words.begin(), "cambrian");
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("a pipe cannot be made");
  const pid_t parent = getpid();
  const pid_t process = fork();
  if (process == 0) become(pointers.data(), ends[1], memory, parent);
  const int error = errno;
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    errno = error;
    fail("a process cannot be started");
  }
  return {job, process, ends[0], {}};
}

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Takes what has come through the pipe, and tells of whole lines. @return whether more may come
bool listen(Child& child, const JobEvents& events) {
  std::array<char, 4096> buffer;
  const ssize_t length = read(child.pipe, buffer.data(), buffer.size());
  if (length < 0 && errno == EINTR) return true;
  child.line.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(0, length)));
  for (std::size_t end = 0; (end = child.line.find('\n')) != std::string::npos;) {
    events.said(child.job, child.line.substr(0, end));
    child.line.erase(0, end + 1);
  }
  if (length <= 0 && !child.line.empty()) events.said(child.job, child.line);
  return length > 0;
}

void wait_for_news(const std::vector<Child>& children) {
  std::vector<pollfd> pipes;
  pipes.reserve(children.size());
  for (const Child& child : children) pipes.push_back({child.pipe, POLLIN, 0});
  constexpr int kMilliseconds = 200;
  poll(pipes.data(), pipes.size(), kMilliseconds);
}

/// Tells of those that have ended, and forgets them.
void gather(std::vector<Child>& children, const JobEvents& events) {
  for (std::size_t i = 0; i < children.size();) {
    pollfd pipe = {children[i].pipe, POLLIN, 0};
    if (poll(&pipe, 1, 0) <= 0 || listen(children[i], events)) {
      ++i;
      continue;
    }
    close(children[i].pipe);
    const std::size_t job = children[i].job;
    const int status = wait_for(children[i].process);
    children.erase(children.begin() + static_cast<std::ptrdiff_t>(i));
    events.ended(job, status);
  }
}

}  // namespace

void run_jobs(std::size_t count, std::size_t at_once,
              const std::function<std::vector<std::string>(std::size_t)>& words,
              const JobEvents& events) {
  const rlimit memory = memory_share(at_once);
  std::vector<Child> children;
  bool stopped = false;
  auto told = std::chrono::steady_clock::now();
  for (std::size_t next = 0; next < count || !children.empty();) {
    if (StopSignals::received() != 0 && !stopped) {
      stopped = true;
      for (const Child& child : children) kill(child.process, SIGTERM);
    }
    if (stopped) next = count;
    for (; next < count && children.size() < at_once; ++next) {
      events.started(next);
      children.push_back(start(next, words(next), memory));
    }
    wait_for_news(children);
    gather(children, events);
    if (const auto now = std::chrono::steady_clock::now(); now - told >= std::chrono::seconds(1)) {
      events.waiting(children.size());
      told = now;
    }
  }
}

}  // namespace cambrian::apps
