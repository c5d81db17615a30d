// cambrian config: what a run would have, without running it.
#include <gmock/gmock.h>

#include "tests/program/call.hpp"
#include "tests/program/run_folder.hpp"

namespace cambrian {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

class Config : public RunFolder {
 protected:
  void SetUp() override {}  // needs no terminal
};

TEST_F(Config, SaysWhereEachValueComesFrom) {
  const Result shown =
      call("config " + sphere() + " --set algorithm.initial=70 --seed 9 --evaluations 500");
  EXPECT_EQ(shown.status, 0) << shown.output;
  EXPECT_THAT(shown.output, HasSubstr("# The effective configuration of " + sphere() + "\n"));
  EXPECT_THAT(shown.output, ContainsRegex("\nseed = 9 +# --seed\n"));
  EXPECT_THAT(shown.output, ContainsRegex("\nevaluations = 500 +# --evaluations\n"));
  EXPECT_THAT(shown.output, ContainsRegex("\nlog_interval = 700 +# sphere.toml:3\n"));
  EXPECT_THAT(shown.output, ContainsRegex("\ninitial = 70 +# --set\n"));
  EXPECT_THAT(shown.output, ContainsRegex("\nstop = \"budget\" +# default\n"));
  EXPECT_EQ(files("."), 1U);  // the configuration alone: nothing has run
}

TEST_F(Config, ItsOutputRunsToTheSameBits) {
  const std::string saved = path("saved.toml");
  ASSERT_EQ(call("config " + sphere() + " --seed 5 > " + saved, false).status, 0);
  ASSERT_EQ(call("run " + saved + " -o " + path("a.h5")).status, 0);
  ASSERT_EQ(call("run " + sphere() + " --seed 5 -o " + path("b.h5")).status, 0);
  expect_equal_runs(folder_ / "a.h5", folder_ / "b.h5");
}

TEST_F(Config, OfARunFileIsItsRunsAndTellsWhatIsNotTheDefault) {
  const std::string file = path("a.h5");
  ASSERT_EQ(call("run " + sphere() + " -o " + file).status, 0);
  const Result shown = call("config " + file + " --set run.threads=2");
  EXPECT_EQ(shown.status, 0) << shown.output;
  EXPECT_THAT(shown.output, ContainsRegex("\nevaluations = 3000 +# a.h5\n"));
  EXPECT_THAT(shown.output, ContainsRegex("\nseed = 1 +# default\n"));
  EXPECT_THAT(shown.output, ContainsRegex("\nthreads = 2 +# --set\n"));
}

TEST_F(Config, AsJsonIsOneObject) {
  const Result shown = call("config " + sphere() + " --format json");
  EXPECT_EQ(shown.status, 0) << shown.output;
  EXPECT_THAT(shown.output, HasSubstr("    \"log_interval\": {\n      \"value\": 700,\n"
                                      "      \"origin\": \"sphere.toml:3\"\n"));
}

TEST_F(Config, AWrongConfigurationIsRefusedAsByRun) {
  for (const std::string set : {"archive.shap=3", "run.seed=-1", "algorithm.name=map_elite"}) {
    const Result shown = call("config " + sphere() + " --set " + set);
    const Result run = call("run " + sphere() + " --set " + set + " -o " + path("a.h5"));
    EXPECT_EQ(shown.status, 2);
    EXPECT_EQ(shown.output, run.output);
  }
}

}  // namespace
}  // namespace cambrian
