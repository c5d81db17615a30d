#include "cambrian/algorithm/living_population.hpp"

#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

void require_place_for_start(const GenomeSpace& space, std::size_t full_size) {
  if (space.given() <= full_size) return;
  throw ConfigError("population", "is " + std::to_string(full_size) + ", but the run starts from " +
                                      std::to_string(space.given()) + " genomes; start.limit = " +
                                      std::to_string(full_size) + " takes only as many");
}

void write_parents(std::span<const Mating> matings, const Individuals& living,
                   std::span<ParentIds> parents) {
  for (std::size_t i = 0; i < matings.size(); ++i) {
    const Mating& mating = matings[i];
    const bool alone = mating.father == Mating::kNone;
    parents[i] = {living.ids[mating.mother], alone ? kNoParent : living.ids[mating.father]};
  }
}

std::unique_ptr<StateReader> load_living(const SavedTables& tables, Individuals& living,
                                         Population& genomes) {
  std::unique_ptr<StateReader> table = tables.population("");
  living.load(*table, living.dimensions, "/population");
  genomes.load(*table->group("genome"));
  if (genomes.size() != living.size())
    throw Error("/population/genome: is not as long as its table");
  return table;
}

std::vector<double> load_fitness(const StateReader& table, std::size_t living) {
  std::vector<double> fitness = table.column<double>("fitness");
  if (fitness.size() != living) throw Error("/population/fitness: is not as long as its table");
  return fitness;
}

void save_species(StateWriter& table, std::span<const double> fitness, std::string_view meaning,
                  std::span<const std::uint32_t> species) {
  table.column<double>("fitness", fitness, {meaning});
  table.column<std::uint32_t>("species", species, {"number of the species, never reused"});
}

LivingPopulation::LivingPopulation(const GenomeSpace& space, std::size_t dimensions)
    : genomes_(space.make_population()) {
  individuals_.dimensions = dimensions;
}

void LivingPopulation::replace(Proposal& proposal) {
  const Individuals& batch = proposal.candidates;
  individuals_.require_fit(batch);
  genomes_->apply({}, *proposal.population);  // no edit: it only has to fit
  proposal.entered.assign(batch.valid.begin(), batch.valid.end());
  std::vector<RowEdit> edits;
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    if (batch.valid[i] == 0) continue;
    edits.push_back({RowEdit::Kind::put, static_cast<std::uint32_t>(edits.size()), i});
  }
  if (edits.empty()) return;
  edits.push_back({RowEdit::Kind::shrink, static_cast<std::uint32_t>(edits.size()), 0});
  individuals_.apply(edits, batch);
  genomes_->apply(edits, *proposal.population);
}

NamedPopulation LivingPopulation::named(const DescriptorSpace& space, std::size_t full_size) const {
  return {.name = "",
          .individuals = &individuals_,
          .genomes = genomes_.get(),
          .space = &space,
          .capacity = full_size,
          .save_columns = {}};
}

void LivingPopulation::load(const SavedTables& tables, std::size_t full_size) {
  load_living(tables, individuals_, *genomes_);
  if (size() > full_size) {
    throw Error("/population: has " + std::to_string(size()) +
                " rows, but the configuration's has " + std::to_string(full_size));
  }
}

WholeGenerations::WholeGenerations(std::int64_t population, AlgorithmContext& context)
    : space_(context.space()),
      descriptor_(context.descriptor()),
      initial_(context.key("algorithm.initial")),
      full_size_(static_cast<std::size_t>(population)),
      living_(space_, descriptor_.dimensions()) {
  require_place_for_start(space_, full_size_);
}

void WholeGenerations::ask(Proposal& proposal) {
  proposal.start(full_size_, next_id_, space_, descriptor_.dimensions());
  if (living_.size() > 0) {
    breed(proposal);
  } else {
    space_.initialise(*proposal.population, 0, full_size_, initial_, next_id_);
  }
  next_id_ += full_size_;
  asked_ = full_size_;
}

void WholeGenerations::tell(Proposal& proposal) {
  proposal.begin_tell(asked_, descriptor_.dimensions());
  living_.replace(proposal);
  asked_ = 0;
}

std::vector<NamedPopulation> WholeGenerations::populations() const {
  return {living_.named(descriptor_, full_size_)};
}

void WholeGenerations::save(StateWriter& checkpoint) const {
  checkpoint.attribute("next_id", next_id_);
}

void WholeGenerations::load(const StateReader& checkpoint, const SavedTables& tables) {
  next_id_ = checkpoint.attribute_as<std::uint64_t>("next_id");
  living_.load(tables, full_size_);
}

}  // namespace cambrian
