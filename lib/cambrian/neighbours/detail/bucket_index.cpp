#include "cambrian/neighbours/detail/bucket_index.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cambrian::detail {
namespace {

constexpr double kPointsPerBucket = 2;
/// A bucket with more points than this makes searches slow.
constexpr std::uint32_t kCrowd = 64;
/// In buckets. Outweighs the rounding of a place, which is below 2^-53 times the buckets of an axis.
constexpr double kMargin = 1e-9;
/// Queries whose buckets are fetched before the first is searched.
constexpr std::size_t kAhead = 64;

}  // namespace

BucketIndex::Axis BucketIndex::axis_of(std::span<const double> points,
                                       std::span<const std::uint32_t> rows, std::size_t d,
                                       std::int64_t buckets) {
  double low = points[std::size_t{rows[0]} * 2 + d];
  double high = low;
  for (const std::uint32_t row : rows) {
    low = std::min(low, points[std::size_t{row} * 2 + d]);
    high = std::max(high, points[std::size_t{row} * 2 + d]);
  }
  const double width = (high - low) / static_cast<double>(buckets);
  const double per_bucket = 1 / width;
  // All in one line, or too near or far for a quotient: one bucket, which every place falls into.
  if (!(width > 0) || !std::isfinite(width) || !std::isfinite(per_bucket) || per_bucket == 0)
    return {low, 0, 0, 1};
  return {low, per_bucket, width, buckets};
}

BucketIndex::BucketIndex(std::span<const double> points, std::span<const std::uint32_t> rows) {
  const double buckets = static_cast<double>(rows.size()) / kPointsPerBucket;
  const auto side = static_cast<std::int64_t>(std::max(1.0, std::round(std::sqrt(buckets))));
  x_ = axis_of(points, rows, 0, side);
  y_ = axis_of(points, rows, 1, side);
  const auto bucket_of = [&](std::uint32_t row) {
    const double* point = points.data() + std::size_t{row} * 2;
    return static_cast<std::size_t>(y_.bucket(y_.place(point[1])) * x_.count +
                                    x_.bucket(x_.place(point[0])));
  };
  begins_.assign(static_cast<std::size_t>(x_.count * y_.count) + 2, 0);
  for (const std::uint32_t row : rows) ++begins_[bucket_of(row) + 2];
  uneven_ = *std::ranges::max_element(begins_) > kCrowd;
  for (std::size_t i = 2; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  points_.resize(rows.size());
  rows_.resize(rows.size());
  for (const std::uint32_t row : rows) {
    const std::uint32_t slot = begins_[bucket_of(row) + 1]++;
    points_[slot] = {points[std::size_t{row} * 2], points[std::size_t{row} * 2 + 1]};
    rows_[slot] = row;
  }
  begins_.pop_back();
}

inline void BucketIndex::scan(const double* query, std::int64_t y, std::int64_t first,
                              std::int64_t last, Neighbour& nearest) const {
  const std::uint32_t* begins = begins_.data() + y * x_.count;
  for (std::uint32_t slot = begins[first]; slot < begins[last + 1]; ++slot) {
    const double across = query[0] - points_[slot].x;
    const double up = query[1] - points_[slot].y;
    const double distance = across * across + up * up;
    if (distance > nearest.distance) continue;
    if (distance < nearest.distance || rows_[slot] < nearest.row) nearest = {rows_[slot], distance};
  }
}

Neighbour BucketIndex::nearest_to(const double* query, Neighbour nearest) const {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  const double place_x = x_.place(query[0]);
  const double place_y = y_.place(query[1]);
  const std::int64_t x = x_.bucket(place_x);
  const std::int64_t y = y_.bucket(place_y);
  for (std::int64_t ring = 0;; ++ring) {
    const std::int64_t left = x - ring, right = x + ring, low = y - ring, high = y + ring;
    const std::int64_t first = std::max<std::int64_t>(left, 0);
    const std::int64_t last = std::min(right, x_.count - 1);
    if (low >= 0) scan(query, low, first, last, nearest);
    if (ring > 0 && high < y_.count) scan(query, high, first, last, nearest);
    const std::int64_t top = std::min(high - 1, y_.count - 1);
    for (std::int64_t row = std::max<std::int64_t>(low + 1, 0); row <= top; ++row) {
      if (left >= 0) scan(query, row, left, left, nearest);
      if (right < x_.count) scan(query, row, right, right, nearest);
    }
    // What lies beyond the ring is at least as far as its nearest side that has points behind it.
    const double to_left = left <= 0 ? kFar : (place_x - static_cast<double>(left)) * x_.width;
    const double to_right =
        right >= x_.count - 1 ? kFar : (static_cast<double>(right + 1) - place_x) * x_.width;
    const double to_low = low <= 0 ? kFar : (place_y - static_cast<double>(low)) * y_.width;
    const double to_high =
        high >= y_.count - 1 ? kFar : (static_cast<double>(high + 1) - place_y) * y_.width;
    const double margin = kMargin * std::max(x_.width, y_.width);
    const double side = std::min(std::min(to_left, to_right), std::min(to_low, to_high)) - margin;
    if (side == kFar || (side > 0 && side * side * (1 - 1e-12) > nearest.distance)) return nearest;
  }
}

void BucketIndex::refine(std::span<const double> queries, std::span<Neighbour> nearest) const {
  for (std::size_t begin = 0; begin < nearest.size(); begin += kAhead) {
    const std::size_t end = std::min(begin + kAhead, nearest.size());
    std::array<std::uint32_t, kAhead> buckets;
    for (std::size_t i = begin; i < end; ++i) {
      const double* query = queries.data() + 2 * i;
      const std::int64_t bucket =
          y_.bucket(y_.place(query[1])) * x_.count + x_.bucket(x_.place(query[0]));
      buckets[i - begin] = static_cast<std::uint32_t>(bucket);
      __builtin_prefetch(begins_.data() + bucket);
    }
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t slot = begins_[buckets[i - begin]];
      __builtin_prefetch(points_.data() + slot);
      __builtin_prefetch(rows_.data() + slot);
    }
    for (std::size_t i = begin; i < end; ++i)
      nearest[i] = nearest_to(queries.data() + 2 * i, nearest[i]);
  }
}

}  // namespace cambrian::detail
