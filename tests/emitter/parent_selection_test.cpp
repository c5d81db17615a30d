#include "cambrian/emitter/parent_selection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/core/error.hpp"
#include "tests/archive/tag_population.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kDraws = 40'000;

/// Elites on a line, row i with id first_id + i.
Elites elites_at(const std::vector<double>& places, const std::vector<double>& objectives,
                 std::uint64_t first_id = 0) {
  UnstructuredParameters parameters;
  parameters.threshold = 0;
  parameters.k = 1;
  Elites elites(
      std::make_unique<UnstructuredArchive>(parameters, DescriptorSpace{{"x"}, {""}, {0}, {100}}),
      std::make_unique<TagPopulation>());
  Individuals batch;
  batch.start(places.size(), first_id, 1, 1);
  batch.descriptors.assign(places.begin(), places.end());
  batch.objectives.assign(objectives.begin(), objectives.end());
  elites.add(batch, TagPopulation(std::vector<std::uint64_t>(places.size())));
  EXPECT_EQ(elites.size(), places.size());
  return elites;
}

std::vector<double> shares(ParentSelection& selection, const Elites& elites) {
  std::vector<double> counts(elites.size());
  for (std::size_t i = 0; i < kDraws; ++i) {
    Stream stream(stream_key(1, "draw"), i);
    ++counts[selection.draw(elites, stream)];
  }
  for (double& count : counts) count /= kDraws;
  return counts;
}

void expect_shares(const std::vector<double>& found, const std::vector<double>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double p = expected[i];
    EXPECT_NEAR(found[i], p, 5 * std::sqrt(p * (1 - p) / kDraws) + 1e-9) << i;
  }
}

TEST(ParentSelection, ByObjectiveTheBestOfATournamentIsDrawn) {
  const Elites elites = elites_at({1, 2, 3, 4}, {30, 10, 40, 20});
  ParentSelection selection(Selection::objective, 3, 15);
  selection.follow(elites);
  // The elite of rank r from below wins with (r/4)^3 - ((r-1)/4)^3.
  expect_shares(shares(selection, elites), {19.0 / 64, 1.0 / 64, 37.0 / 64, 7.0 / 64});
}

TEST(ParentSelection, ByNoveltyTheFarthestFromItsNearestIsDrawnAlsoWhenElitesHaveChanged) {
  const Elites elites = elites_at({10, 11, 13, 50}, {0, 0, 0, 0});
  ParentSelection selection(Selection::novelty, 2, 1);
  selection.follow(elites);
  // Distances 1, 1, 2, 37; of equals the first that was drawn wins.
  expect_shares(shares(selection, elites), {2.0 / 16, 2.0 / 16, 5.0 / 16, 7.0 / 16});
  const Elites others = elites_at({10, 50, 51, 53, 60}, {0, 0, 0, 0, 0}, 100);
  selection.follow(others);
  // Distances 40, 1, 1, 2, 7.
  expect_shares(shares(selection, others), {9.0 / 25, 2.0 / 25, 2.0 / 25, 5.0 / 25, 7.0 / 25});
}

TEST(ParentSelection, ByCuriosityInProportionToTheScoreAboveTheLowestPlusAHalf) {
  const Elites elites = elites_at({1, 2, 3}, {0, 0, 0});
  ParentSelection selection(Selection::curiosity, 2, 15);
  selection.follow(elites);
  expect_shares(shares(selection, elites), {1.0 / 3, 1.0 / 3, 1.0 / 3});
  selection.reward(0, true);
  selection.reward(0, true);
  selection.reward(2, false);
  EXPECT_EQ(selection.curiosity(0), 2);
  EXPECT_EQ(selection.curiosity(2), -0.5);
  // Weights 3, 1, 0.5.
  expect_shares(shares(selection, elites), {3 / 4.5, 1 / 4.5, 0.5 / 4.5});
}

TEST(ParentSelection, CuriosityFollowsRowsAndIsSaved) {
  const Elites elites = elites_at({1, 2, 3}, {0, 0, 0});
  ParentSelection selection(Selection::curiosity, 2, 15);
  selection.follow(elites);
  selection.reward(0, true);
  selection.reward(2, false);
  StateTree tree;
  selection.save(*tree.writer());
  ParentSelection loaded(Selection::curiosity, 2, 15);
  loaded.load(*tree.reader());
  loaded.follow(elites);  // the same elites: scores stay
  for (std::uint32_t row = 0; row < 3; ++row) {
    EXPECT_EQ(loaded.curiosity(row), selection.curiosity(row)) << row;
  }
  // Row 2 moves to row 1, a candidate comes into row 0, row 2 is dropped.
  const std::vector<std::uint64_t> ids = {70};
  loaded.apply(
      std::vector<RowEdit>{
          {RowEdit::Kind::move, 1, 2}, {RowEdit::Kind::put, 0, 0}, {RowEdit::Kind::shrink, 2, 0}},
      ids);
  EXPECT_EQ(loaded.curiosity(0), 0);
  EXPECT_EQ(loaded.curiosity(1), -0.5);
  // Of a batch that it was not told, it finds the rows that hold another elite.
  selection.follow(elites_at({1, 2, 3, 4}, {0, 0, 0, 0}, 1));
  EXPECT_EQ(selection.curiosity(0), 0);
  EXPECT_EQ(selection.curiosity(3), 0);
}

TEST(ParentSelection, RefusesScoresThatNoRunHasWritten) {
  for (const std::vector<double>& scores : {std::vector<double>{1, 0.25}, {1, std::nan("")}, {1}}) {
    StateTree tree;
    const std::vector<std::uint64_t> ids = {1, 2};
    tree.writer()->column<std::uint64_t>("id", ids);
    tree.writer()->column<double>("curiosity", scores);
    ParentSelection selection(Selection::curiosity, 2, 15);
    EXPECT_THROW(selection.load(*tree.reader()), Error);
  }
}

TEST(CuriosityTree, DrawsEachRowOnItsShareOfTheUnitInterval) {
  Stream stream(stream_key(5, "tree"), 0);
  CuriosityTree tree;
  std::vector<double> scores;
  for (int step = 0; step < 300; ++step) {
    const double score = stream.below(20) / 2.0 - 3;
    const auto row = stream.chance(0.5) || scores.empty()
                         ? scores.size()
                         : stream.below(static_cast<std::uint32_t>(scores.size()));
    if (row == scores.size()) scores.push_back(0);
    scores[row] = score;
    tree.set(row, score);
    if (stream.chance(0.05)) {
      scores.resize(scores.size() - 1);
      tree.shrink(scores.size());
      if (scores.empty()) continue;
    }
    const double least = *std::ranges::min_element(scores);
    double total = 0;
    for (const double each : scores) total += each - least + 0.5;
    const double at = stream.uniform();
    double sum = 0;
    std::size_t expected = 0;
    while ((sum += scores[expected] - least + 0.5) <= at * total) ++expected;
    ASSERT_EQ(tree.draw(at), expected) << step;
  }
}

}  // namespace
}  // namespace cambrian
