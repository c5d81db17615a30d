#include "cambrian/neighbours/flat_index.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cassert>

namespace cambrian {
namespace {

constexpr std::size_t kLanes = 16;
using Lanes = Eigen::Array<double, kLanes, 1>;

}  // namespace

void FlatIndex::add(std::span<const double> point, std::uint32_t row) {
  if (rows_.size() % kLanes == 0) blocks_.resize(blocks_.size() + dimensions_ * kLanes);
  rows_.push_back(row);
  replace(rows_.size() - 1, point);
}

void FlatIndex::replace(std::size_t slot, std::span<const double> point) {
  assert(slot < size() && point.size() == dimensions_);
  double* block = blocks_.data() + slot / kLanes * kLanes * dimensions_ + slot % kLanes;
  for (std::size_t d = 0; d < dimensions_; ++d) block[d * kLanes] = point[d];
}

void FlatIndex::clear() {
  blocks_.clear();
  rows_.clear();
}

void FlatIndex::search(std::span<const double> query, NearestSet& found) const {
  assert(query.size() == dimensions_);
  if (metric_ == Metric::squared_euclidean) {
    search_blocks<Metric::squared_euclidean>(query.data(), found);
  } else {
    search_blocks<Metric::manhattan>(query.data(), found);
  }
}

template <Metric metric>
void FlatIndex::search_blocks(const double* query, NearestSet& found) const {
  const double* block = blocks_.data();
  for (std::size_t first = 0; first < rows_.size(); first += kLanes) {
    Lanes distances = Lanes::Zero();
    for (std::size_t d = 0; d < dimensions_; ++d, block += kLanes) {
      const Lanes difference = query[d] - Eigen::Map<const Lanes>(block);
      if constexpr (metric == Metric::squared_euclidean) {
        distances += difference * difference;
      } else {
        distances += difference.abs();
      }
    }
    if (!(distances <= found.bound()).any()) continue;
    const std::size_t count = std::min(kLanes, rows_.size() - first);
    for (std::size_t lane = 0; lane < count; ++lane) {
      if (distances[static_cast<Eigen::Index>(lane)] <= found.bound()) {
        found.offer(distances[static_cast<Eigen::Index>(lane)], rows_[first + lane]);
      }
    }
  }
}

}  // namespace cambrian
