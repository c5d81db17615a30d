// Carries out a run: from its start, or from a run file, until the budget, the wall time, a success
// or a signal ends it (where the caller keeps a StopSignals). Writes the run file now and then and
// at the end, and shows progress on standard error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/record/run_record.hpp"
#include "cambrian/run/followers.hpp"

namespace cambrian {

struct RunControl {
  std::filesystem::path run_file = {};
  std::optional<double> wall_seconds = {};  ///< since it was started or resumed
  std::int64_t threads = -1;                ///< negative: as configured
  bool check = false;  ///< verify invariants after each logged row and at the end
  bool quiet = false;  ///< nothing on standard error but a failing disk
  /// What an interrupted run says to do; empty: `cambrian resume` with its file.
  std::string how_to_continue = {};
  /// Called when the configuration is known to be good and the run file is held, before anything is
  /// written; may throw.
  std::function<void()> ready = {};
  /// Called after each batch. False: the run stops as if it had been interrupted. What it throws ends
  /// the run, too, and is thrown on when its state has been saved.
  std::function<bool(const RunRecord&)> after_batch = {};
  /// Each gets a row of /history when it is logged; one that fails is left out from then on.
  std::vector<std::unique_ptr<Follower>>* followers = nullptr;
};

/// How it ended.
struct RunEnd {
  std::string status;  ///< "finished" or "interrupted", as in the run file
  std::uint64_t evaluations = 0;
  std::uint64_t invalid = 0;
  std::string first_failure = {};  ///< what the first invalid evaluation since the start said
};

/// Runs a configuration from its start into options.run_file. What is there is replaced when there
/// is a valid evaluation to put in its place. A signal that comes while a process has not yet described
/// itself leaves no file, or an older one as it was: "interrupted" after 0 evaluations.
/// @throws RunFileInUse while another process runs or resumes it; Error if no evaluation was valid,
/// at the end or after the first batches of at least 20 evaluations: its state is saved, unless that
/// would replace an older file
RunEnd start_run(Configuration configuration, const Catalogue& catalogue,
                 const RunControl& options);

/// Continues options.run_file. @param evaluations  the run's new total; none: the configured
/// budget; 0: until stopped
/// @throws FileError if the file is not a resumable run; RunFileInUse and Error as above
RunEnd resume_run(const Catalogue& catalogue, std::optional<std::uint64_t> evaluations,
                  const RunControl& options);

}  // namespace cambrian
