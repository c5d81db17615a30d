#include "cambrian/neighbours/centroids.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "cambrian/core/shape.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

Neighbour scanned(std::span<const double> points, std::span<const std::uint32_t> rows,
                  std::span<const double> query) {
  Neighbour nearest = kNoNeighbour;
  for (const std::uint32_t row : rows) {
    double sum = 0;
    for (std::size_t d = 0; d < query.size(); ++d)
      sum +=
          (query[d] - points[row * query.size() + d]) * (query[d] - points[row * query.size() + d]);
    if (sum < nearest.distance || nearest.row == kNoRow) nearest = {row, sum};
  }
  return nearest;
}

struct IndexCase {
  CentroidSearch search;
  std::size_t dimensions;
};

class CentroidIndexAgainstScan : public testing::TestWithParam<IndexCase> {};

std::vector<double> drawn(Stream& stream, std::size_t n, bool on_lattice) {
  std::vector<double> numbers(n);
  for (double& x : numbers) x = on_lattice ? stream.below(5) : 3 * stream.uniform() - 7;
  return numbers;
}

TEST_P(CentroidIndexAgainstScan, FindsTheSameBitsAndTheLowestRowOfEquals) {
  const auto [search, dimensions] = GetParam();
  for (const std::size_t count : {1U, 2U, 17U, 300U, 2'000U}) {
    for (const bool on_lattice : {false, true}) {
      Stream stream(stream_key(3, "centroids"), count, on_lattice ? 1 : 0);
      const auto points = drawn(stream, count * dimensions, on_lattice);
      std::vector<std::uint32_t> rows;
      for (std::uint32_t row = 0; row < count; ++row)
        if (row + 1 == count || stream.chance(0.8)) rows.push_back(row);
      auto queries = drawn(stream, 100 * dimensions, on_lattice);
      queries[0] = 1e12;  // far outside
      queries[dimensions] = -50;
      const auto index = make_centroid_index(points, rows, dimensions, search);
      std::vector<Neighbour> nearest(100, kNoNeighbour);
      index->refine(queries, nearest);
      for (std::size_t i = 0; i < nearest.size(); ++i) {
        const auto query = std::span(queries).subspan(i * dimensions, dimensions);
        ASSERT_EQ(nearest[i], scanned(points, rows, query)) << count << " points, query " << i;
      }
    }
  }
}

TEST_P(CentroidIndexAgainstScan, WhatIsKnownStaysUnlessAPointIsNearerOrAsNearAndLower) {
  const auto [search, dimensions] = GetParam();
  std::vector<double> points(5 * dimensions, 0);
  for (std::size_t row = 0; row < 5; ++row) points[row * dimensions] = static_cast<double>(row);
  const std::vector<std::uint32_t> rows = {1, 3};
  const auto index = make_centroid_index(points, rows, dimensions, search);
  std::vector<double> queries(4 * dimensions, 0);
  for (std::size_t i = 0; i < 4; ++i) queries[i * dimensions] = 2;
  std::vector<Neighbour> nearest = {{2, 0}, {0, 4}, {0, 1}, {3, 1}};
  index->refine(queries, nearest);
  EXPECT_EQ(nearest, (std::vector<Neighbour>{{2, 0}, {1, 1}, {0, 1}, {1, 1}}));
}

TEST_P(CentroidIndexAgainstScan, PlacesBeyondAllNumbersBelongToTheFirst) {
  const auto [search, dimensions] = GetParam();
  std::vector<double> points(40 * dimensions);
  for (std::size_t i = 0; i < points.size(); ++i) points[i] = std::sin(static_cast<double>(i));
  const auto index = make_centroid_index(points, dimensions, search);
  const std::vector<double> query(dimensions, 1e300);
  std::vector<Neighbour> nearest(1, kNoNeighbour);
  index->refine(query, nearest);
  EXPECT_EQ(nearest[0].row, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Searches, CentroidIndexAgainstScan,
    testing::Values(IndexCase{CentroidSearch::buckets, 2}, IndexCase{CentroidSearch::tree, 1},
                    IndexCase{CentroidSearch::tree, 2}, IndexCase{CentroidSearch::tree, 6},
                    IndexCase{CentroidSearch::product, 1}, IndexCase{CentroidSearch::product, 8},
                    IndexCase{CentroidSearch::product, 33}, IndexCase{CentroidSearch::automatic, 2},
                    IndexCase{CentroidSearch::automatic, 12}));

TEST(CentroidIndex, PointsInOneHeapOrOnOneLineAreFoundToo) {
  for (const double height : {0.0, 1e-9}) {
    Stream stream(stream_key(5, "heap"), 0);
    std::vector<double> points;
    for (std::size_t i = 0; i < 500; ++i) {
      points.push_back(i < 3 ? 1e6 * static_cast<double>(i) : stream.uniform());
      points.push_back(height * stream.uniform());
    }
    std::vector<std::uint32_t> rows(500);
    for (std::uint32_t row = 0; row < 500; ++row) rows[row] = row;
    for (const auto search : {CentroidSearch::automatic, CentroidSearch::buckets}) {
      const auto index = make_centroid_index(points, 2, search);
      for (int i = 0; i < 50; ++i) {
        const std::vector<double> query = {2 * stream.uniform() - 0.5, height * stream.uniform()};
        std::vector<Neighbour> nearest(1, kNoNeighbour);
        index->refine(query, nearest);
        EXPECT_EQ(nearest[0], scanned(points, rows, query));
      }
    }
  }
}

TEST(CentroidIndex, RefusesNoPointsAndPartsOfPoints) {
  EXPECT_THROW(make_centroid_index({}, 2), ShapeError);
  EXPECT_THROW(make_centroid_index(std::vector<double>{1, 2, 3}, 2), ShapeError);
}

}  // namespace
}  // namespace cambrian
