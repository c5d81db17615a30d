#include "cambrian/algorithm/steady_state_search.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

bool all_finite(const std::vector<double>& numbers) {
  return std::ranges::all_of(numbers, [](double number) { return std::isfinite(number); });
}

}  // namespace

void SteadyStateSearchParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("batch", batch, {1, 1'000'000},
                  {"children bred from the same population and evaluated together", "evaluations",
                   "our choice; 1 is the published loop"});
  visitor.integer("refresh", refresh, {1, 1'000'000'000},
                  {"offspring between two refreshes of fitness and species, at a batch boundary",
                   "evaluations", "NSC (novelty-search-cpp): population / 20 = 12"});
  population.visit(visitor);
}

void SteadyStateSearchParameters::apply_preset(std::string_view name) {
  if (name == "as_published") batch = 1;
}

SteadyStateSearch::SteadyStateSearch(const SteadyStateSearchParameters& parameters,
                                     const AlgorithmContext& context,
                                     std::unique_ptr<FitnessRule> rule)
    : parameters_(parameters),
      space_(*context.space),
      variation_(*context.variation),
      executor_(*context.executor),
      descriptor_(*context.descriptor),
      rule_(std::move(rule)),
      steady_state_(parameters.population, context.space->make_population(), *context.variation,
                    context.executor),
      founders_(context.space->make_population()),
      initial_(context.key("algorithm.initial")),
      select_(context.key("algorithm.select")),
      vary_(context.key("algorithm.vary")),
      next_refresh_(static_cast<std::uint64_t>(parameters.refresh)) {}

void SteadyStateSearch::ask(Proposal& proposal) {
  if (!proposal.population) proposal.population = space_.make_population();
  std::size_t count = 0;
  if (founded()) {
    count = static_cast<std::size_t>(parameters_.batch);
    matings_.resize(count);
    steady_state_.select(matings_, select_, next_id_);
    proposal.population->resize(count);
    variation_.vary(steady_state_.population(), matings_, *proposal.population, {0, count}, vary_,
                    next_id_, &executor_);
    proposal.parents.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Mating& mating = matings_[i];
      proposal.parents[i] = {living_.ids[mating.mother], mating.father == Mating::kNone
                                                             ? kNoParent
                                                             : living_.ids[mating.father]};
    }
  } else {
    // Invalid members of the first population are drawn anew, so that it starts full.
    count = wanted() - founders_->size();
    proposal.population->resize(count);
    space_.initialise(*proposal.population, 0, count, initial_, next_id_);
    proposal.parents.assign(count, {kNoParent, kNoParent});
  }
  proposal.batch.fill(count, next_id_, next_id_ + 1);
  next_id_ += count;
}

void SteadyStateSearch::tell(const Proposal& proposal, const Outcomes& outcomes) {
  if (!founded()) {
    gather_founders(proposal, outcomes);
    return;
  }
  rule_->begin(outcomes);
  steady_state_.begin(*proposal.population);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes.valid[i] != 0) place(proposal, outcomes, i);
  }
  offspring_ += outcomes.size();
  rule_->batch_done(living_, steady_state_.population(), proposal, outcomes);
  if (offspring_ < next_refresh_) return;
  const auto refresh = static_cast<std::uint64_t>(parameters_.refresh);
  next_refresh_ = (offspring_ / refresh + 1) * refresh;
  fitness_.resize(living_.size());
  const bool changed = rule_->refresh(living_, fitness_);
  steady_state_.adapt_species(changed ? std::span<const double>(fitness_)
                                      : std::span<const double>());
}

void SteadyStateSearch::gather_founders(const Proposal& proposal, const Outcomes& outcomes) {
  std::vector<RowEdit> edits;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes.valid[i] == 0) continue;
    const auto row = static_cast<std::uint32_t>(living_.size());
    edits.push_back(
        {.kind = RowEdit::Kind::put, .row = row, .from = static_cast<std::uint32_t>(i)});
    put(proposal, outcomes, i, row);
  }
  founders_->apply(edits, *proposal.population);
  if (founders_->size() == wanted()) found();
}

void SteadyStateSearch::found() {
  fitness_.resize(living_.size());
  rule_->found(living_, *founders_, fitness_);
  steady_state_.found(*founders_, fitness_);
  founders_->resize(0);
}

void SteadyStateSearch::place(const Proposal& proposal, const Outcomes& outcomes, std::size_t i) {
  const double fitness = rule_->judge(living_, proposal, outcomes, i);
  const std::optional<std::uint32_t> row =
      steady_state_.replace(*proposal.population, static_cast<std::uint32_t>(i), fitness);
  if (!row) return;
  put(proposal, outcomes, i, *row);
  rule_->joined(living_, *row);
}

