// Where elites stay. An archive knows objectives, descriptors and places; it does not know what a
// genome is. It holds its elites in dense rows 0..size-1 and answers a batch with a status and a
// value a candidate and an ordered list of row edits, which whoever keeps something beside it
// (elites.hpp) applies to its own columns.
//
//   offers (n rows)  ──►  add  ──►  status[n], value[n],
//                                   edits: put 3 into row 17, move row 40 to row 2, shrink to 40
//
// Candidates of a batch are placed one after another, in batch order, each against the archive as
// it then is.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/parameters.hpp"
#include "cambrian/core/state.hpp"

namespace cambrian {

/// The axes of an archive: the measures that the configuration chose.
struct DescriptorSpace {
  std::vector<std::string> names;
  std::vector<std::string> units;
  std::vector<double> min, max;  ///< bounds; a grid clips to them
  std::size_t dimensions() const { return names.size(); }
};

enum class Status : std::uint8_t { rejected = 0, improved = 1, added = 2, invalid = 3 };

/// A batch of candidates as an archive sees it.
struct Offers {
  std::span<const double> objectives;   ///< [n], higher is better
  std::span<const double> descriptors;  ///< [n, D], in the units of the measures
  std::span<const std::uint8_t> valid;  ///< [n]; 0: status invalid, nothing else read
  std::size_t size() const { return objectives.size(); }
};

/// An archive's answer; reused between batches.
struct Placement {
  std::vector<Status> status;  ///< [n]
  std::vector<double>
      value;  ///< [n] what rankers use: improvement (grid) or novelty; 0 where invalid
  std::vector<RowEdit> edits;  ///< in order
  void reset(std::size_t n);
};

class Archive {
 public:
  virtual ~Archive() = default;
  virtual std::string_view kind() const = 0;  ///< "grid", "unstructured", ...
  virtual const DescriptorSpace& space() const = 0;
  virtual std::size_t size() const = 0;
  /// Cells, or the largest size; 0: unbounded.
  virtual std::size_t capacity() const = 0;
  /// The grid's cells a dimension; empty where there is no grid.
  virtual std::span<const std::int64_t> shape() const { return {}; }
  virtual std::span<const double> objectives() const = 0;   ///< [size]
  virtual std::span<const double> descriptors() const = 0;  ///< [size, D]
  virtual std::span<const std::int64_t> cells() const = 0;  ///< [size]; -1 where there are no cells
  /// Offered descriptors that lay outside the bounds, so far.
  virtual std::uint64_t clipped() const = 0;
  virtual void add(const Offers& offers, Placement& placement) = 0;
  /// State beyond the columns that Elites saves (cell tables are rebuilt, thresholds and ages are
  /// written).
  virtual void save(StateWriter& writer) const = 0;
  /// @param objectives, descriptors, cells  the columns as saved
  virtual void load(const StateReader& reader, std::vector<double> objectives,
                    std::vector<double> descriptors, std::vector<std::int64_t> cells) = 0;
};

using ArchiveComponent = Component<Archive, const DescriptorSpace&>;
/// grid, unstructured.
std::vector<ArchiveComponent> archives();

}  // namespace cambrian
