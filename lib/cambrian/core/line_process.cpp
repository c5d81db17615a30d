#include "cambrian/core/line_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/core/stop_request.hpp"

namespace cambrian {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kGrace = 1000;                    // ms
constexpr int kStopNoticed = 50;                // ms: a signal may reach another thread than this
constexpr std::size_t kLongestLastWords = 300;  // characters

/// Both ends of a pipe, which no other program that is started meanwhile inherits.
struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    std::array<int, 2> ends = {};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
      throw FatalError(std::string("a pipe cannot be made: ") + std::strerror(errno));
    read = ends[0];
    write = ends[1];
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    if (read >= 0) close(read);
    if (write >= 0) close(write);
  }
};

/// Gives away an end: reading or writing there never waits.
int released(int& end) {
  const int given = std::exchange(end, -1);
  fcntl(given, F_SETFL, fcntl(given, F_GETFL) | O_NONBLOCK);
  return given;
}

/// posix_spawn's description of a child.
struct Spawn {
  posix_spawn_file_actions_t files = {};
  posix_spawnattr_t attributes = {};
  Spawn() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    // What this program ignores, its child would ignore as well.
    for (const int one : {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, one);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;
  ~Spawn() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
};

/// Writing to a process that has ended is an error of this call, not a signal that ends the program.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;
  /// Takes away the signal that this thread's write has raised.
  void take() const {
    const timespec now = {};
    if (!was_pending_) sigtimedwait(&pipe_, nullptr, &now);
  }
  ~NoPipeSignal() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t pipe_, before_;
  bool was_pending_ = false;
};

int milliseconds_until(Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
}

bool has_ended(pid_t process) {
  siginfo_t info = {};
  // It is left in place, so that its number still means its group.
  return waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == process;
}

}  // namespace

void show_aside(std::string_view line) {
  static const bool terminal = isatty(STDERR_FILENO) != 0;
  const std::string text = (terminal ? "\r\033[K" : "") + std::string(line) + "\n";
  const ssize_t written = write(STDERR_FILENO, text.data(), text.size());  // at once: stays a line
  static_cast<void>(written);  // standard error is closed: nothing can be done about it here
}

LineProcess::LineProcess(const ProcessCommand& command) {
  Pipe requests, answers, errors;
  Spawn spawn;
  posix_spawn_file_actions_adddup2(&spawn.files, requests.read, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&spawn.files, answers.write, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&spawn.files, errors.write, STDERR_FILENO);
  if (!command.folder.empty())
    posix_spawn_file_actions_addchdir_np(&spawn.files, command.folder.c_str());
  std::vector<std::string> words = command.words;
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const int error = posix_spawnp(&process_, pointers[0], &spawn.files, &spawn.attributes,
                                 pointers.data(), environ);
  if (error != 0) {
    process_ = 0;
    const std::string where = command.folder.empty() ? "" : " in " + quoted(command.folder);
    throw FatalError(quoted(words.front()) + " cannot be started" + where + ": " +
                     std::strerror(error));
  }
  requests_ = released(requests.write);
  answers_ = released(answers.read);
  errors_ = released(errors.read);
  prefix_ = "[process " + std::to_string(process_) + "] ";
}

LineProcess::~LineProcess() { end(kGrace); }

/// Writes what the pipe takes. @return false where nobody reads any more
bool LineProcess::send(std::string_view& request) const {
  const NoPipeSignal guard;
  while (!request.empty()) {
    const ssize_t written = write(requests_, request.data(), request.size());
    if (written >= 0) {
      request.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      guard.take();
      return false;
    } else if (errno != EINTR) {
      return true;  // the pipe is full
    }
  }
  return true;
}

