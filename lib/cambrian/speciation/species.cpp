#include "cambrian/speciation/species.hpp"

#include <algorithm>

namespace cambrian {
namespace {

/// Rows that a worker compares at a time.
constexpr std::size_t kChunk = 4;

}  // namespace

double Species::mean(std::span<const double> fitness) const {
  double sum = 0.0;
  for (const std::uint32_t row : members) sum += fitness[row];
  return sum / static_cast<double>(members.size());
}

std::uint32_t Species::last(std::span<const double> fitness) const {
  // Equals stand in the order in which they joined: the first of the last ones.
  std::size_t place = members.size() - 1;
  while (place > 0 && fitness[members[place - 1]] == fitness[members[place]]) --place;
  return members[place];
}

std::size_t first_within(const std::vector<Species>& species, const Population& population,
                         const Variation& variation, double threshold, const Population& genomes,
                         std::size_t row, std::size_t begin) {
  std::size_t s = begin;
  while (s < species.size() &&
         !(variation.distance(genomes, row, population, species[s].champion()) < threshold)) {
    ++s;
  }
  return s;
}

void first_within_each(const std::vector<Species>& species, const Population& population,
                       const Variation& variation, double threshold, const Population& genomes,
                       Executor* executor, std::span<std::size_t> places) {
  for_each_chunk(
      executor, places.size(), kChunk, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t row = begin; row < end; ++row)
          places[row] = first_within(species, population, variation, threshold, genomes, row);
      });
}

void assign_anew(const Population& population, const Variation& variation, double threshold,
                 const FitnessOrder& ranking, Executor* executor, std::vector<Species>& species,
                 std::vector<std::uint32_t>& species_of, std::uint32_t& next_number) {
  // While rows are assigned, each species holds whom it stands for in front, and is emptied of the
  // others; the one in front is taken off at the end.
  for (Species& one : species) one.members.resize(1);
  species_of.resize(population.size());
  // Who is within none of these may be within one that is founded on the way.
  const std::size_t known = species.size();
  std::vector<std::size_t> places(population.size());
  first_within_each(species, population, variation, threshold, population, executor, places);
  for (std::uint32_t row = 0; row < population.size(); ++row) {
    std::size_t s = places[row];
    if (s == known) {
      s = first_within(species, population, variation, threshold, population, row, known);
    }
    if (s == species.size()) species.push_back({.number = next_number++, .members = {row}});
    species[s].members.push_back(row);
    species_of[row] = species[s].number;
  }
  for (Species& one : species) {
    one.members.erase(one.members.begin());
    std::ranges::sort(one.members, ranking);
  }
  std::erase_if(species, [](const Species& one) { return one.members.empty(); });
}

}  // namespace cambrian
