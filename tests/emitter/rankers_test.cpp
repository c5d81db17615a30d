#include "cambrian/emitter/rankers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "cambrian/core/error.hpp"
#include "cambrian/emitter/fronts.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "tests/archive/tag_population.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;

/// A batch of which an emitter has the rows from 1 on, as an archive answered it.
struct Answered {
  Proposal proposal;
  Placement placement;
  DescriptorSpace axes = {{"x", "y"}, {"", ""}, {0, 0}, {1, 100}};
  EmitterContext context;
  RowRange range;

  Answered(const std::vector<Status>& status, const std::vector<double>& value,
           const std::vector<double>& objectives = {}) {
    const TagSpace space;
    const std::size_t n = status.size() + 1;
    range = {1, n};
    proposal.start(n, 0, space, 2);
    placement.reset(n);
    for (std::size_t i = 0; i < status.size(); ++i) {
      placement.status[i + 1] = status[i];
      placement.value[i + 1] = value[i];
      if (!objectives.empty()) proposal.candidates.objectives[i + 1] = objectives[i];
    }
    context.descriptor = &axes;
  }

  std::vector<std::uint32_t> order(RankBy by) {
    Ranker ranker(by, context, stream_key(3, "direction"));
    ranker.reset(0);
    return ranker.rank(range, proposal, placement).order;
  }
};

constexpr Status kNew = Status::added;
constexpr Status kBetter = Status::improved;
constexpr Status kNone = Status::rejected;
constexpr Status kInvalid = Status::invalid;

TEST(Ranker, ByImprovement) {
  Answered batch({kNone, kBetter, kNew, kBetter, kInvalid, kNew}, {-3, 9, 2, 4, 0, 1});
  EXPECT_THAT(batch.order(RankBy::improvement), ElementsAre(1, 3, 2, 5, 0));
  EXPECT_THAT(batch.order(RankBy::two_stage_improvement), ElementsAre(2, 5, 1, 3, 0));
}

TEST(Ranker, ByObjective) {
  Answered batch({kNone, kBetter, kNew, kInvalid}, {0, 0, 0, 0}, {5, 7, 6, 100});
  EXPECT_THAT(batch.order(RankBy::objective), ElementsAre(1, 2, 0));
  EXPECT_THAT(batch.order(RankBy::two_stage_objective), ElementsAre(2, 1, 0));
}

TEST(Ranker, ByNoveltyTheHigherAndByDensityTheLowerFirst) {
  Answered batch({kNew, kNew, kNew}, {2, 3, 1});
  EXPECT_THAT(batch.order(RankBy::novelty), ElementsAre(1, 0, 2));
  EXPECT_THAT(batch.order(RankBy::density), ElementsAre(2, 0, 1));
}

