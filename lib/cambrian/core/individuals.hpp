// Individuals as one table of columns, a row each: the candidates of a batch, the elites of an
// archive, a living population, the lineage of a run. Genomes lie beside it, in a population of
// equally many rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/large_pages.hpp"
#include "cambrian/core/objective_direction.hpp"
#include "cambrian/core/state.hpp"

namespace cambrian {

struct Individuals {
  std::size_t objectives_per_row = 1;  ///< O, the first objective drives
  std::size_t dimensions = 0;          ///< D, of a descriptor
  LargeColumn<std::uint64_t> ids;      ///< the candidate's ordinal in the run
  /// The run's count, from 1, of the evaluation with which it was complete.
  LargeColumn<std::uint64_t> evaluations;
  LargeColumn<ParentIds> parents;
  LargeColumn<double> objectives;    ///< [n, O], higher is better
  LargeColumn<double> descriptors;   ///< [n, D], in the units of the measures
  LargeColumn<std::uint8_t> solved;  ///< whether the task was solved: 0 or 1
  LargeColumn<std::uint8_t> valid;   ///< of a batch alone: 0 where nothing else of the row counts
  /// What proposed it, a place in Algorithm::origins(); empty where there is only one.
  LargeColumn<std::uint16_t> origins;
  LargeColumn<std::uint32_t> samples;  ///< evaluations that the row summarises; empty: one each
  LargeColumn<std::uint64_t>
      noise;  ///< ordinal of the streams that its evaluations drew from; empty:
              ///< its own id, or the same for the whole run

  std::size_t size() const { return ids.size(); }
  double objective(std::size_t row) const { return objectives[row * objectives_per_row]; }
  std::span<const double> descriptor(std::size_t row) const {
    return {descriptors.data() + row * dimensions, dimensions};
  }
  /// A batch of n rows: ids first_id.., evaluations first_id + 1.., without parents, valid, unsolved,
  /// everything else 0.
  void start(std::size_t n, std::uint64_t first_id, std::size_t objectives_of_a_row,
             std::size_t dimensions_of_a_descriptor);
  /// @throws ShapeError if `offered` has rows of other widths, or other columns, than this table
  void require_fit(const Individuals& offered) const;
  /// Follows an archive's edits. An empty table takes widths and columns of `offered`.
  /// @throws ShapeError as require_fit, before anything has changed
  void apply(std::span<const RowEdit> edits, const Individuals& offered);
  /// Drops the rows for which kept[row] is 0; the others keep their order.
  void keep(std::span<const std::uint8_t> kept);

  /// The table's columns in a run file: id, objective (and objectives, where there are several),
  /// descriptor, evaluation, solved, parents, origin, samples, noise. Minimised objectives are stored
  /// as they were given, and the attribute `directions` says so; load() turns them round again.
  /// @param unit  of the descriptor  @param directions  [O]; empty: all maximised, no attribute
  /// @throws ShapeError for another number of directions
  void save(StateWriter& table, std::string_view unit = {},
            std::span<const ObjectiveDirection> directions = {}) const;
  /// @param where  the table's name, for messages  @throws Error where columns differ in length, or
  /// hold what is not finite
  void load(const StateReader& table, std::size_t dimensions_of_a_descriptor,
            std::string_view where);

  /// @throws ShapeError unless this is a batch of `rows` whose columns are all as long as they must be
  void require_batch(std::size_t rows, std::size_t dimensions_of_a_descriptor) const;
  /// Rows of a batch with an objective or a descriptor that is not finite become invalid.
  void refuse_what_is_not_finite();

 private:
  template <class Act>
  void each_column(const Act& act) const;
};

}  // namespace cambrian