void SteadyStateSearch::put(const Proposal& proposal, const Outcomes& outcomes, std::size_t i,
                            std::uint32_t row) {
  const std::size_t dimensions = descriptor_.dimensions();
  if (row == living_.size()) {
    living_.ids.emplace_back();
    living_.parents.emplace_back();
    living_.evaluations.emplace_back();
    living_.objectives.emplace_back();
    living_.descriptors.resize(living_.descriptors.size() + dimensions);
    living_.solved.emplace_back();
  }
  living_.ids[row] = outcomes.ids[i];
  living_.parents[row] = proposal.parents[i];
  living_.evaluations[row] = outcomes.evaluations[i];
  living_.objectives[row] = outcomes.objectives[i];
  std::copy_n(outcomes.descriptors.data() + i * dimensions, dimensions,
              living_.descriptors.data() + row * dimensions);
  living_.solved[row] = outcomes.solved[i];
}

void SteadyStateSearch::report(HistoryValues& values) const {
  values.emplace_back("species", static_cast<double>(steady_state_.species()));
  values.emplace_back("species_threshold", steady_state_.threshold());
  rule_->report(values);
}

void SteadyStateSearch::save_population(StateWriter& writer) const {
  const std::size_t n = living_.size();
  const std::vector<std::int64_t> cells(n, -1);
  writer.attribute("kind", std::string("population"));
  writer.attribute("descriptor_names", descriptor_.names);
  writer.attribute("descriptor_units", descriptor_.units);
  writer.attribute("descriptor_min", descriptor_.min);
  writer.attribute("descriptor_max", descriptor_.max);
  writer.attribute("capacity", static_cast<std::uint64_t>(parameters_.population.population));
  writer.column<std::uint64_t>("id", living_.ids, {"ordinal of the candidate in the run"});
  writer.column<double>("objective", living_.objectives, {"first objective, higher is better"});
  writer.matrix<double>("descriptor", living_.descriptors, descriptor_.dimensions(),
                        {"descriptor, in the order of descriptor_names"});
  writer.column<std::int64_t>("cell", cells, {"-1: a population has no cells"});
  writer.column<std::uint64_t>("evaluation", living_.evaluations,
                               {"the run's evaluation that this was, from 1"});
  writer.column<std::uint8_t>("solved", living_.solved, {"1: solved the task"});
  const std::uint64_t* parents = n == 0 ? nullptr : living_.parents.front().data();
  writer.matrix<std::uint64_t>("parents", {parents, 2 * n}, 2,
                               {"ids of the parents; the largest u64 = none"});
  writer.column<double>("fitness", steady_state_.fitness(), {"what selection goes by"});
  writer.column<std::uint32_t>("species", steady_state_.species_of(),
                               {"number of the species, never reused"});
  genomes().save(*writer.group("genome"));
}

void SteadyStateSearch::save(StateWriter& writer) const {
  writer.attribute("next_id", next_id_);
  writer.attribute("offspring", offspring_);
  writer.attribute("next_refresh", next_refresh_);
  writer.attribute("founded", static_cast<std::uint64_t>(founded()));
  if (founded()) steady_state_.save(*writer.group("steady_state"));
  rule_->save(*writer.group("fitness_rule"));
}

void SteadyStateSearch::load(const StateReader& reader, const StateReader* driver,
                             const StateReader* population) {
  next_id_ = reader.attribute_as<std::uint64_t>("next_id");
  offspring_ = reader.attribute_as<std::uint64_t>("offspring");
  next_refresh_ = reader.attribute_as<std::uint64_t>("next_refresh");
  const bool was_founded = reader.attribute_as<std::uint64_t>("founded") != 0;
  living_.ids = population->column<std::uint64_t>("id");
  living_.objectives = population->column<double>("objective");
  living_.descriptors = population->column<double>("descriptor");
  living_.evaluations = population->column<std::uint64_t>("evaluation");
  living_.solved = population->column<std::uint8_t>("solved");
  const auto parents = population->column<std::uint64_t>("parents");
  const std::size_t n = living_.size();
  if (living_.objectives.size() != n || living_.evaluations.size() != n ||
      living_.solved.size() != n || parents.size() != 2 * n ||
      living_.descriptors.size() != n * descriptor_.dimensions()) {
    throw Error("/population: its columns have different lengths");
  }
  living_.parents.resize(n);
  for (std::size_t i = 0; i < n; ++i) living_.parents[i] = {parents[2 * i], parents[2 * i + 1]};
  founders_->load(*population->group("genome"));
  if (founders_->size() != n) throw Error("/population/genome: has another length than the table");
  if (was_founded ? n != wanted() : n >= wanted()) {
    throw Error("/population: has " + std::to_string(n) + " rows, but the configuration's has " +
                std::to_string(wanted()));
  }
  if (!all_finite(living_.objectives) || !all_finite(living_.descriptors)) {
    throw Error("/population: holds an objective or a descriptor that is not finite");
  }
  rule_->load(*reader.group("fitness_rule"), driver, was_founded ? living_ : Living());
  if (!was_founded) return;
  const auto fitness = population->column<double>("fitness");
  if (fitness.size() != n) throw Error("/population/fitness: has another length than the table");
  steady_state_.load(*reader.group("steady_state"), *founders_, fitness);
  founders_->resize(0);
}

}  // namespace cambrian
