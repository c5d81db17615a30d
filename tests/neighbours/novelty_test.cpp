#include "cambrian/neighbours/novelty.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

constexpr NoveltyRule kAsPublished = {NoveltyDistance::mean_absolute, 15, true};

struct Points {
  GrowingIndex archive;
  FlatIndex living;
  explicit Points(const NoveltyRule& rule) : archive(2, rule.metric()), living(2, rule.metric()) {}
};

TEST(Novelty, IsTheMeanSquaredDistanceToTheOthers) {
  NoveltyRule rule;
  rule.k = 2;
  Points points(rule);
  points.living.add(std::vector<double>{0, 0});
  points.living.add(std::vector<double>{3, 4});
  points.archive.add(std::vector<double>{0, 0});  // its own archived copy
  points.archive.add(std::vector<double>{0, 1});
  points.archive.add(std::vector<double>{9, 9});
  NoveltyScratch scratch;
  const std::vector<double> query = {0, 0};
  EXPECT_EQ(novelty(query, points.archive, points.living, rule, {0, 0}, scratch), (1 + 25) / 2.0);
}

TEST(Novelty, AsPublishedCountsItselfAndItsArchivedCopyInMeanAbsoluteDistance) {
  NoveltyRule rule = kAsPublished;
  rule.k = 4;
  Points points(rule);
  points.living.add(std::vector<double>{0, 0});
  points.living.add(std::vector<double>{3, 4});
  points.archive.add(std::vector<double>{0, 0});
  points.archive.add(std::vector<double>{0, 1});
  points.archive.add(std::vector<double>{9, 9});
  NoveltyScratch scratch;
  EXPECT_EQ(
      novelty(std::vector<double>{0, 0}, points.archive, points.living, rule, {0, 0}, scratch),
      (0 + 0 + 0.5 + 3.5) / 4);
}

TEST(Novelty, WithFewerThanKNeighboursIsTheMeanOverThoseThereAre) {
  NoveltyRule rule;
  Points points(rule);
  NoveltyScratch scratch;
  points.living.add(std::vector<double>{0, 0});
  EXPECT_EQ(novelty(std::vector<double>{0, 0}, points.archive, points.living, rule, {0}, scratch),
            0);
  points.living.add(std::vector<double>{0, 2});
  EXPECT_EQ(novelty(std::vector<double>{0, 0}, points.archive, points.living, rule, {0}, scratch),
            4);
}

TEST(Novelty, EqualsTheSortedListOfAllDistances) {
  for (const NoveltyRule& rule : {NoveltyRule(), kAsPublished}) {
    Points points(rule);
    Stream stream(stream_key(2, "novelty"), 0);
    std::vector<std::vector<double>> living, archived;
    for (int i = 0; i < 3'000; ++i) {
      archived.push_back({300 * stream.uniform(), 200 * stream.uniform()});
      points.archive.add(archived.back());
    }
    for (std::size_t i = 0; i < 250; ++i) {
      // Some of the living have a copy in the archive.
      living.push_back(i < 50
                           ? archived[i * 7]
                           : std::vector<double>{300 * stream.uniform(), 200 * stream.uniform()});
      points.living.add(living.back());
    }
    NoveltyScratch scratch;
    for (std::uint32_t i = 0; i < 250; ++i) {
      const std::uint32_t copy = i < 50 ? i * 7 : kNoRow;
      std::vector<double> distances;
      const auto collect = [&](const auto& others, std::uint32_t own) {
        for (std::uint32_t j = 0; j < others.size(); ++j) {
          if (j == own && !rule.counts_itself) continue;
          const double dx = living[i][0] - others[j][0];
          const double dy = living[i][1] - others[j][1];
          distances.push_back(rule.counts_itself ? (std::abs(dx) + std::abs(dy)) / 2
                                                 : dx * dx + dy * dy);
        }
      };
      collect(living, i);
      collect(archived, copy);
      std::ranges::sort(distances);
      double sum = 0;
      for (std::size_t n = 0; n < rule.k; ++n) sum += distances[n];
      ASSERT_DOUBLE_EQ(novelty(living[i], points.archive, points.living, rule, {i, copy}, scratch),
                       sum / 15);
    }
  }
}

TEST(FlatIndex, ForgetsAReplacedPoint) {
  FlatIndex index(2, Metric::manhattan);
  for (int i = 0; i < 40; ++i) index.add(std::vector<double>{1.0 * i, 0});
  index.replace(3, std::vector<double>{100, 0});
  std::vector<Neighbour> storage(2);
  NearestSet found(storage);
  index.search(std::vector<double>{3, 0}, found);
  EXPECT_EQ(storage, (std::vector<Neighbour>{{2, 1}, {4, 1}}));
  NearestSet far(storage);
  index.search(std::vector<double>{100, 0}, far);
  EXPECT_EQ(storage[0], (Neighbour{3, 0}));
}

}  // namespace
}  // namespace cambrian
