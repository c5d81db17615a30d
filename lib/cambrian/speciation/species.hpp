// The species of a living population: groups of rows whose first members lie apart in genome space.
// Species stand in the order of their founding, which is that of their numbers; members in the
// order of their rank.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/core/executor.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

/// An individual's rank in its species: fitter first, of equals the one that joined earlier.
struct FitnessOrder {
  std::span<const double> fitness;
  std::span<const std::uint64_t> joined;
  bool operator()(std::uint32_t a, std::uint32_t b) const {
    if (fitness[a] != fitness[b]) return fitness[a] > fitness[b];
    return joined[a] < joined[b];
  }
};

struct Species {
  std::uint32_t number = 0;            ///< never reused in a run
  std::vector<std::uint32_t> members;  ///< rows, by rank; never empty
  std::uint32_t champion() const { return members.front(); }

  double mean(std::span<const double> fitness) const;
  /// The individual of it that leaves first: the lowest fitness, of equals the one that joined
  /// earliest.
  std::uint32_t last(std::span<const double> fitness) const;
};

/// Assigns every row of `population` anew, in row order, each to the first species within
/// `threshold` of it, or to a new one that it founds. A species stands for what its champion was
/// before (a new one for its founder), so that the result does not depend on how far the assignment
/// has come; species that end up empty are gone.
/// @param executor     compares rows with the species so far; null: the caller's thread
/// @param species      the species so far; may be empty
/// @param species_of   [size] written: the number of each row's species
/// @param next_number  of the next new species; moved on
void assign_anew(const Population& population, const Variation& variation, double threshold,
                 const FitnessOrder& ranking, Executor* executor, std::vector<Species>& species,
                 std::vector<std::uint32_t>& species_of, std::uint32_t& next_number);

/// The place in `species` of the first, from place `begin` on, whose champion (a row of
/// `population`) is nearer than `threshold` to genome `row` of `genomes`; species.size() if there
/// is none.
std::size_t first_within(const std::vector<Species>& species, const Population& population,
                         const Variation& variation, double threshold, const Population& genomes,
                         std::size_t row, std::size_t begin = 0);

/// first_within() for all rows of `genomes`, shared among the executor's workers if there is one.
/// @param places  [genomes.size()] written
void first_within_each(const std::vector<Species>& species, const Population& population,
                       const Variation& variation, double threshold, const Population& genomes,
                       Executor* executor, std::span<std::size_t> places);

}  // namespace cambrian
