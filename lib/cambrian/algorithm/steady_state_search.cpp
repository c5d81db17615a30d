#include "cambrian/algorithm/steady_state_search.hpp"

#include <string>

#include "cambrian/algorithm/living_population.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian {

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
                                     AlgorithmContext& context, std::unique_ptr<FitnessRule> rule)
    : parameters_(checked(parameters)),
      space_(context.space()),
      variation_(context.variation()),
      executor_(context.executor()),
      descriptor_(context.descriptor()),
      rule_(std::move(rule)),
      steady_state_(parameters.population, context.space().make_population(), context.variation(),
                    &context.executor()),
      founders_(context.space().make_population()),
      initial_(context.key("algorithm.initial")),
      select_(context.key("algorithm.select")),
      vary_(context.key("algorithm.vary")),
      next_refresh_(static_cast<std::uint64_t>(parameters.refresh)) {
  living_.dimensions = descriptor_.dimensions();
  require_place_for_start(space_, full_size());
}

void SteadyStateSearch::ask(Proposal& proposal) {
  // Invalid members of the first population are drawn anew, so that it starts full.
  const std::size_t count =
      founded() ? static_cast<std::size_t>(parameters_.batch) : full_size() - founders_->size();
  proposal.start(count, next_id_, space_, descriptor_.dimensions());
  if (founded()) {
    breed(proposal);
  } else {
    space_.initialise(*proposal.population, 0, count, initial_, next_id_);
  }
  next_id_ += count;
  asked_ = count;
}

void SteadyStateSearch::breed(Proposal& proposal) {
  matings_.resize(proposal.candidates.size());
  steady_state_.select(matings_, select_, next_id_);
  variation_.vary(steady_state_.population(), matings_, *proposal.population, {0, matings_.size()},
                  vary_, next_id_, &executor_);
  write_parents(matings_, living_, proposal.candidates.parents);
}

void SteadyStateSearch::tell(Proposal& proposal) {
  const Individuals& batch = proposal.candidates;
  proposal.begin_tell(asked_, descriptor_.dimensions());
  living_.require_fit(batch);
  founders_->apply({}, *proposal.population);  // no edit: it only has to fit
  asked_ = 0;
  proposal.entered.assign(batch.valid.begin(), batch.valid.end());
  if (!founded()) {
    gather_founders(proposal);
    return;
  }
  rule_->begin(batch);
  steady_state_.begin(*proposal.population);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch.valid[i] != 0) place(proposal, i);
  }
  offspring_ += batch.size();
  rule_->batch_done(living_, steady_state_.population(), proposal);
  if (offspring_ < next_refresh_) return;
  const auto refresh = static_cast<std::uint64_t>(parameters_.refresh);
  next_refresh_ = (offspring_ / refresh + 1) * refresh;
  fitness_.resize(living_.size());
  const bool changed = rule_->refresh(living_, fitness_);
  steady_state_.adapt_species(changed ? std::span<const double>(fitness_)
                                      : std::span<const double>());
}

void SteadyStateSearch::gather_founders(const Proposal& proposal) {
  std::vector<RowEdit> edits;
  for (std::uint32_t i = 0; i < proposal.candidates.size(); ++i) {
    if (proposal.candidates.valid[i] == 0) continue;
    edits.push_back({.kind = RowEdit::Kind::put,
                     .row = static_cast<std::uint32_t>(living_.size() + edits.size()),
                     .from = i});
  }
  living_.apply(edits, proposal.candidates);
  founders_->apply(edits, *proposal.population);
  if (founders_->size() == full_size()) found();
}

void SteadyStateSearch::found() {
  fitness_.resize(living_.size());
  rule_->found(living_, *founders_, fitness_);
  steady_state_.found(*founders_, fitness_);
  founders_->resize(0);
}

void SteadyStateSearch::place(const Proposal& proposal, std::size_t i) {
  const auto from = static_cast<std::uint32_t>(i);
  const double fitness = rule_->judge(living_, proposal.candidates, i);
  const std::optional<std::uint32_t> row =
      steady_state_.replace(*proposal.population, from, fitness);
  if (!row) return;
  const RowEdit put{.kind = RowEdit::Kind::put, .row = *row, .from = from};
  living_.apply({&put, 1}, proposal.candidates);
  rule_->joined(living_, *row);
}

std::vector<NamedArchive> SteadyStateSearch::archives() const {
  const Elites* driver = rule_->driver();
  if (driver == nullptr) return {};
  return {{"driver", driver}};
}

std::vector<NamedPopulation> SteadyStateSearch::populations() const {
  return {{.name = "",
           .individuals = &living_,
           .genomes = &genomes(),
           .space = &descriptor_,
           .capacity = full_size(),
           .save_columns = [this](StateWriter& table) {
             save_species(table, steady_state_.fitness(), "the value that selection uses",
                          steady_state_.species_of());
           }}};
}

void SteadyStateSearch::report(HistoryValues& values) const {
  values.emplace_back("species", static_cast<double>(steady_state_.species()));
  values.emplace_back("species_threshold", steady_state_.threshold());
  rule_->report(values);
}

void SteadyStateSearch::save(StateWriter& checkpoint) const {
  checkpoint.attribute("next_id", next_id_);
  checkpoint.attribute("offspring", offspring_);
  checkpoint.attribute("next_refresh", next_refresh_);
  checkpoint.attribute("founded", static_cast<std::uint64_t>(founded()));
  if (founded()) steady_state_.save(*checkpoint.group("steady_state"));
  rule_->save(*checkpoint.group("fitness_rule"));
}

void SteadyStateSearch::load(const StateReader& checkpoint, const SavedTables& tables) {
  next_id_ = checkpoint.attribute_as<std::uint64_t>("next_id");
  offspring_ = checkpoint.attribute_as<std::uint64_t>("offspring");
  next_refresh_ = checkpoint.attribute_as<std::uint64_t>("next_refresh");
  const bool was_founded = checkpoint.attribute_as<std::uint64_t>("founded") != 0;
  const std::unique_ptr<StateReader> table = load_living(tables, living_, *founders_);
  const std::size_t n = living_.size();
  if (was_founded ? n != full_size() : n >= full_size()) {
    throw Error("/population: has " + std::to_string(n) + " rows, but the configuration's has " +
                std::to_string(full_size()));
  }
  rule_->load(*checkpoint.group("fitness_rule"), tables, was_founded ? living_ : Individuals());
  if (!was_founded) return;
  const std::vector<double> fitness = load_fitness(*table, n);
  steady_state_.load(*checkpoint.group("steady_state"), *founders_, fitness);
  founders_->resize(0);
}

}  // namespace cambrian
