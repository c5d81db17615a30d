#include "cambrian/algorithm/surprise_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

double between(const double* a, const double* b) { return std::hypot(a[0] - b[0], a[1] - b[1]); }

TEST(MoveCentroids, EndWhereEachIsTheMeanOfWhatIsNearestToIt) {
  Stream stream(stream_key(1, "points"), 0);
  std::vector<double> points(400);
  for (double& x : points) x = stream.uniform();
  std::vector<double> centroids(points.begin(), points.begin() + 12);
  centroids.push_back(50);  // nobody is nearest to this one: it stays
  centroids.push_back(50);
  move_centroids(points, 2, 1000, centroids);
  std::vector<double> sums(14);
  std::vector<int> counts(7);
  for (std::size_t i = 0; i < 200; ++i) {
    std::size_t nearest = 0;
    for (std::size_t c = 1; c < 7; ++c) {
      if (between(&points[2 * i], &centroids[2 * c]) <
          between(&points[2 * i], &centroids[2 * nearest]))
        nearest = c;
    }
    ++counts[nearest];
    sums[2 * nearest] += points[2 * i];
    sums[2 * nearest + 1] += points[2 * i + 1];
  }
  for (std::size_t c = 0; c < 6; ++c) {
    ASSERT_GT(counts[c], 0);
    EXPECT_NEAR(centroids[2 * c], sums[2 * c] / counts[c], 1e-12);
    EXPECT_NEAR(centroids[2 * c + 1], sums[2 * c + 1] / counts[c], 1e-12);
  }
  EXPECT_EQ(counts[6], 0);
  EXPECT_EQ(centroids[12], 50);
}

/// A search whose living have been replaced and told by hand.
class SurpriseSearch : public testing::Test {
 protected:
  static constexpr std::int64_t kLiving = 12;
  SurpriseSearch() {
    parameters_.search.population.population = kLiving;
    parameters_.search.batch = 4;
    parameters_.search.refresh = 4;
    parameters_.clusters = kLiving;  // each of the living is a centroid of its own at first
    parameters_.nearest = 2;
    search_ = make_surprise_search(parameters_, parts_);
  }
  /// All of a batch behave alike but for a spread.
  void step(double x) {
    search_->ask(proposal_);
    Individuals& told = proposal_.candidates;
    for (std::size_t i = 0; i < told.size(); ++i) {
      told.valid[i] = 1;
      told.descriptors[2 * i] = x + stream_.uniform();
      told.descriptors[2 * i + 1] = stream_.uniform();
    }
    search_->tell(proposal_);
  }
  std::vector<double> fitness() const {
    StateTree tree;
    search_->populations().front().save_columns(*tree.writer());
    return tree.reader()->column<double>("fitness");
  }
  std::vector<double> living() const {
    const auto& all = search_->populations().front().individuals->descriptors;
    return {all.begin(), all.end()};
  }
  /// The rule, by hand: mean distance to the two nearest of what the centroids were and are.
  static double surprise(const double* point, const std::vector<double>& before,
                         const std::vector<double>& now) {
    std::vector<double> distances;
    for (std::size_t c = 0; c < now.size(); c += 2) {
      const double expected[2] = {2 * now[c] - before[c], 2 * now[c + 1] - before[c + 1]};
      distances.push_back(between(point, expected));
    }
    std::ranges::sort(distances);
    return (distances[0] + distances[1]) / 2;
  }

  const RealSpace space_{{}, 2};
  std::unique_ptr<Variation> variation_ =
      variations().front().make(*variations().front().parameters(), space_);
  OwnParts parts_{space_, *variation_, DescriptorSpace{{"x", "y"}, {"", ""}, {0, 0}, {9, 9}}, 3};
  SurpriseSearchParameters parameters_;
  std::unique_ptr<Algorithm> search_;
  Proposal proposal_;
  Stream stream_{stream_key(2, "told"), 0};
};

TEST_F(SurpriseSearch, FitnessIsTheDistanceFromWhereTwoGenerationsPoint) {
  step(0);
  std::vector<double> before = living();  // as many centroids as living: each at its place
  std::vector<double> now = before;
  for (int batch = 1; batch <= 30; ++batch) {
    step(0.1 * batch);
    if (batch % 3 == 0) {  // 12 offspring: a generation
      before = now;
      move_centroids(living(), 2, 100, now);
    }
    const std::vector<double> points = living();
    const std::vector<double> found = fitness();
    ASSERT_EQ(found.size(), 12U);
    for (std::size_t row = 0; row < found.size(); ++row) {
      ASSERT_NEAR(found[row], surprise(&points[2 * row], before, now), 1e-12) << batch;
    }
  }
  EXPECT_NE(before, now);
  HistoryValues values;
  search_->report(values);
  EXPECT_EQ(values.back().first, "surprise_mean");
}

TEST_F(SurpriseSearch, RefusesParametersOutOfRange) {
  parameters_.clusters = 0;
  EXPECT_THROW(make_surprise_search(parameters_, parts_), ConfigError);
}

}  // namespace
}  // namespace cambrian
