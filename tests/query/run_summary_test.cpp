#include "cambrian/query/run_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

TEST(RunSummary, SaysWhatTheRunIsAndHowItStands) {
  const run_file_tests::Folder folder;
  run_file_tests::write_small_run(folder / "run.h5");
  const RunSummary run = summarise(RunFileReader(folder / "run.h5"));
  EXPECT_EQ(run.environment, "maze");
  EXPECT_EQ(run.encoding, "hyperneat");
  EXPECT_EQ(run.algorithm, "novelty_search");
  EXPECT_EQ(run.seed, 7U);
  EXPECT_EQ(run.status, "interrupted");
  EXPECT_EQ(run.evaluations, 1000U);
  EXPECT_EQ(run.budget, 2000U);
  EXPECT_EQ(run.wall_seconds, 75.5);
  EXPECT_EQ(run.solved_evaluation, 11U);
  EXPECT_EQ(run.population, 2U);
  EXPECT_EQ(run.species, 2U);
  EXPECT_EQ(run.history_rows, 3U);
  EXPECT_EQ(run.lineage_rows, 0U);
  EXPECT_EQ(run.inputs, std::vector<std::string>{"hard.maze"});
}

TEST(RunSummary, CountsCoverageOnlyWhereThereAreCells) {
  const run_file_tests::Folder folder;
  run_file_tests::write_small_run(folder / "run.h5");
  const RunSummary run = summarise(RunFileReader(folder / "run.h5"));
  ASSERT_EQ(run.archives.size(), 2U);
  EXPECT_EQ(run.archives[0].name, "archive");
  EXPECT_EQ(run.archives[0].size, 5U);
  EXPECT_EQ(run.archives[0].coverage, 5.0 / 16);
  EXPECT_EQ(run.archives[0].best_id, 20U);
  EXPECT_EQ(run.archives[0].objective_max, 2.0);
  EXPECT_EQ(run.archives[0].solved, 2U);
  EXPECT_EQ(run.archives[1].name, "archives/driver");
  EXPECT_FALSE(run.archives[1].coverage);
}

TEST(RunSummary, TakesTheQdScoreFromTheOffset) {
  const run_file_tests::Folder folder;
  {
    RunFileWriter file(folder / "run.h5");
    const auto archive = file.root().group("archive");
    const std::vector<double> objectives = {-10, 20};
    const std::vector<std::int64_t> shape = {2, 4};
    archive->column("objective", std::span<const double>(objectives));
    archive->attribute("shape", shape);
    archive->attribute("capacity", std::int64_t{8});
    archive->attribute("qd_offset", -50.0);
    file.commit();
  }
  const RunSummary run = summarise(RunFileReader(folder / "run.h5"));
  EXPECT_EQ(run.archives[0].qd_score, 110.0);
  EXPECT_EQ(run.archives[0].normalised_qd_score, 110.0 / 8);
  EXPECT_EQ(run.archives[0].objective_mean, 5.0);
  EXPECT_FALSE(run.archives[0].best_id);
}

TEST(RunSummary, CountsWhatWentWrongFromTheLastRowOfTheHistory) {
  const run_file_tests::Folder folder;
  {
    RunFileWriter file(folder / "run.h5");
    const auto history = file.root().group("history");
    const std::vector<double> invalid = {0, 3}, clipped = {10, 25}, solved = {0, 0};
    history->column("invalid", std::span<const double>(invalid));
    history->column("clipped", std::span<const double>(clipped));
    history->column("solved", std::span<const double>(solved));
    file.commit();
  }
  const RunSummary run = summarise(RunFileReader(folder / "run.h5"));
  EXPECT_EQ(run.invalid, 3U);
  EXPECT_EQ(run.clipped, 25U);
  EXPECT_TRUE(run.can_be_solved);
}

TEST(RunSummary, NamesNoBestWhereNothingWasValid) {
  const run_file_tests::Folder folder;
  {
    RunFileWriter file(folder / "run.h5");
    const std::vector<double> best = {-INFINITY};
    file.root().group("history")->column("objective_max", std::span<const double>(best));
    file.commit();
  }
  EXPECT_FALSE(summarise(RunFileReader(folder / "run.h5")).objective_best);
}

TEST(RunSummary, LeavesEmptyWhatTheFileDoesNotSay) {
  const run_file_tests::Folder folder;
  {
    RunFileWriter file(folder / "run.h5");
    file.root().group("archive")->column("objective", std::span<const double>());
    file.commit();
  }
  const RunSummary run = summarise(RunFileReader(folder / "run.h5"));
  EXPECT_FALSE(run.seed);
  EXPECT_FALSE(run.solved_evaluation);
  EXPECT_FALSE(run.invalid);
  EXPECT_FALSE(run.clipped);
  EXPECT_FALSE(run.can_be_solved);
  ASSERT_EQ(run.archives.size(), 1U);
  EXPECT_EQ(run.archives[0].size, 0U);
  EXPECT_FALSE(run.archives[0].objective_max);
  EXPECT_FALSE(run.archives[0].objective_mean);
}

}  // namespace
}  // namespace cambrian
