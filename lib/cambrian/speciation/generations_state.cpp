// How generations are saved and loaded.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "cambrian/speciation/generations.hpp"

namespace cambrian {
namespace {

std::uint32_t small(std::uint64_t value, const char* name) {
  if (value > std::numeric_limits<std::uint32_t>::max())
    throw Error(std::string("generations/") + name + ": is too large");
  return static_cast<std::uint32_t>(value);
}

}  // namespace

void Generations::save(StateWriter& writer) const {
  writer.attribute("generation", generation_);
  writer.attribute("threshold", threshold_);
  writer.attribute("next_species", static_cast<std::uint64_t>(next_species_));
  writer.attribute("record", record_);
  writer.attribute("unimproved", unimproved_);
  writer.attribute("refines", static_cast<std::uint64_t>(refines_));
  writer.column<std::uint32_t>("species", species_of_, {"number of each one's species"});
  std::vector<std::uint32_t> numbers, ages, improved, offspring;
  std::vector<double> best;
  for (std::size_t s = 0; s < species_.size(); ++s) {
    numbers.push_back(species_[s].number);
    ages.push_back(records_[s].age);
    improved.push_back(records_[s].improved);
    best.push_back(records_[s].best);
    offspring.push_back(records_[s].offspring);
  }
  const auto table = writer.group("species_table");
  table->column<std::uint32_t>("number", numbers, {"of a species, in order of founding"});
  table->column<std::uint32_t>("age", ages, {"generations that it has been evaluated in"});
  table->column<std::uint32_t>("improved", improved, {"its age when its champion last improved"});
  table->column<double>("best", best, {"fitness of its best champion so far"});
  table->column<std::uint32_t>("offspring", offspring, {"that it has in the next generation"});
}

void Generations::load(const StateReader& reader, const Population& population,
                       std::span<const double> fitness) {
  generation_ = reader.attribute_as<std::uint64_t>("generation");
  threshold_ = reader.attribute_as<double>("threshold");
  next_species_ = small(reader.attribute_as<std::uint64_t>("next_species"), "next_species");
  record_ = reader.attribute_as<double>("record");
  unimproved_ = reader.attribute_as<std::uint64_t>("unimproved");
  refines_ = reader.attribute_as<std::uint64_t>("refines") != 0;
  species_of_ = reader.column<std::uint32_t>("species");
  const std::size_t n = population.size();
  if (n == 0 || fitness.size() != n || species_of_.size() != n)
    throw Error("generations: its columns and the population have different lengths, or none");
  if (!std::ranges::all_of(fitness, [](double one) { return std::isfinite(one); }))
    throw Error("/population/fitness: holds a number that is not finite");

  const auto table = reader.group("species_table");
  const auto numbers = table->column<std::uint32_t>("number");
  const auto ages = table->column<std::uint32_t>("age");
  const auto improved = table->column<std::uint32_t>("improved");
  const auto best = table->column<double>("best");
  const auto offspring = table->column<std::uint32_t>("offspring");
  for (const std::size_t length : {ages.size(), improved.size(), best.size(), offspring.size()}) {
    if (length != numbers.size())
      throw Error("generations/species_table: its columns have different lengths");
  }
  if (numbers.empty() || numbers.back() >= next_species_ ||
      std::ranges::adjacent_find(numbers, std::ranges::greater_equal()) != numbers.end()) {
    throw Error("generations/species_table/number: expected numbers that rise, below next_species");
  }
  if (std::accumulate(offspring.begin(), offspring.end(), std::uint64_t{0}) !=
      static_cast<std::uint64_t>(parameters_.population)) {
    throw Error("generations/species_table/offspring: does not add up to the population");
  }
  species_.clear();
  records_.clear();
  for (std::size_t s = 0; s < numbers.size(); ++s) {
    if (improved[s] > ages[s])
      throw Error("generations/species_table/improved: is above the species' age");
    species_.push_back({.number = numbers[s], .members = {}});
    records_.push_back({ages[s], improved[s], best[s], offspring[s]});
  }
  for (std::uint32_t row = 0; row < n; ++row) {
    const auto place = std::ranges::lower_bound(numbers, species_of_[row]) - numbers.begin();
    const auto s = static_cast<std::size_t>(place);
    if (s == numbers.size() || numbers[s] != species_of_[row])
      throw Error("generations/species: holds a number that is not in species_table");
    species_[s].members.push_back(row);
  }
  for (const Species& one : species_) {
    if (one.members.empty())
      throw Error("generations/species_table: has a species without members");
  }
  std::vector<RowEdit> edits = {{.kind = RowEdit::Kind::shrink, .row = 0}};
  for (std::uint32_t row = 0; row < n; ++row) edits.push_back({.row = row, .from = row});
  population_->apply(edits, population);
  fitness_.assign(fitness.begin(), fitness.end());
  sort_members();
}

}  // namespace cambrian
