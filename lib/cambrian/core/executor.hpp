// The one way to use several cores: for_each over independent items, results into slot i, no nested
// loops.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace cambrian {

/// Runs loops over independent items on a fixed number of workers. Not reentrant: the body must not
/// start a loop.
class Executor {
 public:
  virtual ~Executor() = default;

  /// Workers, at least 1; `worker` of the body is below it, and no two bodies run at once with the
  /// same one.
  virtual std::size_t workers() const = 0;

  /// Calls body(item, worker) once for each item in 0..items-1, in any order, and returns when all
  /// are done. Loops over as many items give an item to the same worker where they can, so that
  /// what one loop made is in the cache of the next. The first exception of a body is thrown here,
  /// after the others have ended.
  virtual void for_each(std::size_t items,
                        const std::function<void(std::size_t item, std::size_t worker)>& body) = 0;
};

/// For items too short to be handed out one by one: body(begin, end, worker) for the ranges of
/// `chunk` items that make up 0..items-1. @param executor  null: one range, on the caller's thread
void for_each_chunk(
    Executor* executor, std::size_t items, std::size_t chunk,
    const std::function<void(std::size_t begin, std::size_t end, std::size_t worker)>& body);

/// oneTBB, or std::jthread in builds with CAMBRIAN_EXECUTOR_JTHREAD (ThreadSanitizer knows nothing
/// of a packaged TBB).
/// @param threads  0 = all cores of this process; 1 = the caller's thread, no other is started
std::unique_ptr<Executor> make_executor(std::size_t threads);

/// What they run on, with its version.
std::string executor_library();

}  // namespace cambrian
