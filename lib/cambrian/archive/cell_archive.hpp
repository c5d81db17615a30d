// The archive of MAP-Elites and its kin: one elite per cell, however descriptor space is cut
// (cells.hpp), and whatever a cell holds beside it (contents.hpp).
//
//   descriptor ──► cell ──► mark_[cell]   what a candidate must exceed: the objective of the elite,
//                                         -inf where empty; or the cell's threshold
//                           row_[cell]    its dense row, read only when it is replaced
//
// A refused candidate touches one number of one table. A block's cells are computed first, and
// their lines fetched ahead, so that the number of cells hardly shows.
// Sources: Mouret & Clune 2015; Fontaine & Nikolaidis 2023 (thresholds); batch rules of pyribs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/archive/archive.hpp"
#include "cambrian/archive/cells.hpp"
#include "cambrian/archive/cells/categorical_cells.hpp"
#include "cambrian/archive/cells/cvt_cells.hpp"
#include "cambrian/archive/cells/grid_cells.hpp"
#include "cambrian/archive/cells/sliding_boundaries_cells.hpp"
#include "cambrian/archive/contents.hpp"
#include "cambrian/archive/density.hpp"
#include "cambrian/core/large_pages.hpp"

namespace cambrian {

class CellArchive final : public Archive {
 public:
  /// @param context  gives contents `density` its key and its executor, which must outlive the archive
  /// @throws ConfigError if the contents need what the context does not have, or contradict
  CellArchive(std::unique_ptr<Cells> cells, const ContentKeys& contents,
              const ArchiveContext& context);

  std::string_view kind() const override { return cut_->kind(); }
  /// The descriptor's axes with the cells' own bounds.
  const DescriptorSpace& space() const override { return cut_->space(); }
  std::size_t size() const override { return cells_.size(); }
  std::size_t capacity() const override { return mark_.size(); }
  std::size_t cell_count() const override { return mark_.size(); }
  std::size_t filled_cells() const override { return cells_.size(); }
  std::span<const std::int64_t> cells() const override { return cells_; }
  std::uint64_t clipped() const override { return clipped_; }
  ValueKind value_kind() const override {
    return contents_.contents == Contents::density ? ValueKind::density : ValueKind::improvement;
  }
  const Cells& cut() const { return *cut_; }
  /// Of a cell: its threshold; with contents elite or density its elite's objective, -inf where empty.
  double threshold(std::size_t cell) const { return mark_[cell]; }

  void save_table(StateWriter& table) const override;
  void save(StateWriter& state) const override;
  void load(const Individuals& rows, std::span<const std::int64_t> cells, const StateReader& table,
            const StateReader& state) override;
  void check(const Individuals& rows) const override;

 private:
  /// What a candidate must exceed: `elite` its cell's elite; `threshold` the cell's threshold;
  /// `either` any of the two, and nothing in an empty cell (CMA-MAE as published).
  enum class Rule : std::uint8_t { elite, threshold, either };
  /// Offers whose cells are found at once. Their lines are fetched while the block before is judged.
  static constexpr std::size_t kBlock = 48;

  /// Not finite or not valid: status `invalid`. Outside the bounds: counted. What exceeds the mark
  /// replaces. value: objective minus mark, which is negative or 0 where refused; in a cell whose mark
  /// is -inf the objective itself (as pyribs); with contents density the density. AddMode::batch:
  /// status and value are against the archive before the batch; a cell keeps the batch's best, the
  /// first of equals, and n accepted candidates of mean m move a threshold to (1-a)^n t + (1-(1-a)^n) m.
  void place(const Offers& offers, Placement& placement) override;
  template <Rule rule>
  void place_by(const Offers& offers, Placement& placement);
  template <Rule rule>
  void place_one_by_one(const Offers& offers, Placement& placement);
  template <Rule rule>
  void judge_batch(const Offers& offers, Placement& placement);
  void settle_elites(const Offers& offers, Placement& placement);
  template <Rule rule>
  void settle_thresholds(const Offers& offers, Placement& placement);
  /// The cells of up to kBlock offers from `first` on, kNoCell where invalid, and 0 behind the last;
  /// counts the clipped. @param cell  [kBlock] written
  void find_cells(const Offers& offers, std::size_t first, std::uint32_t* cell);
  /// Prefetches the line of a cell that will soon be judged.
  void fetch(std::uint32_t cell) const;
  /// Status and value of offer i against its cell. @return whether it is accepted
  template <Rule rule>
  bool judge(const Offers& offers, std::size_t i, std::uint32_t cell, Placement& placement) const;
  /// Offer i becomes its cell's elite; the mark is the caller's.
  void put(std::size_t i, std::uint32_t cell, bool is_new, Placement& placement);
  /// Density and moving cells look at a batch that has been placed.
  void learn(const Offers& offers, Placement& placement);
  /// The elites' cells have moved: where several meet, the one with the highest mark stays, the first
  /// of equals.
  void place_anew(Placement& placement);

  std::unique_ptr<Cells> cut_;
  ContentKeys contents_;
  Rule rule_ = Rule::elite;
  double empty_mark_;
  LargeColumn<double> mark_;         ///< [cells]
  LargeColumn<double> elite_;        ///< [cells] objective of the elite, where the rule is `either`
  LargeColumn<std::uint32_t> row_;   ///< [cells]; kNoCell where empty
  LargeColumn<std::int64_t> cells_;  ///< [size]
  std::uint64_t clipped_ = 0;
  std::optional<DensityBuffer> density_;
  std::vector<double> descriptors_;  ///< [size, D] where cells move
  std::vector<std::uint32_t> batch_cells_;
  std::vector<std::uint64_t> accepted_;
  std::vector<std::uint8_t> usable_;
};

/// The keys of [archive] for one kind of cells, whatever they hold.
template <class CellKeys>
struct CellArchiveParameters final : Parameters, CellKeys, ContentKeys {
  void visit(ParameterVisitor& visitor) override {
    this->visit_cells(visitor);
    this->visit_contents(visitor);
  }
  std::vector<std::string_view> presets() const override {
    return {"textbook", "as_published", "pyribs"};
  }
  void apply_preset(std::string_view name) override { this->apply_contents_preset(name); }
};

using GridParameters = CellArchiveParameters<GridKeys>;
using CvtParameters = CellArchiveParameters<CvtKeys>;
using SlidingBoundariesParameters = CellArchiveParameters<SlidingBoundariesKeys>;
using CategoricalParameters = CellArchiveParameters<CategoricalKeys>;

/// @throws ConfigError as the cells and the CellArchive
template <class CellKeys>
std::unique_ptr<Archive> cell_archive(const CellArchiveParameters<CellKeys>& given,
                                      const ArchiveContext& context) {
  const CellArchiveParameters<CellKeys> parameters = checked(given);
  parameters.check_contents();
  return std::make_unique<CellArchive>(parameters.make_cells(context), parameters, context);
}

/// An archive of the cells of a grid that draws nothing. @throws ConfigError as GridCells
inline std::unique_ptr<Archive> grid_archive(const GridParameters& parameters,
                                             const DescriptorSpace& space) {
  return cell_archive(parameters, {.space = space});
}

}  // namespace cambrian
