// Bad input gives one clear line on standard error, the right exit status, and loses nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/paths.hpp"
#include "tests/program/call.hpp"

namespace {

using cambrian::call;
using cambrian::program_path;
using cambrian::Result;
using testing::HasSubstr;

class BadInput : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("cambrian_bad_input_" +
               std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static std::string bytes(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void expect_one_line(const Result& result, int status, const std::string& part) {
    EXPECT_EQ(result.status, status) << result.output;
    EXPECT_THAT(result.output, HasSubstr(part));
    EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1) << result.output;
  }

  const std::string good_ =
      "[run]\nevaluations = 500\nlog_interval = 1000\n[environment]\nname = \"sphere\"\n"
      "[algorithm]\nname = \"map_elites\"\n[archive]\nshape = [10, 10]\n";
  std::filesystem::path folder_;
};

TEST_F(BadInput, MissingConfiguration) {
  expect_one_line(call("run " + path("none.toml")), 2, "none.toml");
  expect_one_line(call("run experiments/hard_maze_randon.toml"), 2,
                  "did you mean 'experiments/hard_maze_random.toml'?");
  expect_one_line(call("run hard_maze_random.toml"), 2,
                  "did you mean 'experiments/hard_maze_random.toml'?");
}

TEST_F(BadInput, AKeyOfVeryManyParts) {
  std::string key = "a";
  for (int i = 0; i < 100'000; ++i) key += i % 2 == 0 ? ".a" : " . b";
  const std::string part = "a key of more than 32 parts";
  expect_one_line(call("run " + file("a.toml", "\n" + key + " = 1\n")), 2, "a.toml:2: " + part);
  expect_one_line(call("run " + file("b.toml", "[" + key + "]\n")), 2, part);
  expect_one_line(call("run " + file("c.toml", "x = {" + key + " = 1}\n")), 2, part);
  std::string numbers = "# ... . . . ";
  for (int i = 0; i < 1000; ++i) numbers += "... One. Two two. 0.5 ";
  std::string list = "[0.5";
  for (int i = 0; i < 1000; ++i) list += ", 0.5";
  expect_one_line(call("run " + file("d.toml", numbers + "\nx = " + list + "]\n")), 2,
                  "environment.name: is missing");
}

TEST_F(BadInput, AKeyOfVeryManyQuotedParts) {
  std::string key = "\"a#=\"";
  for (int i = 0; i < 40'000; ++i) key += ".\"a#=\"";
  expect_one_line(call("run " + file("a.toml", key + " = 1\n")), 2,
                  "a.toml:1: a key of more than 32 parts");
  expect_one_line(
      call("run " + file("b.toml", good_) + " --set 'x={" + key.substr(0, 40'000) + "=1}'"), 2,
      "is not of the form table.key=value");
  const std::string brackets(100'000, '[');
  expect_one_line(call("run " + file("c.toml", "x = " + brackets)), 2,
                  "c.toml:1: brackets nested more than 32 deep");
}

TEST_F(BadInput, ATextThatNeverEnds) {
  const std::string part = ": holds more than 64 MiB, the most that a text may have";
  expect_one_line(call("run /dev/zero -o " + path("a.h5")), 1, "/dev/zero" + part);
  expect_one_line(call("config /dev/zero"), 1, "/dev/zero" + part);
  const std::string maze = path("endless.maze");
  std::ofstream(maze) << "# ";
  std::filesystem::resize_file(maze, std::uintmax_t{1} << 40U);  // a hole takes no space
  expect_one_line(call("run experiments/hard_maze_novelty.toml --set environment.maze=" + maze +
                       " -o " + path("a.h5")),
                  1, "endless.maze" + part);
  expect_one_line(call("evaluate " + file("s.toml", good_) + " --genomes /dev/zero"), 1,
                  "/dev/zero: holds more than 1024 MiB");
}

TEST_F(BadInput, WhatAFileHoldsIsQuotedPrintablyAndShort) {
  const Result name = call("run " + file("a.toml", "[environment]\nname = \"\\u001b[31m\\u0000" +
                                                       std::string(4'000'000, 'x') + "\"\n"));
  expect_one_line(name, 2, "a.toml:2:8: environment.name: there is no '\\x1b[31m\\x00xxx");
  EXPECT_LT(name.output.size(), 500U);
  const Result key =
      call("run " + file("b.toml", "\"\\u001b" + std::string(1'000'000, 'k') + "\" = 1\n" + good_));
  expect_one_line(key, 2, "\\x1bkkk");
  EXPECT_LT(key.output.size(), 1000U);
  const Result torn = call("run " + file("c.toml", "x = \x1b" + std::string(1'000'000, 'y')));
  EXPECT_EQ(torn.status, 2);
  EXPECT_EQ(torn.output.find('\x1b'), std::string::npos);
  EXPECT_LT(torn.output.size(), 1000U);
  const Result flag =
      call("run " + path("c.toml") + " --sett$(printf '\\033')" + std::string(50'000, 'z'));
  expect_one_line(flag, 2, "'run' has no such option");
  EXPECT_LT(flag.output.size(), 1000U);
  EXPECT_EQ(flag.output.find('\x1b'), std::string::npos);
}

TEST_F(BadInput, GenomesThatDoNotFitNameTheirFile) {
  const std::string small = path("small.h5");
  ASSERT_EQ(call("run " + file("a.toml", good_) + " --quiet -o " + small).status, 0);
  expect_one_line(call("evaluate experiments/sphere_100_map_elites.toml --genomes " + small), 1,
                  small + ": genome/vector: has rows of 20");
}

TEST_F(BadInput, AWholeNumberBeyondAllIsNoString) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set run.seed=9223372036854775808"), 2,
                  "--set run.seed=9223372036854775808: is beyond the whole numbers from -2^63 to "
                  "2^63 - 1");
}

TEST_F(BadInput, AKeyThatAnotherTableHasIsSentThereOnlyAfterTheKeysOfItsOwn) {
  expect_one_line(call("config " + file("a.toml", good_) + " --set environment.length=50"), 2,
                  ": is unknown; known here: 'dimensions', 'name', 'preset'; [genome] has one");
  expect_one_line(call("config " + path("a.toml") + " --set genome.length=50"), 2,
                  "--set genome.length=50: is 50, but environment 'sphere' takes vectors of 20, "
                  "which its own keys set (`cambrian describe sphere`)");
}

TEST_F(BadInput, ThoseWhoWaitForAPipeCanBeStopped) {
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  // timeout(1) signals once; 124 is its word for a command that ended by that.
  const std::string line = "timeout -k 20 1 " + program_path() + " run " + path("pipe");
  EXPECT_EQ(WEXITSTATUS(std::system((line + " 2>/dev/null").c_str())), 124);
}

TEST_F(BadInput, MalformedToml) {
  expect_one_line(call("run " + file("a.toml", "[run\nseed = 1\n") + " -o " + path("a.h5")), 2,
                  "a.toml:1");
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
}

TEST_F(BadInput, UnknownKey) {
  expect_one_line(call("run " + file("a.toml", good_ + "shap = 3\n") + " -o " + path("a.h5")), 2,
                  "did you mean 'shape'");
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
}

TEST_F(BadInput, UnknownTable) {
  expect_one_line(
      call("run " + file("a.toml", good_ + "[archiv]\nx = 3\n") + " -o " + path("a.h5")), 2,
      "archiv");
}

TEST_F(BadInput, AMisspeltTableIsBlamedBeforeTheKeyThatIsMissedInIt) {
  const std::string sphere =
      "[algorithm]\nname = \"map_elites\"\n[enviroment]\nname = \"sphere\"\n";
  expect_one_line(call("run " + file("a.toml", sphere) + " -o " + path("a.h5")), 2,
                  "a.toml:3:1: enviroment: is unknown; did you mean 'environment'?");
  const std::string maze =
      "[environment]\nname = \"maze\"\n[encodng]\nname = \"hyperneat\"\n"
      "[algorithm]\nname = \"map_elites\"\n";
  expect_one_line(call("run " + file("b.toml", maze) + " -o " + path("b.h5")), 2,
                  "b.toml:3:1: encodng: is unknown; did you mean 'encoding'?");
}

TEST_F(BadInput, AResultArchiveThatFollowsAnotherDescriptorSaysSo) {
  const std::string run =
      "run " + file("a.toml", good_ + "[result_archive]\nshape = [3, 3]\n") + " -o " + path("a.h5");
  const std::string one_axis =
      run + " --set archive.shape=[10] --set 'archive.descriptor=[\"sum_first\"]'";
  expect_one_line(call(one_axis), 2,
                  "result_archive.shape: has 2 numbers, but the descriptor has 1 dimension (as "
                  "archive.descriptor)\n");
  expect_one_line(call(one_axis + " --set 'result_archive.descriptor=[\"sum_first\"]'"), 2,
                  "has 1 dimension\n");
  expect_one_line(call(run + " --set result_archive.shape=[3]"), 2, "has 2 dimensions\n");
}

TEST_F(BadInput, WrongType) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set run.evaluations=\\\"many\\\" -o " +
                       path("a.h5")),
                  2, "run.evaluations");
}

TEST_F(BadInput, OutOfRange) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set run.threads=-3 -o " + path("a.h5")),
                  2, "run.threads");
}

TEST_F(BadInput, UnknownComponent) {
  expect_one_line(
      call("run " + file("a.toml", good_) + " --set algorithm.name=map_elite -o " + path("a.h5")),
      2, "did you mean 'map_elites'");
  expect_one_line(
      call("run " + file("a.toml", good_) + " --set archive.name=cvt -o " + path("a.h5")), 2,
      "archive.name=cvt: there is no 'cvt'; there are grid, unstructured");
}

TEST_F(BadInput, AnEmptyNameIsBlamedOnWhereItStands) {
  const std::string run = "run " + file("a.toml", good_);
  expect_one_line(call(run + " -o ''"), 2, "--output: is empty");
  expect_one_line(
      call(run + " --set environment.name=maze --set environment.maze='\"\"' -o " + path("a.h5")),
      2, "--set environment.maze=\"\": is empty");
}

TEST_F(BadInput, NetworksOnABareVectorEnvironment) {
  expect_one_line(call("run " + file("a.toml", good_ + "[encoding]\nname = \"hyperneat\"\n") +
                       " -o " + path("a.h5")),
                  2, "bare vectors");
}

TEST_F(BadInput, VectorVariationOfGraphs) {
  const std::string maze =
      "[environment]\nname = \"maze\"\nmaze = \"mazes/hard_maze.maze\"\n[encoding]\nname = "
      "\"hyperneat\"\n"
      "[variation]\nname = \"iso_line\"\n[algorithm]\nname = \"map_elites\"\n";
  expect_one_line(call("run " + file("a.toml", maze) + " -o " + path("a.h5")), 2, "variation");
}

TEST_F(BadInput, ShapeOfAnotherDimension) {
  expect_one_line(
      call("run " + file("a.toml", good_) + " --set archive.shape=[3,3,3] -o " + path("a.h5")), 2,
      "archive.shape");
}

TEST_F(BadInput, OneMeasureOnTwoAxes) {
  expect_one_line(call("run " + file("a.toml", good_) + " -o " + path("a.h5") +
                       " --set 'archive.descriptor=[\"sum_first\",\"sum_first\"]'"),
                  2, "]: names 'sum_first' twice");
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(BadInput, MoreMemoryThanTheMachineHas) {
  expect_one_line(
      call("run " + file("a.toml", good_) + " -o " + path("a.h5") +
           " --set algorithm.initial=1000000000"),
      1, "not enough memory: algorithm.initial = 1000000000 needs at least 198.0 GB; largest ");
}
#endif

TEST_F(BadInput, MissingMaze) {
  const std::string maze =
      "[environment]\nname = \"maze\"\nmaze = \"mazes/none.maze\"\n[encoding]\nname = "
      "\"hyperneat\"\n"
      "[algorithm]\nname = \"map_elites\"\n";
  const std::string run = "run " + file("a.toml", maze) + " -o " + path("a.h5");
  expect_one_line(call(run), 2, "mazes/none.maze: there is no such file in " + folder_.string());
  const std::string meant = "did you mean 'mazes/medium_maze.maze'?";
  expect_one_line(call(run + " --set environment.maze=mazes/medium_mase.maze"), 2, meant);
  expect_one_line(call(run + " --set environment.maze=medium_maze.txt"), 2, meant);
  expect_one_line(call(run + " --set environment.maze=mazes"), 2, "mazes: is a folder, not a file");
}

TEST_F(BadInput, MalformedMaze) {
  file("wrong.maze", "start 30 22\ngoal 31 20\nwall 0 0 205\n");
  const std::string maze =
      "[environment]\nname = \"maze\"\nmaze = \"wrong.maze\"\n[encoding]\nname = "
      "\"hyperneat\"\n[algorithm]\nname = \"map_elites\"\n";
  expect_one_line(call("run " + file("a.toml", maze) + " -o " + path("a.h5")), 2,
                  "wrong.maze:3: 'wall' takes 4 numbers");
}

TEST_F(BadInput, ATimeWithItsUnitIsToldHowToBeWritten) {
  const std::string run =
      "run " + file("a.toml", good_) + " -o " + path("a.h5") + " --set run.checkpoint_interval=";
  expect_one_line(call(run + "1s"), 2,
                  "is a string ('1s'), but a number is expected: seconds, as 1\n");
  expect_one_line(call(run + "2m"), 2, "a number is expected: seconds, as 120\n");
  expect_one_line(call(run + "often"), 2, "a number is expected\n");
}

TEST_F(BadInput, AnOutputThatTakesNothingSaysWhy) {
  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  for (const char* format : {"table", "csv", "json"}) {
    const Result full = call("query " + run_file + " --format " + format + " 2>&1 >/dev/full #");
    expect_one_line(full, 1, "standard output: cannot be written: No space left on device");
  }
}

TEST_F(BadInput, SolvedHasOneFormInJson) {
  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  for (const char* verb : {"evaluate --best ", "query --best "}) {
    EXPECT_THAT(call(verb + run_file + " --format jsonl").output, HasSubstr("\"solved\": false"))
        << verb;
  }
}

/// From a folder that has no data of its own.
TEST_F(BadInput, AConfigurationThatCameWithTheProgramIsFoundFromAnywhere) {
  const std::string there = "run experiments/hard_maze_random.toml --evaluations 500 -o ";
  EXPECT_EQ(call(there + path("a.h5"), true, folder_.string()).status, 0);
  EXPECT_TRUE(std::filesystem::exists(path("a.h5")));
  expect_one_line(call("run experiments/none.toml", true, folder_.string()), 2,
                  "experiments/none.toml: there is no such file");
  // What is there where it is named comes first.
  std::filesystem::create_directories(folder_ / "experiments");
  file("experiments/hard_maze_random.toml", "[run\n");
  expect_one_line(call(there + path("b.h5"), true, folder_.string()), 2,
                  "cambrian: experiments/hard_maze_random.toml:1");
}

TEST_F(BadInput, KeysOfTheResultArchiveAreNamedAsSuch) {
  const std::string run = "run " + file("a.toml", good_ + "[result_archive]\nshape = [3, 3, 3]\n") +
                          " -o " + path("a.h5");
  expect_one_line(call(run), 2, "a.toml:11:9: result_archive.shape: has 3 numbers");
  expect_one_line(call(run + " --set result_archive.shape=[2]"), 2,
                  "cambrian: --set result_archive.shape=[2]: has 1 number");
  expect_one_line(call(run + " --set result_archive.shape=[2,2] --set result_archive.min=[8,8]" +
                       " --set result_archive.max=[7,7]"),
                  2, "result_archive.max=[7,7]: must be above result_archive.min");
}

TEST_F(BadInput, AnOverrideOfATableThatIsNoneIsBlamed) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set archiv.k=3 -o " + path("a.h5")), 2,
                  "cambrian: --set archiv.k=3: archiv: is unknown; did you mean 'archive'?");
}

TEST_F(BadInput, AnAlgorithmWithoutAnArchiveSaysWhereItsResultsGo) {
  const std::string run = "run " + file("a.toml", good_) + " -o " + path("a.h5") +
                          " --set algorithm.name=random_search";
  expect_one_line(call(run), 2,
                  "archive.shape: is unknown: algorithm 'random_search' has no archive of its own; "
                  "the archive of its results is [result_archive]");
  expect_one_line(call(run + " --set archive.name=grid"), 2, "'random_search' has no archive");
}

TEST_F(BadInput, AnOverrideThatAFlagReplacesMustBeRightToo) {
  expect_one_line(call("run " + file("a.toml", good_) + " -o " + path("a.h5") +
                       " --set run.evaluations=0.5 --evaluations 100"),
                  2, "--set run.evaluations=0.5: is a real number (0.5)");
}

TEST_F(BadInput, MoreSeedsThanAnyoneWaitsForAreRefusedAtOnce) {
  expect_one_line(
      call("run " + file("a.toml", good_) + " -o " + path("seeds") + " --seeds 1000000000"), 2,
      "--seeds: is '1000000000', but a whole number from 1 to 100000 is expected");
}

TEST_F(BadInput, ExistingOutputIsLeftAlone) {
  const std::string output = file("a.h5", "precious");
  expect_one_line(call("run " + file("a.toml", good_) + " -o " + output), 2, "--force");
  EXPECT_EQ(bytes(output), "precious");
  expect_one_line(call("run " + file("a.toml", good_) + " --set archive.shap=3 -o " + output), 2,
                  "did you mean 'shape'");
}

TEST_F(BadInput, ForceReplacesOnlyRunFiles) {
  const std::string configuration = file("a.toml", good_);
  const std::string notes = file("notes.txt", "precious");
  for (const std::string& other : {configuration, notes}) {
    const std::string before = bytes(other);
    expect_one_line(call("run " + configuration + " --force -o " + other), 2, "is no run file");
    EXPECT_EQ(bytes(other), before);
  }
  for (const std::string& remains : {file("empty.h5", ""), path("cut.h5")}) {
    if (remains == path("cut.h5")) {
      ASSERT_EQ(call("run " + configuration + " -o " + remains).status, 0);
      std::filesystem::resize_file(remains, std::filesystem::file_size(remains) / 2);
    }
    EXPECT_EQ(call("run " + configuration + " --force -o " + remains).status, 0);
    EXPECT_EQ(call("info " + remains).status, 0);
  }
}

TEST_F(BadInput, ForceKeepsTheOldRunUntilThereIsANewOne) {
  const std::string run = "run " + file("a.toml", good_) + " -o " + path("a.h5");
  ASSERT_EQ(call(run).status, 0);
  const std::string before = bytes(path("a.h5"));
  const Result none = call(run + " --force --wall-time 0s");
  EXPECT_THAT(none.output, HasSubstr("a.h5 is left as it was"));
  EXPECT_EQ(call(run + " --force --wall-time 0s --quiet").output, "");
  EXPECT_EQ(bytes(path("a.h5")), before);
  EXPECT_EQ(call(run + " --force --seed 5").status, 0);
  EXPECT_NE(bytes(path("a.h5")), before);
}

TEST_F(BadInput, SeedsBeyondTheLastAreRefusedBeforeAnythingRuns) {
  expect_one_line(call("run " + file("a.toml", good_) + " -o " + path("seeds") +
                       " --seed 9223372036854775806 --seeds 3"),
                  2, "--seeds: 3 from seed 9223372036854775806 on go beyond the last seed");
  EXPECT_FALSE(std::filesystem::exists(path("seeds")));
}

TEST_F(BadInput, ASuccessThatCannotComeEndsNoRun) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set run.stop=solved"), 2,
                  "run.stop=solved: is 'solved', but this environment knows no success");
}

