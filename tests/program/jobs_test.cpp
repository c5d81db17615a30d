// run --seeds N --jobs K: the runs of a series side by side.
#include <gmock/gmock.h>

#include <algorithm>

#include "cambrian/run_file/run_file.hpp"
#include "cambrian/run_file/run_file_lock.hpp"
#include "tests/program/call.hpp"
#include "tests/program/run_folder.hpp"
#include "tests/program/terminal_child.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::Not;
using Jobs = RunFolder;

TEST_F(Jobs, GiveTheSameBitsAsOneAfterAnother) {
  const std::string series = "run " + sphere() + " --seed 3 --seeds 5 -o ";
  const Result side = call(series + path("side") + " --jobs 3");
  ASSERT_EQ(side.status, 0) << side.output;
  EXPECT_EQ(std::count(side.output.begin(), side.output.end(), '\n'), 5) << side.output;
  EXPECT_THAT(side.output, HasSubstr("seed_7.h5: finished after 3000 evaluations: "));
  ASSERT_EQ(call(series + path("turn")).status, 0);
  EXPECT_EQ(files("side"), files("turn"));
  for (const char* name : {"seed_3.h5", "seed_5.h5", "seed_7.h5"})
    expect_equal_runs(folder_ / "side" / name, folder_ / "turn" / name);
}

TEST_F(Jobs, CompleteASeriesThatIsCalledAgain) {
  const std::string series = "run " + sphere() + " -o " + path("series");
  ASSERT_EQ(call(series + " --seeds 1").status, 0);
  ASSERT_EQ(
      call("run " + sphere() + " --seed 2 --wall-time 0s -o " + path("series/seed_2.h5")).status,
      0);
  const Result again = call(series + " --seeds 3 --jobs 2");
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("seed_1.h5: finished already\n"));
  EXPECT_THAT(again.output, HasSubstr("seed_2.h5: continues after 0 evaluations\n"));
  EXPECT_THAT(again.output, HasSubstr("seed_3.h5: finished after 3000 evaluations"));
  const Result more = call(series + " --seeds 3 --jobs 2 --evaluations 4000 --quiet");
  EXPECT_EQ(more.status, 0);
  EXPECT_EQ(more.output, "");
  EXPECT_EQ(
      RunFileReader(path("series/seed_1.h5")).root().attribute_as<std::uint64_t>("evaluations"),
      4000U);
}

TEST_F(Jobs, OneThatFailsLeavesTheOthersAlone) {
  std::filesystem::create_directories(folder_ / "series" / ".seed_2.h5.lock");
  const Result result = call("run " + sphere() + " --seeds 4 --jobs 2 -o " + path("series"));
  EXPECT_EQ(result.status, 1) << result.output;
  EXPECT_THAT(result.output, HasSubstr("1 of 4 seeds failed: seed_2.h5\n"));
  EXPECT_THAT(result.output, HasSubstr("seed_4.h5: finished after 3000 evaluations"));
}

TEST_F(Jobs, ARunThatAnotherProcessHoldsIsLeftToIt) {
  std::filesystem::create_directories(folder_ / "series");
  const RunFileLock held(path("series/seed_1.h5"));
  const Result result = call("run " + sphere() + " --seeds 2 --jobs 2 -o " + path("series"));
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_THAT(result.output, HasSubstr("seed_1.h5: is being run by process " +
                                       std::to_string(getpid()) + " and is left to it\n"));
  EXPECT_THAT(result.output, HasSubstr("seed_2.h5: finished after 3000 evaluations"));
}

TEST_F(Jobs, AWrongConfigurationIsSaidOnce) {
  const Result result =
      call("run " + sphere() + " --set archive.shap=3 --seeds 4 --jobs 2 -o " + path("series"));
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1) << result.output;
  EXPECT_FALSE(std::filesystem::exists(path("series")));
  EXPECT_EQ(call("run " + sphere() + " --jobs 2 -o " + path("a.h5")).status, 2);
  EXPECT_EQ(call("run " + sphere() + " --seeds 2 --jobs 2 --wall-time 5x -o " + path("s")).status,
            2);
}

TEST_F(Jobs, AfterCtrlCAllAreSavedAndTheSameCommandGoesOn) {
  const std::vector<std::string> words = {
      "run",    maze(1000), "--set", "run.evaluations=60000", "--seeds", "3",
      "--jobs", "2",        "-o",    path("series")};
  {
    TerminalChild run(words);
    ASSERT_TRUE(run.wait_for("2 running")) << run.output();
    run.signal(SIGINT);
    ASSERT_EQ(run.wait(), 130) << run.output();
    EXPECT_THAT(run.output(), HasSubstr("continue with: the same command again\r\n"));
    EXPECT_THAT(run.output(), Not(HasSubstr("failed")));
  }
  EXPECT_EQ(RunFileReader(path("series/seed_1.h5")).root().attribute_as<std::string>("status"),
            "interrupted");
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  ASSERT_EQ(call(line).status, 0);
  ASSERT_EQ(
      call("run " + maze(1000) + " --set run.evaluations=60000 --seed 1 -o " + path("whole.h5"))
          .status,
      0);
  expect_equal_runs(folder_ / "series/seed_1.h5", folder_ / "whole.h5");
}

}  // namespace
}  // namespace cambrian
