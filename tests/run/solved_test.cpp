// A maze whose goal is two steps away: what happens to a run when its task is solved.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/run.hpp"
#include "cambrian/run_file/run_file.hpp"
#include "environments/environments.hpp"

namespace cambrian {
namespace {

constexpr std::uint64_t kBudget = 400;

class Solved : public testing::Test {
 protected:
  Solved() {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "near.maze") << "start 50 50\nheading 0\ngoal 80 50\n"
                                            "wall 0 0  100 0\nwall 100 0  100 100\n"
                                            "wall 100 100  0 100\nwall 0 100  0 0\n";
  }
  ~Solved() override {
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(folder_);
  }

  Configuration configuration(const std::string& stop) const {
    return Configuration::from_text(
        "[run]\nevaluations = 400\nlog_interval = 40\nthreads = 1\nseed = 3\nstop = '" + stop +
            "'\n[environment]\nname = 'maze'\nmaze = 'near.maze'\nsteps = 40\n"
            "[encoding]\nname = 'direct_graph'\n"
            "[algorithm]\nname = 'objective_search'\npopulation = 20\nbatch = 10\n"
            "[result_archive]\nshape = [6, 6]\n",
        (folder_ / "near.toml").string());
  }
  std::unique_ptr<Assembly> assembled(const std::string& stop) const {
    auto configured = configuration(stop);
    return assemble(configured, make_catalogue(environments()), inputs_);
  }

  const std::filesystem::path before_ = std::filesystem::current_path();
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() /
      ("cambrian_solved_" +
       std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
  const RecordedInputs inputs_{std::vector<std::filesystem::path>{folder_}};
};

TEST_F(Solved, TheFirstSuccessIsKnownAndEndsTheRunWhereThatIsWanted) {
  Experiment all(assembled("budget"));
  while (!all.done()) all.step(0.0);
  EXPECT_EQ(all.record().evaluations(), kBudget);
  ASSERT_TRUE(all.record().solved_evaluation().has_value());
  const std::uint64_t first = *all.record().solved_evaluation();
  ASSERT_GT(first, 20U) << "the first population is not to solve it";

  Experiment stops(assembled("solved"));
  while (!stops.done()) {
    EXPECT_FALSE(stops.record().solved_evaluation().has_value());
    stops.step(0.0);
  }
  EXPECT_EQ(stops.record().solved_evaluation(), first);
  EXPECT_LT(stops.record().evaluations(), kBudget);
  EXPECT_GE(stops.record().evaluations(), first);
  EXPECT_LT(stops.record().evaluations(), first + 10);

  StateTree tree;
  stops.save(*tree.writer(), {});
  Experiment loaded(assembled("solved"));
  loaded.load(*tree.reader());
  EXPECT_TRUE(loaded.done());
  EXPECT_EQ(loaded.record().solved_evaluation(), first);
  loaded.set_stop_when_solved(false);
  while (!loaded.done()) loaded.step(0.0);
  EXPECT_EQ(loaded.record().evaluations(), kBudget);
  EXPECT_EQ(loaded.record().solved_evaluation(), first);
  EXPECT_EQ(loaded.record().statistics().qd_score, all.record().statistics().qd_score);
}

TEST_F(Solved, ResumingGoesPastTheSuccessOnlyWhenAskedForMore) {
  const RunControl options{.run_file = folder_ / "run.h5", .quiet = true};
  std::filesystem::current_path(folder_);
  const RunEnd first = start_run(configuration("solved"), make_catalogue(environments()), options);
  EXPECT_LT(first.evaluations, kBudget);
  EXPECT_EQ(resume_run(make_catalogue(environments()), {}, options).evaluations, first.evaluations);
  EXPECT_EQ(resume_run(make_catalogue(environments()), kBudget, options).evaluations, kBudget);
  const RunFileReader file(options.run_file);
  EXPECT_GT(file.root().attribute_as<std::uint64_t>("solved_evaluation"), 0U);
  EXPECT_LE(file.root().attribute_as<std::uint64_t>("solved_evaluation"), first.evaluations);
}

TEST_F(Solved, ARunPastItsSuccessThatIsInterruptedContinuesPastIt) {
  RunControl options{.run_file = folder_ / "run.h5", .quiet = true};
  std::filesystem::current_path(folder_);
  start_run(configuration("solved"), make_catalogue(environments()), options);
  options.wall_seconds = 0.0;
  EXPECT_EQ(resume_run(make_catalogue(environments()), kBudget, options).status, "interrupted");
  options.wall_seconds.reset();
  EXPECT_EQ(resume_run(make_catalogue(environments()), {}, options).evaluations, kBudget);
}

}  // namespace
}  // namespace cambrian