TEST(Ranker, TiesGoToTheEarlierCandidate) {
  Answered batch({kNew, kBetter, kNew, kBetter, kNew}, {1, 1, 1, 1, 1}, {4, 4, 4, 4, 4});
  EXPECT_THAT(batch.order(RankBy::improvement), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(batch.order(RankBy::two_stage_improvement), ElementsAre(0, 2, 4, 1, 3));
  EXPECT_THAT(batch.order(RankBy::objective), ElementsAre(0, 1, 2, 3, 4));
}

TEST(Ranker, AlongADirectionThatIsDrawnAnewAtEachBeginning) {
  Answered batch({kNone, kNew, kNone, kNew}, {0, 0, 0, 0});
  for (std::size_t i = 0; i < 4; ++i) {
    batch.proposal.candidates.descriptors[2 * (i + 1)] = 0.1 * static_cast<double>(i);
    batch.proposal.candidates.descriptors[2 * (i + 1) + 1] = 50;
  }
  Ranker ranker(RankBy::random_direction, batch.context, stream_key(3, "direction"));
  Ranker staged(RankBy::two_stage_random_direction, batch.context, stream_key(3, "direction"));
  double across = 0, along = 0;
  std::size_t forwards = 0;
  for (std::uint64_t restart = 0; restart < 400; ++restart) {
    ranker.reset(restart);
    staged.reset(restart);
    const double x = ranker.direction()[0];
    across += x * x;
    along += ranker.direction()[1] * ranker.direction()[1];
    const auto& order = ranker.rank(batch.range, batch.proposal, batch.placement).order;
    if (x > 0) {
      ++forwards;
      ASSERT_THAT(order, ElementsAre(3, 2, 1, 0));
      ASSERT_THAT(staged.rank(batch.range, batch.proposal, batch.placement).order,
                  ElementsAre(3, 1, 2, 0));
    } else {
      ASSERT_THAT(order, ElementsAre(0, 1, 2, 3));
    }
  }
  EXPECT_NEAR(static_cast<double>(forwards), 200, 50);
  // N(0, 1) times the width of each axis.
  EXPECT_NEAR(across / 400, 1, 0.35);
  EXPECT_NEAR(along / 400, 1e4, 3500);
}

TEST(Ranker, IsFlatWhereBestAndWorstHardlyDiffer) {
  Answered same({kNew, kNew, kNew}, {1, 1 + 1e-13, 1});
  Answered different({kNew, kNew, kNew}, {1, 1 + 1e-11, 1});
  Answered status({kNew, kBetter}, {1, 1});
  Answered one({kNew, kInvalid}, {1, 0});
  const auto flat = [](Answered& batch, RankBy by) {
    Ranker ranker(by, batch.context, {});
    return ranker.rank(batch.range, batch.proposal, batch.placement).flat();
  };
  EXPECT_TRUE(flat(same, RankBy::improvement));
  EXPECT_FALSE(flat(different, RankBy::improvement));
  EXPECT_FALSE(flat(status, RankBy::two_stage_improvement));
  EXPECT_TRUE(flat(status, RankBy::improvement));
  EXPECT_FALSE(flat(one, RankBy::improvement));
}

TEST(Ranker, ByFrontsOfNoveltyAndLocalCompetitionTheLessCrowdedFirst) {
  Answered batch({kNew, kNew, kNew, kNew, kNew, kNew}, {9, 4, 5, 4.5, 1, 2});
  batch.placement.competition = {0, 1, 3, 4, 5, 9, 2};
  // Rows 0, 2, 3 and 4 are the first front, of which 0 and 4 are the ends. Row 2 has a room of
  // (9 - 4.5) / 8 + (5 - 1) / 8, row 3 of (5 - 1) / 8 + (9 - 4) / 8, which is more.
  EXPECT_THAT(batch.order(RankBy::nslc), ElementsAre(0, 4, 3, 2, 1, 5));
}

TEST(Ranker, ByFrontsWithGenotypicDiversityAsAThirdObjective) {
  Answered batch({kNew, kNew, kNew}, {1, 2, 3});
  batch.placement.competition = {0, 1, 2, 3};
  const RealSpace space({}, 1);
  batch.proposal.population = space.make_population();
  batch.proposal.population->resize(4);
  auto& vectors = dynamic_cast<RealPopulation&>(*batch.proposal.population);
  vectors.row(1)[0] = 50;
  vectors.row(2)[0] = 0;
  vectors.row(3)[0] = 1;
  // By novelty and competition each dominates the one before; the first are more diverse.
  EXPECT_THAT(batch.order(RankBy::nslc), ElementsAre(2, 1, 0));
  EXPECT_THAT(batch.order(RankBy::nslc_classic), ElementsAre(0, 1, 2));
  Ranker ranker(RankBy::nslc_classic, batch.context, {});
  const Ranking& ranking = ranker.rank(batch.range, batch.proposal, batch.placement);
  EXPECT_THAT(ranking.values, ElementsAre(1, 1, 49.5, 2, 2, 25.5, 3, 3, 25));
  vectors.row(2)[0] = 26;
  vectors.row(3)[0] = 25;
  EXPECT_THAT(batch.order(RankBy::nslc_classic), ElementsAre(0, 2, 1));
}

TEST(Ranker, LocalCompetitionIsRefusedWhereTheArchiveDoesNotCountIt) {
  Answered batch({kNew, kNew}, {1, 2});
  try {
    batch.order(RankBy::nslc);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "the ranker is nslc, but the archive does not let neighbours compete; set "
                 "archive.name = \"unstructured\" and archive.local_competition = true");
  }
}

TEST(Fronts, AreThoseOfRepeatedRemoval) {
  Stream stream(stream_key(5, "fronts"), 0);
  for (int trial = 0; trial < 50; ++trial) {
    const std::size_t keys = 1 + stream.below(3);
    const std::size_t n = 1 + stream.below(30);
    std::vector<double> values(n * keys);
    for (double& value : values) value = stream.below(6);
    const std::vector<std::uint32_t> found = fronts(values, keys);
    const auto dominates = [&](std::size_t a, std::size_t b) {
      bool better = false;
      for (std::size_t k = 0; k < keys; ++k) {
        if (values[a * keys + k] < values[b * keys + k]) return false;
        better = better || values[a * keys + k] > values[b * keys + k];
      }
      return better;
    };
    std::vector<std::uint32_t> expected(n, 1000);
    std::size_t placed = 0;
    for (std::uint32_t front = 0; placed < n; ++front) {
      std::vector<std::size_t> members;
      for (std::size_t i = 0; i < n; ++i) {
        if (expected[i] != 1000) continue;
        bool free = true;
        for (std::size_t j = 0; j < n; ++j)
          free = free && !(expected[j] == 1000 && dominates(j, i));
        if (free) members.push_back(i);
      }
      for (const std::size_t i : members) expected[i] = front;
      placed += members.size();
    }
    ASSERT_EQ(found, expected);
  }
}

TEST(Fronts, CrowdingIsTheRoomBetweenNeighbours) {
  const std::vector<double> values = {0, 10, 4, 6, 5, 5, 10, 0};
  const std::vector<std::uint32_t> front = {0, 1, 2, 3};
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_THAT(crowding_distances(values, 2, front),
              ElementsAre(infinite, testing::DoubleNear(1, 1e-12), testing::DoubleNear(1.2, 1e-12),
                          infinite));
}

}  // namespace
}  // namespace cambrian
