#include "cambrian/speciation/offspring.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace cambrian {

bool is_stagnant(const SpeciesRecord& species, std::uint32_t stagnation) {
  return species.age - species.improved + 1 >= stagnation;
}

double age_factor(const SpeciesRecord& species, const AgeRules& rules) {
  double factor = 1.0;
  if (is_stagnant(species, rules.stagnation)) factor *= rules.stagnation_factor;
  if (species.age <= kYoungAge) factor *= rules.young_factor;
  return factor;
}

void share_offspring(std::span<const double> shared, std::span<const std::size_t> sizes,
                     std::size_t total, std::span<std::uint32_t> offspring) {
  assert(!sizes.empty() && sizes.size() == offspring.size());
  const double sum = std::accumulate(shared.begin(), shared.end(), 0.0);
  const double mean = sum / static_cast<double>(total);
  std::size_t given = 0;
  double carried = 0.0;
  std::size_t row = 0;
  for (std::size_t s = 0; s < sizes.size(); ++s) {
    offspring[s] = 0;
    for (const std::size_t end = row + sizes[s]; row < end; ++row) {
      const double expected = mean > 0.0 ? shared[row] / mean : 0.0;
      const double whole = std::floor(expected);
      offspring[s] += static_cast<std::uint32_t>(whole);
      carried += expected - whole;
      if (carried > 1.0) {
        ++offspring[s];
        carried -= 1.0;
      }
    }
    given += offspring[s];
  }
  if (given == total) return;
  const auto last_of_most = std::max_element(offspring.rbegin(), offspring.rend());
  if (given + 1 == total) {
    ++*last_of_most;
  } else {
    std::uint32_t& all = *last_of_most;
    std::ranges::fill(offspring, 0U);
    all = static_cast<std::uint32_t>(total);
  }
}

}  // namespace cambrian
