#include "cambrian/experiment/stop_signals.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <ctime>

namespace cambrian {
namespace {

constexpr char kNotice[] = "stopping after this batch; once more stops at once\n";
constexpr char kTerminalNotice[] =  // in place of the progress line
    "\r\033[Kstopping after this batch; once more stops at once\n";
// timeout(1) signals its child and then the whole group: twice, though meant once.
constexpr std::int64_t kSameWish = 200'000'000;  // ns

// All that the handler touches; it may run on any thread.
std::atomic<int> first_signal = 0;
std::atomic<std::int64_t> first_time = 0;
std::atomic<bool> on_terminal = false;
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now() {
  timespec time = {};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void handle(int signal) {
  const int error = errno;
  int none = 0;
  if (first_signal == 0) first_time = now();
  if (first_signal.compare_exchange_strong(none, signal)) {
    const ssize_t written = on_terminal
                                ? write(STDERR_FILENO, kTerminalNotice, sizeof(kTerminalNotice) - 1)
                                : write(STDERR_FILENO, kNotice, sizeof(kNotice) - 1);
    static_cast<void>(written);  // nobody reads: nothing to be done about it here
  } else if (signal != SIGHUP && now() - first_time > kSameWish) {  // shell and kernel both hang up
    std::signal(signal, SIG_DFL);
    raise(signal);  // takes effect when this handler returns
  }
  errno = error;
}

}  // namespace

StopSignals::StopSignals() {
  first_signal = 0;
  on_terminal = isatty(STDERR_FILENO) != 0;
  struct sigaction action = {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &old_[i]);
    if (old_[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &action, nullptr);
  }
}

StopSignals::~StopSignals() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &old_[i], nullptr);
}

int StopSignals::received() { return first_signal; }

int StopSignals::exit_status() { return first_signal == 0 ? 0 : 128 + first_signal; }

}  // namespace cambrian
