#include "cambrian/record/invariants.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

void check_columns(const Elites& elites, const std::string& where) {
  const Archive& archive = elites.archive();
  const std::size_t n = elites.size();
  const Individuals& rows = elites.individuals();
  if (archive.size() != n || elites.population().size() != n || rows.evaluations.size() != n ||
      rows.objectives.size() != n * rows.objectives_per_row ||
      rows.descriptors.size() != n * archive.space().dimensions()) {
    throw Error(where + ": its columns have different lengths");
  }
  if (archive.capacity() != 0 && n > archive.capacity()) {
    throw Error(where + ": holds more than its capacity");
  }
}

bool has_twins(std::span<const std::uint64_t> ids) {
  std::vector<std::uint64_t> sorted(ids.begin(), ids.end());
  std::ranges::sort(sorted);
  return std::ranges::adjacent_find(sorted) != sorted.end();
}

}  // namespace

void check_genomes(const GenomeSpace& space, const Population& population,
                   std::span<const std::uint64_t> ids, const std::string& where) {
  if (population.size() != ids.size()) {
    throw Error(where + ": has another number of genomes than of candidates");
  }
  for (std::size_t row = 0; row < ids.size(); ++row) {
    try {
      space.check(population, row);
    } catch (const Error& error) {
      throw Error(where + ": the genome of candidate " + std::to_string(ids[row]) + ": " +
                  error.what());
    }
  }
}

void check_elites(const Elites& elites, const GenomeSpace& space, std::uint64_t evaluations,
                  const std::string& where) {
  check_columns(elites, where);
  const Individuals& rows = elites.individuals();
  if (has_twins(rows.ids)) throw Error(where + ": holds a candidate twice");
  const auto finite = [](double value) { return std::isfinite(value); };
  if (!std::ranges::all_of(rows.objectives, finite)) {
    throw Error(where + ": holds an objective that is not finite");
  }
  if (!std::ranges::all_of(rows.descriptors, finite)) {
    throw Error(where + ": holds a descriptor that is not finite");
  }
  for (const std::uint64_t evaluation : rows.evaluations) {
    if (evaluation == 0 || evaluation > evaluations) {
      throw Error(where + ": holds an elite of evaluation " + std::to_string(evaluation) +
                  ", but there have been " + std::to_string(evaluations));
    }
  }
  try {
    elites.archive().check(rows);
  } catch (const Error& error) {
    throw Error(where + ": " + error.what());
  }
  check_genomes(space, elites.population(), rows.ids, where);
}

}  // namespace cambrian
