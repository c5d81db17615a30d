// run --seeds called again: it keeps, completes and continues what is there.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "tests/program/call.hpp"
#include "tests/program/run_folder.hpp"
#include "tests/program/terminal_child.hpp"

namespace cambrian {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Series = RunFolder;

TEST_F(Series, CalledAgainKeepsResumesAndAddsBitForBit) {
  const std::string series = "run " + sphere() + " --seed 4 -o " + path("series");
  // One finished, one interrupted, one that a crash left as running, one missing.
  ASSERT_EQ(call(series + " --seeds 1").status, 0);
  for (const int seed : {5, 6}) {
    const std::string file = path("series/seed_" + std::to_string(seed) + ".h5");
    const std::string one = "run " + sphere() + " --seed " + std::to_string(seed) + " -o " + file;
    ASSERT_EQ(call(one + " --wall-time 0s").status, 0);
  }
  const auto finished = fs::last_write_time(path("series/seed_4.h5"));
  const Result again = call(series + " --seeds 4");
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("seed_4.h5: finished already\n"));
  EXPECT_THAT(again.output, HasSubstr("seed_5.h5: continues after 0 evaluations\n"));
  EXPECT_EQ(fs::last_write_time(path("series/seed_4.h5")), finished);
  EXPECT_EQ(files("series"), 4U);

  ASSERT_EQ(call("run " + sphere() + " --seed 4 --seeds 4 -o " + path("whole")).status, 0);
  for (const int seed : {4, 5, 6, 7}) {
    const std::string name = "seed_" + std::to_string(seed) + ".h5";
    expect_equal_runs(folder_ / "series" / name, folder_ / "whole" / name);
  }
}

TEST_F(Series, GoesOnAfterCtrlCBitForBit) {
  // On a busy machine the signal may come some batches late; it has six to come in.
  const std::string limits = " --set run.evaluations=6000 --seeds 3 -o ";
  {
    TerminalChild run(
        {"run", maze(3000), "--set", "run.evaluations=6000", "--seeds", "3", "-o", path("series")});
    ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
    run.signal(SIGINT);
    ASSERT_EQ(run.wait(), 130) << run.output();
  }
  const Result again = call("run " + maze(3000) + limits + path("series"));
  EXPECT_THAT(again.output, testing::ContainsRegex("seed_[123].h5: (continues after|finished)"));
  ASSERT_EQ(call("run " + maze(3000) + limits + path("whole")).status, 0);
  for (const char* name : {"seed_1.h5", "seed_2.h5", "seed_3.h5"}) {
    expect_equal_runs(folder_ / "series" / name, folder_ / "whole" / name);
  }
}

TEST_F(Series, OfAnotherConfigurationIsRefusedBeforeAnythingRuns) {
  const std::string series = "run " + sphere() + " -o " + path("series");
  ASSERT_EQ(call(series + " --seeds 2").status, 0);
  for (const auto& [set, difference] : std::map<std::string, std::string>{
           {"run.evaluations=2000", "run.evaluations = 3000, but 2000 is asked for"},
           {"archive.shape=[9,10]", "archive.shape = [10, 10], but [9, 10] is asked for"},
           {"variation.name=gaussian",
            "variation.name = \"iso_line\", but "
            "\"gaussian\" is asked for"}}) {
    const Result other = call(series + " --seeds 4 --set " + set);
    EXPECT_EQ(other.status, 2);
    EXPECT_EQ(std::count(other.output.begin(), other.output.end(), '\n'), 1) << other.output;
    EXPECT_THAT(other.output, HasSubstr("seed_1.h5: holds a run of another configuration"));
    EXPECT_THAT(other.output, HasSubstr(difference));
    EXPECT_THAT(other.output, HasSubstr("name another folder to keep it"));
    EXPECT_EQ(files("series"), 2U);
  }
  EXPECT_EQ(call(series + " --seeds 2 --force --evaluations 500").status, 0);
  EXPECT_EQ(
      RunFileReader(path("series/seed_2.h5")).root().attribute_as<std::uint64_t>("evaluations"),
      500U);
}

TEST_F(Series, WithAnotherMazeOfTheSameNameIsRefused) {
  const fs::path mazes = fs::path(source_folder()) / "data" / "mazes";
  fs::copy_file(mazes / "hard_maze.maze", folder_ / "a.maze");
  const std::string series = "run " + maze(100) +
                             " --evaluations 200 --set environment.maze=" + path("a.maze") +
                             " --seeds 1 -o " + path("series");
  ASSERT_EQ(call(series).status, 0);
  EXPECT_THAT(call(series).output, HasSubstr("finished already"));
  fs::copy_file(mazes / "medium_maze.maze", folder_ / "a.maze",
                fs::copy_options::overwrite_existing);
  const Result other = call(series);
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.output, HasSubstr("it has other contents of " + path("a.maze")));
}

