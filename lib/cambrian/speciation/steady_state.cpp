#include "cambrian/speciation/steady_state.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "cambrian/core/error.hpp"

namespace cambrian {

void SteadyStateParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("population", population, {1, 1'000'000},
                  {"living individuals", "individuals", "Lehman & Stanley 2011, table 1"});
  visitor.real("survival", survival, {0.0, 1.0},
               {"share of a species, from the fittest down, that may become parents",
                {},
                "NSC (novelty-search-cpp)"});
  visitor.real("interspecies", interspecies, {0.0, 1.0},
               {"probability that a father is another species' champion", {}, "NSC"});
  visitor.integer("target_species", target_species, {0, 1'000'000},
                  {"number of species to aim for; 0: population / 15", "species", "NSC"});
  visitor.real(
      "threshold", threshold, {0.0, 1e9},
      {"compatibility distance below which two genomes belong to one species, at the start",
       {},
       "NSC"});
  visitor.real("threshold_step", threshold_step, {0.0, 1e9},
               {"step by which the threshold moves towards that number of species", {}, "NSC"});
  visitor.real("threshold_floor", threshold_floor, {0.0, 1e9},
               {"the threshold never falls below this", {}, "NSC"});
}

SteadyState::SteadyState(const SteadyStateParameters& parameters, std::unique_ptr<Population> empty,
                         const Variation& variation, Executor* executor)
    : parameters_(checked(parameters)),
      population_(std::move(empty)),
      variation_(variation),
      executor_(executor),
      threshold_(std::max(parameters.threshold, parameters.threshold_floor)) {}

/// Copies all rows, row by row; no child has met them.
void SteadyState::take_rows(const Population& population, std::span<const double> fitness) {
  std::vector<RowEdit> edits(population.size());
  for (std::uint32_t row = 0; row < edits.size(); ++row) {
    edits[row] = {.kind = RowEdit::Kind::put, .row = row, .from = row};
  }
  population_->resize(0);
  population_->apply(edits, population);
  fitness_.assign(fitness.begin(), fitness.end());
  species_.clear();
  met_.clear();
  places_.clear();
}

void SteadyState::assign() {
  met_.clear();
  places_.clear();
  assign_anew(*population_, variation_, threshold_, ranking(), executor_, species_, species_of_,
              next_species_);
}

void SteadyState::found(const Population& first, std::span<const double> fitness) {
  assert(first.size() == fitness.size() && !fitness.empty());
  take_rows(first, fitness);
  joined_.resize(fitness.size());
  std::iota(joined_.begin(), joined_.end(), next_joined_);
  next_joined_ += fitness.size();
  assign();
}

/// Subtracted from fitness before it is shared or used as a chance: 0, or the lowest fitness if that
/// is negative, because dividing a negative fitness by the species' size would reward crowding.
double SteadyState::origin() const {
  double lowest = 0.0;
  for (const Species& one : species_) lowest = std::min(lowest, fitness_[one.members.back()]);
  return lowest;
}

// --- select -------------------------------------------------------------------------------------

std::size_t SteadyState::draw_species(Stream& stream) const {
  const double sum = wheel_.back();
  const double u = stream.uniform();
  std::size_t drawn = 0;
  if (sum > 0.0 && std::isfinite(sum)) {
    const auto found = std::ranges::upper_bound(wheel_, u * sum);
    drawn = static_cast<std::size_t>(found - wheel_.begin());
  } else {  // none has any fitness: all are alike
    drawn = static_cast<std::size_t>(u * static_cast<double>(species_.size()));
  }
  return std::min(drawn, species_.size() - 1);  // rounding may carry u to the very end
}

Mating SteadyState::mate(Stream& stream) const {
  const std::size_t here = draw_species(stream);
  const Species& home = species_[here];
  const auto parents = static_cast<std::uint32_t>(
      std::floor(parameters_.survival * static_cast<double>(home.members.size() - 1)) + 1.0);
  Mating mating{.mother = home.members[stream.below(parents)]};
  if (parents == 1 || !stream.chance(variation_.mating_share())) return mating;
  if (species_.size() > 1 && stream.chance(parameters_.interspecies)) {
    std::size_t other = stream.below(static_cast<std::uint32_t>(species_.size() - 1));
    if (other >= here) ++other;
    mating.father = species_[other].champion();
  } else {
    mating.father = home.members[stream.below(parents)];
  }
  // Crossover takes the genes that do not match from the mother: she is the fitter one.
  if (fitness_[mating.father] > fitness_[mating.mother]) std::swap(mating.mother, mating.father);
  return mating;
}

void SteadyState::select(std::span<Mating> out, StreamKey key, std::uint64_t first_id) const {
  assert(!species_.empty());
  const double zero = origin();
  wheel_.clear();
  double sum = 0.0;
  for (const Species& one : species_) {
    sum += std::max(0.0, one.mean(fitness_) - zero);  // a mean may round below its least
    wheel_.push_back(sum);
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    Stream stream(key, first_id + i);
    out[i] = mate(stream);
  }
}

// --- replace ------------------------------------------------------------------------------------

void SteadyState::begin(const Population& offered) {
  met_.clear();
  for (const Species& one : species_) {
    met_.push_back({one.number, joined_[one.champion()]});
  }
  places_.resize(offered.size());
  first_within_each(species_, *population_, variation_, threshold_, offered, executor_, places_);
}

