#include "cambrian/speciation/steady_state.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "cambrian/speciation/species.hpp"

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

struct SteadyState::Impl {
  Impl(const SteadyStateParameters& given, std::unique_ptr<Population> empty,
       const Variation& operators, Executor* workers)
      : parameters(given),
        population(std::move(empty)),
        variation(operators),
        executor(workers),
        threshold(std::max(given.threshold, given.threshold_floor)) {}

  SteadyStateParameters parameters;
  std::unique_ptr<Population> population;
  const Variation& variation;
  Executor* executor;
  double threshold;
  std::vector<Species> species;
  std::vector<double> fitness;            // [size]
  std::vector<std::uint32_t> species_of;  // [size]
  std::vector<std::uint64_t> joined;      // [size], when: counts all that ever joined
  std::uint64_t next_joined = 0;
  std::uint32_t next_species = 0;
  std::vector<double> wheel;  // of select(): sums of the species' shares up to each

  /// A species as begin() met it. Its champion is known by when it joined: rows are used again.
  struct Met {
    std::uint32_t number;
    std::uint64_t champion;
  };
  std::vector<Met> met;
  std::vector<std::size_t> places;  // [offered] in `met`, of the first species within the threshold

  Ranking ranking() const { return {fitness, joined}; }

  /// Subtracted from fitness before it is shared or used as a chance: 0, or the lowest fitness if
  /// that is negative, because dividing a negative fitness by the species' size would reward
  /// crowding.
  double origin() const {
    double lowest = 0.0;
    for (const Species& one : species) lowest = std::min(lowest, fitness[one.members.back()]);
    return lowest;
  }

  void turn_wheel();
  Mating mate(Stream& stream) const;
  const Species& draw_species(Stream& stream) const;
  std::size_t home_of(const Population& offered, std::uint32_t from) const;
  void assign() {
    met.clear();
    places.clear();
    assign_anew(*population, variation, threshold, ranking(), executor, species, species_of,
                next_species);
  }
};

SteadyState::SteadyState(const SteadyStateParameters& parameters, std::unique_ptr<Population> empty,
                         const Variation& variation, Executor* executor)
    : impl_(std::make_unique<Impl>(checked(parameters), std::move(empty), variation, executor)) {}

SteadyState::~SteadyState() = default;

std::size_t SteadyState::size() const { return impl_->fitness.size(); }
std::size_t SteadyState::species() const { return impl_->species.size(); }
double SteadyState::threshold() const { return impl_->threshold; }
const Population& SteadyState::population() const { return *impl_->population; }
std::span<const double> SteadyState::fitness() const { return impl_->fitness; }
std::span<const std::uint32_t> SteadyState::species_of() const { return impl_->species_of; }

namespace {

/// Puts all rows of `from` into `to`, row by row.
void copy_rows(const Population& from, Population& to) {
  std::vector<RowEdit> edits(from.size());
  for (std::uint32_t row = 0; row < edits.size(); ++row) {
    edits[row] = {.kind = RowEdit::Kind::put, .row = row, .from = row};
  }
  to.resize(0);
  to.apply(edits, from);
}

}  // namespace

void SteadyState::found(const Population& first, std::span<const double> fitness) {
  assert(first.size() == fitness.size() && !fitness.empty());
  Impl& state = *impl_;
  copy_rows(first, *state.population);
  state.fitness.assign(fitness.begin(), fitness.end());
  state.joined.resize(fitness.size());
  std::iota(state.joined.begin(), state.joined.end(), state.next_joined);
  state.next_joined += fitness.size();
  state.species.clear();
  state.assign();
}

// --- select -------------------------------------------------------------------------------------

void SteadyState::Impl::turn_wheel() {
  const double zero = origin();
  wheel.resize(species.size());
  double sum = 0.0;
  for (std::size_t s = 0; s < species.size(); ++s) {
    sum += std::max(0.0, species[s].mean(fitness) - zero);  // a mean may round below its least
    wheel[s] = sum;
  }
}

