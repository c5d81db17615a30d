#include "cambrian/run/experiment.hpp"

#include <algorithm>
#include <limits>

#include "cambrian/run/detail/invariants.hpp"
#include "cambrian/run/stored_run.hpp"

namespace cambrian {
namespace {

/// What an archive does not know of its objectives: names, units, and what QD scores count from.
void describe_objectives(const Assembly& parts, StateWriter& table) {
  std::vector<std::string> names;
  std::vector<std::string> units;
  for (const Objective& objective : parts.description.objectives) {
    names.push_back(objective.name);
    units.push_back(objective.unit);
  }
  table.attribute("objective_names", names);
  table.attribute("objective_units", units);
  table.attribute("qd_offset", parts.qd_offset);
}

}  // namespace

Experiment::Experiment(std::unique_ptr<Assembly> parts)
    : parts_(std::move(parts)),
      lineage_(parts_->run.lineage,
               parts_->result ? parts_->result_descriptor.space : parts_->descriptor.space),
      same_descriptor_(!parts_->result ||
                       parts_->result_descriptor.measures == parts_->descriptor.measures),
      budget_(static_cast<std::uint64_t>(parts_->run.evaluations)),
      stop_when_solved_(parts_->run.stop == StopRule::solved),
      next_row_(static_cast<std::uint64_t>(parts_->run.log_interval)),
      objective_max_(-std::numeric_limits<double>::infinity()) {}

const Elites& Experiment::result() const {
  return parts_->result ? *parts_->result : *parts_->algorithm->driver();
}

const Elites* Experiment::driver() const {
  return parts_->result ? parts_->algorithm->driver() : nullptr;
}

std::optional<std::uint64_t> Experiment::solved_evaluation() const {
  if (solved_evaluation_ == 0) return std::nullopt;
  return solved_evaluation_;
}

std::uint64_t Experiment::over_max_steps() const {
  return earlier_over_max_steps_ + parts_->evaluator->over_max_steps();
}

std::uint64_t Experiment::over_time_limit() const {
  return earlier_over_time_limit_ + parts_->evaluator->over_time_limit();
}

bool Experiment::done() const {
  if (stop_when_solved_ && solved_evaluation_ != 0) return true;
  return budget_ != 0 && evaluations_ >= budget_;
}

void Experiment::step(double wall_seconds) {
  if (closing_row_) history_.remove_last();
  closing_row_ = false;

  Algorithm& algorithm = *parts_->algorithm;
  algorithm.ask(proposal_);
  Batch& batch = proposal_.batch;
  batch.first_evaluation = evaluations_ + 1;
  parts_->evaluator->evaluate(*proposal_.population, batch);
  outcomes_.gather(batch, parts_->descriptor.measures);
  algorithm.tell(proposal_, outcomes_);
  if (parts_->result) {
    if (!same_descriptor_) result_outcomes_.gather(batch, parts_->result_descriptor.measures);
    const Outcomes& offered = same_descriptor_ ? outcomes_ : result_outcomes_;
    parts_->result->add(offered.offers(),
                        {offered.ids, proposal_.parents, offered.evaluations, offered.solved},
                        *proposal_.population);
  }
  evaluations_ += batch.jobs.size();
  ++generations_;
  note(outcomes_);
  record_lineage();
  if (evaluations_ >= next_row_) {
    history_.add(history_row(wall_seconds));
    const auto interval = static_cast<std::uint64_t>(parts_->run.log_interval);
    next_row_ = (evaluations_ / interval + 1) * interval;
  }
}

void Experiment::note(const Outcomes& outcomes) {
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes.valid[i] == 0) {
      ++invalid_;
      continue;
    }
    objective_max_ = std::max(objective_max_, outcomes.objectives[i]);
    if (outcomes.solved[i] == 0) continue;
    ++solved_;
    if (solved_evaluation_ == 0) solved_evaluation_ = outcomes.evaluations[i];
  }
}

void Experiment::record_lineage() {
  if (parts_->run.lineage == KeptLineage::none) return;
  const std::size_t n = outcomes_.size();
  if (parts_->algorithm->has_population()) {
    entered_ = outcomes_.valid;  // a child that is at once the worst is pruned like any other
  } else {
    entered_.resize(n);
    const std::vector<Status>& status = result().placement().status;
    for (std::size_t i = 0; i < n; ++i) {
      entered_[i] = status[i] == Status::added || status[i] == Status::improved ? 1 : 0;
    }
  }
  lineage_.record(proposal_, same_descriptor_ ? outcomes_ : result_outcomes_, entered_);
  if (lineage_.wants_pruning()) prune_lineage();
}

void Experiment::prune_lineage() {
  std::vector<std::uint64_t> held(result().ids().begin(), result().ids().end());
  if (const Elites* other = driver()) {
    held.insert(held.end(), other->ids().begin(), other->ids().end());
  }
  const std::span<const std::uint64_t> living = parts_->algorithm->living_ids();
  held.insert(held.end(), living.begin(), living.end());
  lineage_.prune(held);
}

