#include "cambrian/emitter/elite_emitter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/core/shape.hpp"
#include "tests/archive/tag_population.hpp"

namespace cambrian {
namespace {

/// Varies nothing, and keeps what it was asked for.
class Recorder final : public Variation {
 public:
  explicit Recorder(double mating_share) : mating_share_(mating_share) {}
  double mating_share() const override { return mating_share_; }
  void vary_rows(const Population&, std::span<const Mating> matings, Population&, RowRange,
                 StreamKey, std::uint64_t) const override {
    asked.assign(matings.begin(), matings.end());
  }
  mutable std::vector<Mating> asked;

 private:
  double mating_share_;
};

/// Ten elites, of objectives 0 to 9 and ids 100 to 109.
Elites ten_elites() {
  GridParameters parameters;
  parameters.shape = {10};
  Elites elites(grid_archive(parameters, {{"x"}, {""}, {0}, {10}}),
                std::make_unique<TagPopulation>());
  Individuals batch;
  batch.start(10, 100, 1, 1);
  for (int i = 0; i < 10; ++i) {
    batch.objectives[static_cast<std::size_t>(i)] = i;
    batch.descriptors[static_cast<std::size_t>(i)] = i + 0.5;
  }
  elites.add(batch, TagPopulation({batch.ids.begin(), batch.ids.end()}));
  return elites;
}

/// What the emitter asks for as children of `elites`, ids from `first_id`.
std::vector<ParentIds> parents_of(const Elites& elites, const Variation& variation,
                                  std::size_t children, std::uint64_t first_id) {
  const TagSpace space;
  const EmitterContext context = {
      .space = &space,
      .variation = &variation,
      .batch = children,
      .key = [](std::string_view purpose) { return stream_key(1, purpose); }};
  EliteEmitter emitter({}, context);
  Proposal proposal;
  proposal.start(emitter.batch_size(), first_id, space, 1);
  emitter.ask(elites, {0, children}, proposal);
  return {proposal.candidates.parents.begin(), proposal.candidates.parents.end()};
}

constexpr std::size_t kChildren = 20'000;

/// Five standard deviations of a count with this chance.
double spread(double chance) {
  return 5 * std::sqrt(static_cast<double>(kChildren) * chance * (1 - chance));
}

TEST(EliteEmitter, MatesTheShareThatTheOperatorWantsTheFitterAsTheMother) {
  const Elites elites = ten_elites();
  const Recorder variation(0.25);
  const auto parents = parents_of(elites, variation, kChildren, 500);
  ASSERT_EQ(parents.size(), kChildren);
  ASSERT_EQ(variation.asked.size(), kChildren);
  std::size_t mated = 0;
  std::vector<std::size_t> alone(10);
  for (std::size_t i = 0; i < kChildren; ++i) {
    const Mating& mating = variation.asked[i];
    EXPECT_EQ(parents[i][0], elites.individuals().ids[mating.mother]);
    if (mating.father == Mating::kNone) {
      EXPECT_EQ(parents[i][1], kNoParent);
      ++alone[mating.mother];
      continue;
    }
    ++mated;
    EXPECT_EQ(parents[i][1], elites.individuals().ids[mating.father]);
    EXPECT_GE(elites.individuals().objective(mating.mother),
              elites.individuals().objective(mating.father));
  }
  EXPECT_NEAR(static_cast<double>(mated), 0.25 * kChildren, spread(0.25));
  for (const std::size_t count : alone) {
    EXPECT_NEAR(static_cast<double>(count), 0.075 * kChildren, spread(0.075));
  }
}

TEST(EliteEmitter, DrawsTwoParentsUniformlyAndInAnyOrderWhereAllMate) {
  const Elites elites = ten_elites();
  const Recorder variation(1.0);
  parents_of(elites, variation, kChildren, 0);
  std::vector<std::size_t> mothers(10), fathers(10);
  std::size_t fitter_father = 0;
  for (const Mating& mating : variation.asked) {
    ASSERT_NE(mating.father, Mating::kNone);
    ++mothers[mating.mother];
    ++fathers[mating.father];
    fitter_father += mating.father > mating.mother ? 1 : 0;
  }
  for (std::size_t row = 0; row < 10; ++row) {
    EXPECT_NEAR(static_cast<double>(mothers[row]), 0.1 * kChildren, spread(0.1));
    EXPECT_NEAR(static_cast<double>(fathers[row]), 0.1 * kChildren, spread(0.1));
  }
  EXPECT_NEAR(static_cast<double>(fitter_father), 0.45 * kChildren, spread(0.45));
}

TEST(EliteEmitter, NeverMatesWhereTheOperatorNeverDoes) {
  const Elites elites = ten_elites();
  const Recorder variation(0.0);
  parents_of(elites, variation, 1000, 0);
  for (const Mating& mating : variation.asked) EXPECT_EQ(mating.father, Mating::kNone);
}

TEST(EliteEmitter, AChildsParentsDependOnItsIdAlone) {
  const Elites elites = ten_elites();
  const Recorder variation(0.5);
  const auto whole = parents_of(elites, variation, 50, 1000);
  const auto part = parents_of(elites, variation, 20, 1030);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + 30));
}

TEST(EliteEmitter, ByCuriosityParentsWhoseChildrenEnterAreDrawnMoreOften) {
  const Elites elites = ten_elites();
  const Recorder variation(0.0);
  const TagSpace space;
  const EmitterContext context = {
      .space = &space, .variation = &variation, .batch = 500, .key = [](std::string_view purpose) {
        return stream_key(1, purpose);
      }};
  EliteEmitterParameters parameters;
  parameters.selection = Selection::curiosity;
  EliteEmitter emitter(parameters, context);
  Placement placement;
  Proposal proposal;
  for (std::uint64_t batch = 0; batch < 2; ++batch) {
    proposal.start(500, 500 * batch, space, 1);
    emitter.ask(elites, {0, 500}, proposal);
    placement.reset(500);
    for (std::size_t i = 0; i < 500; ++i) {
      if (variation.asked[i].mother == 3) placement.status[i] = Status::improved;
    }
    if (batch == 0) emitter.tell(elites, {0, 500}, proposal, placement);
  }
  EXPECT_GT(std::ranges::count(variation.asked, 3U, &Mating::mother), 300);
}

TEST(EliteEmitter, RefusesWhatItCannotDo) {
  const TagSpace space;
  const Recorder variation(0.5);
  EmitterContext context = {
      .space = &space, .variation = &variation, .batch = 3, .key = [](std::string_view purpose) {
        return stream_key(1, purpose);
      }};
  EliteEmitter emitter({}, context);
  const Elites elites = ten_elites();
  Proposal proposal;
  EXPECT_THROW(emitter.ask(elites, {0, 3}, proposal), Error);
  proposal.start(3, 0, space, 1);
  EXPECT_THROW(emitter.ask(elites, {0, 30}, proposal), ShapeError);
  EXPECT_THROW(emitter.ask(elites, {2, 2}, proposal), ShapeError);
  GridParameters parameters;
  parameters.shape = {10};
  const Elites none(grid_archive(parameters, {{"x"}, {""}, {0}, {10}}),
                    std::make_unique<TagPopulation>());
  EXPECT_THROW(emitter.ask(none, {0, 3}, proposal), Error);
  context.key = {};
  EXPECT_THROW(EliteEmitter({}, context), ConfigError);
  EXPECT_THROW(EliteEmitter({}, EmitterContext{}), ConfigError);
}

}  // namespace
}  // namespace cambrian
