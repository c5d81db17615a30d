#include "cambrian/speciation/generations.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace cambrian {
namespace {

constexpr std::uint32_t kOldAge = 20;  // NEAT 1.2: only older species are punished
constexpr double kSmallFitness = 0.0001;
constexpr int kSpeciesTries = 5;  // NEAT 1.2: to find another species to mate with

}  // namespace

Generations::Generations(const GenerationsParameters& parameters, std::unique_ptr<Population> empty,
                         const Variation& variation, Executor* executor)
    : parameters_(checked(parameters)),
      population_(std::move(empty)),
      variation_(variation),
      executor_(executor),
      threshold_(parameters.threshold) {}

// --- replace ------------------------------------------------------------------------------------

/// The species so far, each with the one member that it stands for.
std::vector<Species> Generations::representatives(StreamKey key) const {
  Stream stream(key, generation_);
  std::vector<Species> standing;
  for (const Species& one : species_) {
    const std::uint32_t place = parameters_.representative == Representative::champion
                                    ? 0
                                    : stream.below(static_cast<std::uint32_t>(one.members.size()));
    standing.push_back({.number = one.number, .members = {one.members[place]}});
  }
  return standing;
}

void Generations::replace(const Population& offered, std::span<const std::uint32_t> rows,
                          StreamKey key) {
  assert(!rows.empty());
  population_->apply({}, offered);  // no edit: it only has to fit, before anything changes
  const std::vector<Species> known = representatives(key);
  std::vector<std::size_t> places(offered.size());
  first_within_each(known, *population_, variation_, threshold_, offered, executor_, places);

  for (Species& one : species_) one.members.clear();
  std::vector<Species> founded;  // stand for rows of `offered`
  species_of_.resize(rows.size());
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    std::size_t s = places[rows[i]];
    if (s == known.size()) {
      s += first_within(founded, offered, variation_, threshold_, offered, rows[i]);
    }
    if (s == species_.size()) {
      founded.push_back({.number = next_species_, .members = {rows[i]}});
      species_.push_back({.number = next_species_++, .members = {}});
      records_.emplace_back().age = 0;
    }
    species_[s].members.push_back(i);
    species_of_[i] = species_[s].number;
  }

  std::size_t kept = 0;
  for (std::size_t s = 0; s < species_.size(); ++s) {
    if (species_[s].members.empty()) continue;
    ++records_[s].age;
    if (kept != s) {
      species_[kept] = std::move(species_[s]);
      records_[kept] = records_[s];
    }
    ++kept;
  }
  species_.resize(kept);
  records_.resize(kept);

  std::vector<RowEdit> edits = {{.kind = RowEdit::Kind::shrink, .row = 0}};
  for (std::uint32_t i = 0; i < rows.size(); ++i) edits.push_back({.row = i, .from = rows[i]});
  population_->apply(edits, offered);
  ++generation_;
}

// --- rank ---------------------------------------------------------------------------------------

