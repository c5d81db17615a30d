// The archive of MAP-Elites: the best elite per cell, however descriptor space is cut.
//
//   descriptor ──► cell ──► best_[cell]   objective of its elite, -inf where empty
//                           row_[cell]    its dense row, read only when it is replaced
//
// A refused candidate touches one number of one table. A block's cells are computed first, and
// their lines fetched ahead, so that the number of cells hardly shows.
// Sources: Mouret & Clune 2015; batch rule of pyribs 0.10 (GridArchive).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "cambrian/archive/add_mode.hpp"
#include "cambrian/archive/archive.hpp"
#include "cambrian/archive/cells.hpp"
#include "cambrian/core/large_pages.hpp"

namespace cambrian {

class CellArchive final : public Archive {
 public:
  CellArchive(std::unique_ptr<Cells> cells, AddMode add_mode);

  std::string_view kind() const override { return cut_->kind(); }
  /// The descriptor's axes with the cells' own bounds.
  const DescriptorSpace& space() const override { return cut_->space(); }
  std::size_t size() const override { return cells_.size(); }
  std::size_t capacity() const override { return best_.size(); }
  std::size_t cell_count() const override { return best_.size(); }
  std::size_t filled_cells() const override { return cells_.size(); }
  std::span<const std::int64_t> cells() const override { return cells_; }
  std::uint64_t clipped() const override { return clipped_; }

  void save_table(StateWriter& table) const override { cut_->save_table(table); }
  void save(StateWriter& state) const override;
  void load(const Individuals& rows, std::span<const std::int64_t> cells, const StateReader& table,
            const StateReader& state) override;
  void check(const Individuals& rows) const override;

 private:
  /// Offers whose cells are found at once. Their lines are fetched while the block before is judged.
  static constexpr std::size_t kBlock = 48;

  /// Not finite or not valid: status `invalid`. Outside the bounds: clipped into the border cell
  /// and counted. A strictly higher objective replaces. value: objective minus that of the cell's
  /// elite, negative or 0 where refused; in an empty cell the objective itself (pyribs with
  /// threshold_min = -inf). AddMode::batch: status and value are against the archive before the
  /// batch; a cell keeps the batch's best, the first of equals.
  void place(const Offers& offers, Placement& placement) override;
  void place_one_by_one(const Offers& offers, Placement& placement);
  void place_as_batch(const Offers& offers, Placement& placement);
  /// The cells of up to kBlock offers from `first` on, kNoCell where invalid, and 0 behind the last;
  /// counts the clipped. @param cell  [kBlock] written
  void find_cells(const Offers& offers, std::size_t first, std::uint32_t* cell);
  /// Prefetches the line of a cell that will soon be judged.
  void fetch(std::uint32_t cell) const;
  /// Status and value of offer i against its cell's elite. @return whether it is better
  bool judge(const Offers& offers, std::size_t i, std::uint32_t cell, Placement& placement) const;
  /// Offer i becomes its cell's elite; best_ is the caller's.
  void put(std::size_t i, std::uint32_t cell, bool is_new, Placement& placement);

  std::unique_ptr<Cells> cut_;
  AddMode add_mode_;
  LargeColumn<double> best_;         ///< [cells]
  LargeColumn<std::uint32_t> row_;   ///< [cells]; meaningless where empty
  LargeColumn<std::int64_t> cells_;  ///< [size]
  std::uint64_t clipped_ = 0;
  std::vector<std::uint32_t> batch_cells_;
};

struct GridParameters final : Parameters {
  std::vector<std::int64_t> shape = {100, 100};
  std::vector<double> min, max;
  AddMode add_mode = AddMode::single;
  double index_shift = 0;

  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "pyribs"}; }
  void apply_preset(std::string_view name) override;
};

/// The best elite per cell of a grid. @throws ConfigError as GridCells
std::unique_ptr<Archive> grid_archive(const GridParameters& parameters,
                                      const DescriptorSpace& space);

}  // namespace cambrian
