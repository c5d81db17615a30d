// The elites of a run placed anew, by an archive's own rule: under other bounds, cells or axes, or in
// another kind of archive.
//
//   run file ──► elites, by evaluation ──► descriptors ──► archive.add ──► run file
//                                              ▲
//                     measures that are not stored: evaluated again, each with its own streams
//
// The new file is a run file of one archive. Its configuration is that of the run, with the new
// archive as [result_archive]: a run of it would report such an archive, driven as before.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cambrian/archive/elites.hpp"
#include "cambrian/archive/statistics.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian {

/// A run's elites in their new archive.
class Rebin {
 public:
  /// @param sets  "archive.shape=[50, 50]": keys of the table of /archive, which is [result_archive]
  /// where the run has one. Where `archive.name` changes, only descriptor, qd_offset and, if the new
  /// kind has them, min and max stay as they were; where `archive.descriptor` does, the bounds are
  /// those of the measures; where `archive.contents` or `archive.centroids` does, keys of the former
  /// ones go. What had been set and does not stay is among the warnings.
  /// @throws FileError as StoredRun; ConfigError for another table, and what the archive has against
  /// its keys
  Rebin(const std::filesystem::path& run_file, const std::vector<std::string>& sets,
        const Catalogue& catalogue, std::int64_t threads = -1);

  const Elites& elites() const { return *elites_; }
  /// Objectives as they are given: of minimised ones the lowest is objective_max.
  ArchiveStatistics statistics() const;
  std::size_t offered() const { return rows_.ids.size(); }    ///< elites of the run
  std::uint64_t evaluations() const { return evaluations_; }  ///< made again
  /// What did not come out as stored, or was left out; empty where nothing is odd.
  const std::vector<std::string>& warnings() const { return warnings_; }
  /// The attributes and tables of the new run file.
  void save(StateWriter& root) const;

 private:
  void describe(Proposal& elites);
  void evaluate_again(Proposal& elites);
  void save_archive(StateWriter& table) const;
  void save_history(StateWriter& table) const;

  StoredRun run_;
  std::filesystem::path path_;
  std::string config_;
  std::unique_ptr<RecordedInputs> inputs_;
  std::unique_ptr<Assembly> parts_;  // of the new configuration
  std::unique_ptr<Elites> elites_;
  Individuals rows_;  // of the run, in the order of their evaluation
  std::uint64_t evaluations_ = 0;
  std::vector<std::string> warnings_;
};

}  // namespace cambrian
