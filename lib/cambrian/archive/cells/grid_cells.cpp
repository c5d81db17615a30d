#include "cambrian/archive/cells/grid_cells.hpp"

#include <algorithm>
#include <cmath>

#include "cambrian/archive/detail/bounds.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr double kLargestMeasure = std::numeric_limits<double>::max();

}  // namespace

void GridKeys::visit_cells(ParameterVisitor& visitor) {
  visitor.integers("shape", shape, {1, 4'294'967'294},
                   {kShapeMeaning, "cells", "Mouret & Clune 2015"});
  detail::visit_bounds(visitor, min, max);
  visitor.real("index_shift", index_shift, {0, 0.5},
               {"added to cells * (measure - min) before the division by the width, so that "
                "measures on the edges of cells belong to the upper one whatever their rounding",
                "", "pyribs"});
}

std::unique_ptr<Cells> GridKeys::make_cells(const ArchiveContext& context) const {
  return std::make_unique<GridCells>(shape, min, max, index_shift, context.space);
}

inline double GridCells::Axis::index(double measure, double shift) const {
  const double place = (cells * (measure - low) + shift) / width;
  // Clipped while still real, so that truncation is floor and NaN becomes 0.
  return std::min(place > 0 ? place : 0, last);
}

std::vector<std::int64_t> grid_shape(const std::vector<std::int64_t>& shape,
                                     std::size_t dimensions) {
  if (!shape.empty()) return shape;
  std::int64_t cells = 100;
  while (cells > 2 && std::pow(cells, static_cast<double>(dimensions)) > 10'000) --cells;
  return std::vector<std::int64_t>(dimensions, cells);
}

GridCells::GridCells(const std::vector<std::int64_t>& shape, const std::vector<double>& min,
                     const std::vector<double>& max, double index_shift,
                     const DescriptorSpace& space)
    : shape_(grid_shape(shape, space.dimensions())), index_shift_(index_shift) {
  if (!(index_shift >= 0)) throw ConfigError("index_shift", "must be at least 0");
  const std::size_t dimensions = space.dimensions();
  if (shape_.size() != dimensions) {
    throw ConfigError("shape", "has " + counted(shape_.size(), "number") +
                                   ", but the descriptor has " + counted(dimensions, "dimension"));
  }
  space_ = detail::bounded(space, min, max);
  for (std::size_t d = 0; d < dimensions; ++d) {
    const double low = space_.min[d];
    const double high = space_.max[d];
    if (shape_[d] < 1) throw ConfigError("shape", "must be at least 1 per dimension");
    const auto cells = static_cast<std::size_t>(shape_[d]);
    if (cells >= kNoCell / count_ + 1) {
      throw ConfigError("shape", "gives 2^32 cells or more");
    }
    count_ *= cells;
    axes_.push_back(
        {low, high, high - low, static_cast<double>(cells), static_cast<double>(cells - 1), cells});
  }
  if (count_ >= kNoCell) throw ConfigError("shape", "gives 2^32 cells or more");
}

std::size_t GridCells::find(std::span<const double> descriptors,
                            std::span<const std::uint8_t> valid,
                            std::span<std::uint32_t> cell) const {
  check_count("descriptors of a block", descriptors.size(), cell.size() * axes_.size());
  check_count("flags of a block", valid.size(), cell.size());
  switch (axes_.size()) {
    case 1:
      return find_of<1>(descriptors, valid, cell);
    case 2:
      return find_of<2>(descriptors, valid, cell);
    default:
      return find_of<0>(descriptors, valid, cell);
  }
}

template <std::size_t fixed>
std::size_t GridCells::find_of(std::span<const double> descriptors,
                               std::span<const std::uint8_t> valid,
                               std::span<std::uint32_t> cell) const {
  const std::size_t dimensions = fixed == 0 ? axes_.size() : fixed;
  const Axis* axes = axes_.data();
  const double shift = index_shift_;
  std::size_t clipped = 0;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const double* descriptor = descriptors.data() + i * dimensions;
    bool has_cell = valid[i] != 0;
    bool outside = false;
    std::uint64_t index = 0;
    for (std::size_t d = 0; d < dimensions; ++d) {
      const Axis& axis = axes[d];
      const double measure = descriptor[d];
      has_cell &= std::abs(measure) <= kLargestMeasure;
      outside |= measure < axis.low || measure > axis.high;
      index = index * axis.count +
              static_cast<std::uint64_t>(static_cast<std::int64_t>(axis.index(measure, shift)));
    }
    clipped += static_cast<std::size_t>(outside & has_cell);
    cell[i] = has_cell ? static_cast<std::uint32_t>(index) : kNoCell;
  }
  return clipped;
}

void GridCells::save_table(StateWriter& table) const { table.attribute("shape", shape_); }

void GridCells::load_table(const StateReader& table) {
  if (table.attribute_as<std::vector<std::int64_t>>("shape") != shape_) {
    throw Error("archive: its grid has another shape than the configuration's");
  }
}

}  // namespace cambrian