TEST_F(BadInput, ARunFileIsNoConfiguration) {
  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  const std::string before = bytes(run_file);
  const std::string meant =
      "b.h5: is a run file, but a configuration is expected; `cambrian resume ";
  expect_one_line(call("run " + run_file), 2, meant);
  expect_one_line(call("run " + run_file + " --force -o " + run_file), 2, meant);
  EXPECT_EQ(bytes(run_file), before);
}

TEST_F(BadInput, AQuietRunSaysNothingButErrors) {
  const std::string run = "run " + file("b.toml", good_) + " --quiet -o " + path("b.h5");
  EXPECT_EQ(call(run).output, "");
  EXPECT_EQ(call("resume --quiet " + path("b.h5")).output, "");
  EXPECT_EQ(call("resume --quiet --evaluations 2000 " + path("b.h5")).output, "");
  expect_one_line(call(run), 2, "--force");
}

TEST_F(BadInput, MoreThreadsThanHelpAreNotStarted) {
  const Result result = call("run " + file("b.toml", good_) + " --threads 4096 -o " + path("b.h5"));
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output, HasSubstr(" threads instead of 4096"));
}

TEST_F(BadInput, OutputFolderThatIsNotThere) {
  const Result result = call("run " + file("a.toml", good_) + " -o " + path("none/a.h5"));
  expect_one_line(result, 1, "none");
}

