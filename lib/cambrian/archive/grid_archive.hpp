// The archive of MAP-Elites: a grid over descriptor space, the best elite a cell.
//
//   descriptor ──► cell (row-major) ──► best_[cell]   objective of its elite, -inf where empty
//                                       row_[cell]    its dense row, read only when it is replaced
//
// A refused offer touches one number of one table. A batch's cells are computed first, and their
// lines fetched ahead, so that the size of the grid hardly shows.
// Sources: Mouret & Clune 2015; batch rule and index shift of pyribs 0.10 (GridArchive).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cambrian/archive/archive.hpp"
#include "cambrian/core/large_pages.hpp"

namespace cambrian {

struct GridParameters final : Parameters {
  /// Whether a candidate meets the archive as the one before left it, or as it was before the batch.
  enum class AddMode { single, batch };
  std::vector<std::int64_t> shape = {100, 100};
  std::vector<double> min, max;
  AddMode add_mode = AddMode::single;
  double index_shift = 0;

  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "pyribs"}; }
  void apply_preset(std::string_view name) override;
};

class GridArchive final : public Archive {
 public:
  /// @throws ConfigError where shape or bounds do not fit the descriptor, or there are 2^32 cells
  /// or more
  GridArchive(const GridParameters& parameters, const DescriptorSpace& space);

  std::string_view kind() const override { return "grid"; }
  /// The descriptor's axes with the grid's own bounds, where it was given any.
  const DescriptorSpace& space() const override { return space_; }
  std::size_t size() const override { return objectives_.size(); }
  std::size_t capacity() const override { return best_.size(); }
  std::span<const std::int64_t> shape() const override { return shape_; }
  std::span<const double> objectives() const override { return objectives_; }
  std::span<const double> descriptors() const override { return descriptors_; }
  std::span<const std::int64_t> cells() const override { return cells_; }
  std::uint64_t clipped() const override { return clipped_; }

  /// Not finite or not valid: status `invalid`. Outside the bounds: clipped into the border cell
  /// and counted. A strictly higher objective replaces. value: objective minus that of the cell's
  /// elite, negative or 0 where refused; in an empty cell the objective itself (pyribs with
  /// threshold_min = -inf). add_mode `single`: each candidate meets the archive as the one before
  /// left it. `batch`: status and value are against the archive before the batch; a cell keeps the
  /// batch's best, the first of equals.
  void add(const Offers& offers, Placement& placement) override;

  void save(StateWriter& writer) const override;
  void load(const StateReader& reader, std::vector<double> objectives,
            std::vector<double> descriptors, std::vector<std::int64_t> cells) override;

  /// The row-major cell of a finite descriptor [D].
  std::size_t cell_of(std::span<const double> descriptor) const;

 private:
  struct Axis {
    double low, high, width, cells, last;
    std::size_t count;
    double index(double measure, double shift) const;  ///< a whole number after truncation
  };
  /// kNoCell where invalid; counts the clipped. Batch rows first..last-1 into cell[0..].
  void find_cells(const Offers& offers, std::size_t first, std::size_t last, std::uint32_t* cell);
  template <std::size_t dimensions>
  void find_cells_of(const Offers& offers, std::size_t first, std::size_t last,
                     std::uint32_t* cell);
  void add_one_by_one(const Offers& offers, Placement& placement);
  void add_batch(const Offers& offers, Placement& placement);
  /// Writes offer i into its cell's row; best_ is the caller's.
  void put(const Offers& offers, std::size_t i, std::uint32_t cell, bool is_new,
           Placement& placement);

  DescriptorSpace space_;
  std::vector<std::int64_t> shape_;
  std::vector<Axis> axes_;
  bool batch_mode_;
  double index_shift_;

  LargeColumn<double> best_;         ///< [cells]
  LargeColumn<std::uint32_t> row_;   ///< [cells]; meaningless where empty
  LargeColumn<double> objectives_;   ///< [size]
  LargeColumn<double> descriptors_;  ///< [size, D]
  LargeColumn<std::int64_t> cells_;  ///< [size]
  std::uint64_t clipped_ = 0;
  std::vector<std::uint32_t> batch_cells_;
};

}  // namespace cambrian
