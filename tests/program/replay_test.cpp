// `cambrian replay`: what it writes, and one clear line for every wrong call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/paths.hpp"
#include "tests/program/call.hpp"

namespace {

using cambrian::call;
using cambrian::Result;
using testing::HasSubstr;
using testing::Not;

class ReplayVerb : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Tests run at once, each in a process of its own.
    folder_ = std::filesystem::temp_directory_path() /
              ("cambrian_replay_verb_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    const std::string data = cambrian::source_folder() + "/data/experiments/";
    ASSERT_EQ(call("run " + data + "hard_maze_neat_novelty.toml --evaluations 300 --force -o " +
                   path("maze.h5"))
                  .status,
              0);
    ASSERT_EQ(call("run " + data + "sphere_20_map_elites.toml --evaluations 600 --force -o " +
                   path("sphere.h5"))
                  .status,
              0);
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }
  static std::string path(const std::string& name) { return (folder_ / name).string(); }
  static std::string bytes(const std::string& name) {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static Result replay(const std::string& arguments, bool with_errors = true) {
    return call("replay " + path("maze.h5") + " " + arguments, with_errors);
  }
  static void expect_one_line(const Result& result, int status, const std::string& part) {
    EXPECT_EQ(result.status, status) << result.output;
    EXPECT_THAT(result.output, HasSubstr(part));
    EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1) << result.output;
  }
  static inline std::filesystem::path folder_;
};

TEST_F(ReplayVerb, PrintsTheTrajectoryAsCsvWithoutAnOutput) {
  const Result result = replay("--best", false);
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.output.rfind("step,x,y,heading,speed,turn\n0,36,184,0,0,0\n1,", 0), 0u)
      << result.output.substr(0, 200);
  EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 402);
}

TEST_F(ReplayVerb, WritesTrajectoryPictureAndFilmAsTheExtensionSays) {
  for (const char* name : {"a.csv", "a.png", "a.gif"}) {
    expect_one_line(replay("--best -o " + path(name)), 0, "bit for bit as stored");
  }
  EXPECT_EQ(bytes("a.csv"), replay("--best", false).output);
  EXPECT_EQ(bytes("a.png").substr(1, 3), "PNG");
  EXPECT_EQ(bytes("a.gif").substr(0, 6), "GIF89a");
}

TEST_F(ReplayVerb, ShowsWhatAnEliteDoesInAnotherConfiguration) {
  const Result same = replay("--best --set environment.maze=mazes/hard_maze.maze", false);
  EXPECT_EQ(same.output, replay("--best", false).output);
  const std::string medium = "--best --set environment.maze=mazes/medium_maze.maze ";
  EXPECT_NE(replay(medium, false).output, same.output);
  expect_one_line(replay(medium + "-o " + path("medium.png")), 0, ", in another configuration; ");
  EXPECT_THAT(replay(medium).output, Not(HasSubstr("bit for bit")));
  expect_one_line(replay("--best --set environment.mace=3"), 2,
                  "--set environment.mace=3: is unknown; did you mean 'maze'?");
}

TEST_F(ReplayVerb, StopsAfterAsManyStepsAsItIsTold) {
  const std::string few = "--best --set evaluation.max_steps=100 ";
  const Result result = replay(few, false);
  EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 102);
  EXPECT_EQ(replay("--best", false).output.rfind(result.output, 0), 0U);
  expect_one_line(
      replay(few + "-o " + path("few.gif")), 0,
      "invalid, the episode is not over after evaluation.max_steps = 100; 100 steps -> ");
}

TEST_F(ReplayVerb, LeavesAnExistingFileUnlessForced) {
  std::ofstream(folder_ / "b.csv") << "precious";
  expect_one_line(replay("--best -o " + path("b.csv")), 2, "--force");
  EXPECT_EQ(bytes("b.csv"), "precious");
  expect_one_line(replay("--best --force -o " + path("b.csv")), 0, "b.csv");
  EXPECT_NE(bytes("b.csv"), "precious");
}

TEST_F(ReplayVerb, SaysWhyNothingIsWritten) {
  expect_one_line(replay("--best -o " + path("none/x.png")), 1,
                  "none/x.png: cannot be written: No such file or directory");
  std::filesystem::create_symlink("/dev/full", path("full.png.tmp"));
  expect_one_line(replay("--best -o " + path("full.png")), 1,
                  "full.png: cannot be written: No space left on device");
  EXPECT_FALSE(std::filesystem::exists(path("full.png")));
  const std::string full = " 2>&1 >/dev/full #";
  const std::string reason = "standard output: cannot be written: No space left on device";
  expect_one_line(replay("--best" + full), 1, reason);
  for (const std::string call_of : {"info ", "info --json ", "evaluate "}) {
    expect_one_line(call(call_of + path("maze.h5") + full), 1, reason);
  }
  expect_one_line(call("describe maze" + full), 1, reason);
}

