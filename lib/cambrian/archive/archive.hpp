// Where elites stay. An archive decides by objectives and descriptors which stay; it does not know
// what a genome is. Its elites are dense rows 0..size-1. It answers a batch with a status and a value
// per candidate and an ordered list of row edits, which the owner of columns beside it (elites.hpp)
// applies to them.
//
//   offers (n rows)  ──►  add  ──►  status[n], value[n],
//                                   edits: put 3 into row 17, move row 40 to row 2, shrink to 40
//
// Candidates of a batch are placed one after another, in batch order, each against the archive as
// it then is.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cambrian/archive/descriptor.hpp"
#include "cambrian/core/batch.hpp"
#include "cambrian/core/executor.hpp"
#include "cambrian/core/individuals.hpp"
#include "cambrian/core/inputs.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/state.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {

enum class Status : std::uint8_t { rejected = 0, improved = 1, added = 2, invalid = 3 };

/// A batch of candidates as an archive sees it.
struct Offers {
  std::span<const double> objectives;   ///< [n, O], higher is better; the first drives
  std::span<const double> descriptors;  ///< [n, D], in the units of the measures
  std::span<const std::uint8_t> valid;  ///< [n]; 0: status invalid, nothing else read
  std::size_t objectives_per_row = 1;   ///< O
  std::size_t size() const { return valid.size(); }
  double objective(std::size_t i) const { return objectives[i * objectives_per_row]; }
};

/// The columns of a batch that an archive reads.
inline Offers offers_of(const Individuals& batch) {
  return {batch.objectives, batch.descriptors, batch.valid, batch.objectives_per_row};
}

/// An archive's answer; reused between batches.
struct Placement {
  std::vector<Status> status;  ///< [n]
  std::vector<double>
      value;  ///< [n] what rankers use: improvement (cells) or novelty; 0 where invalid
  /// [n] nearest members that the candidate beats, 0 where invalid; empty: the archive does not let
  /// neighbours compete.
  std::vector<double> competition;
  std::vector<RowEdit> edits;  ///< in order
  void reset(std::size_t n);
  bool accepted(std::size_t i) const {
    return status[i] == Status::added || status[i] == Status::improved;
  }
};

/// What Placement::value is; unknown: any ranker may use it.
enum class ValueKind { unknown, improvement, novelty, density };

class Archive {
 public:
  virtual ~Archive() = default;
  virtual std::string_view kind() const = 0;  ///< "grid", "unstructured", ...
  virtual const DescriptorSpace& space() const = 0;
  virtual std::size_t size() const = 0;
  /// The largest size; 0: unbounded.
  virtual std::size_t capacity() const = 0;
  /// Cells that there are, and those that hold something; 0 where there are no cells. Coverage is
  /// their ratio.
  virtual std::size_t cell_count() const { return 0; }
  virtual std::size_t filled_cells() const { return 0; }
  /// [size] the cell of each row; empty where there are no cells.
  virtual std::span<const std::int64_t> cells() const { return {}; }
  virtual ValueKind value_kind() const { return ValueKind::unknown; }
  /// Whether neighbours compete, so that its answers have Placement::competition.
  virtual bool local_competition() const { return false; }
  /// Offered descriptors that lay outside the bounds, so far.
  virtual std::uint64_t clipped() const = 0;

  /// Offers a batch. @throws ShapeError if the columns of `offers` do not have as many entries as their
  /// shapes say; nothing has changed then
  void add(const Offers& offers, Placement& placement);

  /// Attributes of its table beyond the columns of the individuals: the shape of a grid.
  virtual void save_table(StateWriter& table) const { static_cast<void>(table); }
  /// State that cannot be derived from rows, such as thresholds and ages; cell tables are rebuilt.
  virtual void save(StateWriter& state) const = 0;
  /// @param rows   as they were saved  @param cells  [rows], -1 where there are no cells
  /// @throws Error naming the first thing that does not fit
  virtual void load(const Individuals& rows, std::span<const std::int64_t> cells,
                    const StateReader& table, const StateReader& state) = 0;
  /// @throws Error naming the first broken invariant, `rows` being what lies beside the archive
  virtual void check(const Individuals& rows) const { static_cast<void>(rows); }

 private:
  /// `placement` has been reset and the shapes have been checked.
  virtual void place(const Offers& offers, Placement& placement) = 0;
};

/// The column `cell` of a table of individuals: -1 where there are no cells.
void save_cells(StateWriter& table, std::span<const std::int64_t> cells, std::size_t rows);

/// What an archive is made from. The executor is also used by add(), and must outlive the archive;
/// the rest is only used while it is made.
struct ArchiveContext {
  const DescriptorSpace& space;
  Executor* executor = nullptr;    ///< null: the caller's thread
  const Inputs* inputs = nullptr;  ///< null: it can name no files
  /// Keys of its own streams, by what they are for: "centroids". Empty: it cannot draw.
  std::function<StreamKey(std::string_view purpose)> key = {};
};

using ArchiveComponent = Component<Archive, const ArchiveContext&>;
/// grid, cvt, sliding_boundaries, categorical, unstructured, dominated_novelty.
std::vector<ArchiveComponent> archives();

}  // namespace cambrian