TEST_F(BadInput, ForeignAndTruncatedRunFiles) {
  const std::string foreign = file("a.h5", "this is no HDF5 file");
  for (const std::string verb : {"info ", "query ", "resume ", "evaluate "}) {
    expect_one_line(call(verb + foreign), 1, "a.h5");
    expect_one_line(call(verb + path("none.h5")), 2, "none.h5");
  }
  EXPECT_EQ(bytes(foreign), "this is no HDF5 file");

  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  const std::string whole = bytes(run_file);
  const std::string half = file("c.h5", whole.substr(0, whole.size() / 2));
  for (const std::string verb : {"info ", "query ", "resume ", "evaluate "}) {
    expect_one_line(call(verb + half), 1, "c.h5");
  }
  EXPECT_EQ(bytes(half), whole.substr(0, whole.size() / 2));
}

TEST_F(BadInput, UnknownVerbAndFlag) {
  EXPECT_EQ(call("rum").status, 2);
  EXPECT_EQ(call("run --sed 3").status, 2);
}

TEST_F(BadInput, UnknownColumnInQuery) {
  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  const Result result = call("query " + run_file + " --where 'objektive > 3'");
  EXPECT_NE(result.status, 0);
  EXPECT_THAT(result.output, HasSubstr("objektive"));
}

