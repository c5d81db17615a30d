#include "cambrian/neighbours/growing_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <thread>
#include <vector>

#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

/// The slow, obvious model: a list of points, sorted for each query.
class SortedList {
 public:
  SortedList(std::size_t dimensions, Metric metric) : dimensions_(dimensions), metric_(metric) {}
  void add(const std::vector<double>& point) { points_.push_back(point); }
  void replace(std::size_t row, const std::vector<double>& point) { points_[row] = point; }
  std::size_t size() const { return points_.size(); }

  std::vector<Neighbour> nearest(const std::vector<double>& query, std::size_t k) const {
    std::vector<Neighbour> all;
    for (std::uint32_t row = 0; row < points_.size(); ++row) {
      double sum = 0;
      for (std::size_t d = 0; d < dimensions_; ++d) {
        const double difference = query[d] - points_[row][d];
        sum += metric_ == Metric::manhattan ? std::abs(difference) : difference * difference;
      }
      all.push_back({row, sum});
    }
    std::ranges::stable_sort(all, {}, &Neighbour::distance);
    all.resize(std::min(k, all.size()));
    return all;
  }

 private:
  std::size_t dimensions_;
  Metric metric_;
  std::vector<std::vector<double>> points_;
};

/// Coordinates on a coarse lattice, so that many distances are equal, or reals.
std::vector<double> random_point(Stream& stream, std::size_t dimensions, bool lattice) {
  std::vector<double> point(dimensions);
  for (double& x : point) x = lattice ? stream.below(12) : 100 * stream.uniform() - 50;
  return point;
}

struct Case {
  std::size_t dimensions;
  Metric metric;
  bool lattice;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.dimensions << (one.metric == Metric::manhattan ? " manhattan" : " euclidean")
             << (one.lattice ? " lattice" : " reals");
}

class GrowingIndexAgainstModel : public testing::TestWithParam<Case> {};

TEST_P(GrowingIndexAgainstModel, FindsTheSameRowsAndDistancesWhileItGrowsAndRowsAreReplaced) {
  const auto [dimensions, metric, lattice] = GetParam();
  GrowingIndex index(dimensions, metric);
  SortedList model(dimensions, metric);
  Stream stream(stream_key(7, "growing"), dimensions);
  std::vector<Neighbour> found(20);
  for (int step = 0; step < 12'000; ++step) {
    const auto point = random_point(stream, dimensions, lattice);
    if (model.size() > 50 && stream.chance(0.3)) {
      const std::size_t row = stream.below(static_cast<std::uint32_t>(model.size()));
      index.replace(row, point);
      model.replace(row, point);
    } else {
      index.add(point);
      model.add(point);
    }
    if (step % 97 > 1 && step > 40) continue;
    const auto query = random_point(stream, dimensions, lattice);
    const std::size_t k = 1 + stream.below(20);
    const std::size_t count = index.nearest(query, std::span(found).first(k));
    ASSERT_EQ(std::vector<Neighbour>(found.begin(), found.begin() + static_cast<long>(count)),
              model.nearest(query, k))
        << "after step " << step;
  }
  EXPECT_EQ(index.size(), model.size());
}

INSTANTIATE_TEST_SUITE_P(
    Dimensions, GrowingIndexAgainstModel,
    testing::Values(Case{1, Metric::squared_euclidean, false}, Case{1, Metric::manhattan, true},
                    Case{2, Metric::squared_euclidean, false},
                    Case{2, Metric::squared_euclidean, true}, Case{2, Metric::manhattan, true},
                    Case{3, Metric::manhattan, false}, Case{5, Metric::manhattan, true},
                    Case{10, Metric::squared_euclidean, false}, Case{10, Metric::manhattan, false},
                    Case{11, Metric::squared_euclidean, true},
                    Case{32, Metric::squared_euclidean, false},
                    Case{32, Metric::manhattan, false}));

TEST(GrowingIndex, ManyCopiesOfOnePointAreFoundInOrderOfRow) {
  GrowingIndex index(2, Metric::squared_euclidean);
  for (int i = 0; i < 3'000; ++i) index.add(std::vector<double>{1, 2});
  std::vector<Neighbour> found(5);
  ASSERT_EQ(index.nearest(std::vector<double>{1, 2}, found), 5U);
  for (std::uint32_t i = 0; i < 5; ++i) EXPECT_EQ(found[i], (Neighbour{i, 0}));
}

TEST(GrowingIndex, AddingManyEqualsAddingOneByOne) {
  Stream stream(stream_key(3, "many"), 0);
  std::vector<double> points(2 * 5'000);
  for (double& x : points) x = stream.uniform();
  GrowingIndex many(2, Metric::manhattan);
  GrowingIndex one(2, Metric::manhattan);
  many.add(std::vector<double>{0.5, 0.5});
  one.add(std::vector<double>{0.5, 0.5});
  many.add_many(points);
  for (std::size_t i = 0; i < points.size(); i += 2) one.add(std::span(points).subspan(i, 2));
  std::vector<Neighbour> a(15);
  std::vector<Neighbour> b(15);
  for (int i = 0; i < 100; ++i) {
    const std::vector<double> query = {stream.uniform(), stream.uniform()};
    ASSERT_EQ(many.nearest(query, a), one.nearest(query, b));
    ASSERT_EQ(a, b);
  }
  EXPECT_EQ(many.point(5'000)[1], points.back());
}

TEST(GrowingIndex, AnEmptyOrClearedIndexFindsNothing) {
  GrowingIndex index(2, Metric::squared_euclidean);
  std::vector<Neighbour> found(3);
  EXPECT_EQ(index.nearest(std::vector<double>{0, 0}, found), 0U);
  for (int i = 0; i < 2'000; ++i) index.add(std::vector<double>{1.0 * i, 0});
  EXPECT_EQ(index.nearest(std::vector<double>{0, 0}, {}), 0U);
  index.clear();
  EXPECT_EQ(index.size(), 0U);
  EXPECT_EQ(index.nearest(std::vector<double>{0, 0}, found), 0U);
}

TEST(GrowingIndex, SeveralThreadsMayAskAtOnce) {
  GrowingIndex index(2, Metric::squared_euclidean);
  Stream stream(stream_key(5, "threads"), 0);
  for (int i = 0; i < 4'000; ++i) index.add(random_point(stream, 2, false));
  const auto ask = [&index](std::vector<Neighbour>& all) {
    Stream queries(stream_key(5, "queries"), 1);
    for (std::size_t i = 0; i < all.size(); i += 4) {
      index.nearest(random_point(queries, 2, false), std::span(all).subspan(i, 4));
    }
  };
  std::vector<std::vector<Neighbour>> answers(4, std::vector<Neighbour>(800));
  {
    std::vector<std::jthread> threads;
    for (auto& answer : answers) threads.emplace_back([&ask, &answer] { ask(answer); });
  }
  for (const auto& answer : answers) EXPECT_EQ(answer, answers[0]);
}

}  // namespace
}  // namespace cambrian
