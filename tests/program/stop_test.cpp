// Ctrl-C, SIGTERM and what can be done afterwards: nothing is lost, and a series is completed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>

#include "cambrian/storage/run_file.hpp"
#include "tests/paths.hpp"
#include "tests/program/call.hpp"
#include "tests/program/terminal_child.hpp"

namespace cambrian {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

/// Every column and attribute below a group but those that may differ between equal runs.
void expect_equal(const RunFileReader& a, const RunFileReader& b, const std::string& group) {
  for (const ColumnInfo& column : a.columns(group)) {
    if (column.name == "wall_seconds") continue;
    EXPECT_TRUE(a.column(group, column.name) == b.column(group, column.name))
        << group << "/" << column.name;
  }
  EXPECT_EQ(a.columns(group).size(), b.columns(group).size()) << group;
  const std::vector<std::string> children = a.group(group)->groups();
  EXPECT_EQ(children, b.group(group)->groups()) << group;
  for (const std::string& child : children) expect_equal(a, b, group + "/" + child);
}

void expect_equal_runs(const fs::path& a, const fs::path& b) {
  const RunFileReader first(a);
  const RunFileReader second(b);
  for (const char* name : {"config", "status", "evaluations", "generations"}) {
    EXPECT_TRUE(first.root().attribute(name) == second.root().attribute(name)) << name;
  }
  EXPECT_EQ(first.root().groups(), second.root().groups());
  for (const std::string& group : first.root().groups()) expect_equal(first, second, group);
}

class Stopping : public testing::Test {
 protected:
  Stopping() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~Stopping() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  /// A configuration of the maze, in batches of so many evaluations.
  std::string maze(int batch) const {
    const std::string size = std::to_string(batch);
    std::ofstream(path("maze.toml")) << "[run]\nevaluations = 100000000\n[environment]\n"
                                        "name = \"maze\"\nmaze = \"" +
                                            source_folder() +
                                            "/data/mazes/hard_maze.maze\"\n[encoding]\n"
                                            "name = \"direct_vector\"\n[algorithm]\n"
                                            "name = \"map_elites\"\nbatch = " +
                                            size + "\ninitial = " + size + "\n";
    return path("maze.toml");
  }
  /// One of the sphere, quick.
  std::string sphere() const {
    std::ofstream(path("sphere.toml")) << "[run]\nevaluations = 3000\nlog_interval = 700\n"
                                          "[environment]\nname = \"sphere\"\n[archive]\n"
                                          "shape = [10, 10]\n[algorithm]\nname = \"map_elites\"\n"
                                          "batch = 100\n";
    return path("sphere.toml");
  }
  std::size_t files(const std::string& folder) const {
    const fs::directory_iterator all(folder_ / folder);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }

