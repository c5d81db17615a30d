#include "cambrian/experiment/invariants.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "cambrian/archive/grid_archive.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

void check_genes(const RealSpace& space, std::span<const float> genes) {
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const std::string gene = "gene " + std::to_string(i) + " is " + std::to_string(genes[i]);
    if (!std::isfinite(genes[i])) throw Error(gene);
    if (space.clips() && (genes[i] < space.min() || genes[i] > space.max())) {
      throw Error(gene + ", outside the bounds");
    }
  }
}

void check_genome(const GenomeSpace& space, const Population& population, std::size_t row) {
  if (const auto* graphs = dynamic_cast<const GraphPopulation*>(&population)) {
    check((*graphs)[row], dynamic_cast<const GraphSpace&>(space).shape());
  } else if (const auto* vectors = dynamic_cast<const RealPopulation*>(&population)) {
    check_genes(dynamic_cast<const RealSpace&>(space), vectors->row(row));
  } else {
    throw std::logic_error("no rules to check genomes of kind '" + std::string(population.kind()) +
                           "' by");
  }
}

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

/// The descriptors' cells: one elite each, and where a grid holds it.
void check_cells(const Archive& archive, const std::string& where) {
  const std::size_t dimensions = archive.space().dimensions();
  const auto* grid = dynamic_cast<const GridArchive*>(&archive);
  std::set<std::int64_t> cells;
  for (std::size_t i = 0; i < archive.size(); ++i) {
    const std::int64_t cell = archive.cells()[i];
    if (cell >= 0 && !cells.insert(cell).second) {
      throw Error(where + ": holds two elites in one cell");
    }
    if (grid == nullptr) continue;
    const auto descriptor = archive.descriptors().subspan(i * dimensions, dimensions);
    if (grid->cell_of(descriptor) != static_cast<std::size_t>(cell)) {
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
      check_genome(space, population, row);
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
  const std::set<std::uint64_t> ids(elites.ids().begin(), elites.ids().end());
  if (ids.size() != elites.size()) throw Error(where + ": holds a candidate twice");
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
