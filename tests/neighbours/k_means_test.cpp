#include "cambrian/neighbours/k_means.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>
#include <vector>

#include "cambrian/core/shape.hpp"

namespace cambrian {
namespace {

constexpr StreamKey kKey = {1, 2};

std::vector<double> even_points(std::size_t n, std::size_t dimensions, bool whole = false) {
  Stream stream(stream_key(1, "points"), n);
  std::vector<double> points(n * dimensions);
  for (double& x : points) x = whole ? stream.below(6) : stream.uniform();
  return points;
}

/// Lloyd by the book, of points that leave no cluster empty.
KMeans scanned(const std::vector<double>& points, std::size_t dimensions,
               const KMeansOptions& options) {
  const std::size_t n = points.size() / dimensions;
  KMeans result;
  for (const std::uint32_t row :
       k_means_start(points, dimensions, options.clusters, options.start, kKey))
    for (std::size_t d = 0; d < dimensions; ++d)
      result.centroids.push_back(points[row * dimensions + d]);
  const auto assign = [&] {
    std::vector<std::uint32_t> nearest(n);
    for (std::size_t i = 0; i < n; ++i) {
      double least = std::numeric_limits<double>::infinity();
      for (std::uint32_t c = 0; c < options.clusters; ++c) {
        double sum = 0;
        for (std::size_t d = 0; d < dimensions; ++d) {
          const double apart = points[i * dimensions + d] - result.centroids[c * dimensions + d];
          sum += apart * apart;
        }
        if (sum < least) nearest[i] = c;
        least = std::min(least, sum);
      }
    }
    return nearest;
  };
  result.assignment = assign();
  while (result.iterations < options.iterations && !result.converged) {
    std::vector<double> sums(result.centroids.size()), counts(options.clusters);
    for (std::size_t i = 0; i < n; ++i) {
      ++counts[result.assignment[i]];
      for (std::size_t d = 0; d < dimensions; ++d)
        sums[result.assignment[i] * dimensions + d] += points[i * dimensions + d];
    }
    for (std::size_t j = 0; j < sums.size(); ++j) sums[j] /= counts[j / dimensions];
    result.converged = sums == result.centroids;
    if (result.converged) break;
    result.centroids = sums;
    result.assignment = assign();
    ++result.iterations;
  }
  return result;
}

TEST(KMeans, HasTheBitsOfLloydsIterationsByTheBook) {
  for (const std::size_t dimensions : {1U, 2U, 4U, 9U}) {
    for (const auto start : {KMeansStart::random, KMeansStart::plus_plus}) {
      for (const std::size_t iterations : {0U, 1U, 5U, 500U}) {
        const auto points = even_points(1'000, dimensions);
        const KMeansOptions options = {100, iterations, start};
        const KMeans ours = k_means(points, dimensions, options, kKey);
        const KMeans book = scanned(points, dimensions, options);
        ASSERT_EQ(ours.centroids, book.centroids) << dimensions << ", " << iterations;
        ASSERT_EQ(ours.assignment, book.assignment);
        EXPECT_EQ(ours.iterations, book.iterations);
        EXPECT_EQ(ours.converged, book.converged);
      }
    }
  }
}

TEST(KMeans, HasTheSameBitsForEveryNumberOfThreads) {
  const auto points = even_points(20'000, 2);
  const KMeansOptions options = {1'000, 12};
  const KMeans alone = k_means(points, 2, options, kKey);
  for (const std::size_t threads : {1U, 2U, 5U}) {
    const auto executor = make_executor(threads);
    const KMeans together = k_means(points, 2, options, kKey, executor.get());
    EXPECT_EQ(together.centroids, alone.centroids);
    EXPECT_EQ(together.assignment, alone.assignment);
  }
}

TEST(KMeans, PlusPlusSpreadsTheFirstCentroidsBetterThanChance) {
  // Two heaps, one with 1 % of the points: chance alone mostly misses it with five centroids.
  auto points = even_points(2'000, 2);
  for (std::size_t i = 0; i < 40; ++i) points[i] += 1'000;
  int found = 0;
  for (std::uint32_t i = 0; i < 50; ++i) {
    const auto rows = k_means_start(points, 2, 5, KMeansStart::plus_plus, {i, 0});
    found += std::ranges::any_of(rows, [](std::uint32_t row) { return row < 20; }) ? 1 : 0;
  }
  EXPECT_EQ(found, 50);
}

TEST(KMeans, TheSecondCentroidIsDrawnByTheSquaredDistance) {
  // From 0, the points at 1 and 3 are drawn with 1/10 and 9/10.
  const std::vector<double> points = {0, 1, 3};
  int starts = 0, far = 0;
  for (std::uint32_t i = 0; i < 30'000; ++i) {
    const auto rows = k_means_start(points, 1, 2, KMeansStart::plus_plus, {i, 7});
    if (rows[0] != 0) continue;
    ++starts;
    far += rows[1] == 2 ? 1 : 0;
  }
  EXPECT_NEAR(starts, 10'000, 400);
  EXPECT_NEAR(static_cast<double>(far) / starts, 0.9, 0.015);
}

TEST(KMeans, StartsFromDifferentRowsEvenIfPointsAreEqual) {
  for (const auto start : {KMeansStart::random, KMeansStart::plus_plus}) {
    const auto points = even_points(100, 1, true);
    const auto rows = k_means_start(points, 1, 100, start, kKey);
    EXPECT_EQ(std::set(rows.begin(), rows.end()).size(), 100U);
  }
}

TEST(KMeans, NoClusterStaysEmptyWhereThereArePointsForAll) {
  // 36 different places, most of them held several times, and 30 clusters that start on few.
  const auto points = even_points(400, 2, true);
  const KMeans result = k_means(points, 2, {30, 100, KMeansStart::random}, kKey);
  const std::set<std::uint32_t> used(result.assignment.begin(), result.assignment.end());
  EXPECT_EQ(used.size(), 30U);
}

TEST(KMeans, FewerPlacesThanClustersLeaveClustersEmptyAndEnd) {
  const std::vector<double> points(50, 1.0);
  const KMeans result = k_means(points, 1, {10, 100}, kKey);
  EXPECT_TRUE(result.converged);
  EXPECT_EQ(result.assignment, std::vector<std::uint32_t>(50, 0));
}

TEST(KMeans, RefusesWhatItCannotDivide) {
  const std::vector<double> points = {1, 2, 3};
  EXPECT_THROW(k_means(points, 2, {1}, kKey), ShapeError);
  EXPECT_THROW(k_means(points, 1, {4}, kKey), ShapeError);
  EXPECT_THROW(k_means(points, 1, {0}, kKey), ShapeError);
}

}  // namespace
}  // namespace cambrian