TEST_F(Series, GoesOnToMoreEvaluationsBitForBit) {
  const std::string run = "run " + sphere() + " --seeds 3 -o ";
  ASSERT_EQ(call("run " + sphere() + " --seeds 2 -o " + path("series")).status, 0);
  const Result more = call(run + path("series") + " --evaluations 5000");
  EXPECT_EQ(more.status, 0) << more.output;
  EXPECT_THAT(more.output, HasSubstr("seed_2.h5: continues after 3000 evaluations\n"));
  ASSERT_EQ(call(run + path("whole") + " --evaluations 5000").status, 0);
  for (const char* name : {"seed_1.h5", "seed_2.h5", "seed_3.h5"}) {
    expect_equal_runs(folder_ / "series" / name, folder_ / "whole" / name);
  }
  // The last batch of 100 went beyond 4950 already.
  ASSERT_EQ(call(run + path("odd") + " --evaluations 4910").status, 0);
  const Result enough = call(run + path("odd") + " --evaluations 4950");
  EXPECT_EQ(enough.status, 0);
  EXPECT_THAT(enough.output, HasSubstr("seed_3.h5: finished already\n"));
}

TEST_F(Series, ThatStopsWhenSolvedIsNotTakenPastItsSuccess) {
  // In the medium maze 2000 random walls followers suffice.
  const std::string run = "run " + maze(500) +
                          " --set run.stop=solved --set environment.maze=" + source_folder() +
                          "/data/mazes/medium_maze.maze --seeds 1 -o " + path("series");
  ASSERT_EQ(call(run + " --evaluations 50000").status, 0);
  ASSERT_THAT(call("info " + path("series/seed_1.h5")).output, HasSubstr("at evaluation"));
  const Result more = call(run + " --evaluations 60000");
  EXPECT_EQ(more.status, 0) << more.output;
  EXPECT_THAT(more.output, HasSubstr("seed_1.h5: finished already\n"));
}

TEST_F(Series, SaysAfterCtrlCThatTheSameCommandGoesOn) {
  for (const std::string flag : {"--check", "--force"}) {
    TerminalChild run({"run", maze(2000), "--seeds", "2", flag, "-o", path("series" + flag)});
    ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
    run.signal(SIGINT);
    EXPECT_EQ(run.wait(), 130) << run.output();
    EXPECT_THAT(run.output(),
                HasSubstr("continue with: the same command again" +
                          std::string(flag == "--force" ? ", without --force" : "") + "\r\n"));
  }
}

TEST_F(Series, IntoAFolderThatCannotBeIsRefusedInOneLine) {
  const Result result = call("run " + sphere() + " --seeds 2 -o " + path("sphere.toml/x"));
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.output, "cambrian: -o " + path("sphere.toml/x") +
                               ": this folder cannot be made: Not a directory\n");
}

TEST_F(Series, InfoOfASeriesIsALineARun) {
  const std::string series = "run " + maze(100) + " --evaluations 300 --seeds 3 -o ";
  ASSERT_EQ(call(series + path("series")).status, 0);
  const Result table = call("info " + path("series") + "/seed_*.h5");
  EXPECT_EQ(table.status, 0);
  EXPECT_EQ(std::count(table.output.begin(), table.output.end(), '\n'), 9) << table.output;
  EXPECT_THAT(table.output, HasSubstr("seed_2.h5     finished           300"));
  EXPECT_THAT(table.output, HasSubstr("\nsolved 0 of 3\nover the runs               lower quartile"
                                      "          median  upper quartile\nbest "));
  EXPECT_THAT(table.output, HasSubstr("\ncoverage "));
  EXPECT_THAT(table.output, HasSubstr("\nQD score "));
  EXPECT_THAT(call("info --json " + path("series") + "/seed_*.h5").output,
              testing::StartsWith("[\n"));
  EXPECT_EQ(call("info " + path("series")).output, table.output);
  fs::rename(path("series/seed_1.h5"), path("series/seed_10.h5"));
  const std::string order = call("info " + path("series")).output;
  EXPECT_LT(order.find("seed_2.h5"), order.find("seed_10.h5"));
  EXPECT_THAT(call("info " + folder_.string()).output, HasSubstr(": holds no run files (*.h5)"));
  fs::rename(path("series/seed_10.h5"), path("series/seed_1.h5"));
  EXPECT_THAT(call("info --json " + path("series") + "/seed_1.h5").output,
              testing::StartsWith("{\n"));
}

TEST_F(Series, IntoAFileIsRefused) {
  const Result result = call("run " + sphere() + " --seeds 2 -o " + path("sphere.toml"));
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("is a file; with --seeds name a folder"));
}

}  // namespace
}  // namespace cambrian