const Species& SteadyState::Impl::draw_species(Stream& stream) const {
  const double sum = wheel.back();
  const double u = stream.uniform();
  if (!(sum > 0.0 && std::isfinite(sum))) {  // none has any fitness: all are alike
    const auto s = static_cast<std::size_t>(u * static_cast<double>(species.size()));
    return species[std::min(s, species.size() - 1)];
  }
  const auto found = std::ranges::upper_bound(wheel, u * sum);
  // Rounding may carry u * sum to the very end.
  return found == wheel.end() ? species.back()
                              : species[static_cast<std::size_t>(found - wheel.begin())];
}

Mating SteadyState::Impl::mate(Stream& stream) const {
  const Species& home = draw_species(stream);
  const auto parents = static_cast<std::uint32_t>(
      std::floor(parameters.survival * static_cast<double>(home.members.size() - 1)) + 1.0);
  Mating mating{.mother = home.members[stream.below(parents)]};
  if (parents == 1 || !stream.chance(variation.mating_share())) return mating;
  if (species.size() > 1 && stream.chance(parameters.interspecies)) {
    const auto here = static_cast<std::size_t>(&home - species.data());
    std::size_t other = stream.below(static_cast<std::uint32_t>(species.size() - 1));
    if (other >= here) ++other;
    mating.father = species[other].champion();
  } else {
    mating.father = home.members[stream.below(parents)];
  }
  // Crossover takes the genes that do not match from the mother: she is the fitter one.
  if (fitness[mating.father] > fitness[mating.mother]) std::swap(mating.mother, mating.father);
  return mating;
}

void SteadyState::select(std::span<Mating> out, StreamKey key, std::uint64_t first_id) const {
  assert(!impl_->species.empty());
  impl_->turn_wheel();
  for (std::size_t i = 0; i < out.size(); ++i) {
    Stream stream(key, first_id + i);
    out[i] = impl_->mate(stream);
  }
}

// --- replace ------------------------------------------------------------------------------------

void SteadyState::begin(const Population& offered) {
  Impl& state = *impl_;
  state.met.clear();
  for (const Species& one : state.species) {
    state.met.push_back({one.number, state.joined[one.champion()]});
  }
  state.places.resize(offered.size());
  first_within_each(state.species, *state.population, state.variation, state.threshold, offered,
                    state.executor, state.places);
}

/// first_within(), by what begin() found: only species that are new or have another champion since,
/// and those behind the one that was found, are compared.
std::size_t SteadyState::Impl::home_of(const Population& offered, std::uint32_t from) const {
  const std::size_t place = from < places.size() ? places[from] : 0;
  std::size_t m = 0;  // both lists are in the order of numbers
  for (std::size_t s = 0; s < species.size(); ++s) {
    const std::uint32_t champion = species[s].champion();
    while (m < met.size() && met[m].number < species[s].number) ++m;
    const bool same =
        m < met.size() && met[m].number == species[s].number && met[m].champion == joined[champion];
    if (same && m < place) continue;
    if (same && m == place) return s;
    if (variation.distance(offered, from, *population, champion) < threshold) return s;
  }
  return species.size();
}

std::optional<std::uint32_t> SteadyState::replace(const Population& offered, std::uint32_t from,
                                                  double fitness) {
  Impl& state = *impl_;
  assert(!state.species.empty() && std::isfinite(fitness));
  const std::size_t home = state.home_of(offered, from);
  const double zero = std::min(state.origin(), fitness);

  // The lowest share of all, the child counted in; of equal shares who joined earliest leaves.
  constexpr auto kChild = static_cast<std::size_t>(-1);
  std::size_t leaving_species = kChild;
  std::uint32_t leaving = 0;
  const bool founds = home == state.species.size();
  double lowest =
      (fitness - zero) / static_cast<double>(founds ? 1 : state.species[home].members.size() + 1);
  for (std::size_t s = 0; s < state.species.size(); ++s) {
    const Species& one = state.species[s];
    const std::uint32_t row = one.last(state.fitness);
    const double share =
        (state.fitness[row] - zero) / static_cast<double>(one.members.size() + (s == home ? 1 : 0));
    if (share > lowest) continue;
    if (share == lowest && leaving_species != kChild && state.joined[row] > state.joined[leaving]) {
      continue;
    }
    lowest = share;
    leaving_species = s;
    leaving = row;
  }
  if (leaving_species == kChild) return std::nullopt;

  // The child takes the row of whoever leaves.
  state.species[leaving_species].erase(leaving);
  const RowEdit put{.kind = RowEdit::Kind::put, .row = leaving, .from = from};
  state.population->apply({&put, 1}, offered);
  state.fitness[leaving] = fitness;
  state.joined[leaving] = state.next_joined++;
  if (founds) state.species.push_back({.number = state.next_species++, .members = {}});
  Species& joins = state.species[home];
  joins.insert(leaving, state.ranking());
  state.species_of[leaving] = joins.number;
  if (state.species[leaving_species].members.empty()) {
    state.species.erase(state.species.begin() + static_cast<std::ptrdiff_t>(leaving_species));
  }
  return leaving;
}

