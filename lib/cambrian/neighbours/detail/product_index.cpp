#include "cambrian/neighbours/detail/product_index.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>

namespace cambrian::detail {
namespace {

namespace simd = Eigen::internal;
using Packet = simd::packet_traits<float>::type;
constexpr std::size_t kWidth = simd::packet_traits<float>::size;

constexpr float kNever = std::numeric_limits<float>::infinity();
/// Squares of larger numbers could overflow in single precision.
constexpr double kLargestSingle = 1e15;

}  // namespace

/// Up to kQueries queries on their way through all blocks.
struct ProductIndex::Group {
  std::size_t size = 0;
  const double* queries = nullptr;
  Neighbour* nearest = nullptr;
  const float* factors = nullptr;            ///< [D, kQueries] -2 (x - middle)
  std::array<double, kQueries> square = {};  ///< |x - middle|^2
  std::array<double, kQueries> slack = {};   ///< what a score may be wrong by
  std::array<float, kQueries> bound = {};    ///< scores above it are too far

  Group() { bound.fill(-kNever); }
  void tighten(std::size_t q) {
    const double bounded = nearest[q].distance - square[q] + slack[q];
    // Rounded up, so that nothing is lost.
    bound[q] = std::nextafter(static_cast<float>(bounded), kNever);
  }
};

ProductIndex::ProductIndex(std::span<const double> points, std::span<const std::uint32_t> rows,
                           std::size_t dimensions)
    : dimensions_(dimensions), middle_(dimensions), rows_(rows.begin(), rows.end()) {
  points_.reserve(rows.size() * dimensions);
  for (const std::uint32_t row : rows) {
    const double* point = points.data() + row * dimensions;
    points_.insert(points_.end(), point, point + dimensions);
    for (std::size_t d = 0; d < dimensions; ++d)
      middle_[d] += point[d] / static_cast<double>(rows.size());
  }
  const std::size_t blocks = (rows.size() + kLanes - 1) / kLanes;
  blocks_.assign(blocks * (dimensions + 1) * kLanes, 0);
  for (std::size_t i = 0; i < blocks * kLanes; ++i) {
    float* block = blocks_.data() + i / kLanes * (dimensions + 1) * kLanes + i % kLanes;
    double square = 0;
    for (std::size_t d = 0; i < rows.size() && d < dimensions; ++d) {
      const double centred = points_[i * dimensions + d] - middle_[d];
      block[(d + 1) * kLanes] = static_cast<float>(centred);
      square += centred * centred;
    }
    block[0] = i < rows.size() ? static_cast<float>(square) : kNever;
    largest_ = std::max(largest_, std::sqrt(square));
  }
}

inline bool ProductIndex::meet(const double* query, std::size_t slot, Neighbour& nearest) const {
  const double distance = squared_distance(query, points_.data() + slot * dimensions_, dimensions_);
  const bool nearer =
      distance < nearest.distance || (distance == nearest.distance && rows_[slot] < nearest.row);
  if (nearer) nearest = {rows_[slot], distance};
  return nearer;
}

void ProductIndex::measure(const float* scores, std::size_t block, std::size_t q,
                           Group& group) const {
  const std::size_t lanes = std::min(kLanes, rows_.size() - block * kLanes);
  const double* query = group.queries + q * dimensions_;
  const auto meet_lane = [&](std::size_t lane) {
    if (meet(query, block * kLanes + lane, group.nearest[q])) group.tighten(q);
  };
  // The least first: mostly the others are then out of the question.
  const auto least = static_cast<std::size_t>(std::min_element(scores, scores + lanes) - scores);
  meet_lane(least);
  for (std::size_t lane = 0; lane < lanes; ++lane)
    if (lane != least && scores[lane] <= group.bound[q]) meet_lane(lane);
}

void ProductIndex::search(Group& group) const {
  constexpr std::size_t kParts = kLanes / kWidth;
  const std::size_t blocks = (rows_.size() + kLanes - 1) / kLanes;
  for (std::size_t b = 0; b < blocks; ++b) {
    const float* values = blocks_.data() + b * (dimensions_ + 1) * kLanes;
    Packet scores[kQueries][kParts];
    for (auto& of_query : scores)
      for (std::size_t part = 0; part < kParts; ++part)
        of_query[part] = simd::ploadu<Packet>(values + part * kWidth);
    const float* factors = group.factors;
    for (std::size_t d = 0; d < dimensions_; ++d, factors += kQueries) {
      values += kLanes;
      Packet point[kParts];
      for (std::size_t part = 0; part < kParts; ++part)
        point[part] = simd::ploadu<Packet>(values + part * kWidth);
      for (std::size_t q = 0; q < kQueries; ++q) {
        const Packet factor = simd::pset1<Packet>(factors[q]);
        for (std::size_t part = 0; part < kParts; ++part)
          scores[q][part] = simd::pmadd(factor, point[part], scores[q][part]);
      }
    }
    for (std::size_t q = 0; q < kQueries; ++q) {
      Packet least = scores[q][0];
      for (std::size_t part = 1; part < kParts; ++part) least = simd::pmin(least, scores[q][part]);
      if (!simd::predux_any(simd::pcmp_le(least, simd::pset1<Packet>(group.bound[q])))) continue;
      std::array<float, kLanes> written;
      for (std::size_t part = 0; part < kParts; ++part)
        simd::pstoreu(written.data() + part * kWidth, scores[q][part]);
      measure(written.data(), b, q, group);
    }
  }
}

void ProductIndex::scan(const double* query, Neighbour& nearest) const {
  for (std::size_t slot = 0; slot < rows_.size(); ++slot) meet(query, slot, nearest);
}

void ProductIndex::refine(std::span<const double> queries, std::span<Neighbour> nearest) const {
  constexpr std::size_t kMostOnStack = 512;  // dimensions
  std::array<float, kMostOnStack * kQueries> on_stack;
  std::vector<float> on_heap(dimensions_ > kMostOnStack ? dimensions_ * kQueries : 0);
  float* factors = on_heap.empty() ? on_stack.data() : on_heap.data();
  // Each of D + 1 steps rounds by 2^-24 of what it has summed, and so did both factors before.
  const double rounding = static_cast<double>(dimensions_ + 4) * 0x1p-23;
  for (std::size_t begin = 0; begin < nearest.size(); begin += kQueries) {
    Group group;
    group.size = std::min(kQueries, nearest.size() - begin);
    group.queries = queries.data() + begin * dimensions_;
    group.nearest = nearest.data() + begin;
    group.factors = factors;
    std::fill_n(factors, dimensions_ * kQueries, 0.0F);
    for (std::size_t q = 0; q < group.size; ++q) {
      double square = 0;
      for (std::size_t d = 0; d < dimensions_; ++d) {
        const double centred = group.queries[q * dimensions_ + d] - middle_[d];
        factors[d * kQueries + q] = static_cast<float>(-2 * centred);
        square += centred * centred;
      }
      const double reach = largest_ + std::sqrt(square);
      group.square[q] = square;
      group.slack[q] = rounding * reach * reach;
      if (reach < kLargestSingle) {
        group.tighten(q);
      } else {  // no score says anything
        scan(group.queries + q * dimensions_, group.nearest[q]);
        for (std::size_t d = 0; d < dimensions_; ++d) factors[d * kQueries + q] = 0;
      }
    }
    search(group);
  }
}

}  // namespace cambrian::detail
