// Calls of this same program in processes of their own, some of them at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace cambrian::apps {

/// What is told while jobs run, and of which job.
struct JobEvents {
  std::function<void(std::size_t job)> started;
  /// A line that it wrote to standard error.
  std::function<void(std::size_t job, const std::string& line)> said;
  /// @param status  its exit status; 128 + the signal where one ended it
  std::function<void(std::size_t job, int status)> ended;
  std::function<void(std::size_t running)> waiting;  ///< about once per second
};

/// Runs jobs 0 to count - 1, at most `at_once` at a time, each within its share of the memory that
/// this process may have. A stop signal (where the caller keeps a StopSignals) is passed on to those
/// that run as SIGTERM, and no other is started. Where this process ends, they end with it.
/// @param words  the words of a job's call, without the program's name
/// @throws Error if a process cannot be started
void run_jobs(std::size_t count, std::size_t at_once,
              const std::function<std::vector<std::string>(std::size_t job)>& words,
              const JobEvents& events);

}  // namespace cambrian::apps