void SteadyState::adapt_species(std::span<const double> fitness) {
  Impl& state = *impl_;
  if (!fitness.empty()) {
    assert(fitness.size() == size());
    std::ranges::copy(fitness, state.fitness.begin());
    // Only champions matter to what follows: members are assigned, and ranked, anew.
    for (Species& one : state.species) one.crown(state.ranking());
  }
  const SteadyStateParameters& parameters = state.parameters;
  const std::int64_t target = parameters.target_species > 0
                                  ? parameters.target_species
                                  : std::max<std::int64_t>(1, parameters.population / 15);
  const auto count = static_cast<std::int64_t>(state.species.size());
  if (count < target) state.threshold -= parameters.threshold_step;
  if (count > target) state.threshold += parameters.threshold_step;
  state.threshold = std::max(state.threshold, parameters.threshold_floor);
  state.assign();
}

// --- state --------------------------------------------------------------------------------------

void SteadyState::save(StateWriter& writer) const {
  writer.attribute("threshold", impl_->threshold);
  writer.attribute("next_species", static_cast<std::uint64_t>(impl_->next_species));
  writer.attribute("next_joined", impl_->next_joined);
  writer.column<std::uint32_t>("species", impl_->species_of, {"number of each one's species"});
  writer.column<std::uint64_t>("joined", impl_->joined,
                               {"how many had joined the population before this one"});
}

void SteadyState::load(const StateReader& reader, const Population& population,
                       std::span<const double> fitness) {
  Impl& state = *impl_;
  state.threshold = reader.attribute_as<double>("threshold");
  const auto next_species = reader.attribute_as<std::uint64_t>("next_species");
  if (next_species > std::numeric_limits<std::uint32_t>::max()) {
    throw Error("steady_state/next_species: is larger than any number of a species");
  }
  state.next_species = static_cast<std::uint32_t>(next_species);
  state.next_joined = reader.attribute_as<std::uint64_t>("next_joined");
  state.species_of = reader.column<std::uint32_t>("species");
  state.joined = reader.column<std::uint64_t>("joined");
  const std::size_t n = population.size();
  if (fitness.size() != n || state.species_of.size() != n || state.joined.size() != n) {
    throw Error("steady_state: its columns and the population have different lengths");
  }
  if (!std::ranges::all_of(fitness, [](double one) { return std::isfinite(one); })) {
    throw Error("/population/fitness: holds a number that is not finite");
  }
  copy_rows(population, *state.population);
  state.fitness.assign(fitness.begin(), fitness.end());
  // Numbers grow with the order of founding, and rank follows from fitness and joined.
  std::vector<std::uint32_t> numbers = state.species_of;
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  if (!numbers.empty() && numbers.back() >= state.next_species) {
    throw Error("steady_state/species: holds a number that was never given");
  }
  state.met.clear();
  state.places.clear();
  state.species.clear();
  for (const std::uint32_t number : numbers)
    state.species.push_back({.number = number, .members = {}});
  for (std::uint32_t row = 0; row < n; ++row) {
    const auto place = std::ranges::lower_bound(numbers, state.species_of[row]) - numbers.begin();
    state.species[static_cast<std::size_t>(place)].members.push_back(row);
  }
  for (Species& one : state.species) one.sort(state.ranking());
}

}  // namespace cambrian
