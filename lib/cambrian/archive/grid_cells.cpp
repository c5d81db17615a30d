#include "cambrian/archive/grid_cells.hpp"

#include <algorithm>
#include <cmath>

#include "cambrian/core/shape.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

constexpr double kLargestMeasure = std::numeric_limits<double>::max();

/// The bound list `key` of the parameters, or the descriptor's where it is empty.
std::vector<double> bound(const std::string& key, const std::vector<double>& chosen,
                          const std::vector<double>& declared, std::size_t dimensions) {
  const std::vector<double>& bounds = chosen.empty() ? declared : chosen;
  if (bounds.size() != dimensions) {
    throw ConfigError(key, "has " + counted(bounds.size(), "number") + ", but the descriptor has " +
                               counted(dimensions, "dimension"));
  }
  return bounds;
}

}  // namespace

inline double GridCells::Axis::index(double measure, double shift) const {
  const double place = (cells * (measure - low) + shift) / width;
  // Clipped while still real, so that truncation is floor and NaN becomes 0.
  return std::min(place > 0 ? place : 0, last);
}

GridCells::GridCells(const std::vector<std::int64_t>& shape, const std::vector<double>& min,
                     const std::vector<double>& max, double index_shift,
                     const DescriptorSpace& space)
    : space_(space), shape_(shape), index_shift_(index_shift) {
  if (!(index_shift >= 0)) throw ConfigError("index_shift", "must be at least 0");
  const std::size_t dimensions = space.dimensions();
  if (shape_.size() != dimensions) {
    throw ConfigError("shape", "has " + counted(shape_.size(), "number") +
                                   ", but the descriptor has " + counted(dimensions, "dimension"));
  }
  space_.min = bound("min", min, space.min, dimensions);
  space_.max = bound("max", max, space.max, dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    const double low = space_.min[d];
    const double high = space_.max[d];
    if (!std::isfinite(low) || !std::isfinite(high)) {
      throw ConfigError(std::isfinite(low) ? "max" : "min",
                        "is needed, because '" + space_.names[d] + "' declares no finite bound");
    }
    if (!(high - low > 0) || !std::isfinite(high - low)) {
      throw ConfigError("max", "must be above min, but for '" + space_.names[d] + "' it is " +
                                   std::to_string(high) + " against " + std::to_string(low));
    }
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

void GridCells::check_table(const StateReader& table) const {
  if (table.attribute_as<std::vector<std::int64_t>>("shape") != shape_) {
    throw Error("archive: its grid has another shape than the configuration's");
  }
}

}  // namespace cambrian
