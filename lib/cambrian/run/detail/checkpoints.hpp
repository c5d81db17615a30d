// Room-private: writes a run under way into its run file, and says what is left when that fails.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/progress.hpp"
#include "cambrian/run_file/run_file_lock.hpp"

namespace cambrian {

/// Refers to what it is made of, which outlives it.
class Checkpoints {
 public:
  /// @param configuration  the effective one, as it is stored
  /// @param is_ours        the file that is to be replaced is of this run: what its user added stays
  Checkpoints(Experiment& experiment, const RecordedInputs& inputs, const RunFileLock& lock,
              std::filesystem::path run_file, std::string configuration, bool is_ours);

  /// @throws FileError
  void write(const std::string& status, double wall_seconds);
  /// In the middle of a run a full disk is not the end: there may be space at the next interval.
  void try_to_write(double wall_seconds, Progress& progress);
  /// @throws Error that says which checkpoint is left
  void write_last(const std::string& status, double wall_seconds);

 private:
  /// What is left of the run after a write has failed, by a look at the file.
  /// @param remedy  what to do if it is whole
  std::string last_checkpoint(const std::string& remedy = {}) const;

  Experiment& experiment_;
  const RecordedInputs& inputs_;
  const RunFileLock& lock_;
  std::filesystem::path run_file_;
  std::string configuration_;
  bool is_ours_;
  std::uint64_t saved_evaluations_ = 0;  ///< by the last write
  bool disk_fails_ = false;
  std::set<std::string> said_;  ///< of what was not kept: each once
};

}  // namespace cambrian
