// A run: the parts of an assembly, what has happened so far, and the loop that moves it on. The
// whole story is step():
//
//   algorithm.ask ─► evaluator ─► outcomes ─► algorithm.tell ─► result archive ─► lineage, history
//
// State is taken only between tell and ask. Saving and watching change nothing: with and without,
// same bits.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cambrian/record/history.hpp"
#include "cambrian/record/lineage.hpp"
#include "cambrian/run/assembly.hpp"

namespace cambrian {

class Experiment {
 public:
  explicit Experiment(std::unique_ptr<Assembly> parts);

  /// One batch, from ask to tell. @param wall_seconds  the run's time so far, for /history only
  void step(double wall_seconds);
  /// The budget is spent, or the task is solved and that ends the run.
  bool done() const;
  /// The run's total from now on; 0: until stopped.
  void set_budget(std::uint64_t evaluations) { budget_ = evaluations; }
  /// Whether the first success ends the run.
  void set_stop_when_solved(bool stop) { stop_when_solved_ = stop; }
  /// A run that ends between two intervals adds a last row; one that goes on takes it away again.
  void add_closing_row(double wall_seconds);
  /// Throws Error naming the first broken invariant of the archives and of every elite's and living
  /// individual's genome (`--check`).
  void check() const;

  const Assembly& parts() const { return *parts_; }
  /// The archive that is reported.
  const Elites& result() const;
  /// The archive that drives the search where that is another one; null otherwise.
  const Elites* driver() const;
  const History& history() const { return history_; }
  const Lineage& lineage() const { return lineage_; }
  std::uint64_t evaluations() const { return evaluations_; }
  std::uint64_t generations() const { return generations_; }
  std::uint64_t budget() const { return budget_; }
  std::uint64_t invalid() const { return invalid_; }
  /// How many of the invalid took more than evaluation.max_steps, and evaluation.time_limit. The
  /// clock decides on the latter: if there are any, the run does not repeat bit for bit.
  std::uint64_t over_max_steps() const;
  std::uint64_t over_time_limit() const;
  /// The first evaluation that solved the task.
  std::optional<std::uint64_t> solved_evaluation() const;
  double objective_max() const { return objective_max_; }
  ArchiveStatistics statistics() const {
    return cambrian::statistics(result().archive(), parts_->qd_offset);
  }

  /// The tables of the run file and its checkpoint group; load takes what save wrote.
  void save(StateWriter& root);
  void load(const StateReader& root);

 private:
  void note(const Outcomes& outcomes);
  void record_lineage();
  void prune_lineage();
  HistoryValues history_row(double wall_seconds) const;
  void check_history() const;

  std::unique_ptr<Assembly> parts_;
  Proposal proposal_;
  Outcomes outcomes_;
  Outcomes result_outcomes_;
  History history_;
  Lineage lineage_;
  std::vector<std::uint8_t> entered_;
  bool same_descriptor_;
  std::uint64_t budget_;
  bool stop_when_solved_;
  std::uint64_t evaluations_ = 0;
  std::uint64_t generations_ = 0;
  std::uint64_t invalid_ = 0;
  std::uint64_t earlier_over_max_steps_ = 0;  // before it was resumed
  std::uint64_t earlier_over_time_limit_ = 0;
  std::uint64_t solved_ = 0;
  std::uint64_t solved_evaluation_ = 0;  // 0: none
  std::uint64_t next_row_;
  bool closing_row_ = false;
  double objective_max_;
};

}  // namespace cambrian