TEST_F(ReplayVerb, TheNetworkOfAGraphHasNoPlaces) {
  const std::string query = "query " + path("maze.h5") + " --best --limit 0 --format csv --table ";
  EXPECT_EQ(call(query + "network/edge").output, "source,target,weight\n");
  EXPECT_EQ(call(query + "network/node").output, "node,kind,layer,activation,bias\n");
}

TEST_F(ReplayVerb, ANetworkThatLearnsHasOtherWeightsOnceItHasLived) {
  const std::string data = cambrian::source_folder() + "/data/experiments/";
  ASSERT_EQ(call("run " + data + "hard_maze_plastic_novelty.toml --evaluations 200 -o " +
                 path("plastic.h5"))
                .status,
            0);
  const auto edges = [](const std::string& run, const std::string& more) {
    return call("query " + path(run) + " --best --format csv --table network/edge" + more).output;
  };
  EXPECT_NE(edges("plastic.h5", " --lived"), edges("plastic.h5", ""));
  EXPECT_EQ(edges("plastic.h5", " --lived"), edges("plastic.h5", " --lived"));
  EXPECT_EQ(edges("maze.h5", " --lived"), edges("maze.h5", ""));
  const auto brain = [](const std::string& more) {
    const std::string output = path("brain" + more + ".json");
    EXPECT_EQ(
        call("export " + path("plastic.h5") + " --best --brain" + more + " -o '" + output + "'")
            .status,
        0);
    return bytes("brain" + more + ".json");
  };
  EXPECT_NE(brain(" --lived"), brain(""));
  expect_one_line(call("query " + path("maze.h5") + " --lived", true), 2,
                  "--lived: says how a network is shown");
}

TEST_F(ReplayVerb, WhatPaintsANetworkIsTables) {
  const std::string data = cambrian::source_folder() + "/data/experiments/";
  ASSERT_EQ(call("run " + data + "hard_maze_dct_ragged.toml --evaluations 200 -o " + path("dct.h5"))
                .status,
            0);
  ASSERT_EQ(
      call("run " + data + "xor_es_hyperneat.toml --evaluations 200 -o " + path("es.h5")).status,
      0);
  const auto table = [](const std::string& run, const std::string& name) {
    return call("query " + path(run) + " --best --format csv --table network/" + name, true);
  };
  EXPECT_EQ(table("dct.h5", "block").output,
            "block,number,layer,first_column,neuron_axes,length_0,length_1\n"
            "0,weight,1,0,1,10,11\n1,weight,2,0,1,2,11\n");
  EXPECT_THAT(table("dct.h5", "spectrum").output,
              testing::StartsWith("block,frequency_0,frequency_1,coefficient\n0,"));
  EXPECT_THAT(table("es.h5", "quadtree").output,
              testing::StartsWith("node,x,y,depth,value,variance,leaf\n0,0,0,0,0,"));
  expect_one_line(table("dct.h5", "quadtree"), 2, "is of runs whose encoding is es_hyperneat");
  expect_one_line(table("es.h5", "block"), 2, "is of runs whose encoding is dct");
}

TEST_F(ReplayVerb, TheSameEliteByIdByNearnessAndAsTheBest) {
  const Result query = call("query " + path("maze.h5") +
                            " --sort objective:desc --limit 1 --select id,x,y --format csv");
  const std::string row = query.output.substr(query.output.find('\n') + 1);
  const std::string id = row.substr(0, row.find(','));
  const std::string place = row.substr(id.size() + 1, row.find('\n') - id.size() - 1);
  const std::string best = replay("--best").output;
  EXPECT_EQ(replay("--id " + id).output, best);
  EXPECT_EQ(replay("--near " + place).output, best);
}

/// The rows of a CSV without the header and the ids, which are first.
std::string without_ids(const std::string& csv) {
  std::istringstream lines(csv);
  std::string rest;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) rest += line.substr(line.find(',')) + "\n";
  return rest;
}

