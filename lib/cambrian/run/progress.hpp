// What a run shows on standard error while it runs: one line that is rewritten on a terminal,
// otherwise a log line per interval of its history.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "cambrian/run/experiment.hpp"

namespace cambrian {

/// Writes to standard error. It is not an error if that is closed (such as with a terminal).
void say(std::string_view text);

class Progress {
 public:
  /// @param limit  seconds after which it is interrupted; none: with its budget
  Progress(const Experiment& experiment, bool quiet, std::optional<double> limit);
  ~Progress();  ///< removes a line that is still being rewritten
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Before the first step, since a batch may be long, and after each. @param seconds  since it was started or resumed
  void show(double seconds);
  /// In the middle of a long batch, from another thread: on a terminal each time, otherwise after 5
  /// seconds, 10, 20, ... @param seconds  that this batch has taken so far
  void show_batch(const BatchProgress::Now& batch, int seconds);
  /// A warning that does not end the run; shown even when quiet.
  void warn(const std::string& what);
  /// @param wall_seconds  of the run, the time before it was resumed included
  /// @param how_to_continue  what to do if it was interrupted
  void finish(const std::string& status, double wall_seconds, const std::string& run_file,
              const std::string& how_to_continue);

 private:
  void clear();
  void rewrite(const std::string& text) const;
  std::string line(double seconds) const;
  std::string clipped_text() const;
  std::string sample_text() const;
  std::string batch_line(const BatchProgress::Now& batch, int seconds) const;

  mutable std::mutex mutex_;  // one writer at a time; guards last_line_ and shown_
  const Experiment& experiment_;
  bool quiet_;
  std::optional<double> limit_;
  bool terminal_;
  std::uint64_t first_evaluation_;
  std::size_t rows_;
  double shown_ = -1.0;
  std::string last_line_;  // of a terminal
};

}  // namespace cambrian
