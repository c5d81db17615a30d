// A run that is asked, told and recorded by hand, without a configuration.
#include "cambrian/record/run_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cambrian/algorithm/baselines.hpp"
#include "cambrian/algorithm/map_elites.hpp"
#include "cambrian/algorithm/novelty_search.hpp"
#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/evaluation/gather.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/experiment.hpp"
#include "environments/environments.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

TEST(RunRecord, OfARunByHandHoldsTheTablesOfTheConfiguredRun) {
  const auto assembled = [] {
    static const RecordedInputs inputs{std::vector<std::filesystem::path>{}};
    Configuration configuration = Configuration::from_text(
        "[run]\nseed = 7\nevaluations = 2000\nlog_interval = 300\n[environment]\nname = "
        "\"sphere\"\n[algorithm]\nname = \"map_elites\"\n",
        "test");
    return assemble(configuration, make_catalogue(environments()), inputs);
  };
  Experiment configured(assembled());
  while (!configured.done()) configured.step(0.0);
  StateTree expected;
  configured.save(*expected.writer(), {.seed = 7, .budget = 2000});

  const auto parts = assembled();
  OwnParts own(*parts->space, *parts->variation, grid_archive({}, parts->descriptor.space), 7);
  MapElites search({}, own);
  RunRecord record({.log_interval = 300,
                    .qd_offset = parts->qd_offset,
                    .objectives = parts->description.objectives},
                   search);
  Proposal batch;
  while (record.evaluations() < 2000) {
    search.ask(batch);
    batch.batch.first_evaluation = record.evaluations() + 1;
    parts->evaluator->evaluate(*batch.population, batch.batch);
    gather(batch, parts->descriptor);
    search.tell(batch);
    record.note(batch);
  }
  StateTree tree;
  save_run(*tree.writer(), record, {.seed = 7, .budget = 2000});
  const StateTree::Node &hand = tree.root(), &run = expected.root();
  for (const char* table : {"archive", "history", "lineage"}) {
    EXPECT_TRUE(hand.groups.at(table) == run.groups.at(table)) << table;
  }
  EXPECT_TRUE(hand.groups.at("checkpoint").groups == run.groups.at("checkpoint").groups);
}

/// A square of two genes that are the descriptor; the objective is the first of them.
struct Square {
  DescriptorSpace axes = {{"x", "y"}, {"m", "m"}, {-3, -3}, {3, 3}};
  RealSpace space{{}, 2};
  std::unique_ptr<Variation> variation =
      variations().front().make(*variations().front().parameters(), space);
  Proposal batch;

  void step(Algorithm& search, RunRecord& record) {
    search.ask(batch);
    const auto& genomes = dynamic_cast<const RealPopulation&>(*batch.population);
    for (std::size_t i = 0; i < genomes.size(); ++i) {
      batch.candidates.objectives[i] = genomes.row(i)[0];
      for (std::size_t d = 0; d < 2; ++d) {
        batch.candidates.descriptors[2 * i + d] = genomes.row(i)[d];
      }
      batch.candidates.solved[i] = genomes.row(i)[0] > 2 ? 1 : 0;
    }
    search.tell(batch);
    record.note(batch);
  }
};

SteadyStateSearchParameters thirty() {
  SteadyStateSearchParameters parameters;
  parameters.population.population = 30;
  parameters.batch = 10;
  return parameters;
}

TEST(RunRecord, ByHandStoresAMinimisedObjectiveAsGiven) {
  Square square;
  OwnParts parts(square.space, *square.variation, grid_archive({}, square.axes), 1);
  MapElites search({}, parts);
  const Objective cost = {"cost", "", 0, "", ObjectiveDirection::minimise};
  RunRecord record({.qd_offset = 10, .objectives = {cost}}, search);
  for (int i = 0; i < 5; ++i) square.step(search, record);
  StateTree tree;
  save_run(*tree.writer(), record, {});
  const auto costs = tree.reader()->group("archive")->column<double>("objective");
  const Individuals& held = record.result().individuals();
  double score = 0;
  for (std::size_t row = 0; row < costs.size(); ++row) {
    EXPECT_EQ(costs[row], -held.objective(row));
    score += 10 - costs[row];
  }
  EXPECT_EQ(record.statistics().qd_score, score);
  EXPECT_EQ(record.objective_max(), *std::ranges::min_element(costs));
}

TEST(RunRecord, OfASearchWithoutAnArchiveHasAResultArchive) {
  Square square;
  OwnParts parts(square.space, *square.variation, square.axes, 1);
  const auto search = make_random_search(thirty(), parts);
  EXPECT_THROW(RunRecord({}, *search), ConfigError);
  RunRecord record(
      {.can_be_solved = true}, *search,
      {std::make_unique<Elites>(grid_archive({}, square.axes), square.space.make_population())});
  for (int i = 0; i < 100; ++i) square.step(*search, record);
  EXPECT_EQ(record.evaluations(), 30U + 990);
  EXPECT_EQ(record.driver(), nullptr);
  EXPECT_GT(record.result().size(), 100U);
  EXPECT_TRUE(record.solved_evaluation().has_value());
  EXPECT_NO_THROW(record.check(square.space));
  EXPECT_EQ(record.history().size(), 1U);
}