/// first_within(), by what begin() found: only species that are new or have another champion since,
/// and those behind the one that was found, are compared.
std::size_t SteadyState::home_of(const Population& offered, std::uint32_t from) const {
  const std::size_t place = from < places_.size() ? places_[from] : 0;
  std::size_t m = 0;  // both lists are in the order of numbers
  for (std::size_t s = 0; s < species_.size(); ++s) {
    const std::uint32_t champion = species_[s].champion();
    while (m < met_.size() && met_[m].number < species_[s].number) ++m;
    const bool same = m < met_.size() && met_[m].number == species_[s].number &&
                      met_[m].champion == joined_[champion];
    if (same && m < place) continue;
    if (same && m == place) return s;
    if (variation_.distance(offered, from, *population_, champion) < threshold_) return s;
  }
  return species_.size();
}

std::optional<std::uint32_t> SteadyState::replace(const Population& offered, std::uint32_t from,
                                                  double fitness) {
  assert(!species_.empty() && std::isfinite(fitness));
  const std::size_t home = home_of(offered, from);
  const double zero = std::min(origin(), fitness);

  // The lowest share of all, the child counted in; of equal shares who joined earliest leaves.
  constexpr auto kChild = static_cast<std::size_t>(-1);
  std::size_t leaving_species = kChild;
  std::uint32_t leaving = 0;
  const bool founds = home == species_.size();
  double lowest =
      (fitness - zero) / static_cast<double>(founds ? 1 : species_[home].members.size() + 1);
  for (std::size_t s = 0; s < species_.size(); ++s) {
    const Species& one = species_[s];
    const std::uint32_t row = one.last(fitness_);
    const double share =
        (fitness_[row] - zero) / static_cast<double>(one.members.size() + (s == home ? 1 : 0));
    if (share > lowest) continue;
    if (share == lowest && leaving_species != kChild && joined_[row] > joined_[leaving]) {
      continue;
    }
    lowest = share;
    leaving_species = s;
    leaving = row;
  }
  if (leaving_species == kChild) return std::nullopt;

  // The child takes the row of whoever leaves.
  std::erase(species_[leaving_species].members, leaving);
  const RowEdit put{.kind = RowEdit::Kind::put, .row = leaving, .from = from};
  population_->apply({&put, 1}, offered);
  fitness_[leaving] = fitness;
  joined_[leaving] = next_joined_++;
  if (founds) species_.push_back({.number = next_species_++, .members = {}});
  Species& joins = species_[home];
  joins.members.insert(std::ranges::upper_bound(joins.members, leaving, ranking()), leaving);
  species_of_[leaving] = joins.number;
  if (species_[leaving_species].members.empty()) {
    species_.erase(species_.begin() + static_cast<std::ptrdiff_t>(leaving_species));
  }
  return leaving;
}

void SteadyState::adapt_species(std::span<const double> fitness) {
  if (!fitness.empty()) {
    assert(fitness.size() == size());
    std::ranges::copy(fitness, fitness_.begin());
    // Only champions matter to what follows: members are assigned, and ranked, anew.
    for (Species& one : species_)
      std::iter_swap(one.members.begin(), std::ranges::min_element(one.members, ranking()));
  }
  const std::int64_t target = parameters_.target_species > 0
                                  ? parameters_.target_species
                                  : std::max<std::int64_t>(1, parameters_.population / 15);
  const auto count = static_cast<std::int64_t>(species_.size());
  if (count < target) threshold_ -= parameters_.threshold_step;
  if (count > target) threshold_ += parameters_.threshold_step;
  threshold_ = std::max(threshold_, parameters_.threshold_floor);
  assign();
}

// --- state --------------------------------------------------------------------------------------

void SteadyState::save(StateWriter& writer) const {
  writer.attribute("threshold", threshold_);
  writer.attribute("next_species", static_cast<std::uint64_t>(next_species_));
  writer.attribute("next_joined", next_joined_);
  writer.column<std::uint32_t>("species", species_of_, {"number of each one's species"});
  writer.column<std::uint64_t>("joined", joined_,
                               {"how many had joined the population before this one"});
}

void SteadyState::load(const StateReader& reader, const Population& population,
                       std::span<const double> fitness) {
  threshold_ = reader.attribute_as<double>("threshold");
  const auto next_species = reader.attribute_as<std::uint64_t>("next_species");
  if (next_species > std::numeric_limits<std::uint32_t>::max()) {
    throw Error("steady_state/next_species: is larger than any number of a species");
  }
  next_species_ = static_cast<std::uint32_t>(next_species);
  next_joined_ = reader.attribute_as<std::uint64_t>("next_joined");
  species_of_ = reader.column<std::uint32_t>("species");
  joined_ = reader.column<std::uint64_t>("joined");
  const std::size_t n = population.size();
  if (fitness.size() != n || species_of_.size() != n || joined_.size() != n) {
    throw Error("steady_state: its columns and the population have different lengths");
  }
  if (!std::ranges::all_of(fitness, [](double one) { return std::isfinite(one); })) {
    throw Error("/population/fitness: holds a number that is not finite");
  }
  take_rows(population, fitness);
  // Numbers grow with the order of founding, and rank follows from fitness and joined.
  std::vector<std::uint32_t> numbers = species_of_;
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (!numbers.empty() && numbers.back() >= next_species_) {
    throw Error("steady_state/species: holds a number that was never given");
  }
  for (const std::uint32_t number : numbers) species_.push_back({.number = number, .members = {}});
  for (std::uint32_t row = 0; row < n; ++row) {
    const auto place = std::ranges::lower_bound(numbers, species_of_[row]) - numbers.begin();
    species_[static_cast<std::size_t>(place)].members.push_back(row);
  }
  for (Species& one : species_) std::ranges::sort(one.members, ranking());
}

}  // namespace cambrian
