#include "cambrian/run/experiment.hpp"

#include <algorithm>

#include "cambrian/evaluation/gather.hpp"

namespace cambrian {
namespace {

RunRecord make_record(Assembly& parts) {
  ResultArchive result{std::move(parts.result)};
  if (result.elites && parts.result_descriptor.measures != parts.descriptor.measures) {
    result.describe = [&parts](const Proposal& told, LargeColumn<double>& descriptors) {
      describe_candidates(told, parts.result_descriptor, parts.evaluation.reduction, descriptors);
    };
  }
  return {{.log_interval = parts.run.log_interval,
           .lineage = parts.run.lineage,
           .qd_offset = parts.qd_offset,
           .objectives = parts.description.objectives,
           .can_be_solved = parts.description.can_be_solved},
          *parts.algorithm,
          std::move(result)};
}

}  // namespace

Experiment::Experiment(std::unique_ptr<Assembly> parts)
    : parts_(std::move(parts)),
      record_(make_record(*parts_)),
      budget_(static_cast<std::uint64_t>(parts_->run.evaluations)),
      stop_when_solved_(parts_->run.stop == StopRule::solved) {}

std::uint64_t Experiment::over_max_steps() const {
  return earlier_over_max_steps_ + parts_->evaluator->over_max_steps();
}

std::uint64_t Experiment::over_time_limit() const {
  return earlier_over_time_limit_ + parts_->evaluator->over_time_limit();
}

bool Experiment::done() const {
  if (stop_when_solved_ && record_.solved_evaluation()) return true;
  return budget_ != 0 && record_.evaluations() >= budget_;
}

void Experiment::step(double wall_seconds) {
  propose();
  parts_->evaluator->submit(std::move(proposal_));
  proposal_ = parts_->evaluator->next();
  learn(wall_seconds);
}

Proposal& Experiment::ask() {
  if (asked_) throw Error("a batch has been asked for already, and must be told before the next");
  propose();
  asked_ = true;
  Batch& batch = proposal_->batch;
  batch.evaluations.resize(batch.jobs.size(), parts_->evaluator->shape());
  return *proposal_;
}

void Experiment::tell(double wall_seconds) {
  if (!asked_) throw Error("there is no batch to tell: ask for one first");
  learn(wall_seconds);
  asked_ = false;
}

void Experiment::propose() {
  parts_->algorithm->ask(*proposal_);
  proposal_->batch.first_evaluation = record_.evaluations() + 1;
}

void Experiment::learn(double wall_seconds) {
  gather(*proposal_, parts_->descriptor, parts_->evaluation.reduction);
  parts_->algorithm->tell(*proposal_);
  record_.note(*proposal_, wall_seconds);
}

void Experiment::save(StateWriter& root, const RunDescription& description) {
  save_run(root, record_, description);
  if (!parts_->search.empty()) root.attribute("search", parts_->search);
  root.attribute("over_max_steps", over_max_steps());
  root.attribute("over_time_limit", over_time_limit());
  root.group("checkpoint")
      ->attribute("stop_when_solved", static_cast<std::uint64_t>(stop_when_solved_));
}

/// Columns that only some runs have are those of this one.
void Experiment::check_columns(const Individuals& rows, const std::string& table) const {
  if (rows.size() == 0) return;
  const EvaluationParameters& evaluation = parts_->evaluation;
  const std::size_t origins = parts_->algorithm->origins().size();
  const auto check = [&](bool is_there, bool expected, const char* column) {
    if (is_there == expected) return;
    throw Error(table + "/" + column + (expected ? ": is missing" : ": is not of this run"));
  };
  check(!rows.samples.empty(), parts_->suite.size() > 1 || evaluation.samples > 1, "samples");
  check(!rows.noise.empty(), evaluation.noise == Noise::shared, "noise");
  check(!rows.origins.empty(), origins > 0, "origin");
  if (std::ranges::any_of(rows.origins, [&](std::uint16_t one) { return one >= origins; })) {
    throw Error(table + "/origin: names an origin that there is not");
  }
  if (std::ranges::count(rows.samples, 0U) > 0) throw Error(table + "/samples: holds a 0");
}

void Experiment::load(const StateReader& root) {
  record_.load(root);
  check_columns(record_.result().individuals(), "/archive");
  for (const NamedArchive& archive : parts_->algorithm->archives()) {
    check_columns(archive.elites->individuals(), "/archives/" + archive.name);
  }
  for (const NamedPopulation& living : parts_->algorithm->populations()) {
    check_columns(*living.individuals, "/population");
  }
  earlier_over_max_steps_ = root.attribute_as<std::uint64_t>("over_max_steps");
  earlier_over_time_limit_ = root.attribute_as<std::uint64_t>("over_time_limit");
  // A run that was sent past its success stays so, also when it is then interrupted.
  stop_when_solved_ =
      root.group("checkpoint")->attribute_as<std::uint64_t>("stop_when_solved") != 0;
}

}  // namespace cambrian
