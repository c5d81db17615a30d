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
  const std::unique_ptr<StateReader> table = tables.population("");
  individuals_.load(*table, individuals_.dimensions, "/population");
  genomes_->load(*table->group("genome"));
  if (genomes_->size() != size()) throw Error("/population/genome: is not as long as its table");
  if (size() > full_size) {
    throw Error("/population: has " + std::to_string(size()) +
                " rows, but the configuration's has " + std::to_string(full_size));
  }
}

}  // namespace cambrian
