// Searches that are made by hand, with no configuration, are the searches of configured runs.
#include <gtest/gtest.h>

#include <algorithm>

#include "cambrian/algorithm/map_elites.hpp"
#include "cambrian/archive/grid_archive.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/assembly.hpp"
#include "environments/environments.hpp"

namespace cambrian {
namespace {

/// Asks, evaluates and tells as often as said. @return the state of what drives the search
StateTree state_after(int batches, Algorithm& search, Assembly& parts) {
  Proposal asked;
  Outcomes told;
  for (int batch = 0; batch < batches; ++batch) {
    search.ask(asked);
    parts.evaluator->evaluate(*asked.population, asked.batch);
    told.gather(asked.batch, parts.descriptor.measures);
    search.tell(asked, told);
  }
  StateTree state;
  search.driver()->save(*state.writer());
  return state;
}

TEST(MapElites, OfASeedIsTheConfiguredRunOfThatSeed) {
  auto configuration = Configuration::from_text(
      "[run]\nseed = 7\n[environment]\nname = \"sphere\"\n"
      "[algorithm]\nname = \"map_elites\"\n",
      "test");
  const RecordedInputs inputs(std::vector<std::filesystem::path>{});
  const auto parts = assemble(configuration, make_catalogue(environments()), inputs);
  MapElites by_hand({}, *parts->space, *parts->variation,
                    std::make_unique<GridArchive>(GridParameters(), parts->descriptor.space), 7);
  const StateTree configured = state_after(4, *parts->algorithm, *parts);
  EXPECT_TRUE(configured == state_after(4, by_hand, *parts));

  MapElites other({}, *parts->space, *parts->variation,
                  std::make_unique<GridArchive>(GridParameters(), parts->descriptor.space), 8);
  EXPECT_FALSE(configured == state_after(4, other, *parts));
}

TEST(MapElites, TakesTheNumbersOfEvaluationsFromItsCaller) {
  const RealSpace space({}, 2);
  const auto variation = variations().front().make(*variations().front().parameters(), space);
  MapElites search({}, space, *variation,
                   std::make_unique<GridArchive>(
                       GridParameters(), DescriptorSpace{{"x", "y"}, {"", ""}, {-1, -1}, {1, 1}}),
                   1);
  Proposal asked;
  Outcomes told;
  std::uint64_t expected = 1;
  for (int batch = 0; batch < 3; ++batch) {
    search.ask(asked);
    asked.batch.first_evaluation = expected;
    told.start(asked.batch, 2);
    ASSERT_EQ(told.descriptors.size(), 2 * told.size());
    for (const std::uint64_t evaluation : told.evaluations) EXPECT_EQ(evaluation, expected++);
    for (std::size_t i = 0; i < told.size(); ++i) {
      told.objectives[i] = 0;
      told.descriptors[2 * i] = told.descriptors[2 * i + 1] = 0;
    }
    search.tell(asked, told);
    EXPECT_EQ(search.driver()->size(), 1U);
  }
}

TEST(MapElites, DrawsNewFirstGenomesABatchAtATimeWhileNoneWasValid) {
  const RealSpace space({}, 2);
  const auto variation = variations().front().make(*variations().front().parameters(), space);
  MapElitesParameters parameters;
  parameters.initial = 30;
  parameters.batch = 20;
  MapElites search(parameters, space, *variation,
                   std::make_unique<GridArchive>(
                       GridParameters(), DescriptorSpace{{"x", "y"}, {"", ""}, {-1, -1}, {1, 1}}),
                   1);
  const ParentIds none = {kNoParent, kNoParent};
  Proposal asked;
  Outcomes told;
  std::uint64_t next_id = 0;
  for (const std::size_t expected : {30U, 20U, 20U, 20U}) {
    search.ask(asked);
    asked.batch.first_evaluation = expected;
    told.start(asked.batch, 2);
    ASSERT_EQ(told.size(), expected);
    ASSERT_EQ(asked.population->size(), expected);
    for (const std::uint64_t id : told.ids) EXPECT_EQ(id, next_id++);
    const bool bred = next_id > 70;  // the third batch was the first with a valid one
    EXPECT_EQ(std::ranges::count(asked.parents, none), bred ? 0 : std::ssize(asked.parents));
    std::ranges::fill(told.objectives, 1.0);
    std::ranges::fill(told.descriptors, 0.5);
    std::ranges::fill(told.valid, next_id >= 70 ? 1 : 0);
    search.tell(asked, told);
    EXPECT_EQ(search.driver()->size(), next_id >= 70 ? 1U : 0U);
  }
}

}  // namespace
}  // namespace cambrian
