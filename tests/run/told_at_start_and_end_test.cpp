// What a run says before its first batch and after its last one, and what `info` then knows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "cambrian/core/error.hpp"
#include "cambrian/query/run_summary.hpp"
#include "cambrian/replay/standing.hpp"
#include "cambrian/run/run.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct HillParameters final : Parameters {
  bool noisy = false;
  double stretch = 1.0;
  std::int64_t length = 2;
  std::vector<std::string> warnings;
  void visit(ParameterVisitor& visitor) override {
    visitor.boolean("noisy", noisy, {"", "", "our choice"});
    visitor.real("stretch", stretch, {0, 1e3}, {"factor on the measures", "", "our choice"});
    visitor.integer("length", length, {2, 1'000'000}, {"of a vector", "", "our choice"});
    visitor.texts("warnings", warnings, {"what it warns of", "", "our choice"});
  }
};

/// Bare vectors in [-1, 1], whose first two numbers times `stretch` are the measures.
class Hill final : public Environment {
 public:
  Hill(const HillParameters& parameters, const Inputs&) : stretch_(parameters.stretch) {
    description_.objectives = {{"height", "", -2, ""}};
    description_.measures = {{"x", "", -1, 1, ""}, {"y", "", -1, 1, ""}};
    description_.descriptor = {"x", "y"};
    description_.takes_vectors = true;
    description_.vector_length = static_cast<std::size_t>(parameters.length);
    description_.noisy = parameters.noisy;
    description_.warnings = parameters.warnings;
  }
  const EnvironmentDescription& description() const override { return description_; }
  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const auto x = vectors.row(i);
      rows.objectives[i] = -static_cast<double>(x[0] * x[0] + x[1] * x[1]);
      rows.measures[2 * i] = stretch_ * static_cast<double>(x[0]);
      rows.measures[2 * i + 1] = stretch_ * static_cast<double>(x[1]);
      rows.solved[i] = 0;
    }
  }

 private:
  EnvironmentDescription description_;
  double stretch_;
};

struct EndlessParameters final : Parameters {
  std::int64_t lanes = 1;
  void visit(ParameterVisitor& visitor) override {
    visitor.integer("lanes", lanes, {1, 1'000'000}, {"tried at once", "", "our choice"});
  }
};

/// Networks whose episodes never end.
class Endless final : public Environment {
 public:
  Endless(const EndlessParameters& parameters, const Inputs&) {
    description_.objectives = {{"sum", "", 0, ""}};
    description_.measures = {{"x", "", -1, 1, ""}, {"y", "", -1, 1, ""}};
    description_.descriptor = {"x", "y"};
    description_.takes_networks = true;
    description_.body.sensors = {{"eye", {0, 1}, {}}};
    description_.body.motors = {{"leg", {0, 1}, {}}};
    description_.lanes = static_cast<std::size_t>(parameters.lanes);
  }
  const EnvironmentDescription& description() const override { return description_; }
  void reset(Stream& stream) override { ends_ = stream.uniform() < 0.5; }
  void observe(std::span<float> sensors) override { sensors[0] = 0; }
  bool act(std::span<const float>) override { return !ends_; }
  void finish(const EvaluationRows& row) override {
    row.objectives[0] = row.measures[0] = row.measures[1] = 0;
    row.solved[0] = 0;
  }

 private:
  EnvironmentDescription description_;
  bool ends_ = false;
};

class ToldByRuns : public testing::Test {
 protected:
  ToldByRuns() { std::filesystem::create_directories(folder_); }
  ~ToldByRuns() override { std::filesystem::remove_all(folder_); }

