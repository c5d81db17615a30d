// Points in the plane in square buckets.
#pragma once

#include "cambrian/core/large_pages.hpp"
#include "cambrian/neighbours/centroids.hpp"

namespace cambrian::detail {

class BucketIndex final : public CentroidIndex {
 public:
  BucketIndex(std::span<const double> points, std::span<const std::uint32_t> rows);
  void refine(std::span<const double> queries, std::span<Neighbour> nearest) const override;
  /// Whether so many points share a bucket that a tree would be faster.
  bool is_uneven() const { return uneven_; }

 private:
  struct Point {
    double x, y;
  };
  struct Axis {
    double low = 0, per_bucket = 1, width = 1;  ///< per_bucket = 1 / width
    std::int64_t count = 1;
    double place(double value) const { return (value - low) * per_bucket; }
    std::int64_t bucket(double place) const {
      // Clipped while still real, so that it can be a whole number.
      const auto last = static_cast<double>(count - 1);
      return static_cast<std::int64_t>(place > 0 ? (place < last ? place : last) : 0);
    }
  };
  static Axis axis_of(std::span<const double> points, std::span<const std::uint32_t> rows,
                      std::size_t d, std::int64_t buckets);
  Neighbour nearest_to(const double* query, Neighbour nearest) const;
  /// Buckets first..last of row y: their points lie one behind another.
  void scan(const double* query, std::int64_t y, std::int64_t first, std::int64_t last,
            Neighbour& nearest) const;

  Axis x_, y_;
  LargeColumn<std::uint32_t> begins_;  ///< [buckets + 1], row by row
  LargeColumn<Point> points_;          ///< by bucket, then by row
  LargeColumn<std::uint32_t> rows_;
  bool uneven_ = false;
};

}  // namespace cambrian::detail
