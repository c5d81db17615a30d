#include "cambrian/archive/dominated_novelty.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ostream>

#include "cambrian/core/error.hpp"
#include "tests/archive/pyribs_archives.hpp"
#include "tests/archive/random_offers.hpp"

namespace cambrian {
namespace {

/// The rule as the paper has it: all distances, each time.
struct AllAgainstAll {
  struct One {
    std::vector<double> descriptor;
    double objective;
    bool operator==(const One&) const = default;
  };
  std::size_t k;
  std::vector<One> members;

  double fitness(std::span<const One> all, std::size_t i) const {
    std::vector<double> distances;
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (j == i || all[j].objective < all[i].objective) continue;
      double sum = 0;
      for (std::size_t d = 0; d < all[i].descriptor.size(); ++d) {
        const double difference = all[j].descriptor[d] - all[i].descriptor[d];
        sum += difference * difference;
      }
      distances.push_back(std::sqrt(sum));
    }
    if (distances.empty()) return std::numeric_limits<double>::infinity();
    std::ranges::sort(distances);
    distances.resize(std::min(k, distances.size()));
    double sum = 0;
    for (const double distance : distances) sum += distance;
    return sum / static_cast<double>(distances.size());
  }
};

struct DominatedCase {
  std::int64_t capacity, k;
  std::size_t dimensions;
};

std::ostream& operator<<(std::ostream& out, const DominatedCase& one) {
  return out << "capacity " << one.capacity << ", k " << one.k << ", " << one.dimensions
             << " dimensions";
}

DominatedNoveltyArchive dominated(std::int64_t capacity, std::int64_t k,
                                  const DescriptorSpace& space, Executor* executor = nullptr) {
  DominatedNoveltyParameters parameters;
  parameters.capacity = capacity;
  parameters.k = k;
  return {parameters, {.space = space, .executor = executor}};
}

class DominatedNoveltyAgainstModel : public testing::TestWithParam<DominatedCase> {};

TEST_P(DominatedNoveltyAgainstModel, AnswersAndHoldsTheSameAlsoWhenLoadedOnTheWay) {
  const auto [capacity, k, dimensions] = GetParam();
  const DescriptorSpace space = test_space(dimensions);
  const auto executor = make_executor(2);
  auto archive =
      std::make_unique<DominatedNoveltyArchive>(dominated(capacity, k, space, executor.get()));
  AllAgainstAll model{static_cast<std::size_t>(k), {}};
  Beside beside;
  Stream stream(stream_key(9, "dominated"), dimensions);
  Placement placement;
  std::size_t left = 0;
  for (std::size_t step = 0; step < 60; ++step) {
    const RandomOffers batch(stream, 1 + stream.below(step % 7 == 0 ? 150 : 30), space);
    archive->add(batch.offers(), placement);
    std::vector<AllAgainstAll::One> all = model.members;
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < batch.objectives.size(); ++i) {
      if (!batch.usable(i)) {
        ASSERT_EQ(placement.status[i], Status::invalid);
        continue;
      }
      const auto descriptor = batch.descriptor(i);
      all.push_back({{descriptor.begin(), descriptor.end()}, batch.objectives[i]});
      candidates.push_back(i);
    }
    std::vector<double> fitness;
    for (std::size_t i = 0; i < all.size(); ++i) fitness.push_back(model.fitness(all, i));
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return fitness[i]; });
    std::vector<bool> stays(all.size());
    for (std::size_t i = 0; i < std::min(all.size(), archive->capacity()); ++i) {
      stays[order[i]] = true;
    }
    std::vector<AllAgainstAll::One> members = model.members;
    std::size_t free = 0;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      const std::size_t at = model.members.size() + c;
      ASSERT_EQ(placement.value[candidates[c]], fitness[at]) << "batch " << step;
      ASSERT_EQ(placement.status[candidates[c]], stays[at] ? Status::added : Status::rejected);
      if (!stays[at]) continue;
      while (free < model.members.size() && stays[free]) ++free;
      left += free < model.members.size() ? 1 : 0;
      if (free == members.size()) members.emplace_back();
      members[free++] = all[at];
    }
    model.members = members;
    beside.follow(placement.edits, batch);
    ASSERT_EQ(archive->size(), model.members.size());
    for (std::size_t row = 0; row < members.size(); ++row) {
      ASSERT_EQ(beside.objectives[row], members[row].objective) << "batch " << step;
      ASSERT_TRUE(
          std::ranges::equal(std::span(beside.descriptors).subspan(row * dimensions, dimensions),
                             members[row].descriptor));
      ASSERT_EQ(archive->competition_fitness(row), model.fitness(members, row));
    }
    if (step % 20 != 19) continue;
    StateTree tree;
    archive->save(*tree.writer());
    Individuals rows;
    rows.start(members.size(), 0, 1, dimensions);
    rows.objectives.assign(beside.objectives.begin(), beside.objectives.end());
    rows.descriptors.assign(beside.descriptors.begin(), beside.descriptors.end());
    archive->check(rows);
    const std::uint64_t clipped = archive->clipped();
    archive = std::make_unique<DominatedNoveltyArchive>(dominated(capacity, k, space));
    archive->load(rows, {}, *tree.reader(), *tree.reader());
    ASSERT_EQ(archive->clipped(), clipped);
    ASSERT_GT(clipped, 0U);
  }
  if (capacity > 1) {
    EXPECT_GT(left, 20U);
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, DominatedNoveltyAgainstModel,
                         testing::Values(DominatedCase{60, 3, 2}, DominatedCase{100, 1, 1},
                                         DominatedCase{1, 3, 2}, DominatedCase{40, 15, 12},
                                         DominatedCase{17, 200, 3}));

