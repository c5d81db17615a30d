// k-means: centroids such that each is the mean of the points that are nearest to it.
//
// Lloyd's iterations, exact: after each, every point belongs to its nearest centroid, the lowest of
// equals. A point is compared only with the centroids that have moved, unless its own moved away
// from it. Equal bits for every number of workers.
// Sources: Lloyd 1982; Arthur & Vassilvitskii 2007 (k-means++).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/core/executor.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {

/// Where the first centroids come from: points drawn evenly, or by their squared distance to those
/// drawn before (k-means++).
enum class KMeansStart : std::uint8_t { random, plus_plus };

struct KMeansOptions {
  std::size_t clusters = 1;
  std::size_t iterations = 100;  ///< at most; fewer if no point changes its cluster
  KMeansStart start = KMeansStart::plus_plus;
};

struct KMeans {
  std::vector<double> centroids;          ///< [clusters, D]
  std::vector<std::uint32_t> assignment;  ///< [n] the nearest of these centroids
  std::size_t iterations = 0;             ///< that were carried out
  bool converged = false;                 ///< another iteration would change nothing
};

/// A cluster that loses all its points takes the point that is farthest from its own centroid.
/// @param points  [n, D], finite  @param executor  null: the caller's thread
/// @throws ShapeError unless the points are whole rows, and at least as many as clusters, of which
/// there is one at least
KMeans k_means(std::span<const double> points, std::size_t dimensions, const KMeansOptions& options,
               StreamKey key, Executor* executor = nullptr);

/// The first centroids alone: rows of points, each drawn once.
std::vector<std::uint32_t> k_means_start(std::span<const double> points, std::size_t dimensions,
                                         std::size_t clusters, KMeansStart start, StreamKey key);

}  // namespace cambrian
