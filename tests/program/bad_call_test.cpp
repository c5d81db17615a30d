// Calls that are wrong: bad_input.hpp says what is promised.
#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/program/bad_input.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

class BadCall : public BadInput {};

TEST_F(BadCall, MissingConfiguration) {
  expect_one_line(call("run " + path("none.toml")), 2, "none.toml");
  expect_one_line(call("run experiments/hard_maze_randon.toml"), 2,
                  "did you mean 'experiments/hard_maze_random.toml'?");
  expect_one_line(call("run hard_maze_random.toml"), 2,
                  "did you mean 'experiments/hard_maze_random.toml'?");
}

TEST_F(BadCall, AKeyOfVeryManyParts) {
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

TEST_F(BadCall, AKeyOfVeryManyQuotedParts) {
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

TEST_F(BadCall, ATextThatNeverEnds) {
  const std::string part = ": holds more than 64 MiB, the largest size of a text file";
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

TEST_F(BadCall, GenomesThatDoNotFitNameTheirFile) {
  const std::string small = path("small.h5");
  ASSERT_EQ(call("run " + file("a.toml", good_) + " --quiet -o " + small).status, 0);
  expect_one_line(call("evaluate experiments/sphere_100_map_elites.toml --genomes " + small), 2,
                  small + ": holds vectors of 20 genes, but these genomes have 100");
}

TEST_F(BadCall, AWholeNumberBeyondAllIsNoString) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set run.seed=9223372036854775808"), 2,
                  "--set run.seed=9223372036854775808: is beyond the whole numbers from -2^63 to "
                  "2^63 - 1");
}

TEST_F(BadCall, ThoseWhoWaitForAPipeCanBeStopped) {
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  // timeout(1) signals once; 124 is its word for a command that ended by that.
  const std::string line = "timeout -k 20 1 " + program_path() + " run " + path("pipe");
  EXPECT_EQ(WEXITSTATUS(std::system((line + " 2>/dev/null").c_str())), 124);
}

TEST_F(BadCall, SolvedHasOneFormInJson) {
  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  for (const char* verb : {"evaluate --best ", "query --best "}) {
    EXPECT_THAT(call(verb + run_file + " --format jsonl").output, HasSubstr("\"solved\": false"))
        << verb;
  }
}

/// From a folder that has no data of its own.
TEST_F(BadCall, AConfigurationThatCameWithTheProgramIsFoundFromAnywhere) {
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

TEST_F(BadCall, AnOverrideOfATableThatIsNoneIsBlamed) {
  expect_one_line(call("run " + file("a.toml", good_) + " --set archiv.k=3 -o " + path("a.h5")), 2,
                  "cambrian: --set archiv.k=3: archiv: is unknown; did you mean 'archive'?");
}

TEST_F(BadCall, AnOverrideThatAFlagReplacesMustBeRightToo) {
  expect_one_line(call("run " + file("a.toml", good_) + " -o " + path("a.h5") +
                       " --set run.evaluations=0.5 --evaluations 100"),
                  2, "--set run.evaluations=0.5: is a real number (0.5)");
}

TEST_F(BadCall, MoreSeedsThanAnyoneWaitsForAreRefusedAtOnce) {
  expect_one_line(
      call("run " + file("a.toml", good_) + " -o " + path("seeds") + " --seeds 1000000000"), 2,
      "--seeds: is '1000000000', but a whole number from 1 to 100000 is expected");
}

TEST_F(BadCall, SeedsBeyondTheLastAreRefusedBeforeAnythingRuns) {
  expect_one_line(call("run " + file("a.toml", good_) + " -o " + path("seeds") +
                       " --seed 9223372036854775806 --seeds 3"),
                  2, "--seeds: 3 seeds from 9223372036854775806 on go beyond the last seed");
  EXPECT_FALSE(std::filesystem::exists(path("seeds")));
}

TEST_F(BadCall, ARunFileIsNoConfiguration) {
  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  const std::string before = bytes(run_file);
  const std::string meant =
      "b.h5: is a run file, but a configuration is expected; `cambrian resume ";
  expect_one_line(call("run " + run_file), 2, meant);
  expect_one_line(call("run " + run_file + " --force -o " + run_file), 2, meant);
  EXPECT_EQ(bytes(run_file), before);
}

TEST_F(BadCall, AQuietRunSaysNothingButErrors) {
  const std::string run = "run " + file("b.toml", good_) + " --quiet -o " + path("b.h5");
  EXPECT_EQ(call(run).output, "");
  EXPECT_EQ(call("resume --quiet " + path("b.h5")).output, "");
  EXPECT_EQ(call("resume --quiet --evaluations 2000 " + path("b.h5")).output, "");
  expect_one_line(call(run), 2, "--force");
}

TEST_F(BadCall, MoreThreadsThanHelpAreNotStarted) {
  const Result result = call("run " + file("b.toml", good_) + " --threads 4096 -o " + path("b.h5"));
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output, HasSubstr(" threads instead of 4096"));
}

TEST_F(BadCall, UnknownVerbAndFlag) {
  EXPECT_EQ(call("rum").status, 2);
  EXPECT_EQ(call("run --sed 3").status, 2);
}

TEST_F(BadCall, UnknownColumnInQuery) {
  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  const Result result = call("query " + run_file + " --where 'objektive > 3'");
  EXPECT_NE(result.status, 0);
  EXPECT_THAT(result.output, HasSubstr("objektive"));
}

}  // namespace
}  // namespace cambrian
