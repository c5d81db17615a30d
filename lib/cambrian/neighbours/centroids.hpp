// The nearest of many fixed points: the cell of a CVT archive, the cluster of k-means. Exact: the
// answer is that of a scan in double precision with the terms of a distance summed in order of
// dimension, ties to the lowest row.
//
//   2 dimensions       buckets over the plane, about two points each, searched ring by ring
//   up to 7            a k-d tree (nanoflann)
//   from 8 on          |c|^2 - 2 x c of blocks of points and queries in single precision; what might
//                      be nearest is measured again in double precision
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "cambrian/neighbours/nearest_set.hpp"

namespace cambrian {

/// How nearest points are found. `automatic` takes what was measured to be fastest.
enum class CentroidSearch : std::uint8_t { automatic, buckets, tree, product };

/// The nearest so far: row kNoRow at an infinite squared distance before any search.
inline constexpr Neighbour kNoNeighbour = {kNoRow, std::numeric_limits<double>::infinity()};

class CentroidIndex {
 public:
  virtual ~CentroidIndex() = default;
  /// For each query, replaces `nearest` by the nearest point of the index if that is nearer, or as
  /// near with a lower row. What is known beforehand narrows the search. Distances are squared.
  /// Const and safe from several threads at once; allocates nothing.
  /// @param queries  [n, D], finite  @param nearest  [n] read and written
  virtual void refine(std::span<const double> queries, std::span<Neighbour> nearest) const = 0;
};

/// @param points  [n, D], finite  @param rows  [m] in ascending order, each below n: the points that
/// are found; copied, and at least one  @throws ShapeError if the points are not whole rows
std::unique_ptr<CentroidIndex> make_centroid_index(
    std::span<const double> points, std::span<const std::uint32_t> rows, std::size_t dimensions,
    CentroidSearch search = CentroidSearch::automatic);
/// The same with all points as rows.
std::unique_ptr<CentroidIndex> make_centroid_index(
    std::span<const double> points, std::size_t dimensions,
    CentroidSearch search = CentroidSearch::automatic);

/// The squared distance as every index computes it.
inline double squared_distance(const double* a, const double* b, std::size_t dimensions) {
  double sum = 0;
  for (std::size_t d = 0; d < dimensions; ++d) {
    const double difference = a[d] - b[d];
    sum += difference * difference;
  }
  return sum;
}

}  // namespace cambrian
