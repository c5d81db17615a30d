#include "cambrian/archive/unstructured_archive.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <deque>
#include <ostream>

#include "cambrian/core/error.hpp"
#include "tests/archive/pyribs_archives.hpp"
#include "tests/archive/random_offers.hpp"

namespace cambrian {
namespace {

/// The slow, obvious model: members in order of entry, the oldest in front.
struct ListOfMembers {
  struct Member {
    std::vector<double> descriptor;
    double objective;
    auto operator<=>(const Member&) const = default;
  };
  UnstructuredParameters parameters;
  std::deque<Member> members;
  double threshold = parameters.threshold;
  std::int64_t evaluations = 0, recent = 0, idle = 0;

  double distance(std::span<const double> a, std::span<const double> b) const {
    double sum = 0;
    for (std::size_t d = 0; d < a.size(); ++d) {
      sum += parameters.distance == NoveltyDistance::mean_absolute
                 ? std::abs(a[d] - b[d]) / static_cast<double>(a.size())
                 : (a[d] - b[d]) * (a[d] - b[d]);
    }
    return sum;
  }
  double score(std::span<const double> descriptor) const {
    if (members.empty()) return std::numeric_limits<double>::infinity();
    std::vector<double> distances;
    for (const Member& one : members) distances.push_back(distance(descriptor, one.descriptor));
    std::ranges::sort(distances);
    const std::size_t k = parameters.entry == UnstructuredParameters::Entry::nearest
                              ? 1
                              : static_cast<std::size_t>(parameters.k);
    distances.resize(std::min(k, distances.size()));
    double sum = 0;
    for (const double distance : distances) sum += distance;
    return sum / static_cast<double>(distances.size());
  }
  void enter(std::span<const double> descriptor, double objective) {
    if (parameters.capacity > 0 && std::ssize(members) == parameters.capacity) members.pop_front();
    members.push_back({{descriptor.begin(), descriptor.end()}, objective});
    ++recent;
  }
  void end_batch(std::int64_t n) {
    const std::int64_t before = evaluations / parameters.period;
    evaluations += n;
    if (evaluations / parameters.period == before) return;
    idle = recent == 0 ? idle + 1 : 0;
    if (idle == parameters.lower_after) {
      threshold = std::max(parameters.floor, threshold * parameters.lower);
      idle = 0;
    }
    if (recent > parameters.raise_above) threshold *= parameters.raise;
    recent = 0;
  }
};

struct UnstructuredCase {
  std::string preset;
  std::int64_t capacity;
  std::size_t dimensions;
};

std::ostream& operator<<(std::ostream& out, const UnstructuredCase& one) {
  return out << one.preset << ", capacity " << one.capacity << ", " << one.dimensions
             << " dimensions";
}

class UnstructuredArchiveAgainstModel : public testing::TestWithParam<UnstructuredCase> {};

TEST_P(UnstructuredArchiveAgainstModel, AnswersAndHoldsTheSameAfterEachBatch) {
  ListOfMembers model;
  model.parameters.apply_preset(GetParam().preset);
  model.parameters.capacity = GetParam().capacity;
  model.parameters.threshold = model.threshold = 0.05;
  model.parameters.floor = 0.01;
  model.parameters.period = 100;
  model.parameters.lower_after = 2;
  const DescriptorSpace space = test_space(GetParam().dimensions);
  UnstructuredArchive archive(model.parameters, space);
  Stream stream(stream_key(4, GetParam().preset), GetParam().dimensions);
  Placement placement;
  Beside beside;
  std::size_t entered = 0;
  std::uint64_t clipped = 0;
  for (std::size_t step = 0; step < 300; ++step) {
    const RandomOffers batch(stream, 1 + stream.below(40), space);
    archive.add(batch.offers(), placement);
    for (std::size_t i = 0; i < batch.objectives.size(); ++i) {
      if (!batch.usable(i)) {
        ASSERT_EQ(placement.status[i], Status::invalid);
        ASSERT_EQ(placement.value[i], 0);
        continue;
      }
      const double score = model.score(batch.descriptor(i));
      if (std::isfinite(score)) {
        ASSERT_NEAR(placement.value[i], score, 1e-12 * score);
      } else {
        ASSERT_EQ(placement.value[i], score);
      }
      ASSERT_EQ(placement.status[i], score > model.threshold ? Status::added : Status::rejected);
      if (score > model.threshold) {
        model.enter(batch.descriptor(i), batch.objectives[i]);
        ++entered;
      }
      bool outside = false;
      for (std::size_t d = 0; d < space.dimensions(); ++d) {
        const double x = batch.descriptor(i)[d];
        outside |= x < space.min[d] || x > space.max[d];
      }
      clipped += outside ? 1 : 0;
    }
    ASSERT_EQ(archive.clipped(), clipped) << "batch " << step;
    model.end_batch(static_cast<std::int64_t>(batch.objectives.size()));
    ASSERT_EQ(archive.threshold(), model.threshold) << "batch " << step;
    ASSERT_EQ(archive.size(), model.members.size());
    beside.follow(placement.edits, batch);
    ASSERT_EQ(beside.objectives.size(), archive.size()) << "batch " << step;
    std::vector<ListOfMembers::Member> held;
    for (std::size_t row = 0; row < archive.size(); ++row) {
      const auto descriptor =
          std::span(beside.descriptors).subspan(row * space.dimensions(), space.dimensions());
      held.push_back({{descriptor.begin(), descriptor.end()}, beside.objectives[row]});
      ASSERT_TRUE(std::ranges::equal(archive.index().point(row), descriptor));
    }
    std::vector<ListOfMembers::Member> expected(model.members.begin(), model.members.end());
    std::ranges::sort(held);
    std::ranges::sort(expected);
    ASSERT_EQ(held, expected) << "batch " << step;
  }
  EXPECT_GT(entered, 50U);
  EXPECT_TRUE(archive.cells().empty());
  EXPECT_EQ(archive.cell_count(), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Presets, UnstructuredArchiveAgainstModel,
    testing::Values(UnstructuredCase{"textbook", 0, 2}, UnstructuredCase{"as_published", 0, 2},
                    UnstructuredCase{"textbook", 20, 2}, UnstructuredCase{"as_published", 20, 3},
                    UnstructuredCase{"as_published", 1, 1}, UnstructuredCase{"textbook", 30, 12}));

UnstructuredArchive make(const UnstructuredParameters& parameters) {
  return UnstructuredArchive(parameters, {{"x", "y"}, {"", ""}, {0, 0}, {100, 100}});
}

/// Tries (x, 0) by a score from outside.
bool enter(UnstructuredArchive& archive, double x, double score) {
  Placement placement;
  placement.reset(1);
  return archive.enter(0, 1.0, std::vector<double>{x, 0}, score, placement);
}

TEST(UnstructuredArchive, AScoreMustExceedTheThreshold) {
  UnstructuredArchive archive = make({});
  EXPECT_FALSE(enter(archive, 1, 6.0));
  EXPECT_TRUE(enter(archive, 1, 6.0000001));
  EXPECT_EQ(archive.size(), 1U);
}

TEST(UnstructuredArchive, TakesCopiesWhileTheirMeanNoveltySufficesUnlessToldToRefuseThem) {
  for (const bool refuses : {false, true}) {
    UnstructuredParameters parameters;
    parameters.k = 2;
    parameters.refuse_copies = refuses;
    UnstructuredArchive archive = make(parameters);
    const std::vector<double> descriptors = {0, 0, 10, 10, 0, 0, 0, 0, -0.0, 0, 0, 1e-9};
    const std::vector<double> objectives(6, 1.0);
    const std::vector<std::uint8_t> valid(6, 1);
    Placement placement;
    archive.add({objectives, descriptors, valid}, placement);
    const Status copy = refuses ? Status::rejected : Status::added;
    EXPECT_EQ(placement.status[2], copy);              // mean of 0 and 200
    EXPECT_EQ(placement.status[3], Status::rejected);  // mean of 0 and 0, or a copy
    EXPECT_EQ(placement.status[4], Status::rejected);
    EXPECT_EQ(placement.status[5], refuses ? Status::added : Status::rejected);  // no copy
    EXPECT_GT(placement.value[2], 6);  // its novelty is told all the same
    EXPECT_EQ(archive.size(), 3U);
  }
}

TEST(UnstructuredArchive, ANumberThatIsNotFiniteNeverEnters) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  UnstructuredArchive archive = make({});
  Placement placement;
  placement.reset(3);
  EXPECT_FALSE(archive.enter(0, kNan, std::vector<double>{1, 1}, 9, placement));
  EXPECT_FALSE(archive.enter_if_far(1, 1, std::vector<double>{kNan, 1}, placement));
  EXPECT_FALSE(archive.enter(2, 1, std::vector<double>{1, 1}, kNan, placement));
  EXPECT_EQ(placement.status, std::vector<Status>(3, Status::invalid));
  EXPECT_EQ(archive.size(), 0U);
}

TEST(UnstructuredArchive, RefusesADescriptorOfAnotherWidthAndACandidateThatTheBatchHasNot) {
  UnstructuredArchive archive = make({});
  enter(archive, 1, 99);
  Placement placement;
  placement.reset(1);
  for (const std::vector<double>& other : {std::vector<double>{}, {1}, {1, 2, 3}}) {
    EXPECT_THROW(archive.enter(0, 1, other, 99, placement), Error);
    EXPECT_THROW(archive.enter_if_far(0, 1, other, placement), Error);
    EXPECT_THROW(archive.nearest_member(other), Error);
  }
  EXPECT_THROW(archive.enter(1, 1, std::vector<double>{1, 2}, 99, placement), Error);
  EXPECT_EQ(archive.size(), 1U);
  EXPECT_TRUE(placement.edits.empty());
}

TEST(UnstructuredArchive, NeedsBoundsOfEachAxisBeTheyInfinite) {
  constexpr double kInf = std::numeric_limits<double>::infinity();
  EXPECT_THROW(UnstructuredArchive({}, {{"x", "y"}, {"", ""}, {}, {}}), ConfigError);
  EXPECT_THROW(UnstructuredArchive({}, {{"x", "y"}, {"", ""}, {0, 0}, {1}}), ConfigError);
  EXPECT_NO_THROW(UnstructuredArchive({}, {{"x"}, {""}, {-kInf}, {kInf}}));
}

TEST(UnstructuredArchive, AsPublishedTheFirstEntersAndThenWhatIsFarFromTheNearestMember) {
  UnstructuredParameters parameters;
  parameters.apply_preset("as_published");
  UnstructuredArchive archive = make(parameters);
  Placement placement;
  placement.reset(4);
  EXPECT_TRUE(archive.enter_if_far(0, 0, std::vector<double>{50, 50}, placement));
  EXPECT_FALSE(archive.enter_if_far(1, 0, std::vector<double>{56, 56}, placement));
  EXPECT_TRUE(archive.enter_if_far(2, 0, std::vector<double>{56, 56.1}, placement));
  EXPECT_FALSE(archive.enter_if_far(3, 0, std::vector<double>{60, 60}, placement));
  EXPECT_EQ(placement.edits,
            (std::vector<RowEdit>{{RowEdit::Kind::put, 0, 0}, {RowEdit::Kind::put, 1, 2}}));
}

TEST(UnstructuredArchive, MoreThanFourEntriesRaiseTheThreshold) {
  UnstructuredArchive archive = make({});
  for (int i = 0; i < 4; ++i) enter(archive, i, 99);
  archive.adapt();
  EXPECT_EQ(archive.threshold(), 6.0);
  for (int i = 0; i < 5; ++i) enter(archive, i, 99);
  archive.adapt();
  EXPECT_EQ(archive.threshold(), 6.0 * 1.2);
  archive.adapt();
  EXPECT_EQ(archive.threshold(), 6.0 * 1.2);
}

TEST(UnstructuredArchive, TenIdlePeriodsLowerTheThresholdDownToTheFloor) {
  UnstructuredArchive archive = make({});
  for (int i = 0; i < 9; ++i) archive.adapt();
  EXPECT_EQ(archive.threshold(), 6.0);
  archive.adapt();
  EXPECT_EQ(archive.threshold(), 6.0 * 0.95);
  for (int i = 0; i < 9; ++i) archive.adapt();
  enter(archive, 1, 99);
  archive.adapt();  // an entry begins the count anew
  EXPECT_EQ(archive.threshold(), 6.0 * 0.95);
  for (int i = 0; i < 10'000; ++i) archive.adapt();
  EXPECT_EQ(archive.threshold(), 0.25);
}

TEST(UnstructuredArchive, LoweringNeverLiftsAThresholdThatBeganBelowTheFloor) {
  UnstructuredParameters parameters;
  parameters.threshold = 0.1;
  UnstructuredArchive archive = make(parameters);
  for (int i = 0; i < 10; ++i) archive.adapt();
  EXPECT_EQ(archive.threshold(), 0.1);
}

TEST(UnstructuredArchive, APeriodEndsAtTheFirstCallAtOrAfterEachMultiple) {
  UnstructuredArchive archive = make({});
  EXPECT_FALSE(archive.note_evaluations(249));
  EXPECT_TRUE(archive.note_evaluations(1));
  EXPECT_FALSE(archive.note_evaluations(240));
  EXPECT_TRUE(archive.note_evaluations(40));
  EXPECT_FALSE(archive.note_evaluations(200));
  EXPECT_TRUE(archive.note_evaluations(1'000));
}

/// The first coordinate of each member, row by row.
std::vector<double> firsts(const UnstructuredArchive& archive) {
  std::vector<double> found;
  for (std::size_t row = 0; row < archive.size(); ++row) {
    found.push_back(archive.index().point(row)[0]);
  }
  return found;
}

TEST(UnstructuredArchive, AtCapacityTheOldestLeavesAlsoAfterLoading) {
  UnstructuredParameters parameters;
  parameters.capacity = 3;
  UnstructuredArchive archive = make(parameters);
  for (int i = 0; i < 5; ++i) enter(archive, i, 99);  // 3 4 2: 2 is the oldest
  EXPECT_EQ(firsts(archive), (std::vector<double>{3, 4, 2}));

  StateTree tree;
  archive.save(*tree.writer());
  UnstructuredArchive loaded = make(parameters);
  Individuals rows;
  rows.start(3, 0, 1, 2);
  for (std::size_t row = 0; row < 3; ++row) rows.descriptors[2 * row] = firsts(archive)[row];
  loaded.load(rows, std::vector<std::int64_t>(3, -1), *tree.reader(), *tree.reader());
  for (UnstructuredArchive* each : {&archive, &loaded}) {
    enter(*each, 5, 99);
    EXPECT_EQ(firsts(*each), (std::vector<double>{3, 4, 5}));
    Neighbour nearest;
    each->index().nearest(std::vector<double>{2, 0}, {&nearest, 1});
    EXPECT_EQ(nearest, (Neighbour{0, 1}));
  }
}

/// Offers the fixture's batches to an archive set up as pyribs' was.
class UnstructuredArchiveAgainstPyribs : public testing::TestWithParam<bool> {
 protected:
  static constexpr std::size_t kRows = pyribs::kRows;
  static UnstructuredParameters parameters(bool competes) {
    UnstructuredParameters parameters;
    parameters.apply_preset("pyribs");
    parameters.k = 4;
    parameters.threshold = 0.42;
    parameters.local_competition = competes;
    return parameters;
  }
};

TEST_P(UnstructuredArchiveAgainstPyribs, AnswersAndHoldsTheSame) {
  const bool competes = GetParam();
  const auto executor = make_executor(2);
  UnstructuredArchive archive(parameters(competes), {{"x", "y"}, {"", ""}, {-1, -1}, {1, 1}},
                              competes ? executor.get() : nullptr);
  const std::vector<std::uint8_t> valid(kRows, 1);
  std::vector<double> objectives, measures;
  Placement placement;
  for (std::size_t b = 0; b < pyribs::kBatches; ++b) {
    const auto offered = std::span(pyribs::kObjectives).subspan(b * kRows, kRows);
    const auto places = std::span(pyribs::kMeasures).subspan(2 * b * kRows, 2 * kRows);
    archive.add({offered, places, valid}, placement);
    ASSERT_EQ(placement.competition.size(), competes ? kRows : 0);
    for (std::size_t i = 0; i < kRows; ++i) {
      const std::size_t at = b * kRows + i;
      const auto& status = competes ? pyribs::kCompetingStatus : pyribs::kProximityStatus;
      const auto& novelty = competes ? pyribs::kCompetingNovelty : pyribs::kProximityNovelty;
      ASSERT_EQ(static_cast<int>(placement.status[i]), status[at]) << at;
      // pyribs gives the threshold while there is nobody to be compared with.
      ASSERT_NEAR(b == 0 ? 0.42 : placement.value[i], novelty[at], 1e-14) << at;
      if (competes) {
        ASSERT_EQ(placement.competition[i], pyribs::kCompetition[at]) << at;
      }
    }
    apply_edits<double>(objectives, offered, placement.edits);
    apply_edits<double>(measures, places, placement.edits, 2);
  }
  EXPECT_EQ(objectives, competes ? pyribs::kCompetingObjectives : pyribs::kProximityObjectives);
  EXPECT_EQ(measures, competes ? pyribs::kCompetingMeasures : pyribs::kProximityMeasures);
  EXPECT_EQ(archive.threshold(), 0.42);
}

INSTANTIATE_TEST_SUITE_P(LocalCompetition, UnstructuredArchiveAgainstPyribs, testing::Bool());

TEST(UnstructuredArchive, OneByOneACandidateMeetsWhatTheOneBeforeItReplaced) {
  UnstructuredParameters parameters;
  parameters.local_competition = true;
  parameters.k = 1;
  UnstructuredArchive archive = make(parameters);
  const std::vector<double> descriptors = {0, 0, 9, 9, 1, 0, 1, 0, 2, 0};
  const std::vector<double> objectives = {5, 1, 5, 6, 5.5};
  Placement placement;
  archive.add({objectives, descriptors, std::vector<std::uint8_t>(5, 1)}, placement);
  EXPECT_EQ(placement.status, (std::vector<Status>{Status::added, Status::added, Status::rejected,
                                                   Status::improved, Status::rejected}));
  EXPECT_EQ(placement.competition, (std::vector<double>{0, 0, 0, 1, 0}));
  EXPECT_EQ(placement.value[4], 1);  // from (2, 0) to (1, 0), no longer to (0, 0)
  EXPECT_EQ(firsts(archive), (std::vector<double>{1, 9}));
}

TEST(UnstructuredArchive, WithoutCompetitionNobodyIsToldOfIt) {
  UnstructuredArchive archive = make({});
  Placement placement;
  archive.add({std::vector<double>{1}, std::vector<double>{1, 1}, std::vector<std::uint8_t>{1}},
              placement);
  EXPECT_TRUE(placement.competition.empty());
}

}  // namespace
}  // namespace cambrian