/// Members and species by fitness; of equals the earlier child, or species.
void Generations::sort_members() {
  for (Species& one : species_) {
    std::ranges::sort(one.members, [this](std::uint32_t a, std::uint32_t b) {
      return fitness_[a] != fitness_[b] ? fitness_[a] > fitness_[b] : a < b;
    });
  }
  order_.resize(species_.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::ranges::stable_sort(order_, std::ranges::greater(),
                           [this](std::size_t s) { return fitness_[species_[s].champion()]; });
}

/// The species that counts as stagnant though it may not be: of those that are old, the one with
/// the worst champion. NEAT 1.2 means that one, but looks at numbers of an earlier generation.
std::size_t Generations::punished() const {
  const auto every = static_cast<std::uint64_t>(parameters_.punish_every);
  if (every == 0 || generation_ % every != 0) return species_.size();
  const auto old = std::find_if(order_.rbegin(), order_.rend(),
                                [this](std::size_t s) { return records_[s].age >= kOldAge; });
  return old == order_.rend() ? species_.size() : *old;
}

double Generations::shared_fitness(double fitness, double lowest, double factor,
                                   std::size_t size) const {
  double counted = (fitness - lowest) * factor;
  if (counted < 0.0) counted = kSmallFitness;
  return counted / static_cast<double>(size);
}

void Generations::share() {
  double lowest = 0.0;
  if (parameters_.negative_fitness == NegativeFitness::shift) {
    for (const double one : fitness_) lowest = std::min(lowest, one);
  }
  const AgeRules rules{.stagnation = static_cast<std::uint32_t>(parameters_.stagnation),
                       .stagnation_factor = parameters_.stagnation_factor,
                       .young_factor = parameters_.young_factor};
  const std::size_t punished_place = punished();
  std::vector<double> shared;
  std::vector<std::size_t> sizes;
  for (std::size_t s = 0; s < species_.size(); ++s) {
    double factor = age_factor(records_[s], rules);
    if (s == punished_place && !is_stagnant(records_[s], rules.stagnation))
      factor *= parameters_.stagnation_factor;
    const std::size_t size = species_[s].members.size();
    for (const std::uint32_t row : species_[s].members)
      shared.push_back(shared_fitness(fitness_[row], lowest, factor, size));
    sizes.push_back(size);
  }
  std::vector<std::uint32_t> offspring(species_.size());
  share_offspring(shared, sizes, static_cast<std::size_t>(parameters_.population), offspring);
  for (std::size_t s = 0; s < species_.size(); ++s) records_[s].offspring = offspring[s];
}

void Generations::note_records() {
  for (std::size_t s = 0; s < species_.size(); ++s) {
    const double champion = fitness_[species_[s].champion()];
    SpeciesRecord& record = records_[s];
    if (record.improved != 0 && !(champion > record.best)) continue;
    record.best = champion;
    record.improved = record.age;
  }
  const double best = fitness_[species_[order_.front()].champion()];
  unimproved_ = best > record_ ? 0 : unimproved_ + 1;
  record_ = std::max(record_, best);
}

/// The two best species share the next generation where the population has not improved for long.
void Generations::code_deltas() {
  refines_ = false;
  if (parameters_.delta_coding == DeltaCoding::off ||
      unimproved_ < static_cast<std::uint64_t>(parameters_.delta_coding_after)) {
    return;
  }
  unimproved_ = 0;
  refines_ = parameters_.delta_coding == DeltaCoding::champions;
  for (SpeciesRecord& record : records_) record.offspring = 0;
  const auto all = static_cast<std::uint32_t>(parameters_.population);
  const std::uint32_t half = species_.size() > 1 ? all / 2 : all;
  SpeciesRecord& first = records_[order_.front()];
  first.offspring = half;
  first.improved = first.age;
  if (half == all) return;
  SpeciesRecord& second = records_[order_[1]];
  second.offspring = all - half;
  second.improved = second.age;
}

void Generations::move_threshold() {
  if (parameters_.target_species == 0 || generation_ < 2) return;
  const auto count = static_cast<std::int64_t>(species_.size());
  if (count < parameters_.target_species) threshold_ -= parameters_.threshold_step;
  if (count > parameters_.target_species) threshold_ += parameters_.threshold_step;
  threshold_ = std::max(threshold_, parameters_.threshold_floor);
}

void Generations::rank(std::span<const double> fitness) {
  assert(fitness.size() == size() && size() > 0);
  fitness_.assign(fitness.begin(), fitness.end());
  sort_members();
  share();
  note_records();
  code_deltas();
  move_threshold();
}

// --- select -------------------------------------------------------------------------------------

std::size_t Generations::parents_of(const Species& species) const {
  const std::size_t members = species.members.size();
  const double parents = std::floor(parameters_.survival * static_cast<double>(members) + 1.0);
  return std::min(members, static_cast<std::size_t>(parents));
}

bool Generations::copies_champion(std::size_t place) const {
  const std::size_t counted = parameters_.champion_rule == ChampionRule::offspring
                                  ? records_[place].offspring
                                  : species_[place].members.size();
  return counted > static_cast<std::size_t>(parameters_.champion_above);
}

/// Of a species drawn so that those with better champions come more often. May be the own one after
/// some tries.
std::uint32_t Generations::champion_elsewhere(std::size_t home, Stream& stream) const {
  std::size_t place = home;
  for (int i = 0; i < kSpeciesTries && place == home; ++i) {
    const double drawn = std::min(1.0, stream.normal() / 4.0);
    const double rank = std::floor(drawn * static_cast<double>(species_.size() - 1) + 0.5);
    place = order_[rank > 0.0 ? static_cast<std::size_t>(rank) : 0];
  }
  return species_[place].champion();
}

Mating Generations::mate(std::size_t home, Stream& stream) const {
  const std::vector<std::uint32_t>& members = species_[home].members;
  const auto parents = static_cast<std::uint32_t>(parents_of(species_[home]));
  Mating mating{.mother = members[stream.below(parents)]};
  if (parents == 1 || !stream.chance(variation_.mating_share())) return mating;
  mating.father = stream.chance(parameters_.interspecies) ? champion_elsewhere(home, stream)
                                                          : members[stream.below(parents)];
  // Crossover takes the genes that do not match from the mother: she is the fitter one, or of equals
  // the one with fewer genes.
  const double hers = fitness_[mating.mother];
  const double his = fitness_[mating.father];
  const bool smaller = his == hers && variation_.genes(*population_, mating.father) <=
                                          variation_.genes(*population_, mating.mother);
  if (his > hers || smaller) std::swap(mating.mother, mating.father);
  return mating;
}

void Generations::select(std::span<Mating> out, std::vector<std::uint32_t>& copies, StreamKey key,
                         std::uint64_t first_id) const {
  assert(out.size() == static_cast<std::size_t>(parameters_.population));
  copies.clear();
  std::uint32_t child = 0;
  for (std::size_t s = 0; s < species_.size(); ++s) {
    const std::uint32_t begin = child;
    const std::uint32_t end = begin + records_[s].offspring;
    if (begin == end) continue;
    if (refines_) {
      copies.push_back(end - 1);
    } else if (copies_champion(s)) {
      copies.push_back(begin);
    }
    const bool copied = !copies.empty() && copies.back() >= begin;
    for (; child < end; ++child) {
      Stream stream(key, first_id + child);
      const bool of_champion = refines_ || (copied && copies.back() == child);
      out[child] = of_champion ? Mating{.mother = species_[s].champion()} : mate(s, stream);
    }
  }
  assert(child == out.size());
}

}  // namespace cambrian
