#include "cambrian/archive/cells/sliding_boundaries_cells.hpp"

#include <algorithm>

#include "cambrian/archive/cells/grid_cells.hpp"
#include "cambrian/archive/detail/bounds.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"

namespace cambrian {

void SlidingBoundariesKeys::visit_cells(ParameterVisitor& visitor) {
  visitor.integers("shape", shape, {1, 4'294'967'294},
                   {kShapeMeaning, "cells", "Fontaine et al. 2019"});
  visitor.integer("recent", recent, {1, 100'000'000},
                  {"descriptors whose quantiles the boundaries are", "descriptors", "pyribs"});
  visitor.integer("period", period, {1, 1'000'000'000'000},
                  {"candidates after which the boundaries move, at the end of their batch",
                   "candidates", "pyribs"});
  detail::visit_bounds(visitor, min, max);
}

std::unique_ptr<Cells> SlidingBoundariesKeys::make_cells(const ArchiveContext& context) const {
  return std::make_unique<SlidingBoundariesCells>(*this, context.space);
}

SlidingBoundariesCells::SlidingBoundariesCells(const SlidingBoundariesKeys& keys,
                                               const DescriptorSpace& space)
    : shape_(grid_shape(keys.shape, space.dimensions())),
      capacity_(static_cast<std::size_t>(keys.recent)),
      period_(static_cast<std::uint64_t>(keys.period)) {
  const GridCells grid(keys.shape, keys.min, keys.max, 0, space);  // has the checks of a grid
  space_ = grid.space();
  count_ = grid.count();
  for (std::size_t d = 0; d < shape_.size(); ++d) {
    std::vector<double>& inner = inner_.emplace_back();
    const double width = space_.max[d] - space_.min[d];
    for (std::int64_t i = 1; i < shape_[d]; ++i)
      inner.push_back(space_.min[d] +
                      width * static_cast<double>(i) / static_cast<double>(shape_[d]));
  }
}

std::size_t SlidingBoundariesCells::find(std::span<const double> descriptors,
                                         std::span<const std::uint8_t> valid,
                                         std::span<std::uint32_t> cell) const {
  const std::size_t dimensions = shape_.size();
  check_count("descriptors of a block", descriptors.size(), cell.size() * dimensions);
  check_count("flags of a block", valid.size(), cell.size());
  std::size_t outside = 0;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    bool has_cell = valid[i] != 0;
    bool is_outside = false;
    std::uint64_t index = 0;
    for (std::size_t d = 0; has_cell && d < dimensions; ++d) {
      const double measure = descriptors[i * dimensions + d];
      has_cell &= detail::is_finite(measure);
      is_outside |= measure < space_.min[d] || measure > space_.max[d];
      const auto slice = std::ranges::upper_bound(inner_[d], measure) - inner_[d].begin();
      index = index * static_cast<std::uint64_t>(shape_[d]) + static_cast<std::uint64_t>(slice);
    }
    cell[i] = has_cell ? static_cast<std::uint32_t>(index) : kNoCell;
    outside += static_cast<std::size_t>(is_outside & has_cell);
  }
  return outside;
}

bool SlidingBoundariesCells::learn(std::span<const double> descriptors,
                                   std::span<const std::uint8_t> valid) {
  const std::size_t dimensions = shape_.size();
  const std::uint64_t periods = seen_ / period_;
  for (std::size_t i = 0; i < valid.size(); ++i) {
    if (valid[i] == 0) continue;
    const auto descriptor = descriptors.subspan(i * dimensions, dimensions);
    if (recent_.size() < capacity_ * dimensions) {
      recent_.insert(recent_.end(), descriptor.begin(), descriptor.end());
    } else {
      std::ranges::copy(descriptor, recent_.begin() + static_cast<std::ptrdiff_t>(
                                                          seen_ % capacity_ * dimensions));
    }
    ++seen_;
  }
  if (seen_ / period_ == periods) return false;
  remap();
  return true;
}

void SlidingBoundariesCells::remap() {
  const std::size_t dimensions = shape_.size();
  std::vector<double> sorted(recent_.size() / dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = recent_[i * dimensions + d];
    std::ranges::sort(sorted);
    const std::size_t slices = inner_[d].size() + 1;
    for (std::size_t i = 1; i < slices; ++i) inner_[d][i - 1] = sorted[i * sorted.size() / slices];
  }
}

void SlidingBoundariesCells::save_table(StateWriter& table) const {
  table.attribute("shape", shape_);
  std::vector<double> all;
  for (const std::vector<double>& inner : inner_) all.insert(all.end(), inner.begin(), inner.end());
  table.matrix<double>("boundaries", all, 1,
                       {"between the cells of each axis, shape - 1 each, one axis after another"});
}

void SlidingBoundariesCells::load_table(const StateReader& table) {
  if (table.attribute_as<std::vector<std::int64_t>>("shape") != shape_)
    throw Error("archive: its cells have another shape than the configuration's");
  const auto all = table.column<double>("boundaries");
  std::size_t next = 0;
  for (const std::vector<double>& inner : inner_) next += inner.size();
  if (all.size() != next) throw Error("archive/boundaries: are not as many as its shape says");
  next = 0;
  for (std::vector<double>& inner : inner_) {
    for (double& boundary : inner) boundary = all[next++];
    if (!std::ranges::is_sorted(inner)) throw Error("archive/boundaries: are not in order");
  }
}

void SlidingBoundariesCells::save(StateWriter& state) const {
  state.attribute("seen", seen_);
  state.matrix<double>("recent", recent_, shape_.size(), {"the descriptors that came last"});
}

void SlidingBoundariesCells::load(const StateReader& state) {
  recent_ = state.column<double>("recent");
  seen_ = state.attribute_as<std::uint64_t>("seen");
  if (recent_.size() != std::min<std::uint64_t>(seen_, capacity_) * shape_.size())
    throw Error("archive: has seen other recent descriptors than the configuration's");
}

}  // namespace cambrian
