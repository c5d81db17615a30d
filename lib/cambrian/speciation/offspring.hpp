// How NEAT shares the next generation out among its species.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cambrian {

/// What a species remembers from generation to generation. It is born at age 1.
struct SpeciesRecord {
  std::uint32_t age = 1;        ///< generations that it has been evaluated in
  std::uint32_t improved = 0;   ///< its age when its champion last improved
  double best = 0.0;            ///< fitness of the best champion so far; means nothing before
                                ///< `improved`
  std::uint32_t offspring = 0;  ///< that it has in the next generation
};

/// Factors on the fitness of all members of a species, by its age.
struct AgeRules {
  std::uint32_t stagnation = 15;    ///< see is_stagnant()
  double stagnation_factor = 0.01;  ///< on stagnant species
  double young_factor = 1.0;        ///< on species up to age kYoungAge
};
inline constexpr std::uint32_t kYoungAge = 10;

/// Whether it has not improved for stagnation - 1 generations, as NEAT 1.2 counts.
bool is_stagnant(const SpeciesRecord& species, std::uint32_t stagnation);

/// The factor on the fitness of a species' members, before it is divided by their number.
double age_factor(const SpeciesRecord& species, const AgeRules& rules);

/// Each individual expects total x fitness / (sum of all). A species gets the whole parts; the
/// fractions are carried to its next member and on to the next species, and give one more whenever
/// they exceed 1. If the sum is then one short, the species with the most gets it, of equals the
/// last; if it is still short (no fitness anywhere), that species gets all.
/// @param shared  shared fitness, at least 0, species after species
/// @param sizes   [species] how many of `shared` are whose
/// @param offspring  [species] written; their sum is `total`
/// Source: NEAT 1.2 (Stanley), Species::count_offspring and Population::epoch.
void share_offspring(std::span<const double> shared, std::span<const std::size_t> sizes,
                     std::size_t total, std::span<std::uint32_t> offspring);

}  // namespace cambrian
