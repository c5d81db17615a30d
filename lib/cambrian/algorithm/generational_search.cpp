#include "cambrian/algorithm/generational_search.hpp"

#include <algorithm>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

void GenerationalSearchParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("population", population, {1, 1'000'000},
                  {"individuals, and children per generation", "individuals",
                   "our choice; Hinton & Nowlan 1987: 1000"});
  visitor.choice("selection", selection,
                 {{"proportional", Selection::proportional}, {"uniform", Selection::uniform}},
                 {"how parents are drawn, with replacement: in proportion to the objective, or all "
                  "alike",
                  "", "Holland 1975; uniform: a control"});
}

std::vector<double> wheel_of(std::span<const double> fitness) {
  double lowest = 0;
  for (const double one : fitness) lowest = std::min(lowest, one);
  std::vector<double> wheel;
  wheel.reserve(fitness.size());
  double sum = 0;
  for (const double one : fitness) wheel.push_back(sum += one - lowest);
  if (sum > 0) return wheel;
  for (std::size_t i = 0; i < wheel.size(); ++i) wheel[i] = static_cast<double>(i + 1);
  return wheel;
}

std::uint32_t wheel_draw(std::span<const double> wheel, double uniform) {
  const auto found = std::ranges::upper_bound(wheel, uniform * wheel.back());
  // Rounding may carry a draw to the very end.
  return static_cast<std::uint32_t>(std::min(found - wheel.begin(), std::ssize(wheel) - 1));
}

GenerationalSearch::GenerationalSearch(const GenerationalSearchParameters& parameters,
                                       AlgorithmContext& context)
    : parameters_(checked(parameters)),
      space_(context.space()),
      variation_(context.variation()),
      executor_(context.executor()),
      descriptor_(context.descriptor()),
      initial_(context.key("algorithm.initial")),
      select_(context.key("algorithm.select")),
      vary_(context.key("algorithm.vary")),
      genomes_(context.space().make_population()) {
  living_.dimensions = descriptor_.dimensions();
  if (space_.given() > full_size()) {
    throw ConfigError("population",
                      "is " + std::to_string(full_size()) + ", but the run starts from " +
                          std::to_string(space_.given()) + " genomes; start.limit = " +
                          std::to_string(full_size()) + " takes only as many");
  }
}

void GenerationalSearch::ask(Proposal& proposal) {
  proposal.start(full_size(), next_id_, space_, descriptor_.dimensions());
  if (living_.size() > 0) {
    breed(proposal);
  } else {
    space_.initialise(*proposal.population, 0, full_size(), initial_, next_id_);
  }
  next_id_ += full_size();
  asked_ = full_size();
}

void GenerationalSearch::breed(Proposal& proposal) {
  std::vector<double> fitness(living_.size(), 0.0);
  if (parameters_.selection == GenerationalSearchParameters::Selection::proportional) {
    for (std::size_t i = 0; i < fitness.size(); ++i) fitness[i] = living_.objective(i);
  }
  const std::vector<double> wheel = wheel_of(fitness);
  matings_.resize(full_size());
  for (std::size_t i = 0; i < matings_.size(); ++i) {
    Stream stream(select_, next_id_ + i);
    Mating& mating = matings_[i];
    mating = {.mother = wheel_draw(wheel, stream.uniform())};
    if (stream.chance(variation_.mating_share())) {
      mating.father = wheel_draw(wheel, stream.uniform());
      if (living_.objective(mating.father) > living_.objective(mating.mother)) {
        std::swap(mating.mother, mating.father);  // the mother is the fitter one
      }
    }
    proposal.candidates.parents[i] = {living_.ids[mating.mother], mating.father == Mating::kNone
                                                                      ? kNoParent
                                                                      : living_.ids[mating.father]};
  }
  variation_.vary(*genomes_, matings_, *proposal.population, {0, matings_.size()}, vary_, next_id_,
                  &executor_);
}

void GenerationalSearch::tell(Proposal& proposal) {
  const Individuals& batch = proposal.candidates;
  proposal.begin_tell(asked_, descriptor_.dimensions());
  living_.require_fit(batch);
  genomes_->apply({}, *proposal.population);  // no edit: it only has to fit
  asked_ = 0;
  proposal.entered.assign(batch.valid.begin(), batch.valid.end());
  std::vector<RowEdit> edits;
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    if (batch.valid[i] == 0) continue;
    edits.push_back({RowEdit::Kind::put, static_cast<std::uint32_t>(edits.size()), i});
  }
  if (edits.empty()) return;
  edits.push_back({RowEdit::Kind::shrink, static_cast<std::uint32_t>(edits.size()), 0});
  living_.apply(edits, batch);
  genomes_->apply(edits, *proposal.population);
}

std::vector<NamedPopulation> GenerationalSearch::populations() const {
  return {{.name = "",
           .individuals = &living_,
           .genomes = genomes_.get(),
           .space = &descriptor_,
           .capacity = full_size(),
           .save_columns = {}}};
}

void GenerationalSearch::save(StateWriter& checkpoint) const {
  checkpoint.attribute("next_id", next_id_);
}

void GenerationalSearch::load(const StateReader& checkpoint, const SavedTables& tables) {
  next_id_ = checkpoint.attribute_as<std::uint64_t>("next_id");
  const std::unique_ptr<StateReader> table = tables.population("");
  living_.load(*table, descriptor_.dimensions(), "/population");
  genomes_->load(*table->group("genome"));
  if (genomes_->size() != living_.size()) {
    throw Error("/population/genome: is not as long as its table");
  }
  if (living_.size() > full_size()) {
    throw Error("/population: has " + std::to_string(living_.size()) +
                " rows, but the configuration's has " + std::to_string(full_size()));
  }
}

}  // namespace cambrian
