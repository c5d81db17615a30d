// Whole runs of the examples of PROCESS.md, as they stand there.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <tuple>

#include "tests/paths.hpp"

namespace cambrian {
namespace {

/// The n-th block of a language on a page, counted from 0.
std::string block_of(const std::string& page, const std::string& language, int n) {
  std::ifstream file(source_folder() + "/" + page);
  std::stringstream text;
  text << file.rdbuf();
  const std::string all = text.str(), fence = "\n```" + language + "\n";
  std::size_t begin = all.find(fence);
  for (; n > 0 && begin != std::string::npos; --n) begin = all.find(fence, begin + 1);
  EXPECT_NE(begin, std::string::npos) << page << " has no such block of " << language;
  begin += fence.size();
  return all.substr(begin, all.find("\n```\n", begin) + 1 - begin);
}

class ProcessRun : public testing::Test {
 protected:
  ProcessRun() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    for (const auto& [name, language, n] : {std::tuple("sphere.py", "python", 0),
                                            {"seeker.py", "python", 1},
                                            {"sphere.pl", "perl", 0},
                                            {"seeker.toml", "toml", 1},
                                            {"blend.py", "python", 2},
                                            {"blend.toml", "toml", 2},
                                            {"grow.py", "python", 3},
                                            {"grow.toml", "toml", 3}})
      write(name, block_of("environments/process/PROCESS.md", language, n));
    const auto sphere = [](const std::string& evaluations) {
      return "[run]\nevaluations = " + evaluations +
             "\nthreads = 2\n[environment]\nname = \"process\"\n"
             "command = [\"python3\", \"sphere.py\"]\n[archive]\nshape = [20, 20]\n"
             "[algorithm]\nname = \"map_elites\"\nbatch = 500\n";
    };
    write("sphere.toml", sphere("5000"));
    write("long.toml", sphere("100000"));
    std::string endless = block_of("environments/process/PROCESS.md", "toml", 1);
    endless.replace(endless.find("stop = \"solved\""), 15, "threads = 2");
    write("endless.toml", endless);
    std::string grow = block_of("environments/process/PROCESS.md", "toml", 3);
    grow.replace(grow.find("stop = \"solved\""), 15, "threads = 2");
    grow.replace(grow.find("30000"), 5, "10000");
    write("grow_on.toml", grow);
  }
  ~ProcessRun() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  /// Standard output of a command that must go well.
  std::string output(const std::string& command) const {
    FILE* pipe = popen(("cd " + folder_.string() + " && " + command).c_str(), "r");
    std::string text;
    std::array<char, 4096> buffer;
    while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
      text.append(buffer.data(), n);
    EXPECT_EQ(pclose(pipe), 0) << command << "\n" << text;
    return text;
  }
  std::string cambrian(const std::string& arguments) const {
    return output(program_path() + " " + arguments);
  }
  std::string disturbed(const std::string& verb, const std::string& file, int number) const {
    return output("/usr/bin/python3 " + source_folder() + "/tests/process/disturb.py " + verb +
                  " " + program_path() + " " + file + " " + std::to_string(number) + " 2>&1");
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  ("cambrian_process_" + std::to_string(getpid()) + "_" +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(ProcessRun, TwoLanguagesGiveTheSameArchiveToTheLastBit) {
  cambrian("run sphere.toml -o python.h5 --quiet");
  cambrian(
      "run sphere.toml -o perl.h5 --quiet --threads 1 --set environment.block=7 "
      "--set 'environment.command=[\"perl\", \"sphere.pl\"]'");
  const std::string archive = cambrian("query python.h5 --format csv");
  EXPECT_GT(std::ranges::count(archive, '\n'), 300);
  EXPECT_EQ(archive, cambrian("query perl.h5 --format csv"));
}

TEST_F(ProcessRun, TheBodyOfThePageIsControlledReplayedAndEvaluatedAgain) {
  cambrian("run seeker.toml --quiet");
  const std::string steps = cambrian("replay seeker.h5 --best 2>/dev/null");
  EXPECT_TRUE(steps.starts_with("step,x,y\n0,0,0\n")) << steps;
  EXPECT_EQ(std::ranges::count(steps, '\n'), 32);
  const auto numbers = [&](const std::string& call) { return cambrian(call + " --format csv"); };
  EXPECT_NE(numbers("evaluate seeker.h5 --best").find(",1,1\n"), std::string::npos);
}

TEST_F(ProcessRun, OutsideVariationIsTheSameForEveryNumberOfThreadsAndWhenItIsKilled) {
  cambrian("run blend.toml -o one.h5 --quiet --threads 1");
  cambrian("run blend.toml -o three.h5 --quiet --threads 3");
  const std::string archive = cambrian("query one.h5 --format csv");
  EXPECT_GT(std::ranges::count(archive, '\n'), 20);
  EXPECT_EQ(archive, cambrian("query three.h5 --format csv"));
  const std::string said = disturbed("kill", "blend.toml", 3);
  EXPECT_NE(said.find("the same run, none invalid"), std::string::npos) << said;
}

TEST_F(ProcessRun, ARunContinuesOnlyWithTheMeasuresThatItBeganWith) {
  cambrian("run sphere.toml --quiet");
  const std::string archive = cambrian("query sphere.h5 --format csv");
  const std::string resume = "! " + program_path() + " resume sphere.h5 --evaluations 6000 2>&1";
  output(R"(sed -i 's/"min": -5, "max": 5/"min": -9, "max": 9/g' sphere.py)");
  EXPECT_EQ(output(resume),
            "cambrian: sphere.h5: archive: x goes from -5 to 5, but in the environment now from -9 "
            "to 9; a run continues only in the environment that it began in\n");
  output(R"(sed -i 's/"name": "x"/"name": "z"/' sphere.py)");
  EXPECT_EQ(output(resume),
            "cambrian: sphere.h5: archive: is of x, y, but the environment now has z, y; a run "
            "continues only in the environment that it began in\n");
  EXPECT_EQ(archive, cambrian("query sphere.h5 --format csv"));
}

TEST_F(ProcessRun, OutsideVariationOfGraphsSolvesExclusiveOr) {
  const std::string said = cambrian("run grow.toml 2>&1");
  EXPECT_NE(said.find("solved at evaluation"), std::string::npos) << said;
}

TEST_F(ProcessRun, ThePageShowsTheFormOfGraphsAsItIsSent) {
  write("form.py", "import sys\nopen('form', 'w').write(sys.stdin.readline())\n");
  output("! " + program_path() +
         " run grow.toml --quiet --set 'variation.command=[\"python3\", \"form.py\"]' 2>&1");
  std::ifstream page(source_folder() + "/environments/process/PROCESS.md");
  std::stringstream text;
  text << page.rdbuf();
  std::string form = output("cat form");
  ASSERT_TRUE(form.ends_with('\n')) << form;
  form.pop_back();
  EXPECT_NE(text.str().find("\n`" + form + "`."), std::string::npos) << form;
}

TEST_F(ProcessRun, OutsideVariationOfGraphsIsTheSameForEveryNumberOfThreadsUnderEachAlgorithm) {
  for (const std::string algorithm :
       {"neat", "map_elites", "novelty_search", "objective_search", "generational_search"}) {
    const auto run = [&](const std::string& threads) {
      const std::string file = algorithm + threads + ".h5";
      cambrian("run grow_on.toml --quiet --evaluations 1500 --threads " + threads + " -o " + file +
               " --set algorithm.name=" + algorithm);
      return cambrian("query " + file + " --table archive/genome --format csv") +
             cambrian("query " + file + " --table lineage --format csv");
    };
    const std::string one = run("1");
    EXPECT_GT(std::ranges::count(one, '\n'), 300) << algorithm;
    EXPECT_EQ(one, run("3")) << algorithm;
  }
}

TEST_F(ProcessRun, OutsideVariationPaintsNetworksWithCppns) {
  for (const std::string encoding : {"hyperneat", "es_hyperneat"}) {
    const std::string said = cambrian("run grow_on.toml --evaluations 600 -o " + encoding +
                                      ".h5 --set encoding.name=" + encoding + " 2>&1");
    EXPECT_NE(said.find("finished after 600 evaluations"), std::string::npos) << said;
  }
}

TEST_F(ProcessRun, OutsideVariationOfGraphsIsTheSameWhenItIsKilledOrInterruptedAndResumed) {
  const std::string killed = disturbed("kill", "grow_on.toml", 3);
  EXPECT_NE(killed.find("the same run, none invalid"), std::string::npos) << killed;
  EXPECT_EQ(disturbed("interrupt", "grow_on.toml", 2), "2 interrupts: the same run\n");
}

TEST_F(ProcessRun, EnvironmentAndVariationAreToldApartInTheLineThatNamesBoth) {
  const std::string said = output("! " + program_path() + " describe process 2>&1");
  EXPECT_NE(said.find("say 'environments.process' or 'variations.process'"), std::string::npos)
      << said;
  EXPECT_NE(cambrian("describe variations.process").find("  max_genes "), std::string::npos);
}

TEST_F(ProcessRun, OfAProcessThatSaysMuchOnlyTheFirstLinesAreShown) {
  write("noisy.py", "import sys\nfor i in range(1000): print('line', i, file=sys.stderr)\n" +
                        block_of("environments/process/PROCESS.md", "python", 0));
  const std::string said = cambrian(
      "run sphere.toml -o noisy.h5 --quiet --threads 1 --evaluations 500 "
      "--set 'environment.command=[\"python3\", \"noisy.py\"]' 2>&1");
  EXPECT_NE(said.find("] line 99\n"), std::string::npos) << said;
  EXPECT_EQ(said.find("line 100"), std::string::npos) << said;
  EXPECT_NE(said.find("says more than 100 lines; the rest is not shown"), std::string::npos);
  EXPECT_EQ(std::ranges::count(said, '\n'), 101) << said;
}

TEST_F(ProcessRun, KilledAtRandomMomentsItIsTheSameRun) {
  for (const char* file : {"sphere.toml", "endless.toml"}) {
    const std::string said = disturbed("kill", file, 5);
    EXPECT_NE(said.find("5 kills in "), std::string::npos) << said;
    EXPECT_NE(said.find("the same run, none invalid"), std::string::npos) << said;
  }
}

TEST_F(ProcessRun, ItsProcessesEndWithItHoweverItEnds) {
  EXPECT_EQ(disturbed("orphan", "endless.toml", 1), "all processes have ended\n");
}

TEST_F(ProcessRun, CtrlCFinishesTheBatchAndTheRunGoesOnTheSame) {
  EXPECT_EQ(disturbed("interrupt", "long.toml", 2), "2 interrupts: the same run\n");
}

TEST_F(ProcessRun, CtrlCDoesNotWaitForAProcessThatHasNotDescribedItself) {
  write("silent.py", "import time\ntime.sleep(1000)\n");
  for (const std::string file : {"sphere.py", "blend.py"}) {
    const std::string from = file == "sphere.py" ? "sphere.toml" : "blend.toml";
    output("sed -e 's/" + file + "/silent.py/' " + from + " > silent.toml");
    EXPECT_EQ(disturbed("impatient", "silent.toml", 1), "stopped at once\n") << file;
  }
}

}  // namespace
}  // namespace cambrian
