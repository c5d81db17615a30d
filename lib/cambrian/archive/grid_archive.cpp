#include "cambrian/archive/grid_archive.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr double kEmpty = -std::numeric_limits<double>::infinity();
constexpr double kLargestObjective = std::numeric_limits<double>::max();
constexpr std::uint32_t kNoCell = std::numeric_limits<std::uint32_t>::max();
/// Offers whose lines are fetched before the first of them is placed; they fit the first cache.
constexpr std::size_t kAhead = 128;

std::string count(std::size_t n, const std::string& what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

/// The bound list `key` of the parameters, or the descriptor's where it is empty.
std::vector<double> bound(const std::string& key, const std::vector<double>& chosen,
                          const std::vector<double>& declared, std::size_t dimensions) {
  const std::vector<double>& bounds = chosen.empty() ? declared : chosen;
  if (bounds.size() != dimensions) {
    throw ConfigError("archive." + key, "has " + count(bounds.size(), "number") +
                                            ", but the descriptor has " +
                                            count(dimensions, "dimension"));
  }
  return bounds;
}

}  // namespace

inline double GridArchive::Axis::index(double measure, double shift) const {
  const double place = (cells * (measure - low) + shift) / width;
  // Clipped while still real, so that truncation is floor and NaN becomes 0.
  return std::min(place > 0 ? place : 0, last);
}

