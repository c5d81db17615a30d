// An archive with what lies beside it: the individuals' columns and their genomes. The only file of
// this room that knows genomes.
#pragma once

#include <limits>
#include <memory>
#include <utility>

#include "cambrian/archive/archive.hpp"
#include "cambrian/core/individuals.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

class Elites {
 public:
  /// @param archive, population  both empty
  Elites(std::unique_ptr<Archive> archive, std::unique_ptr<Population> population);

  /// Offers a batch; the answer is valid until the next call.
  /// @throws ShapeError (Error: genomes of another kind) if the columns or the genomes do not have the shapes of those that are held;
  /// nothing has changed then
  const Placement& add(const Individuals& batch, const Population& genomes);
  /// For a search that places one candidate at a time by its archive's own means (an
  /// UnstructuredArchive's enter): makes the columns beside follow the edits of `placement`, whose
  /// candidates are rows of `batch` and `genomes`. Until then only the archive has changed.
  void apply(const Placement& placement, const Individuals& batch, const Population& genomes);

  /// The answer to the last batch.
  const Placement& placement() const { return placement_; }
  const Archive& archive() const { return *archive_; }
  Archive& archive() { return *archive_; }
  std::size_t size() const { return individuals_.size(); }
  const Population& population() const { return *population_; }
  const Individuals& individuals() const { return individuals_; }
  /// Gives the memory of a column to a reader that keeps it beyond the next change; these elites
  /// continue with a copy of it. Nothing else changes.
  template <class T>
  LargeColumn<T> hand_over(LargeColumn<T> Individuals::*column) {
    return std::exchange(individuals_.*column, LargeColumn<T>(individuals_.*column));
  }
  /// The same of the genomes.
  std::unique_ptr<Population> hand_over_population();
  /// Of all that were ever elites, held or not; minus infinity until there is one.
  double objective_best_ever() const { return objective_best_ever_; }

  /// The run file's columns of individuals and `cell`, the group `genome`, the attributes `kind`,
  /// `descriptor_names`, ..., `capacity`, `objective_max_ever` and those of the archive, and the archive's own state in a
  /// group `state`. Attributes that an archive does not know (objective_names, qd_offset) are the
  /// caller's. @param directions  as Individuals::save
  void save(StateWriter& table, std::span<const ObjectiveDirection> directions = {}) const;
  /// @throws Error  where the columns differ in length, or are of another kind or shape of archive
  void load(const StateReader& table);

 private:
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<Population> population_;
  Individuals individuals_;
  Placement placement_;
  double objective_best_ever_ = -std::numeric_limits<double>::infinity();
};

/// The row of the elite whose descriptor is nearest, each axis in units of its bounds (an axis without
/// finite bounds in its own), the first of equals: what `--near` means.
/// @throws Error if there are no elites; ShapeError if the descriptor has another width
std::uint32_t nearest_elite(const Elites& elites, std::span<const double> descriptor);

}  // namespace cambrian
