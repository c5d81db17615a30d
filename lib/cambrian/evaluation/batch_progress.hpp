// How far the batch in flight is: counted by the workers, and read at any time by observers.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cambrian/core/cache_lines.hpp"

namespace cambrian {

class BatchProgress {
 public:
  explicit BatchProgress(std::size_t workers) : counts_(workers) {}

  /// Before the workers begin with a batch of so many jobs.
  void start(std::size_t jobs) {
    before_ = total();
    jobs_ = jobs;
    ++batch_;
  }
  /// By one worker, on a cache line of its own: no more than an addition.
  void add(std::size_t worker, std::size_t jobs) {
    std::atomic<std::uint64_t>& done = counts_[worker].done;
    done.store(done.load(std::memory_order_relaxed) + jobs, std::memory_order_relaxed);
  }

  struct Now {
    std::uint64_t batch = 0;  ///< its number, from 1; 0: none has begun
    std::size_t jobs = 0;
    std::size_t done = 0;
    bool in_flight() const { return done < jobs; }
  };
  /// Safe from any thread and from a signal handler.
  Now now() const {
    const std::size_t jobs = jobs_;
    const std::uint64_t done = total() - before_;
    return {batch_, jobs, done < jobs ? static_cast<std::size_t>(done) : jobs};
  }

 private:
  struct alignas(kCacheLines) Count {
    std::atomic<std::uint64_t> done = 0;
  };
  std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const Count& count : counts_) sum += count.done.load(std::memory_order_relaxed);
    return sum;
  }

  std::vector<Count> counts_;
  std::atomic<std::uint64_t> batch_ = 0;
  std::atomic<std::uint64_t> before_ = 0;
  std::atomic<std::size_t> jobs_ = 0;
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
};

}  // namespace cambrian
