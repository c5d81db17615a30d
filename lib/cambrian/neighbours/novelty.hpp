// The novelty score: how far a point lies, on average, from its k nearest among the living and the
// archive. Source: Lehman & Stanley 2011, "Abandoning objectives", eq. 1.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/neighbours/flat_index.hpp"
#include "cambrian/neighbours/growing_index.hpp"

namespace cambrian {

/// What a novelty score is the mean of. `mean_absolute` is the mean over the dimensions of the
/// absolute difference: what NSC (novelty-search-cpp) computes, (|dx| + |dy|) / 2 for an end point.
/// `euclidean` is what pyribs takes; it is searched for by its square.
enum class NoveltyDistance : std::uint8_t { squared_euclidean, mean_absolute, euclidean };

/// The default is the paper's text; NSC as shipped is {mean_absolute, 15, true}.
struct NoveltyRule {
  NoveltyDistance distance = NoveltyDistance::squared_euclidean;
  std::size_t k = 15;          ///< at least 1
  bool counts_itself = false;  ///< a living point, and its archived copy, are their own neighbours

  /// The metric that the indices must have.
  Metric metric() const {
    return distance == NoveltyDistance::mean_absolute ? Metric::manhattan
                                                      : Metric::squared_euclidean;
  }
  /// One of the metric's numbers in the rule's unit.
  double in_unit(double metric_distance, std::size_t dimensions) const {
    return scale(dimensions) * of_metric(metric_distance);
  }
  /// The two steps of in_unit(), for sums: scale() is the same for all terms.
  double of_metric(double metric_distance) const {
    return distance == NoveltyDistance::euclidean ? std::sqrt(metric_distance) : metric_distance;
  }
  double scale(std::size_t dimensions) const {
    return distance == NoveltyDistance::mean_absolute ? 1 / static_cast<double>(dimensions) : 1;
  }
};

/// The rows at which the scored point itself lies; kNoRow where it does not.
struct OwnRows {
  std::uint32_t living = kNoRow;
  std::uint32_t archive = kNoRow;
};

/// Memory of one thread's scores.
struct NoveltyScratch {
  std::vector<Neighbour> nearest;
};

/// The mean of what was found, in the rule's unit; 0 if nothing was.
double mean_distance(const NearestSet& found, const NoveltyRule& rule, std::size_t dimensions);

/// The mean distance to the k nearest among `archive` and `living`, both of the rule's metric; to
/// those there are if fewer, 0 if none. Thread-safe with a scratch a thread; allocates only when k
/// grows.
/// @param query  [D], finite
/// @param own    left out, unless the rule counts them
double novelty(std::span<const double> query, const GrowingIndex& archive, const FlatIndex& living,
               const NoveltyRule& rule, OwnRows own, NoveltyScratch& scratch);

}  // namespace cambrian