  static Catalogue catalogue() {
    return make_catalogue(
        {component<Environment, Hill, HillParameters, const Inputs&>("hill", "", ""),
         component<Environment, Endless, EndlessParameters, const Inputs&>("endless", "", "")});
  }
  static Configuration hill(const std::vector<std::string>& sets) {
    Configuration made = Configuration::from_text(
        "[run]\nthreads = 1\nevaluations = 100\n[environment]\nname = \"hill\"\n"
        "[genome]\nbounds = \"clip\"\n[archive]\nshape = [4, 4]\n[algorithm]\n"
        "name = \"map_elites\"\nbatch = 50\ninitial = 50\n",
        "test");
    for (const std::string& set : sets) made.set(set);
    return made;
  }
  static Configuration endless() {
    return Configuration::from_text(
        "[run]\nthreads = 1\nevaluations = 200\n[environment]\nname = \"endless\"\n"
        "[evaluation]\nmax_steps = 5\n[encoding]\nname = \"direct_vector\"\n[archive]\n"
        "shape = [4, 4]\n[algorithm]\nname = \"map_elites\"\nbatch = 50\n",
        "test");
  }
  template <class Act>
  static std::string said_by(const Act& act) {
    testing::internal::CaptureStderr();
    try {
      act();
    } catch (...) {
      testing::internal::GetCapturedStderr();
      throw;
    }
    return testing::internal::GetCapturedStderr();
  }
  /// @return what it said
  std::string run(Configuration configuration, bool quiet = false) {
    const RunControl options = {.run_file = file_, .quiet = quiet};
    return said_by([&] { start_run(std::move(configuration), catalogue(), options); });
  }
  std::string resume(std::uint64_t evaluations, bool quiet = false) {
    const RunControl options = {.run_file = file_, .quiet = quiet};
    return said_by([&] { resume_run(catalogue(), evaluations, options); });
  }
  RunSummary summary() const { return summarise(RunFileReader(file_)); }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_told_" + std::to_string(getpid()));
  std::filesystem::path file_ = folder_ / "run.h5";
};

TEST_F(ToldByRuns, WarningsOfTheEnvironmentStandFirstInRunAndResume) {
  const std::string said =
      "cambrian: warning: the walls are open\ncambrian: warning: there is no goal\n";
  const std::string set = "environment.warnings=[\"the walls are open\", \"there is no goal\"]";
  EXPECT_THAT(run(hill({set})), StartsWith(said));
  EXPECT_THAT(resume(200), StartsWith(said));
  EXPECT_EQ(resume(300, true), "");
  EXPECT_EQ(run(hill({set}), true), "");
  EXPECT_THAT(run(hill({})), Not(HasSubstr("warning")));
}

TEST_F(ToldByRuns, ABatchLargerThanTheBudgetNamesBothKeys) {
  EXPECT_THAT(run(hill({"algorithm.batch=101"})),
              StartsWith("cambrian: warning: algorithm.batch = 101 is larger than run.evaluations "
                         "= 100; a batch is evaluated whole, so the budget will be exceeded\n"));
  EXPECT_THAT(run(hill({"algorithm.initial=1000"})),
              StartsWith("cambrian: warning: algorithm.initial = 1000 is larger than "));
  EXPECT_THAT(run(hill({"algorithm.batch=100"})), Not(HasSubstr("warning")));
  // The first population is the whole run: there will be no such batch.
  EXPECT_THAT(run(hill({"algorithm.initial=100", "algorithm.batch=1000"})),
              Not(HasSubstr("warning")));
  EXPECT_EQ(run(hill({"algorithm.batch=101"}), true), "");
}

TEST_F(ToldByRuns, APopulationLargerThanTheBudgetIsOneBatchToo) {
  EXPECT_THAT(run(Configuration::from_text(
                  "[run]\nevaluations = 100\n[environment]\nname = \"hill\"\n[algorithm]\n"
                  "name = \"novelty_search\"\npopulation = 120\n",
                  "test")),
              StartsWith("cambrian: warning: algorithm.population = 120 is larger than "));
}

TEST_F(ToldByRuns, TheClosingLineCountsClippedDescriptorsIfTheyAreMoreThanOnePercent) {
  EXPECT_THAT(run(hill({})), Not(HasSubstr("outside")));
  EXPECT_THAT(run(hill({"environment.stretch=1000"})),
              HasSubstr(", 100 descriptors outside the bounds (100.0 %)"));
}