HistoryValues Experiment::history_row(double wall_seconds) const {
  const ArchiveStatistics now = statistics();
  HistoryValues row = {{"evaluations", static_cast<double>(evaluations_)},
                       {"generations", static_cast<double>(generations_)},
                       {"wall_seconds", wall_seconds},
                       {"archive_size", static_cast<double>(now.size)}};
  if (!result().archive().shape().empty()) row.emplace_back("coverage", now.coverage);
  row.emplace_back("qd_score", now.qd_score);
  row.emplace_back("objective_max", objective_max_);
  row.emplace_back("objective_mean", now.objective_mean);
  row.emplace_back("invalid", static_cast<double>(invalid_));
  row.emplace_back("clipped", static_cast<double>(result().archive().clipped()));
  if (parts_->description.can_be_solved) row.emplace_back("solved", static_cast<double>(solved_));
  if (const Elites* other = driver()) {
    row.emplace_back("driver_size", static_cast<double>(other->size()));
  }
  parts_->algorithm->report(row);
  return row;
}

void Experiment::add_closing_row(double wall_seconds) {
  if (generations_ == 0 || closing_row_) return;
  if (history_.last("evaluations") == static_cast<double>(evaluations_)) return;
  history_.add(history_row(wall_seconds));
  closing_row_ = true;
}

void Experiment::check() const {
  const GenomeSpace& space = *parts_->space;
  check_elites(result(), space, evaluations_, "archive");
  if (const Elites* other = driver()) check_elites(*other, space, evaluations_, "archives/driver");
  if (const Population* living = parts_->algorithm->living_genomes()) {
    check_genomes(space, *living, parts_->algorithm->living_ids(), "population");
  }
}

void Experiment::save(StateWriter& root) {
  prune_lineage();
  root.attribute("over_max_steps", over_max_steps());
  root.attribute("over_time_limit", over_time_limit());
  const auto archive = root.group("archive");
  result().save(*archive);
  describe_objectives(*parts_, *archive);
  if (const Elites* other = driver()) {
    const auto group = root.group("archives")->group("driver");
    other->save(*group);
    describe_objectives(*parts_, *group);
  }
  if (parts_->algorithm->has_population()) {
    const auto group = root.group("population");
    parts_->algorithm->save_population(*group);
    describe_objectives(*parts_, *group);
  }
  history_.save(*root.group("history"));
  if (parts_->run.lineage != KeptLineage::none) lineage_.save(*root.group("lineage"));
  const auto checkpoint = root.group("checkpoint");
  checkpoint->attribute("layout", kCheckpointLayout);
  checkpoint->attribute("evaluations", evaluations_);
  checkpoint->attribute("generations", generations_);
  checkpoint->attribute("invalid", invalid_);
  checkpoint->attribute("solved", solved_);
  checkpoint->attribute("solved_evaluation", solved_evaluation_);
  checkpoint->attribute("next_row", next_row_);
  checkpoint->attribute("closing_row", static_cast<std::uint64_t>(closing_row_));
  checkpoint->attribute("objective_max", objective_max_);
  checkpoint->attribute("stop_when_solved", static_cast<std::uint64_t>(stop_when_solved_));
  parts_->algorithm->save(*checkpoint->group("algorithm"));
}

void Experiment::load(const StateReader& root) {
  const auto archive = root.group("archive");
  std::unique_ptr<StateReader> driver_group;
  if (parts_->result) {
    parts_->result->load(*archive);
    if (driver() != nullptr) driver_group = root.group("archives")->group("driver");
  } else {
    driver_group = root.group("archive");
  }
  std::unique_ptr<StateReader> population;
  if (parts_->algorithm->has_population()) population = root.group("population");
  const auto checkpoint = root.group("checkpoint");
  parts_->algorithm->load(*checkpoint->group("algorithm"), driver_group.get(), population.get());
  history_.load(*root.group("history"));
  if (parts_->run.lineage != KeptLineage::none) lineage_.load(*root.group("lineage"));
  evaluations_ = checkpoint->attribute_as<std::uint64_t>("evaluations");
  generations_ = checkpoint->attribute_as<std::uint64_t>("generations");
  invalid_ = checkpoint->attribute_as<std::uint64_t>("invalid");
  if (root.has_attribute("over_max_steps")) {  // run files of 0.1 have neither
    earlier_over_max_steps_ = root.attribute_as<std::uint64_t>("over_max_steps");
    earlier_over_time_limit_ = root.attribute_as<std::uint64_t>("over_time_limit");
  }
  solved_ = checkpoint->attribute_as<std::uint64_t>("solved");
  solved_evaluation_ = checkpoint->attribute_as<std::uint64_t>("solved_evaluation");
  next_row_ = checkpoint->attribute_as<std::uint64_t>("next_row");
  closing_row_ = checkpoint->attribute_as<std::uint64_t>("closing_row") != 0;
  objective_max_ = checkpoint->attribute_as<double>("objective_max");
  // A run that was sent past its success stays so, also when it is then interrupted.
  if (checkpoint->has_attribute("stop_when_solved")) {
    stop_when_solved_ = checkpoint->attribute_as<std::uint64_t>("stop_when_solved") != 0;
  }
  check_history();
}

/// The next row must fit behind those that were loaded, and a closing row be there.
void Experiment::check_history() const {
  const std::vector<std::string>& names = history_.columns();
  if (names.empty() && !closing_row_) return;
  const HistoryValues row = history_row(0.0);
  const bool same = std::ranges::equal(names, row, {}, {}, &HistoryValues::value_type::first);
  if (!same) throw Error("/history: its columns are not those of this run");
  if (closing_row_ && history_.size() == 0) throw Error("/history: its last row is missing");
}

}  // namespace cambrian
