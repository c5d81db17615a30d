#include "cambrian/core/executor.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "cambrian/core/cache_lines.hpp"

#ifndef CAMBRIAN_EXECUTOR_JTHREAD
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/version.h>
#endif

namespace cambrian {
namespace {

/// The items of a loop, an equal share a worker. Workers take item by item, because few, long items
/// handed out by the range leave one worker idle at the end: first their own, then what is left of
/// the others'. So item i of one loop and of the next, a child that is bred and then evaluated,
/// mostly meet the same worker, whose cache holds them.
class Shares {
 public:
  explicit Shares(std::size_t workers) : shares_(workers) {}

  /// Before the workers of a loop begin.
  void deal(std::size_t items) {
    const std::size_t n = shares_.size();
    for (std::size_t i = 0; i < n; ++i) {
      shares_[i].next = items * i / n;
      shares_[i].end = items * (i + 1) / n;
    }
  }

  /// What one worker does of a loop. Safe from all workers at once.
  void work(std::size_t worker, const std::function<void(std::size_t, std::size_t)>& body) {
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      Share& share = shares_[(worker + i) % shares_.size()];
      for (std::size_t item = share.next++; item < share.end; item = share.next++) {
        body(item, worker);
      }
    }
  }

 private:
  struct alignas(kCacheLines) Share {
    std::atomic<std::size_t> next;
    std::size_t end;
  };
  std::vector<Share> shares_;
};

class SerialExecutor final : public Executor {
 public:
  std::size_t workers() const override { return 1; }
  void for_each(std::size_t items,
                const std::function<void(std::size_t, std::size_t)>& body) override {
    for (std::size_t i = 0; i < items; ++i) body(i, 0);
  }
};

#ifdef CAMBRIAN_EXECUTOR_JTHREAD

class ThreadExecutor final : public Executor {
 public:
  explicit ThreadExecutor(std::size_t threads) : threads_(threads), shares_(threads) {}
  std::size_t workers() const override { return threads_; }
  void for_each(std::size_t items,
                const std::function<void(std::size_t, std::size_t)>& body) override {
    shares_.deal(items);
    std::exception_ptr failure;
    std::mutex failure_mutex;
    {
      std::vector<std::jthread> threads;
      for (std::size_t worker = 0; worker < std::min(threads_, items); ++worker) {
        threads.emplace_back([&, worker] {
          try {
            shares_.work(worker, body);
          } catch (...) {
            const std::scoped_lock lock(failure_mutex);
            if (!failure) failure = std::current_exception();
          }
        });
      }
    }
    if (failure) std::rethrow_exception(failure);
  }

 private:
  std::size_t threads_;
  Shares shares_;
};

std::size_t all_cores() { return std::max(1U, std::thread::hardware_concurrency()); }
std::string library() { return "std::jthread"; }

#else

class ThreadExecutor final : public Executor {
 public:
  explicit ThreadExecutor(std::size_t threads)
      : arena_(static_cast<int>(threads)), threads_(threads), shares_(threads) {
    // More threads than cores on purpose, as the determinism tests do, are the whole process's
    // affair; fewer are not, and leave other users of TBB alone.
    if (static_cast<int>(threads) > tbb::info::default_concurrency()) {
      limit_.emplace(tbb::global_control::max_allowed_parallelism, threads);
    }
  }
  std::size_t workers() const override { return threads_; }
  void for_each(std::size_t items,
                const std::function<void(std::size_t, std::size_t)>& body) override {
    shares_.deal(items);
    arena_.execute([&] {
      tbb::parallel_for(
          std::size_t{0}, std::min(threads_, items),
          [&](std::size_t) {
            shares_.work(static_cast<std::size_t>(tbb::this_task_arena::current_thread_index()),
                         body);
          },
          tbb::simple_partitioner());
    });
  }

 private:
  std::optional<tbb::global_control> limit_;
  tbb::task_arena arena_;
  std::size_t threads_;
  Shares shares_;
};

std::size_t all_cores() { return static_cast<std::size_t>(tbb::info::default_concurrency()); }
std::string library() { return std::string("oneTBB ") + TBB_runtime_version(); }

#endif

}  // namespace

void for_each_chunk(
    Executor* executor, std::size_t items, std::size_t chunk,
    const std::function<void(std::size_t begin, std::size_t end, std::size_t worker)>& body) {
  if (items == 0) return;
  if (executor == nullptr) return body(0, items, 0);
  executor->for_each((items + chunk - 1) / chunk, [&](std::size_t i, std::size_t worker) {
    body(i * chunk, std::min(items, (i + 1) * chunk), worker);
  });
}

std::unique_ptr<Executor> make_executor(std::size_t threads) {
  if (threads == 0) threads = all_cores();
  if (threads == 1) return std::make_unique<SerialExecutor>();
  return std::make_unique<ThreadExecutor>(threads);
}

std::string executor_library() { return library(); }

}  // namespace cambrian
