// What has happened in a run: the archive that is reported, history, lineage, counts. It needs no
// configuration: a program that asks and tells by itself notes each told batch here, and saves a
// run file.
//
//   algorithm.ask ─► evaluate ─► algorithm.tell ─► record.note ─► ... ─► record.save
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/archive/statistics.hpp"
#include "cambrian/environment/environment.hpp"
#include "cambrian/record/history.hpp"
#include "cambrian/record/lineage.hpp"

namespace cambrian {

/// What /checkpoint's attribute `layout` says of the state that a run is continued from. It grows
/// whenever that is stored otherwise: files of another layout can be read and queried, but not
/// resumed.
inline constexpr std::uint64_t kCheckpointLayout = 2;

struct RunRecordOptions {
  std::int64_t log_interval = 1000;  ///< evaluations between two rows of /history, at least 1
  KeptLineage lineage = KeptLineage::ancestors;
  double qd_offset =
      0;  ///< subtracted from objectives in QD scores; of a minimised objective in its
          ///< own direction: the objective is subtracted from it
  /// Names, units and directions, for the run file. Batches hold minimised objectives negated, because
  /// higher is better to every algorithm; the run file holds them as they were given.
  std::vector<Objective> objectives = {{"objective", "", 0.0, ""}};
  bool can_be_solved = false;  ///< whether /history counts the solved
};

/// The archive that is reported where that is not the first of the algorithm's own.
struct ResultArchive {
  std::unique_ptr<Elites> elites;
  /// Writes the descriptors of a told batch for this archive's axes; empty: they are those of the
  /// search.
  std::function<void(const Proposal& told, LargeColumn<double>& descriptors)> describe = {};
};

class RunRecord {
 public:
  /// @param algorithm  outlives this
  /// @throws ConfigError if the algorithm has no archive and none is given, or an option is out of
  /// range
  RunRecord(RunRecordOptions options, Algorithm& algorithm, ResultArchive result = {});

  /// Notes a batch that the algorithm has been told, each once and in the order of their ids.
  /// @param wall_seconds  of the run so far, for /history alone
  /// @throws Error unless it has been told; or where its objectives, or the result archive's
  /// descriptors, do not fit
  void note(const Proposal& told, double wall_seconds = 0);
  /// A run that ends between two intervals adds a last row; note() takes it away again.
  void add_closing_row(double wall_seconds);

  /// The archive that is reported.
  const Elites& result() const { return result_.elites ? *result_.elites : driver_elites(); }
  /// The archive that drives the search where that is another one; null otherwise.
  const Elites* driver() const;
  const History& history() const { return history_; }
  const Lineage& lineage() const { return lineage_; }
  std::uint64_t evaluations() const { return evaluations_; }
  std::uint64_t generations() const { return generations_; }
  std::uint64_t invalid() const { return invalid_; }
  /// The first evaluation that solved the task.
  std::optional<std::uint64_t> solved_evaluation() const;
  /// The best in the run, archived or not: of a minimised objective the lowest, as given.
  double objective_max() const { return as_given(objective_max_, direction()); }
  /// objective_max and objective_mean as given.
  ArchiveStatistics statistics() const;
  /// @throws Error naming the first broken invariant of the archives and of every elite's and living
  /// individual's genome
  void check(const GenomeSpace& space) const;

  /// The tables of a run file, and what the algorithm and this need to continue in a group
  /// `checkpoint`; load takes what save wrote.
  void save(StateWriter& root);
  void load(const StateReader& root);

 private:
  ObjectiveDirection direction() const { return options_.objectives.front().direction; }
  const Elites& driver_elites() const { return *algorithm_.archives().front().elites; }
  void add_to_result(const Proposal& told);
  void count(const Proposal& told);
  void record_lineage(const Proposal& told);
  void prune_lineage();
  void expect_objectives(const StateReader& root) const;
  void describe_table(StateWriter& table) const;
  void name_origins(StateWriter& table) const;
  HistoryValues history_row(double wall_seconds) const;
  void check_history() const;

  RunRecordOptions options_;
  Algorithm& algorithm_;
  ResultArchive result_;
  Individuals offered_;  // to the result archive, where its axes are others
  History history_;
  Lineage lineage_;
  std::vector<std::uint8_t> entered_;
  std::uint64_t evaluations_ = 0;
  std::uint64_t generations_ = 0;
  std::uint64_t invalid_ = 0;
  std::uint64_t solved_ = 0;
  std::uint64_t solved_evaluation_ = 0;  // 0: none
  std::uint64_t next_row_;
  std::uint64_t next_id_ = 0;  // the least that may be noted
  bool closing_row_ = false;
  double objective_max_;
};

/// What a run file says of its run beside its tables.
struct RunDescription {
  std::string environment = {}, encoding = "none", algorithm = {};
  std::uint64_t seed = 0;
  std::uint64_t budget = 0;  ///< evaluations; 0: none was set
  double wall_seconds = 0;
  std::string status = "finished";  ///< running | interrupted | finished
  std::string config = {};          ///< the effective TOML; empty: there was no configuration
  bool noisy = false;
};
/// Attributes and tables of a run file.
void save_run(StateWriter& root, RunRecord& record, const RunDescription& description);
/// The same into a file, which is replaced atomically, with a last row of /history.
/// @throws RunFileInUse; FileError if it cannot be written
void save_run_file(const std::filesystem::path& path, RunRecord& record,
                   const RunDescription& description);

}  // namespace cambrian