  fs::path folder_ =
      fs::temp_directory_path() / ("cambrian_stop_" + std::to_string(getpid()) + "_" +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(Stopping, IsAnsweredAtOnceAndTheStateIsSavedAfterTheBatch) {
  for (const int number : {SIGINT, SIGTERM}) {
    TerminalChild run({"run", maze(3000), "--force", "-o", path("run.h5")});
    ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();  // before the first batch ends
    run.signal(number);
    EXPECT_EQ(run.wait(), 128 + number) << run.output();
    const std::size_t answer = run.output().find("stopping after this batch");
    EXPECT_LT(answer, run.output().find("interrupted after 3000 evaluations")) << run.output();
    EXPECT_THAT(run.output(), HasSubstr("go on with: cambrian resume " + path("run.h5")));
    EXPECT_THAT(run.output(), Not(HasSubstr("inf")));
    const RunFileReader file(path("run.h5"));
    EXPECT_EQ(file.root().attribute_as<std::string>("status"), "interrupted");
    EXPECT_EQ(file.root().attribute_as<std::uint64_t>("evaluations"), 3000U);
  }
}

TEST_F(Stopping, SecondSignalEndsItAtOnceAndTheLastCheckpointStays) {
  TerminalChild run({"run", maze(1000000), "-o", path("run.h5")});
  ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
  run.signal(SIGINT);
  ASSERT_TRUE(run.wait_for("once more stops at once")) << run.output();
  EXPECT_EQ(run.insist(SIGINT), 128 + SIGINT);
  EXPECT_THAT(run.output(), Not(HasSubstr("interrupted after")));
  EXPECT_EQ(call("info " + path("run.h5")).status, 0);
  const Result resumed = call("resume " + path("run.h5") + " --evaluations 0 --wall-time 0s");
  EXPECT_EQ(resumed.status, 0) << resumed.output;  // --wall-time is no failure
  EXPECT_THAT(resumed.output, HasSubstr("interrupted after 0 evaluations"));
}

TEST_F(Stopping, OneWishSignalledTwiceIsOneWish) {  // as timeout(1) does
  TerminalChild run({"run", maze(3000), "-o", path("run.h5")});
  ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
  const auto start = std::chrono::steady_clock::now();
  run.signal(SIGTERM);
  ASSERT_TRUE(run.wait_for("once more stops at once")) << run.output();
  run.signal(SIGTERM);
  if (std::chrono::steady_clock::now() - start > std::chrono::milliseconds(150))
    GTEST_SKIP() << "the machine is too busy to signal twice at once";
  EXPECT_EQ(run.wait(), 128 + SIGTERM);
  EXPECT_THAT(run.output(), HasSubstr("interrupted after 3000 evaluations"));
}

TEST_F(Stopping, EndsASeriesWhoseRunsAreOneBatch) {
  TerminalChild run(
      {"run", maze(2000), "--set", "run.evaluations=2000", "--seeds", "200", "-o", path("series")});
  ASSERT_TRUE(run.wait_for("seed_1.h5")) << run.output();
  run.signal(SIGINT);
  EXPECT_EQ(run.wait(), 128 + SIGINT) << run.output();
  EXPECT_LT(files("series"), 200U);
}

TEST_F(Stopping, ResumesAlsoStop) {
  ASSERT_EQ(call("run " + maze(3000) + " --evaluations 3000 -o " + path("run.h5")).status, 0);
  TerminalChild run({"resume", path("run.h5"), "--evaluations", "0", "--check"});
  ASSERT_TRUE(run.wait_for("3000 evaluations")) << run.output();
  run.signal(SIGTERM);
  EXPECT_EQ(run.wait(), 128 + SIGTERM) << run.output();
}

TEST_F(Stopping, SeriesCalledAgainKeepsResumesAndAddsBitForBit) {
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
  EXPECT_THAT(again.output, HasSubstr("seed_5.h5: goes on after 0 evaluations\n"));
  EXPECT_EQ(fs::last_write_time(path("series/seed_4.h5")), finished);
  EXPECT_EQ(files("series"), 4U);

  ASSERT_EQ(call("run " + sphere() + " --seed 4 --seeds 4 -o " + path("whole")).status, 0);
  for (const int seed : {4, 5, 6, 7}) {
    const std::string name = "seed_" + std::to_string(seed) + ".h5";
    expect_equal_runs(folder_ / "series" / name, folder_ / "whole" / name);
  }
}

TEST_F(Stopping, SeriesGoesOnAfterCtrlCBitForBit) {
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
  EXPECT_THAT(again.output, testing::ContainsRegex("seed_[123].h5: (goes on after|finished)"));
  ASSERT_EQ(call("run " + maze(3000) + limits + path("whole")).status, 0);
  for (const char* name : {"seed_1.h5", "seed_2.h5", "seed_3.h5"}) {
    expect_equal_runs(folder_ / "series" / name, folder_ / "whole" / name);
  }
}

TEST_F(Stopping, SeriesOfAnotherConfigurationIsRefusedBeforeAnythingRuns) {
  const std::string series = "run " + sphere() + " -o " + path("series");
  ASSERT_EQ(call(series + " --seeds 2").status, 0);
  for (const auto& [set, difference] : std::map<std::string, std::string>{
           {"run.evaluations=5000", "run.evaluations = 3000, but 5000 is asked for"},
           {"archive.shape=[9,10]", "archive.shape = [10, 10], but [9, 10] is asked for"},
           {"variation.name=gaussian",
            "variation.name = \"iso_line\", but "
            "\"gaussian\" is asked for"}}) {
    const Result other = call(series + " --seeds 4 --set " + set);
    EXPECT_EQ(other.status, 2);
    EXPECT_EQ(std::count(other.output.begin(), other.output.end(), '\n'), 1) << other.output;
    EXPECT_THAT(other.output, HasSubstr("seed_1.h5: holds a run of another configuration"));
    EXPECT_THAT(other.output, HasSubstr(difference));
    EXPECT_EQ(files("series"), 2U);
  }
  EXPECT_EQ(call(series + " --seeds 2 --force --evaluations 500").status, 0);
  EXPECT_EQ(
      RunFileReader(path("series/seed_2.h5")).root().attribute_as<std::uint64_t>("evaluations"),
      500U);
}

TEST_F(Stopping, SeriesWithAnotherMazeOfTheSameNameIsRefused) {
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

TEST_F(Stopping, InfoOfASeriesIsALineARun) {
  const std::string series = "run " + maze(100) + " --evaluations 300 --seeds 3 -o ";
  ASSERT_EQ(call(series + path("series")).status, 0);
  const Result table = call("info " + path("series") + "/seed_*.h5");
  EXPECT_EQ(table.status, 0);
  EXPECT_EQ(std::count(table.output.begin(), table.output.end(), '\n'), 5) << table.output;
  EXPECT_THAT(table.output, HasSubstr("seed_2.h5     finished           300"));
  EXPECT_THAT(table.output, testing::EndsWith("solved 0 of 3\n"));
  EXPECT_THAT(call("info --json " + path("series") + "/seed_*.h5").output,
              testing::StartsWith("[\n"));
  EXPECT_THAT(call("info --json " + path("series") + "/seed_1.h5").output,
              testing::StartsWith("{\n"));
}

TEST_F(Stopping, SeriesIntoAFileIsRefused) {
  const Result result = call("run " + sphere() + " --seeds 2 -o " + path("sphere.toml"));
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("is a file; with --seeds name a folder"));
}

TEST_F(Stopping, ResumeToFewerThanAreDoneSaysSo) {
  ASSERT_EQ(call("run " + sphere() + " -o " + path("run.h5")).status, 0);
  EXPECT_THAT(call("resume " + path("run.h5") + " --evaluations 900").output,
              HasSubstr("--evaluations 900 is fewer than the 3000 that are done"));
  EXPECT_THAT(call("resume " + path("run.h5")).output, HasSubstr("the run has finished (3000"));
}

}  // namespace
}  // namespace cambrian
