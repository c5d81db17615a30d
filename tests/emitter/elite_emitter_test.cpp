#include "cambrian/emitter/elite_emitter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "cambrian/archive/grid_archive.hpp"
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
  Elites elites(std::make_unique<GridArchive>(parameters, DescriptorSpace{{"x"}, {""}, {0}, {10}}),
                std::make_unique<TagPopulation>());
  std::vector<double> objectives, descriptors;
  std::vector<std::uint64_t> ids;
  for (int i = 0; i < 10; ++i) {
    objectives.push_back(i);
    descriptors.push_back(i + 0.5);
    ids.push_back(100 + static_cast<std::uint64_t>(i));
  }
  const std::vector<std::uint8_t> valid(10, 1), solved(10, 0);
  const std::vector<ParentIds> parents(10, {kNoParent, kNoParent});
  elites.add({objectives, descriptors, valid}, {ids, parents, ids, solved}, TagPopulation(ids));
  return elites;
}

constexpr std::size_t kChildren = 20'000;

/// Five standard deviations of a count with this chance.
double spread(double chance) {
  return 5 * std::sqrt(static_cast<double>(kChildren) * chance * (1 - chance));
}

TEST(EliteEmitter, MatesTheShareThatTheOperatorWantsTheFitterAsTheMother) {
  const Elites elites = ten_elites();
  const Recorder variation(0.25);
  EliteEmitter emitter(variation, stream_key(1, "select"), stream_key(1, "vary"));
  TagPopulation children;
  std::vector<ParentIds> parents;
  emitter.ask(elites, kChildren, 500, children, parents);
  ASSERT_EQ(parents.size(), kChildren);
  ASSERT_EQ(variation.asked.size(), kChildren);
  std::size_t mated = 0;
  std::vector<std::size_t> alone(10);
  for (std::size_t i = 0; i < kChildren; ++i) {
    const Mating& mating = variation.asked[i];
    EXPECT_EQ(parents[i][0], elites.ids()[mating.mother]);
    if (mating.father == Mating::kNone) {
      EXPECT_EQ(parents[i][1], kNoParent);
      ++alone[mating.mother];
      continue;
    }
    ++mated;
    EXPECT_EQ(parents[i][1], elites.ids()[mating.father]);
    EXPECT_GE(elites.archive().objectives()[mating.mother],
              elites.archive().objectives()[mating.father]);
  }
  EXPECT_NEAR(static_cast<double>(mated), 0.25 * kChildren, spread(0.25));
  for (const std::size_t count : alone) {
    EXPECT_NEAR(static_cast<double>(count), 0.075 * kChildren, spread(0.075));
  }
}

TEST(EliteEmitter, DrawsTwoParentsUniformlyAndInAnyOrderWhereAllMate) {
  const Elites elites = ten_elites();
  const Recorder variation(1.0);
  EliteEmitter emitter(variation, stream_key(1, "select"), stream_key(1, "vary"));
  TagPopulation children;
  std::vector<ParentIds> parents;
  emitter.ask(elites, kChildren, 0, children, parents);
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
  EliteEmitter emitter(variation, stream_key(1, "select"), stream_key(1, "vary"));
  TagPopulation children;
  std::vector<ParentIds> parents;
  emitter.ask(elites, 1000, 0, children, parents);
  for (const Mating& mating : variation.asked) EXPECT_EQ(mating.father, Mating::kNone);
}

TEST(EliteEmitter, AChildsParentsDependOnItsIdAlone) {
  const Elites elites = ten_elites();
  const Recorder variation(0.5);
  EliteEmitter emitter(variation, stream_key(1, "select"), stream_key(1, "vary"));
  TagPopulation children;
  std::vector<ParentIds> whole, part;
  emitter.ask(elites, 50, 1000, children, whole);
  emitter.ask(elites, 20, 1030, children, part);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + 30));
}

}  // namespace
}  // namespace cambrian