TEST_F(ReplayVerb, EvaluateTakesGenomesAsQueryPrintsThemOrBare) {
  const std::string evaluate = "evaluate " + path("sphere.h5") + " --format csv";
  const std::string stored = without_ids(call(evaluate).output);
  ASSERT_NE(stored, "");
  const std::string csv =
      call("query " + path("sphere.h5") + " --table archive/genome --format csv").output;
  const auto evaluated = [&](const std::string& text) {
    std::ofstream(path("genomes.csv")) << text;
    return call(evaluate + " --genomes " + path("genomes.csv"));
  };
  EXPECT_EQ(without_ids(evaluated(csv).output), stored);
  EXPECT_EQ(without_ids(evaluated(csv.substr(csv.find('\n') + 1)).output), stored);
  EXPECT_EQ(without_ids(evaluated("\xEF\xBB\xBF" + csv).output), stored);
  EXPECT_EQ(without_ids(evaluated("\xEF\xBB\xBF" + csv.substr(csv.find('\n') + 1)).output), stored);
  expect_one_line(evaluated("\n"), 2, "genomes.csv: holds no genome");
  expect_one_line(
      evaluated("vector_0,vector_2\n1,2\n"), 2,
      "genomes.csv:1: 'vector_0' is not a number, and in a header 'vector_1' is missing");
  expect_one_line(evaluated("1,2\n"), 2, "genomes.csv:1: has 2 numbers, but ");
  const std::string header = csv.substr(0, csv.find('\n'));
  const std::string row = csv.substr(csv.find('\n') + 1);
  const std::string first = row.substr(0, row.find('\n') + 1);
  EXPECT_THAT(evaluated("id," + header + "\n77," + first).output, HasSubstr("\n77,0,"));
  const auto genes = std::to_string(std::count(header.begin(), header.end(), ',') + 1);
  expect_one_line(evaluated(header + ",vector_" + genes + "\n" + first), 2,
                  "genomes.csv:1: names more genes than the " + genes + " of this run's genomes");
  expect_one_line(call(evaluate + " --genomes " + path("")), 1, "is a folder");
}

TEST_F(ReplayVerb, EvaluateChoosesTheSameElites) {
  const auto evaluated = [](const std::string& arguments) {
    return call("evaluate " + path("maze.h5") + " --format csv " + arguments).output;
  };
  const std::string best = evaluated("--best");
  const std::string row = best.substr(best.find('\n') + 1);
  EXPECT_EQ(std::count(best.begin(), best.end(), '\n'), 2) << best;
  EXPECT_EQ(evaluated("--id " + row.substr(0, row.find(','))), best);
  const std::string start = evaluated("--near 36,184");
  EXPECT_EQ(std::count(start.begin(), start.end(), '\n'), 2) << start;
  EXPECT_NE(start, best);
  expect_one_line(call("evaluate " + path("maze.h5") + " --best --id 3"), 2, "excludes");
  expect_one_line(call("evaluate " + path("maze.h5") + " --near 3"), 2, "--near: has 1 value,");
  expect_one_line(call("evaluate " + path("sphere.h5") + " --best --genomes " + path("sphere.h5")),
                  2, "--best: ");
}

TEST_F(ReplayVerb, TakesSpacesAndCapitals) {
  EXPECT_EQ(replay("--near ' 50, 50 '", false).output, replay("--near 50,50", false).output);
  ASSERT_EQ(replay("--best -o " + path("capital.PNG")).status, 0);
  EXPECT_EQ(bytes("capital.PNG").substr(1, 3), "PNG");
}

TEST_F(ReplayVerb, RefusesWrongCallsInOneLine) {
  expect_one_line(replay(""), 2, "--best");
  expect_one_line(replay("--best --id 3"), 2, "not several");
  expect_one_line(replay("--best --near 3,4"), 2, "not several");
  expect_one_line(replay("--id 99999999"), 2, "is not among the elites");
  expect_one_line(replay("--id -3"), 2, "--id");
  expect_one_line(replay("--near 3"), 2, "has 1 value, but the descriptor has 2: x, y");
  expect_one_line(replay("--near 1,2,3"), 2, "has 3 values");
  expect_one_line(replay("--near 3,b"), 2, "'b' is not a number");
  expect_one_line(replay("--near 3,nan"), 2, "'nan' is not a number");
  expect_one_line(replay("--best -o film.mp4"), 2, ".csv, .png or .gif");
  expect_one_line(replay("--best -o " + path("none/a.png")), 1, "cannot be written");
  expect_one_line(call("replay " + path("none.h5") + " --best"), 2, "none.h5");
}

TEST_F(ReplayVerb, SaysThatBareVectorsHaveNothingToReplay) {
  for (const char* output : {"", " -o a.png"}) {
    expect_one_line(call("replay " + path("sphere.h5") + " --best" + output), 2,
                    "nothing to replay");
  }
  EXPECT_FALSE(std::filesystem::exists("a.png"));
}

