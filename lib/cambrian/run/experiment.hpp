// A run: the parts of an assembly, the record of what has happened, and the loop that moves it on.
// The whole story is step():
//
//   algorithm.ask ─► evaluator ─► gather ─► algorithm.tell ─► record (result archive, lineage, history)
//
// State is taken only between tell and ask. Saving and watching change nothing: with and without,
// same bits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "cambrian/record/run_record.hpp"
#include "cambrian/run/assembly.hpp"

namespace cambrian {

class Experiment {
 public:
  /// Takes the parts' result archive into its record.
  explicit Experiment(std::unique_ptr<Assembly> parts);

  /// One batch, from ask to tell. @param wall_seconds  the run's time so far, for /history only
  void step(double wall_seconds);
  /// The halves of step(), for a caller that evaluates the candidates itself: it writes the rows of
  /// ask().batch.evaluations, which are there, invalid, one per job.
  Proposal& ask();
  /// Learns from the batch that was asked for last. @throws Error if there is none
  void tell(double wall_seconds);
  /// Whether a batch has been asked for that has not been told.
  bool asked() const { return asked_; }
  /// The budget is spent, or the task is solved and that ends the run.
  bool done() const;
  /// Evaluations with which the run ends; 0: none was set.
  std::uint64_t budget() const { return budget_; }
  /// Whether the first success ends the run.
  void set_stop_when_solved(bool stop) { stop_when_solved_ = stop; }
  void add_closing_row(double wall_seconds) { record_.add_closing_row(wall_seconds); }
  /// Throws Error naming the first broken invariant (`--check`).
  void check() const { record_.check(*parts_->space); }

  const Assembly& parts() const { return *parts_; }
  const RunRecord& record() const { return record_; }
  /// How many of the invalid took more than evaluation.max_steps, and evaluation.time_limit. The
  /// clock decides on the latter: if there are any, the run does not repeat bit for bit.
  std::uint64_t over_max_steps() const;
  std::uint64_t over_time_limit() const;

  /// Attributes, tables and checkpoint of the run file; load takes what save wrote.
  void save(StateWriter& root, const RunDescription& description);
  void load(const StateReader& root);

 private:
  void propose();
  void learn(double wall_seconds);
  void check_columns(const Individuals& rows, const std::string& table) const;

  std::unique_ptr<Assembly> parts_;
  RunRecord record_;
  std::unique_ptr<Proposal> proposal_ = std::make_unique<Proposal>();
  bool asked_ = false;
  std::uint64_t budget_;
  bool stop_when_solved_;
  std::uint64_t earlier_over_max_steps_ = 0;  // before it was resumed
  std::uint64_t earlier_over_time_limit_ = 0;
};

}  // namespace cambrian
