#include "cambrian/core/executor.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#ifdef CAMBRIAN_EXECUTOR_JTHREAD
#include <vector>
#else
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/version.h>
#endif

namespace cambrian {
namespace {

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
  explicit ThreadExecutor(std::size_t threads) : threads_(threads) {}
  std::size_t workers() const override { return threads_; }
  void for_each(std::size_t items,
                const std::function<void(std::size_t, std::size_t)>& body) override {
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::mutex failure_mutex;
    {
      std::vector<std::jthread> threads;
      for (std::size_t worker = 0; worker < std::min(threads_, items); ++worker) {
        threads.emplace_back([&, worker] {
          try {
            for (std::size_t i = next++; i < items; i = next++) body(i, worker);
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
};

std::size_t all_cores() { return std::max(1U, std::thread::hardware_concurrency()); }
std::string library() { return "std::jthread"; }

#else

class ThreadExecutor final : public Executor {
 public:
  // The global limit lets a run use more threads than cores, on purpose: the determinism tests do.
  explicit ThreadExecutor(std::size_t threads)
      : limit_(tbb::global_control::max_allowed_parallelism, threads),
        arena_(static_cast<int>(threads)),
        threads_(threads) {}
  std::size_t workers() const override { return threads_; }
  void for_each(std::size_t items,
                const std::function<void(std::size_t, std::size_t)>& body) override {
    // Workers take item by item: few, long items that TBB would hand out by the range leave one
    // worker idle at the end.
    std::atomic<std::size_t> next = 0;
    const std::size_t tasks = std::min(threads_, items);
    arena_.execute([&] {
      tbb::parallel_for(
          std::size_t{0}, tasks,
          [&](std::size_t) {
            const auto worker =
                static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
            for (std::size_t i = next++; i < items; i = next++) body(i, worker);
          },
          tbb::simple_partitioner());
    });
  }

 private:
  tbb::global_control limit_;
  tbb::task_arena arena_;
  std::size_t threads_;
};

std::size_t all_cores() { return static_cast<std::size_t>(tbb::info::default_concurrency()); }
std::string library() { return std::string("oneTBB ") + TBB_runtime_version(); }

#endif

}  // namespace

void for_each_chunk(
    Executor* executor, std::size_t items, std::size_t chunk,
    const std::function<void(std::size_t begin, std::size_t end, std::size_t worker)>& body) {
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
