// Searches that are made by hand, with no configuration, are the searches of configured runs.
#include <gtest/gtest.h>

#include <algorithm>

#include "cambrian/algorithm/map_elites.hpp"
#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/evaluation/gather.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/assembly.hpp"
#include "environments/environments.hpp"

namespace cambrian {
namespace {

/// Asks, evaluates and tells as often as said. @return the state of what drives the search
StateTree state_after(int batches, Algorithm& search, Assembly& parts) {
  Proposal proposal;
  for (int batch = 0; batch < batches; ++batch) {
    search.ask(proposal);
    parts.evaluator->evaluate(*proposal.population, proposal.batch);
    gather(proposal, parts.descriptor);
    search.tell(proposal);
  }
  StateTree state;
  search.archives().front().elites->save(*state.writer());
  return state;
}

StateTree state_by_hand(std::uint64_t seed, Assembly& parts) {
  OwnParts own(*parts.space, *parts.variation, grid_archive({}, parts.descriptor.space), seed);
  MapElites search({}, own);
  return state_after(4, search, parts);
}

TEST(MapElites, OfASeedIsTheConfiguredRunOfThatSeed) {
  auto configuration = Configuration::from_text(
      "[run]\nseed = 7\n[environment]\nname = \"sphere\"\n"
      "[algorithm]\nname = \"map_elites\"\n",
      "test");
  const RecordedInputs inputs(std::vector<std::filesystem::path>{});
  const auto parts = assemble(configuration, make_catalogue(environments()), inputs);
  const StateTree configured = state_after(4, *parts->algorithm, *parts);
  EXPECT_TRUE(configured == state_by_hand(7, *parts));
  EXPECT_FALSE(configured == state_by_hand(8, *parts));
}

/// MAP-Elites over a square by hand, and how a test tells it of its candidates.
class ByHand : public testing::Test {
 protected:
  explicit ByHand(const MapElitesParameters& parameters = {})
      : own_(space_, *variation_, grid_archive({}, {{"x", "y"}, {"", ""}, {-1, -1}, {1, 1}}), 1),
        search_(parameters, own_) {}

  const RealSpace space_{{}, 2};
  const std::unique_ptr<Variation> variation_ =
      variations().front().make(*variations().front().parameters(), space_);
  OwnParts own_;
  MapElites search_;
  Proposal proposal_;
};

TEST_F(ByHand, EvaluationsAreCountedFromOne) {
  std::uint64_t expected = 1;
  for (int batch = 0; batch < 3; ++batch) {
    search_.ask(proposal_);
    const Individuals& asked = proposal_.candidates;
    ASSERT_EQ(asked.descriptors.size(), 2 * asked.size());
    for (const std::uint64_t evaluation : asked.evaluations) EXPECT_EQ(evaluation, expected++);
    search_.tell(proposal_);
    EXPECT_EQ(search_.elites().size(), 1U);
  }
}

class FirstGenomes : public ByHand {
 protected:
  FirstGenomes() : ByHand(few()) {}
  static MapElitesParameters few() {
    MapElitesParameters parameters;
    parameters.initial = 30;
    parameters.batch = 20;
    return parameters;
  }
};

TEST_F(FirstGenomes, AreDrawnAnewABatchAtATimeWhileNoneWasValid) {
  const ParentIds none = {kNoParent, kNoParent};
  std::uint64_t next_id = 0;
  for (const std::size_t expected : {30U, 20U, 20U, 20U}) {
    search_.ask(proposal_);
    Individuals& asked = proposal_.candidates;
    ASSERT_EQ(asked.size(), expected);
    ASSERT_EQ(proposal_.population->size(), expected);
    for (const std::uint64_t id : asked.ids) EXPECT_EQ(id, next_id++);
    const bool bred = next_id > 70;  // the third batch was the first with a valid one
    EXPECT_EQ(std::ranges::count(asked.parents, none), bred ? 0 : std::ssize(asked.parents));
    std::ranges::fill(asked.objectives, 1.0);
    std::ranges::fill(asked.descriptors, 0.5);
    std::ranges::fill(asked.valid, next_id >= 70 ? 1 : 0);
    search_.tell(proposal_);
    EXPECT_EQ(search_.elites().size(), next_id >= 70 ? 1U : 0U);
  }
}

}  // namespace
}  // namespace cambrian
