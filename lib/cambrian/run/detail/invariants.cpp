#include "cambrian/run/detail/invariants.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "cambrian/archive/grid_archive.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

void check_columns(const Elites& elites, const std::string& where) {
  const Archive& archive = elites.archive();
  const std::size_t n = elites.size();
  if (archive.size() != n || elites.population().size() != n || archive.objectives().size() != n ||
      archive.cells().size() != n || elites.evaluations().size() != n ||
      archive.descriptors().size() != n * archive.space().dimensions()) {
    throw Error(where + ": its columns have different lengths");
  }
  if (archive.capacity() != 0 && n > archive.capacity()) {
    throw Error(where + ": holds more than its capacity");
  }
}

template <class T>
bool has_twins(std::vector<T> values) {
  std::ranges::sort(values);
  return std::ranges::adjacent_find(values) != values.end();
}

/// The descriptors' cells: one elite each, and where a grid holds it.
void check_cells(const Archive& archive, const std::string& where) {
  const std::size_t dimensions = archive.space().dimensions();
  const auto* grid = dynamic_cast<const GridArchive*>(&archive);
  std::vector<std::int64_t> cells(archive.cells().begin(), archive.cells().end());
  std::erase_if(cells, [](std::int64_t cell) { return cell < 0; });
  if (has_twins(std::move(cells))) throw Error(where + ": holds two elites in one cell");
  for (std::size_t i = 0; i < archive.size(); ++i) {
    if (grid == nullptr) break;
    const auto descriptor = archive.descriptors().subspan(i * dimensions, dimensions);
    if (grid->cell_of(descriptor) != static_cast<std::size_t>(archive.cells()[i])) {
      throw Error(where + ": holds an elite in another cell than its descriptor's");
    }
  }
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
  const Archive& archive = elites.archive();
  if (elites.ids().size() != elites.size() ||
      has_twins(std::vector<std::uint64_t>(elites.ids().begin(), elites.ids().end())))
    throw Error(where + ": holds a candidate twice");
  const auto finite = [](double value) { return std::isfinite(value); };
  if (!std::ranges::all_of(archive.objectives(), finite)) {
    throw Error(where + ": holds an objective that is not finite");
  }
  if (!std::ranges::all_of(archive.descriptors(), finite)) {
    throw Error(where + ": holds a descriptor that is not finite");
  }
  for (const std::uint64_t evaluation : elites.evaluations()) {
    if (evaluation == 0 || evaluation > evaluations) {
      throw Error(where + ": holds an elite of evaluation " + std::to_string(evaluation) +
                  ", but there have been " + std::to_string(evaluations));
    }
  }
  check_cells(archive, where);
  check_genomes(space, elites.population(), elites.ids(), where);
}

}  // namespace cambrian
