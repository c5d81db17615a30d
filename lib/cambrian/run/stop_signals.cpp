#include "cambrian/run/stop_signals.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <ctime>

#include "cambrian/core/stop_request.hpp"

namespace cambrian {
namespace {

// timeout(1) signals its child and then the whole group: twice, though meant once.
constexpr std::int64_t kSameWish = 200'000'000;  // ns

// All that the handler touches; it may run on any thread.
std::atomic<int> first_signal = 0;
std::atomic<std::int64_t> first_time = 0;
std::atomic<bool> on_terminal = false;
std::atomic<const BatchProgress*> batch_in_flight = nullptr;
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now() {
  timespec time = {};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// Writes a line that is put together without memory, as a signal handler must.
template <class... Values>
void write_line(fmt::format_string<const Values&...> format, const Values&... values) {
  char text[256] = {};
  const auto end = fmt::format_to_n(text, sizeof text, format, values...).out;
  const ssize_t written = write(STDERR_FILENO, text, static_cast<std::size_t>(end - text));
  static_cast<void>(written);  // standard error is closed: nothing can be done about it here
}

/// Says what is waited for.
void answer() {
  const char* clear = on_terminal ? "\r\033[K" : "";  // in place of the progress line
  const BatchProgress* batch = batch_in_flight;
  const BatchProgress::Now now = batch == nullptr ? BatchProgress::Now() : batch->now();
  if (batch == nullptr)  // what is made ready for a run
    write_line("{}stopping; press Ctrl-C again to stop at once\n", clear);
  else if (now.in_flight())
    write_line(
        "{}stopping after this batch: {} of {} evaluations done; press Ctrl-C again to stop at "
        "once\n",
        clear, now.done, now.jobs);
  else
    write_line("{}stopping after this batch; press Ctrl-C again to stop at once\n", clear);
}

void handle(int signal) {
  const int error = errno;
  int none = 0;
  if (first_signal == 0) first_time = now();
  if (first_signal.compare_exchange_strong(none, signal)) {
    request_stop(true);
    answer();
  } else if (signal != SIGHUP && now() - first_time > kSameWish) {  // shell and kernel both hang up
    write_line("stopped at once; the last checkpoint stays\n");
    std::signal(signal, SIG_DFL);
    raise(signal);  // takes effect when this handler returns
  }
  errno = error;
}

}  // namespace

StopSignals::StopSignals() {
  request_stop(false);
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
  request_stop(false);
}

int StopSignals::received() { return first_signal; }

void StopSignals::waits_for(const BatchProgress* batch) { batch_in_flight = batch; }

int StopSignals::exit_status() { return first_signal == 0 ? 0 : 128 + first_signal; }

}  // namespace cambrian
