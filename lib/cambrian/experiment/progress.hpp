// What a run shows while it goes on, on standard error: one line that is rewritten on a terminal,
// otherwise a log line an interval of its history.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cambrian/experiment/experiment.hpp"

namespace cambrian {

/// Writes to standard error. That nobody can read it any more (a closed terminal) is no failure.
void say(std::string_view text);

class Progress {
 public:
  /// @param limit  seconds after which this sitting ends; none: with its budget
  Progress(const Experiment& experiment, bool quiet, std::optional<double> limit);
  /// Before the first step: a batch may be long.
  void begin();
  /// After each step. @param seconds  of this sitting
  void show(double seconds);
  /// @param wall_seconds  of the run, over all its sittings
  void finish(const std::string& status, double wall_seconds, const std::string& run_file);

 private:
  std::string line(double seconds) const;

  const Experiment& experiment_;
  bool quiet_;
  std::optional<double> limit_;
  bool terminal_;
  std::uint64_t first_evaluation_;
  std::size_t rows_;
  double shown_ = -1.0;
};

}  // namespace cambrian
