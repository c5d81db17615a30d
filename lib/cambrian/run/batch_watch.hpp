// What observes a batch in flight: a thread, once per second, and the answer to a signal. They only
// read counts, so that watching changes nothing.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "cambrian/evaluation/batch_progress.hpp"

namespace cambrian {

class BatchWatch {
 public:
  /// @param seconds  for which this batch has been seen, at least 1
  using Show = std::function<void(const BatchProgress::Now& batch, int seconds)>;
  /// @param show  called on the thread of the watch, each second of a batch after its first
  BatchWatch(const BatchProgress& progress, Show show);
  ~BatchWatch();  ///< when it returns, nothing more is shown
  BatchWatch(const BatchWatch&) = delete;
  BatchWatch& operator=(const BatchWatch&) = delete;

 private:
  void watch(const std::stop_token& stop);

  const BatchProgress& progress_;
  Show show_;
  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace cambrian