void GridParameters::visit(ParameterVisitor& visitor) {
  visitor.integers("shape", shape, {1, 4'294'967'294},
                   {"cells a dimension of the descriptor", "cells", "Mouret & Clune 2015"});
  visitor.reals("min", min, {},
                {"lower bounds of the grid; empty: those of the measures", "the measures' units",
                 "our choice"});
  visitor.reals("max", max, {},
                {"upper bounds of the grid; empty: those of the measures", "the measures' units",
                 "our choice"});
  visitor.choice(
      "add_mode", add_mode, {{"single", AddMode::single}, {"batch", AddMode::batch}},
      {"whether a candidate meets the archive as the one before it left it, or as it was "
       "before the batch",
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

GridArchive::GridArchive(const GridParameters& parameters, const DescriptorSpace& space)
    : space_(space),
      shape_(parameters.shape),
      batch_mode_(parameters.add_mode == GridParameters::AddMode::batch),
      index_shift_(parameters.index_shift) {
  const std::size_t dimensions = space.dimensions();
  if (shape_.size() != dimensions) {
    throw ConfigError("archive.shape", "has " + count(shape_.size(), "number") +
                                           ", but the descriptor has " +
                                           count(dimensions, "dimension"));
  }
  space_.min = bound("min", parameters.min, space.min, dimensions);
  space_.max = bound("max", parameters.max, space.max, dimensions);
  std::size_t cell_count = 1;
  for (std::size_t d = 0; d < dimensions; ++d) {
    const double low = space_.min[d];
    const double high = space_.max[d];
    if (!std::isfinite(low) || !std::isfinite(high)) {
      throw ConfigError(std::isfinite(low) ? "archive.max" : "archive.min",
                        "is needed, because '" + space_.names[d] + "' declares no finite bound");
    }
    if (!(high - low > 0) || !std::isfinite(high - low)) {
      throw ConfigError("archive.max", "must be above archive.min, but for '" + space_.names[d] +
                                           "' it is " + std::to_string(high) + " against " +
                                           std::to_string(low));
    }
    if (shape_[d] < 1) throw ConfigError("archive.shape", "must be at least 1 a dimension");
    const auto cells = static_cast<std::size_t>(shape_[d]);
    if (cells >= kNoCell / cell_count + 1) {
      throw ConfigError("archive.shape", "gives 2^32 cells or more");
    }
    cell_count *= cells;
    axes_.push_back(
        {low, high, high - low, static_cast<double>(cells), static_cast<double>(cells - 1), cells});
  }
  if (cell_count >= kNoCell) throw ConfigError("archive.shape", "gives 2^32 cells or more");
  // Both before either is written to, so that a lack of memory is known at once.
  best_.reserve(cell_count);
  row_.reserve(cell_count);
  best_.assign(cell_count, kEmpty);
  row_.assign(cell_count, 0);
}

void GridArchive::add(const Offers& offers, Placement& placement) {
  assert(offers.descriptors.size() == offers.size() * axes_.size());
  assert(offers.valid.size() == offers.size());
  placement.reset(offers.size());
  if (batch_mode_) {
    add_batch(offers, placement);
  } else {
    add_one_by_one(offers, placement);
  }
}

void GridArchive::add_one_by_one(const Offers& offers, Placement& placement) {
  batch_cells_.resize(kAhead);
  for (std::size_t first = 0; first < offers.size(); first += kAhead) {
    const std::size_t last = std::min(first + kAhead, offers.size());
    find_cells(offers, first, last, batch_cells_.data());
    for (std::size_t i = first; i < last; ++i) {
      const std::uint32_t cell = batch_cells_[i - first];
      if (cell == kNoCell) {
        placement.status[i] = Status::invalid;
        continue;
      }
      const double objective = offers.objectives[i];
      const double best = best_[cell];
      placement.value[i] = best == kEmpty ? objective : objective - best;
      if (!(objective > best)) continue;
      placement.status[i] = best == kEmpty ? Status::added : Status::improved;
      best_[cell] = objective;
      __builtin_prefetch(row_.data() + cell, 1);
    }
    for (std::size_t i = first; i < last; ++i) {
      const Status status = placement.status[i];
      if (status != Status::added && status != Status::improved) continue;
      put(offers, i, batch_cells_[i - first], status == Status::added, placement);
    }
  }
}

void GridArchive::add_batch(const Offers& offers, Placement& placement) {
  batch_cells_.resize(std::max(batch_cells_.size(), offers.size()));
  for (std::size_t first = 0; first < offers.size(); first += kAhead) {
    const std::size_t last = std::min(first + kAhead, offers.size());
    find_cells(offers, first, last, batch_cells_.data() + first);
    for (std::size_t i = first; i < last; ++i) {
      const std::uint32_t cell = batch_cells_[i];
      if (cell == kNoCell) {
        placement.status[i] = Status::invalid;
        continue;
      }
      const double best = best_[cell];
      placement.value[i] = best == kEmpty ? offers.objectives[i] : offers.objectives[i] - best;
      if (offers.objectives[i] > best) {
        placement.status[i] = best == kEmpty ? Status::added : Status::improved;
      }
    }
  }
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const bool accepted =
        placement.status[i] == Status::added || placement.status[i] == Status::improved;
    if (accepted && offers.objectives[i] > best_[batch_cells_[i]]) {
      const std::uint32_t cell = batch_cells_[i];
      const bool is_new = best_[cell] == kEmpty;
      best_[cell] = offers.objectives[i];
      put(offers, i, cell, is_new, placement);
    }
  }
}

void GridArchive::put(const Offers& offers, std::size_t i, std::uint32_t cell, bool is_new,
                      Placement& placement) {
  const std::size_t dimensions = axes_.size();
  const auto descriptor = offers.descriptors.subspan(i * dimensions, dimensions);
  if (is_new) {
    row_[cell] = static_cast<std::uint32_t>(size());
    objectives_.push_back(offers.objectives[i]);
    descriptors_.insert(descriptors_.end(), descriptor.begin(), descriptor.end());
    cells_.push_back(cell);
  } else {
    objectives_[row_[cell]] = offers.objectives[i];
    std::copy_n(descriptor.data(), dimensions, descriptors_.data() + row_[cell] * dimensions);
  }
  placement.edits.push_back({RowEdit::Kind::put, row_[cell], static_cast<std::uint32_t>(i)});
}

void GridArchive::find_cells(const Offers& offers, std::size_t first, std::size_t last,
                             std::uint32_t* cell) {
  switch (axes_.size()) {
    case 1:
      return find_cells_of<1>(offers, first, last, cell);
    case 2:
      return find_cells_of<2>(offers, first, last, cell);
    default:
      return find_cells_of<0>(offers, first, last, cell);
  }
}

template <std::size_t fixed>
void GridArchive::find_cells_of(const Offers& offers, std::size_t first, std::size_t last,
                                std::uint32_t* cell) {
  const std::size_t dimensions = fixed == 0 ? axes_.size() : fixed;
  const Axis* axes = axes_.data();
  const double shift = index_shift_;
  std::uint64_t clipped = 0;
  for (std::size_t i = first; i < last; ++i) {
    const double* descriptor = offers.descriptors.data() + i * dimensions;
    bool valid = offers.valid[i] != 0 && std::abs(offers.objectives[i]) <= kLargestObjective;
    bool outside = false;
    std::uint64_t index = 0;
    for (std::size_t d = 0; d < dimensions; ++d) {
      const Axis& axis = axes[d];
      const double measure = descriptor[d];
      valid &= std::abs(measure) <= kLargestObjective;
      outside |= measure < axis.low || measure > axis.high;
      index = index * axis.count +
              static_cast<std::uint64_t>(static_cast<std::int64_t>(axis.index(measure, shift)));
    }
    clipped += static_cast<std::uint64_t>(outside & valid);
    cell[i - first] = valid ? static_cast<std::uint32_t>(index) : kNoCell;
    __builtin_prefetch(best_.data() + index);
  }
  clipped_ += clipped;
}

std::size_t GridArchive::cell_of(std::span<const double> descriptor) const {
  assert(descriptor.size() == axes_.size());
  std::size_t index = 0;
  for (std::size_t d = 0; d < axes_.size(); ++d) {
    index = index * axes_[d].count +
            static_cast<std::size_t>(axes_[d].index(descriptor[d], index_shift_));
  }
  return index;
}

void GridArchive::save(StateWriter& writer) const { writer.attribute("clipped", clipped_); }

void GridArchive::load(const StateReader& reader, std::vector<double> objectives,
                       std::vector<double> descriptors, std::vector<std::int64_t> cells) {
  if (cells.size() != objectives.size() || descriptors.size() != cells.size() * axes_.size()) {
    throw Error("archive: its columns differ in length");
  }
  if (!std::ranges::all_of(descriptors, [](double one) { return std::isfinite(one); })) {
    throw Error("archive/descriptor: holds a number that is not finite");
  }
  LargeColumn<double> best(best_.size(), kEmpty);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (cells[row] < 0 || static_cast<std::size_t>(cells[row]) >= best.size()) {
      throw Error("archive/cell: row " + std::to_string(row) + " names cell " +
                  std::to_string(cells[row]) + " of " + std::to_string(best.size()));
    }
    const auto cell = static_cast<std::size_t>(cells[row]);
    if (best[cell] != kEmpty || !std::isfinite(objectives[row])) {
      throw Error("archive/cell: row " + std::to_string(row) +
                  (best[cell] != kEmpty ? " names a cell a second time"
                                        : " has an objective that is not finite"));
    }
    best[cell] = objectives[row];
    row_[cell] = static_cast<std::uint32_t>(row);
  }
  clipped_ = reader.attribute_as<std::uint64_t>("clipped");
  best_ = std::move(best);
  objectives_.assign(objectives.begin(), objectives.end());
  descriptors_.assign(descriptors.begin(), descriptors.end());
  cells_.assign(cells.begin(), cells.end());
}

}  // namespace cambrian