TEST_F(ReplayVerb, BareVectorsAreReplayedWhereTheirEnvironmentTracesThem) {
  const std::string run = path("guesses.h5");
  ASSERT_EQ(call("run " + cambrian::source_folder() +
                 "/data/experiments/hinton_nowlan.toml --evaluations 5000 -o " + run)
                .status,
            0);
  std::istringstream ids(call("query " + run + " --select id --format csv").output);
  std::string id;
  std::getline(ids, id);
  int replayed = 0;
  while (std::getline(ids, id) && replayed++ < 20) {
    expect_one_line(call("replay " + run + " --force -o " + path("guesses.csv") + " --id " + id), 0,
                    "bit for bit as stored; ");
    // Its last trial is the one that the evaluation counted.
    const std::string table = bytes("guesses.csv");
    const std::size_t last = table.rfind('\n', table.size() - 2) + 1;
    const std::string trial = table.substr(last, table.find(',', last) - last);
    const std::string row = call("evaluate " + run + " --format csv --id " + id).output;
    EXPECT_THAT(row, HasSubstr("id,sample,fitness,zeros,ones,open,trials,valid,solved\n"));
    EXPECT_THAT(row, HasSubstr("," + trial + ",1,"));
  }
  EXPECT_EQ(replayed, 21);
  for (const char* name : {"guesses.png", "guesses.gif"}) {
    expect_one_line(call("replay " + run + " --best -o " + path(name)), 0, "bit for bit");
  }
  expect_one_line(call("query " + run + " --best --table network/edge --lived"), 2, "networks");
}

TEST_F(ReplayVerb, ReplayOfALamarckianRunSaysWhatTheFileStoresAndWhyThisLifeDiffers) {
  const std::string run = path("lamarckian.h5");
  ASSERT_EQ(
      call("run " + cambrian::source_folder() +
           "/data/experiments/hard_maze_map_elites.toml --set encoding.name=direct_vector --set "
           "encoding.learning=abc --set evaluation.lamarckian=true --evaluations 300 -o " +
           run)
          .status,
      0);
  std::istringstream elites(call("query " + run + " --select id,objective --format csv").output);
  std::string elite;
  std::getline(elites, elite);
  int differing = 0;
  for (int i = 0; i < 20 && std::getline(elites, elite); ++i) {
    const std::string id = elite.substr(0, elite.find(','));
    const std::string stored = elite.substr(elite.find(',') + 1);
    const Result result = call("replay " + run + " --force -o " + path("a.csv") + " --id " + id);
    if (result.output.find(": goal_proximity " + stored + ",") != std::string::npos) continue;
    ++differing;
    expect_one_line(result, 0,
                    "; the file stores goal_proximity " + stored + ", of the life before");
    EXPECT_THAT(result.output, HasSubstr("is in the genome now"));
    EXPECT_THAT(result.output, Not(HasSubstr("bit for bit")));
  }
  EXPECT_GT(differing, 0);
}

TEST_F(ReplayVerb, EvaluatePrintsTheSameRowInEveryFormat) {
  const Result best = call("query " + path("maze.h5") +
                           " --sort objective:desc --limit 1 --select id,objective --format csv");
  const std::string row = best.output.substr(best.output.find('\n') + 1);
  const std::string id = row.substr(0, row.find(','));
  const std::string objective = row.substr(id.size() + 1, row.find('\n') - id.size() - 1);
  const std::string evaluate = "evaluate " + path("maze.h5") + " --id " + id + " --format ";
  EXPECT_THAT(call(evaluate + "csv").output,
              HasSubstr("id,sample,goal_proximity,x,y,network.nodes,network.links,valid,solved\n" +
                        id + ",0," + objective));
  const std::string object =
      "{\"id\": " + id + ", \"sample\": 0, \"goal_proximity\": " + objective + ", ";
  EXPECT_EQ(call(evaluate + "jsonl").output.rfind(object, 0), 0u);
  EXPECT_EQ(call(evaluate + "json").output.rfind("[\n " + object, 0), 0u);
  EXPECT_THAT(call(evaluate + "jsonl").output, HasSubstr("\"valid\": true, \"solved\": false}\n"));
  EXPECT_THAT(call(evaluate + "table").output, HasSubstr("sample  goal_proximity"));
}

// Not a replay, but of the same run: `evaluate` in what another environment would have been.
TEST_F(ReplayVerb, EvaluateTakesOtherValuesOfTheConfiguration) {
  const std::string stored = "evaluate " + path("maze.h5") + " --best --format csv";
  const std::string same = call(stored, false).output;
  EXPECT_EQ(call(stored + " --set environment.steps=400", false).output, same);
  const Result shorter = call(stored + " --set environment.steps=40", false);
  EXPECT_EQ(shorter.status, 0);
  EXPECT_NE(shorter.output, same);
  EXPECT_EQ(call(stored + " --set environment.maze=mazes/medium_maze.maze", false).status, 0);
  expect_one_line(call(stored + " --set environment.stepps=40"), 2,
                  "cambrian: --set environment.stepps=40: is unknown; did you mean 'steps'?");
}

}  // namespace
