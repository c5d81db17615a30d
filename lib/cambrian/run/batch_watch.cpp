#include "cambrian/run/batch_watch.hpp"

#include <chrono>
#include <utility>

#include "cambrian/run/stop_signals.hpp"

namespace cambrian {

BatchWatch::BatchWatch(const BatchProgress& progress, Show show)
    : progress_(progress),
      show_(std::move(show)),
      thread_([this](const std::stop_token& stop) { watch(stop); }) {
  StopSignals::waits_for(&progress);
}

BatchWatch::~BatchWatch() { StopSignals::waits_for(nullptr); }

void BatchWatch::watch(const std::stop_token& stop) {
  std::uint64_t seen = 0;
  int seconds = 0;
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, stop, std::chrono::seconds(1),
                            [&stop] { return stop.stop_requested(); })) {
    const BatchProgress::Now now = progress_.now();
    seconds = now.in_flight() && now.batch == seen ? seconds + 1 : 0;
    seen = now.batch;
    if (seconds > 0) show_(now, seconds);
  }
}

}  // namespace cambrian
