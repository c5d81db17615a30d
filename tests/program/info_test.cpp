// `cambrian info`: what it says of one run and of several, readable or not.
#include <gmock/gmock.h>

#include "tests/program/call.hpp"
#include "tests/program/run_folder.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Info : public RunFolder {
 protected:
  /// Two runs, and between them one that was cut short.
  void make_three() const {
    const std::string sphere_run = "run " + sphere() + " --evaluations 300 --quiet -o ";
    for (const char* name : {"a.h5", "b.h5", "c.h5"})
      ASSERT_EQ(call(sphere_run + path(name)).status, 0);
    std::filesystem::resize_file(path("b.h5"), 3000);
  }
};

TEST_F(Info, ADamagedRunHidesNoOther) {
  make_three();
  const Result table = call("info " + folder_.string());
  EXPECT_EQ(table.status, 1);
  EXPECT_THAT(table.output, HasSubstr(path("a.h5") + "     finished           300 "));
  EXPECT_THAT(table.output, HasSubstr(path("b.h5") + "  is damaged"));
  EXPECT_THAT(table.output, HasSubstr(path("c.h5") + "     finished           300 "));
  EXPECT_THAT(table.output, HasSubstr("cambrian: 1 of 3 run files cannot be read\n"));
  EXPECT_EQ(call("info " + path("a.h5") + " " + path("c.h5")).status, 0);
  const Result alone = call("info " + path("b.h5"));
  EXPECT_EQ(alone.status, 1);
  EXPECT_THAT(alone.output, StartsWith("cambrian: " + path("b.h5") + ": is damaged"));
}

TEST_F(Info, JsonNamesTheFileFirst) {
  make_three();
  const std::string key = "\"run_file\": \"";
  const Result array =
      call("info --json " + path("a.h5") + " " + path("b.h5") + " " + path("c.h5"), false);
  EXPECT_EQ(array.status, 1);
  EXPECT_THAT(array.output, StartsWith("[\n  {\n    " + key + path("a.h5") + "\",\n    \"env"));
  const Result folder = call("info --json " + folder_.string(), false);
  EXPECT_THAT(folder.output, StartsWith("{\n  \"runs\": [\n    {\n      " + key + path("a.h5")));
  EXPECT_THAT(folder.output, HasSubstr("\n  \"summary\": {\n    \"runs\": 2,\n"));
  EXPECT_THAT(array.output, HasSubstr("  {\n    " + key + path("b.h5") + "\",\n    \"error\": \"" +
                                      path("b.h5") + ": is damaged"));
  EXPECT_THAT(array.output, HasSubstr("  {\n    " + key + path("c.h5") + "\",\n    \"env"));
  const Result sound = call("info --json " + path("a.h5"), false);
  EXPECT_EQ(sound.status, 0);
  EXPECT_THAT(sound.output, StartsWith("{\n  " + key + path("a.h5") + "\",\n  \"env"));
  const Result damaged = call("info --json " + path("b.h5"), false);
  EXPECT_EQ(damaged.status, 1);
  EXPECT_THAT(damaged.output, StartsWith("{\n  " + key + path("b.h5") + "\",\n  \"error\": "));
}

TEST_F(Info, PrintsWhatAFileHoldsWithoutWhatATerminalObeys) {
  {
    RunFileWriter file(path("a.h5"));
    file.root().attribute("environment", std::string("\x1b]0;title\a") + std::string(100'000, 'x'));
    file.root().attribute("status", std::string("\x1b[2Jfinished"));
    file.commit();
  }
  for (const std::string& files : {path("a.h5"), path("a.h5") + " " + path("a.h5")}) {
    const Result shown = call("info " + files);
    EXPECT_EQ(shown.status, 0) << shown.output;
    EXPECT_EQ(shown.output.find_first_of("\x1b\a"), std::string::npos);
    EXPECT_LT(shown.output.size(), 3000U);
  }
}

TEST_F(Info, NamesTheSearchAsTheFieldDoesAndSaysWhatIsMinimised) {
  const std::string run = "run " + sphere() + " --evaluations 300 --quiet -o " + path("a.h5");
  ASSERT_EQ(call(run).status, 0);
  EXPECT_THAT(call("info " + path("a.h5")).output,
              HasSubstr("algorithm     MAP-Elites (map_elites)\n"));
  const Result best = call(run +
                           " --force --set environment.direction=minimise"
                           " --set 'algorithm.emitters=[{name=\"cma_es\"}]'");
  ASSERT_EQ(best.status, 0) << best.output;
  const std::string text = call("info " + path("a.h5")).output;
  EXPECT_THAT(text, HasSubstr("algorithm     CMA-ME (map_elites)\n"));
  EXPECT_THAT(text, testing::ContainsRegex("best ever     [-0-9.e+]+, minimised\n"));
  EXPECT_THAT(call("info --json " + path("a.h5")).output, HasSubstr("\"search\": \"CMA-ME\""));
}

TEST_F(Info, OneIsNotSeveral) {
  ASSERT_EQ(call("run " + sphere() + " --set algorithm.batch=1 --set algorithm.initial=1 " +
                 "--evaluations 1 -o " + path("a.h5"))
                .status,
            0);
  const std::string text = call("info " + path("a.h5")).output;
  EXPECT_THAT(text, HasSubstr(" 1 evaluation in 1 batch,"));
  EXPECT_THAT(text, HasSubstr(": 1 elite in 100 cells"));
  EXPECT_THAT(text, HasSubstr("lineage       1 row\n"));
}

TEST_F(Info, OfSeveralSaysOfHowManyEvaluations) {
  const std::string run = "run " + maze(1000) + " --evaluations ";
  ASSERT_EQ(call(run + "100000000 --wall-time 1s -o " + path("a.h5")).status, 0);
  ASSERT_EQ(call(run + "1000 -o " + path("b.h5")).status, 0);
  const std::string table = call("info " + folder_.string()).output;
  EXPECT_THAT(table, HasSubstr(" of 100000000  "));
  EXPECT_THAT(table, Not(HasSubstr(" of 1000 ")));
  std::istringstream lines(table);
  std::string header, first, second;
  std::getline(lines, header);
  std::getline(lines, first);
  std::getline(lines, second);
  EXPECT_EQ(first.size(), header.size());
  EXPECT_EQ(second.size(), header.size());
}

}  // namespace
}  // namespace cambrian
