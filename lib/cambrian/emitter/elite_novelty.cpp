#include "cambrian/emitter/elite_novelty.hpp"

#include <algorithm>
#include <cmath>

namespace cambrian {

void EliteNovelty::follow(const Elites& elites) {
  const DescriptorSpace& space = elites.archive().space();
  if (!points_ || points_->size() > elites.size()) {
    points_ = std::make_unique<GrowingIndex>(space.dimensions(), Metric::squared_euclidean);
    point_.resize(space.dimensions());
    scale_.assign(space.dimensions(), 1.0);
    for (std::size_t d = 0; d < scale_.size(); ++d) {
      const double width = space.max[d] - space.min[d];
      if (std::isfinite(width) && width > 0) scale_[d] = width;
    }
  }
  const std::span<const std::uint64_t> ids = elites.individuals().ids;
  for (std::size_t row = 0; row < ids.size(); ++row) {
    if (row >= points_->size() || ids_[row] != ids[row]) place(elites, row);
  }
  ids_.assign(ids.begin(), ids.end());
}

void EliteNovelty::place(const Elites& elites, std::size_t row) {
  const std::span<const double> descriptor = elites.individuals().descriptor(row);
  for (std::size_t d = 0; d < point_.size(); ++d) point_[d] = descriptor[d] / scale_[d];
  if (row == points_->size()) {
    points_->add(point_);
  } else {
    points_->replace(row, point_);
  }
}

double EliteNovelty::of_point(std::span<const double> point, std::uint32_t own,
                              Scratch& scratch) const {
  scratch.nearest.resize(k_);
  NearestSet found(scratch.nearest);
  found.exclude(own);
  points_->search(point, found);
  return mean_distance(found, {NoveltyDistance::euclidean, k_, false}, point.size());
}

double EliteNovelty::of_elite(std::uint32_t row) {
  scratch_.resize(std::max<std::size_t>(scratch_.size(), 1));
  return of_point(points_->point(row), row, scratch_.front());
}

void EliteNovelty::of_elites(std::span<double> out, Executor* executor) {
  for_each_row(out.size(), executor, [&](std::size_t row, Scratch& scratch) {
    out[row] = of_point(points_->point(row), static_cast<std::uint32_t>(row), scratch);
  });
}

void EliteNovelty::of_others(std::span<const double> descriptors,
                             std::span<const std::uint8_t> valid, std::span<double> out,
                             Executor* executor) {
  for_each_row(out.size(), executor, [&](std::size_t row, Scratch& scratch) {
    out[row] = 0;
    if (valid[row] == 0) return;
    scratch.point.resize(scale_.size());
    for (std::size_t d = 0; d < scale_.size(); ++d)
      scratch.point[d] = descriptors[row * scale_.size() + d] / scale_[d];
    out[row] = of_point(scratch.point, kNoRow, scratch);
  });
}

void EliteNovelty::for_each_row(
    std::size_t rows, Executor* executor,
    const std::function<void(std::size_t row, Scratch& scratch)>& body) {
  constexpr std::size_t kRowsAtOnce = 32;
  scratch_.resize(std::max(scratch_.size(), executor == nullptr ? 1 : executor->workers()));
  for_each_chunk(executor, rows, kRowsAtOnce,
                 [&](std::size_t begin, std::size_t end, std::size_t worker) {
                   for (std::size_t row = begin; row < end; ++row) body(row, scratch_[worker]);
                 });
}

}  // namespace cambrian