TEST_F(ToldByRuns, AnArchiveOfANoisyEnvironmentIsSaidToHoldSingleSamples) {
  EXPECT_THAT(run(hill({})), Not(HasSubstr("noisy")));
  EXPECT_FALSE(summary().noisy);
  EXPECT_THAT(run(hill({"environment.noisy=true"})),
              HasSubstr("\nthe environment is noisy, and each elite is a single sample: `cambrian "
                        "evaluate " +
                        file_.string() + " --best --repeat 20` evaluates "));
  EXPECT_TRUE(summary().noisy);
}

TEST_F(ToldByRuns, EpisodesThatAreTooLongAreCountedOverAllResumptions) {
  run(endless());
  const RunSummary once = summary();
  EXPECT_GT(once.over_max_steps, 50U);
  EXPECT_EQ(once.over_max_steps, once.invalid);
  EXPECT_EQ(once.over_time_limit, 0U);
  resume(400);
  const RunSummary twice = summary();
  EXPECT_GT(twice.over_max_steps, 1.5 * static_cast<double>(*once.over_max_steps));
  EXPECT_EQ(twice.over_max_steps, twice.invalid);
}

TEST_F(ToldByRuns, RunsThatTheClockDecidedOnSaySo) {
  Configuration hasty = hill({"evaluation.time_limit=1e-9"});
  EXPECT_THROW(run(std::move(hasty)), Error);  // not one evaluation is valid
  EXPECT_EQ(summary().over_time_limit, 50U);
}

TEST_F(ToldByRuns, BareVectorsHaveNoSteps) {
  try {
    run(hill({"evaluation.max_steps=10"}));
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(),
                 "--set evaluation.max_steps=10: is 10, but environment 'hill' takes bare vectors, "
                 "which have no steps");
  }
}

// 4 PB, more than any process can address.
TEST_F(ToldByRuns, ABatchThatDoesNotFitIntoMemoryIsNamedBeforeAnythingIsWritten) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer ends a program that asks for so much";
#endif
  try {
    run(hill({"environment.length=1000000", "algorithm.initial=1000000000"}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), StartsWith("there is not enough memory: algorithm.initial = "
                                         "1000000000 needs at least 4000"));
  }
  EXPECT_FALSE(std::filesystem::exists(file_));
}

// More than 300,000 links at 1,000,000 lanes: over 1.2 TB. Without learning all lanes share them.
TEST_F(ToldByRuns, WeightsOfAllLanesThatDoNotFitIntoMemoryAreNamedBeforeAnythingIsWritten) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer ends a program that asks for so much";
#endif
  Configuration many = endless();
  for (const char* set :
       {"environment.lanes=1000000", "encoding.hidden=[100000]", "encoding.learning=\"oja\"",
        "algorithm.batch=1", "algorithm.initial=1"}) {
    many.set(set);
  }
  try {
    run(std::move(many));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(),
                StartsWith("there is not enough memory: with encoding.learning each of the 1000000 "
                           "patterns that environment 'endless' tries at once has weights of its "
                           "own, on 1 thread "));
    EXPECT_THAT(error.what(), HasSubstr("encoding.hidden = [100000]"));
  }
  EXPECT_FALSE(std::filesystem::exists(file_));
}

// Files of 0.1 know neither [evaluation] nor keys that came later.
TEST_F(ToldByRuns, AStoredConfigurationWithoutTheTableIsTheSameRun) {
  run(hill({}));
  const RunFileReader file(file_);
  auto stored = file.root().attribute_as<std::string>("config");
  const std::size_t table = stored.find("\n[evaluation]\n");
  ASSERT_NE(table, std::string::npos);
  stored.erase(table, stored.find("\n[", table + 1) - table);
  ASSERT_THAT(stored, Not(HasSubstr("max_steps")));
  const std::filesystem::path old = folder_ / "old.h5";
  {
    RunFileWriter writer(old);
    writer.root().attribute("config", stored);
    writer.root().attribute("status", std::string("finished"));
    writer.root().attribute("evaluations", std::uint64_t{100});
    writer.root().group("inputs");
    writer.commit();
  }
  EXPECT_TRUE(standing_of(old, hill({}), catalogue()).finished);
  EXPECT_THROW(standing_of(old, hill({"evaluation.time_limit=5"}), catalogue()), ConfigError);
}

}  // namespace
}  // namespace cambrian