TEST_F(BadInput, AFullDiskLeavesTheOldFile) {
  const std::string run_file = path("b.h5");
  const std::string configuration = file("b.toml", good_);
  ASSERT_EQ(call("run " + configuration + " -o " + run_file).status, 0);
  const std::string before = bytes(run_file);
  // A file size limit makes writing fail as a full disk does.
  const std::string command = "sh -c 'trap \"\" XFSZ; ulimit -f 8; exec " +
                              cambrian::program_path() + " run " + configuration + " -o " +
                              run_file + " --force' 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  std::array<char, 4096> buffer;
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), n);
  EXPECT_NE(WEXITSTATUS(pclose(pipe)), 0) << output;
  EXPECT_EQ(bytes(run_file), before);
}

TEST_F(BadInput, ADiskThatFillsUpLaterLeavesTheCheckpointAndSaysHowToGoOn) {
  const std::string run_file = path("b.h5");
  const std::string configuration = file("b.toml", good_);
  Result result;
  // Room for the first file, not for the elites.
  const std::string command = "sh -c 'trap \"\" XFSZ; ulimit -f 60; exec " +
                              cambrian::program_path() + " run " + configuration + " -o " +
                              run_file +
                              " --quiet --evaluations 5000 --set archive.shape=[50,50]' 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer;
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
    result.output.append(buffer.data(), n);
  result.status = WEXITSTATUS(pclose(pipe));
  expect_one_line(result, 1,
                  "File too large; its checkpoint at 0 evaluations is "
                  "whole: `cambrian resume " +
                      run_file + "`");
  EXPECT_EQ(call("resume --quiet " + run_file).status, 0);
}

}  // namespace