TEST(DominatedNovelty, AnswersAsPyribs) {
  auto archive = dominated(30, 3, {{"x", "y"}, {"", ""}, {-1, -1}, {1, 1}});
  const std::vector<std::uint8_t> valid(pyribs::kRows, 1);
  std::vector<double> objectives;
  Placement placement;
  for (std::size_t b = 0; b < pyribs::kBatches; ++b) {
    const auto offered = std::span(pyribs::kObjectives).subspan(b * pyribs::kRows, pyribs::kRows);
    archive.add(
        {offered, std::span(pyribs::kMeasures).subspan(2 * b * pyribs::kRows, 2 * pyribs::kRows),
         valid},
        placement);
    for (std::size_t i = 0; i < pyribs::kRows; ++i) {
      const std::size_t at = b * pyribs::kRows + i;
      ASSERT_EQ(static_cast<int>(placement.status[i]), pyribs::kDominatedStatus[at]) << at;
      const double expected = pyribs::kDominatedValue[at];
      if (std::isfinite(expected)) {
        ASSERT_NEAR(placement.value[i], expected, 1e-14) << at;
      } else {
        ASSERT_EQ(placement.value[i], expected) << at;
      }
    }
    apply_edits<double>(objectives, offered, placement.edits);
  }
  std::ranges::sort(objectives);
  EXPECT_EQ(objectives, pyribs::kDominatedObjectives);
}

TEST(DominatedNovelty, OnAFlatObjectiveMembersStayBeforeCandidatesThatAreEquallyFar) {
  auto archive = dominated(2, 1, {{"x"}, {""}, {0}, {10}});
  const std::vector<std::uint8_t> valid(2, 1);
  const std::vector<double> flat(2, 1);
  Placement placement;
  archive.add({flat, std::vector<double>{0, 5}, valid}, placement);
  archive.add({flat, std::vector<double>{5, 0}, valid}, placement);  // all have fitness 0
  EXPECT_TRUE(placement.edits.empty());
  archive.add({flat, std::vector<double>{5, 3}, valid}, placement);
  EXPECT_EQ(placement.value, (std::vector<double>{0, 2}));
  EXPECT_EQ(placement.edits, (std::vector<RowEdit>{{RowEdit::Kind::put, 1, 1}}));
}

TEST(DominatedNovelty, RefusesRowsBeyondItsCapacityAndAnAxisWithoutBounds) {
  auto archive = dominated(2, 1, {{"x"}, {""}, {0}, {10}});
  Individuals rows;
  rows.start(3, 0, 1, 1);
  StateTree tree;
  archive.save(*tree.writer());
  EXPECT_THROW(archive.load(rows, {}, *tree.reader(), *tree.reader()), Error);
  EXPECT_THROW(dominated(2, 1, {{"x"}, {""}, {}, {}}), ConfigError);
  EXPECT_THROW(dominated(0, 1, {{"x"}, {""}, {0}, {1}}), ConfigError);
}

}  // namespace
}  // namespace cambrian
