// Points of many dimensions in blocks of 16, compared with several queries at once.
#pragma once

#include "cambrian/core/large_pages.hpp"
#include "cambrian/neighbours/centroids.hpp"

namespace cambrian::detail {

class ProductIndex final : public CentroidIndex {
 public:
  ProductIndex(std::span<const double> points, std::span<const std::uint32_t> rows,
               std::size_t dimensions);
  void refine(std::span<const double> queries, std::span<Neighbour> nearest) const override;

 private:
  static constexpr std::size_t kLanes = 16;   ///< points of a block
  static constexpr std::size_t kQueries = 6;  ///< that a block is loaded for
  struct Group;
  void search(Group& group) const;
  /// Every point in double precision.
  void scan(const double* query, Neighbour& nearest) const;
  /// @return whether the point of a slot is nearer, and so taken
  bool meet(const double* query, std::size_t slot, Neighbour& nearest) const;
  /// Measures the points of a block whose score may be the least in double precision.
  void measure(const float* scores, std::size_t block, std::size_t q, Group& group) const;

  std::size_t dimensions_;
  std::vector<double> middle_;       ///< [D], subtracted before anything is rounded
  double largest_ = 0;               ///< |c| of the centred points, at most
  LargeColumn<float> blocks_;        ///< [blocks, D + 1, 16]: |c|^2, then c
  LargeColumn<double> points_;       ///< [m, D]
  LargeColumn<std::uint32_t> rows_;  ///< [m]
};

}  // namespace cambrian::detail
