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
struct Checkpoints {
  Experiment& experiment;
  const RecordedInputs& inputs;
  const RunFileLock& lock;
  std::filesystem::path run_file;
  std::string configuration;  ///< the effective one, as it is stored
  bool is_ours;  ///< the file that is to be replaced is of this run: what its user added stays
  std::uint64_t saved_evaluations = 0;  ///< by the last write
  bool disk_fails = false;
  std::set<std::string> said = {};  ///< of what was not kept: each once

  /// @throws FileError
  void write(const std::string& status, double wall_seconds);
  /// In the middle of a run a full disk is not the end: there may be space at the next interval.
  void try_to_write(double wall_seconds, Progress& progress);
  /// @throws Error that says which checkpoint is left
  void write_last(const std::string& status, double wall_seconds);
  /// What is left of the run after a write has failed, by a look at the file.
  /// @param remedy  what to do if it is whole
  std::string last_checkpoint(const std::string& remedy = {}) const;
};

}  // namespace cambrian
