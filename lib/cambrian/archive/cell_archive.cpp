#include "cambrian/archive/cell_archive.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "cambrian/archive/grid_cells.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr double kEmpty = -std::numeric_limits<double>::infinity();
constexpr double kLargestObjective = std::numeric_limits<double>::max();

}  // namespace

void GridParameters::visit(ParameterVisitor& visitor) {
  visitor.integers("shape", shape, {1, 4'294'967'294},
                   {"cells per dimension of the descriptor", "cells", "Mouret & Clune 2015"});
  visitor.reals("min", min, {},
                {"lower bounds of the grid; empty: those of the measures", "the measures' units",
                 "our choice"});
  visitor.reals("max", max, {},
                {"upper bounds of the grid; empty: those of the measures", "the measures' units",
                 "our choice"});
  visitor.choice("add_mode", add_mode, {{"single", AddMode::single}, {"batch", AddMode::batch}},
                 {"what a candidate is compared with: single = the archive as the candidate before "
                  "it left it, "
                  "batch = the archive as it was before the batch",
                  "", "Mouret & Clune 2015; pyribs: batch"});
  visitor.real(
      "index_shift", index_shift, {0, 0.5},
      {"added to cells * (measure - min) before the division by the width", "", "pyribs: 1e-6"});
}

void GridParameters::apply_preset(std::string_view name) {
  const bool pyribs = name == "pyribs";
  add_mode = pyribs ? AddMode::batch : AddMode::single;
  index_shift = pyribs ? 1e-6 : 0;
}

std::unique_ptr<Archive> grid_archive(const GridParameters& given, const DescriptorSpace& space) {
  const GridParameters parameters = checked(given);
  return std::make_unique<CellArchive>(
      std::make_unique<GridCells>(parameters.shape, parameters.min, parameters.max,
                                  parameters.index_shift, space),
      parameters.add_mode);
}

CellArchive::CellArchive(std::unique_ptr<Cells> cells, AddMode add_mode)
    : cut_(std::move(cells)), add_mode_(add_mode) {
  // Both before either is written to, so that a lack of memory is known at once.
  best_.reserve(cut_->count());
  row_.reserve(cut_->count());
  best_.assign(cut_->count(), kEmpty);
  row_.assign(cut_->count(), 0);
}

void CellArchive::place(const Offers& offers, Placement& placement) {
  if (add_mode_ == AddMode::batch) {
    place_as_batch(offers, placement);
  } else {
    place_one_by_one(offers, placement);
  }
}

inline bool CellArchive::judge(const Offers& offers, std::size_t i, std::uint32_t cell,
                               Placement& placement) const {
  if (cell == kNoCell) {
    placement.status[i] = Status::invalid;
    return false;
  }
  const double objective = offers.objective(i);
  const double best = best_[cell];
  placement.value[i] = best == kEmpty ? objective : objective - best;
  if (!(objective > best)) return false;
  placement.status[i] = best == kEmpty ? Status::added : Status::improved;
  return true;
}

inline void CellArchive::fetch(std::uint32_t cell) const {
  __builtin_prefetch(best_.data() + (cell == kNoCell ? 0 : cell));
}

void CellArchive::place_one_by_one(const Offers& offers, Placement& placement) {
  std::array<std::array<std::uint32_t, kBlock>, 2> blocks;
  std::uint32_t* cells = blocks[0].data();
  std::uint32_t* next = blocks[1].data();
  find_cells(offers, 0, next);
  for (std::size_t first = 0; first < offers.size(); first += kBlock) {
    const std::size_t last = std::min(first + kBlock, offers.size());
    std::swap(cells, next);
    find_cells(offers, last, next);
    for (std::size_t i = first; i < last; ++i) {
      fetch(next[i - first]);
      const std::uint32_t cell = cells[i - first];
      if (!judge(offers, i, cell, placement)) continue;
      best_[cell] = offers.objective(i);
      __builtin_prefetch(row_.data() + cell, 1);
    }
    for (std::size_t i = first; i < last; ++i) {
      if (!placement.accepted(i)) continue;
      put(i, cells[i - first], placement.status[i] == Status::added, placement);
    }
  }
}

void CellArchive::place_as_batch(const Offers& offers, Placement& placement) {
  batch_cells_.resize(offers.size() + kBlock);
  std::uint32_t* cells = batch_cells_.data();
  for (std::size_t first = 0; first < offers.size(); first += kBlock) {
    find_cells(offers, first, cells + first);
  }
  for (std::size_t i = 0; i < offers.size(); ++i) {
    fetch(cells[i + kBlock]);
    judge(offers, i, cells[i], placement);
  }
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const std::uint32_t cell = cells[i];
    if (!placement.accepted(i) || !(offers.objective(i) > best_[cell])) continue;
    const bool is_new = best_[cell] == kEmpty;
    best_[cell] = offers.objective(i);
    put(i, cell, is_new, placement);
  }
}

void CellArchive::put(std::size_t i, std::uint32_t cell, bool is_new, Placement& placement) {
  if (is_new) {
    row_[cell] = static_cast<std::uint32_t>(size());
    cells_.push_back(cell);
  }
  placement.edits.push_back({RowEdit::Kind::put, row_[cell], static_cast<std::uint32_t>(i)});
}

void CellArchive::find_cells(const Offers& offers, std::size_t first, std::uint32_t* cell) {
  const std::size_t dimensions = space().dimensions();
  const std::size_t n = std::min(kBlock, offers.size() - std::min(first, offers.size()));
  std::array<std::uint8_t, kBlock> valid;
  for (std::size_t i = 0; i < n; ++i) {
    const bool finite = std::abs(offers.objective(first + i)) <= kLargestObjective;
    valid[i] = static_cast<std::uint8_t>((offers.valid[first + i] != 0) & finite);
  }
  if (n > 0) {
    clipped_ += cut_->find(offers.descriptors.subspan(first * dimensions, n * dimensions),
                           {valid.data(), n}, {cell, n});
  }
  std::fill(cell + n, cell + kBlock, 0);
}

void CellArchive::save(StateWriter& state) const { state.attribute("clipped", clipped_); }

void CellArchive::load(const Individuals& rows, std::span<const std::int64_t> cells,
                       const StateReader& table, const StateReader& state) {
  cut_->check_table(table);
  LargeColumn<double> best(best_.size(), kEmpty);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (cells[row] < 0 || static_cast<std::size_t>(cells[row]) >= best.size()) {
      throw Error("archive/cell: row " + std::to_string(row) + " names cell " +
                  std::to_string(cells[row]) + " of " + std::to_string(best.size()));
    }
    const auto cell = static_cast<std::size_t>(cells[row]);
    if (best[cell] != kEmpty) {
      throw Error("archive/cell: row " + std::to_string(row) + " names a cell a second time");
    }
    best[cell] = rows.objective(row);
    row_[cell] = static_cast<std::uint32_t>(row);
  }
  clipped_ = state.attribute_as<std::uint64_t>("clipped");
  best_ = std::move(best);
  cells_.assign(cells.begin(), cells.end());
}

void CellArchive::check(const Individuals& rows) const {
  std::vector<std::uint32_t> found(rows.size());
  const std::vector<std::uint8_t> valid(rows.size(), 1);
  cut_->find(rows.descriptors, valid, found);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const auto cell = static_cast<std::size_t>(cells_[row]);
    if (row_[cell] != row) throw Error("holds two elites in one cell");
    if (found[row] != cell) throw Error("holds an elite in another cell than its descriptor's");
    if (best_[cell] != rows.objective(row)) {
      throw Error("holds an elite whose objective is not that of its cell");
    }
  }
}

}  // namespace cambrian