/// Reads what is there, up to a line's length. @return false once it is closed
bool LineProcess::receive(int& pipe, std::string& into) const {
  std::array<char, 65536> buffer;
  while (pipe >= 0) {
    const ssize_t count = read(pipe, buffer.data(), buffer.size());
    if (count > 0) {
      into.append(buffer.data(), static_cast<std::size_t>(count));
      if (count < static_cast<ssize_t>(buffer.size()) || into.size() > kLongestLine) return true;
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else if (count < 0 && errno == EAGAIN) {
      return true;
    } else {
      close(std::exchange(pipe, -1));
    }
  }
  return false;
}

void LineProcess::show(std::string_view line) {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
  last_words_ = printable(line, kLongestLastWords);
  if (shown_ > kShownLines) return;
  if (shown_++ < kShownLines) {
    show_aside(prefix_ + printable(line, kLongestMessage));
  } else {
    show_aside(prefix_ + "says more than " + std::to_string(kShownLines) +
               R"( lines; the rest is not shown. A command that keeps all: )"
               R"(["sh", "-c", "exec PROGRAM 2>> FILE"])");
  }
}

/// Takes in and shows what it says on its standard error.
void LineProcess::hear() {
  receive(errors_, said_);
  std::size_t begin = 0;
  for (std::size_t end; (end = said_.find('\n', begin)) != std::string::npos; begin = end + 1)
    show(std::string_view(said_).substr(begin, end - begin));
  said_.erase(0, begin);
  if (errors_ >= 0 && said_.size() < kLongestMessage) return;
  show(said_);
  said_.clear();
}

/// Waits until something can be read, or written; takes in what it says meanwhile.
/// @return false if the time is over
bool LineProcess::wait(bool writing, int milliseconds) {
  std::array<pollfd, 3> pipes = {pollfd{answers_, POLLIN, 0}, pollfd{errors_, POLLIN, 0},
                                 pollfd{writing ? requests_ : -1, POLLOUT, 0}};
  const int ready = poll(pipes.data(), pipes.size(), milliseconds);
  if (ready == 0) return false;
  if (ready > 0 && pipes[1].revents != 0) hear();
  return true;
}

bool LineProcess::take_line(std::string& answer) {
  const std::size_t end = received_.find('\n', searched_);
  searched_ = received_.size();
  if (end == std::string::npos) return false;
  answer.assign(received_, 0, end);
  received_.erase(0, end + 1);
  searched_ = 0;
  return true;
}

std::string_view LineProcess::unasked() {
  receive(answers_, received_);
  return received_;
}

LineProcess::Answer LineProcess::ask(std::string_view request, double seconds, std::string& answer,
                                     bool may_stop) {
  const bool limited = seconds > 0;
  const Clock::time_point deadline =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(
                         std::chrono::duration<double>(limited ? seconds : 0));
  answer.clear();
  while (!ended()) {
    if (!request.empty()) reads_ = send(request);
    if (take_line(answer)) return Answer::line;
    if (received_.size() > kLongestLine) return killed(Answer::too_long);
    if (answers_ < 0 || !reads_) break;
    if (may_stop && stop_requested()) return killed(Answer::stopped);
    const int left = limited ? milliseconds_until(deadline) : may_stop ? kStopNoticed : -1;
    if (!wait(!request.empty(), may_stop ? std::min(left, kStopNoticed) : left) && limited &&
        Clock::now() >= deadline) {
      late_ = true;
      return killed(Answer::late);
    }
    receive(answers_, received_);
  }
  if (!ended()) end(kGrace);
  answer = std::exchange(received_, {});
  searched_ = 0;
  return Answer::ended;
}

LineProcess::Answer LineProcess::killed(Answer why) {
  end(0);
  received_ = {};
  searched_ = 0;
  return why;
}

void LineProcess::end(int milliseconds) {
  if (ended()) return;
  if (requests_ >= 0) close(std::exchange(requests_, -1));
  const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(milliseconds);
  std::string ignored;
  bool alive = !has_ended(process_);
  for (; alive && Clock::now() < deadline; alive = !has_ended(process_)) {
    std::array<pollfd, 2> pipes = {pollfd{answers_, POLLIN, 0}, pollfd{errors_, POLLIN, 0}};
    poll(pipes.data(), pipes.size(), answers_ < 0 || errors_ < 0 ? 1 : 10);
    receive(answers_, ignored);
    ignored.clear();
    hear();
  }
  stopped_ = alive;
  kill(-process_, SIGKILL);
  while (waitpid(process_, &status_, 0) < 0 && errno == EINTR) {
  }
  process_ = 0;
  hear();
  close_all();
}

void LineProcess::close_all() {
  for (int* pipe : {&requests_, &answers_, &errors_}) {
    if (*pipe >= 0) close(std::exchange(*pipe, -1));
  }
  hear();  // the line that it did not end
}

bool LineProcess::was_killed() const {
  if (late_ || stopped_ || !ended() || !WIFSIGNALED(status_)) return false;
  const int signal = WTERMSIG(status_);
  return signal == SIGKILL || signal == SIGTERM || signal == SIGINT || signal == SIGHUP;
}

std::string LineProcess::obituary() const {
  std::string text = "is still running";
  if (late_) {
    text = "gave no answer in time";
  } else if (stopped_) {
    text = reads_ ? "closed its standard output" : "closed its standard input";
  } else if (ended() && WIFSIGNALED(status_)) {
    text = "was ended by signal " + std::to_string(WTERMSIG(status_)) + " (" +
           strsignal(WTERMSIG(status_)) + ")";
  } else if (ended()) {
    text = "exited with status " + std::to_string(WEXITSTATUS(status_));
  }
  return last_words_.empty() ? text : text + ": " + last_words_;
}

}  // namespace cambrian