TEST(RunRecord, TheResultArchiveMayHaveOtherAxesThanTheOneThatDrives) {
  Square square;
  UnstructuredParameters near;
  near.threshold = 0.05;
  OwnParts parts(square.space, *square.variation,
                 std::make_unique<UnstructuredArchive>(near, square.axes), 1);
  const auto search = make_novelty_search(thirty(), parts);
  GridParameters line;
  line.shape = {50};
  const DescriptorSpace radius = {{"radius"}, {"m"}, {0}, {5}};
  RunRecord record({.lineage = KeptLineage::all}, *search,
                   {.elites = std::make_unique<Elites>(grid_archive(line, radius),
                                                       square.space.make_population()),
                    .describe = [](const Proposal& told, LargeColumn<double>& descriptors) {
                      descriptors.clear();
                      for (std::size_t i = 0; i < told.candidates.size(); ++i) {
                        const auto place = told.candidates.descriptor(i);
                        descriptors.push_back(std::hypot(place[0], place[1]));
                      }
                    }});
  for (int i = 0; i < 50; ++i) square.step(*search, record);
  ASSERT_NE(record.driver(), nullptr);
  EXPECT_EQ(record.driver()->individuals().dimensions, 2U);
  const Individuals& rows = record.result().individuals();
  EXPECT_EQ(rows.dimensions, 1U);
  ASSERT_GT(rows.size(), 10U);
  const auto& genomes = dynamic_cast<const RealPopulation&>(record.result().population());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    EXPECT_FLOAT_EQ(static_cast<float>(rows.descriptor(row)[0]),
                    std::hypot(genomes.row(row)[0], genomes.row(row)[1]));
  }
  EXPECT_EQ(record.lineage().individuals().dimensions, 1U);
  EXPECT_NO_THROW(record.check(square.space));

  StateTree half;
  save_run(*half.writer(), record, {});
  EXPECT_TRUE(half.root().groups.at("archives").groups.contains("driver"));
  EXPECT_EQ(half.root().groups.at("population").columns.count("fitness"), 1U);
}

TEST(RunRecord, DescriptorsThatDoNotFitTheResultArchiveAreRefused) {
  Square square;
  OwnParts parts(square.space, *square.variation, square.axes, 1);
  const auto search = make_objective_search(thirty(), parts);
  GridParameters line;
  line.shape = {50};
  RunRecord record({}, *search,
                   {std::make_unique<Elites>(grid_archive(line, {{"x"}, {"m"}, {0}, {5}}),
                                             square.space.make_population())});
  try {
    square.step(*search, record);
    FAIL() << "descriptors of two dimensions were taken for those of one";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("descriptors of 2 dimensions, but the search has 1"));
  }
}

TEST(RunRecord, RefusesOptionsThatNoRunCanHave) {
  Square square;
  OwnParts parts(square.space, *square.variation, grid_archive({}, square.axes), 1);
  MapElites search({}, parts);
  EXPECT_THROW(RunRecord({.log_interval = 0}, search), ConfigError);
  EXPECT_THROW(RunRecord({.log_interval = -5}, search), ConfigError);
  EXPECT_THROW(RunRecord({.objectives = {}}, search), ConfigError);
}

TEST(RunRecord, NotesEachBatchOnceAndOnlyWhenItHasBeenTold) {
  Square square;
  OwnParts parts(square.space, *square.variation, grid_archive({}, square.axes), 1);
  MapElites search({}, parts);
  RunRecord record({}, search);
  Proposal batch;
  search.ask(batch);
  EXPECT_THROW(record.note(batch), Error);
  search.tell(batch);
  record.note(batch);
  const std::uint64_t evaluations = record.evaluations();
  EXPECT_THROW(record.note(batch), Error);
  EXPECT_EQ(record.evaluations(), evaluations);
  RunRecord of_two({.objectives = {{"a", "", 0, ""}, {"b", "", 0, ""}}}, search);
  EXPECT_THROW(of_two.note(batch), ShapeError);
  StateTree tree;
  EXPECT_THROW(save_run(*tree.writer(), record, {.status = "done"}), ConfigError);
}

TEST(RunRecord, ContinuesAsIfItHadNotBeenSaved) {
  const auto run = [](int steps, const StateTree* from) {
    Square square;
    OwnParts parts(square.space, *square.variation, grid_archive({}, square.axes), 3);
    MapElites search({}, parts);
    RunRecord record({.log_interval = 500}, search);
    if (from != nullptr) record.load(*from->reader());
    for (int i = 0; i < steps; ++i) square.step(search, record);
    StateTree tree;
    record.save(*tree.writer());
    return tree;
  };
  const StateTree half = run(5, nullptr);
  EXPECT_TRUE(run(7, &half) == run(12, nullptr));
}

}  // namespace
}  // namespace cambrian
