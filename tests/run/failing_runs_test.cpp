// A run whose environment or disk fails: what is saved, what is said, and what ends it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <functional>
#include <memory>

#include "cambrian/core/error.hpp"
#include "cambrian/run/run.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

/// What the environment does at an evaluation, counted from 1; true: it is a valid one.
using Script = std::function<bool(int)>;

/// Bare vectors of 2, one batch after another on one thread.
class Scripted final : public Environment {
 public:
  explicit Scripted(Script script) : script_(std::move(script)) {
    description_.objectives = {{"sum", "", 0, ""}};
    description_.measures = {{"x", "", -1, 1, ""}, {"y", "", -1, 1, ""}};
    description_.descriptor = {"x", "y"};
    description_.takes_vectors = true;
    description_.vector_length = 2;
  }
  const EnvironmentDescription& description() const override { return description_; }
  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      rows.objectives[i] = script_(++evaluations_) ? 1.0 : NAN;
      rows.measures[2 * i] = static_cast<double>(vectors.row(i)[0]);
      rows.measures[2 * i + 1] = static_cast<double>(vectors.row(i)[1]);
      rows.solved[i] = 0;
    }
  }

 private:
  EnvironmentDescription description_;
  Script script_;
  int evaluations_ = 0;
};

struct Nothing final : Parameters {
  void visit(ParameterVisitor&) override {}
};

class FailingRuns : public testing::Test {
 protected:
  FailingRuns() { std::filesystem::create_directories(folder_); }
  ~FailingRuns() override { std::filesystem::remove_all(folder_); }

  static Catalogue catalogue(const Script& script) {
    return make_catalogue(
        {{"scripted", "does as it is told", "", [] { return std::make_unique<Nothing>(); },
          [script](const Parameters&, const Inputs&) {
            return std::make_unique<Scripted>(script);
          }}});
  }
  static Configuration configuration(int batch, int evaluations) {
    return Configuration::from_text(
        "[run]\nthreads = 1\ncheckpoint_interval = 1e-9\nevaluations = " +
            std::to_string(evaluations) +
            "\n[environment]\nname = \"scripted\"\n[archive]\nshape = [4, 4]\n[algorithm]\n"
            "name = \"map_elites\"\nbatch = " +
            std::to_string(batch) + "\ninitial = " + std::to_string(batch) + "\n",
        "test");
  }
  /// @return what it threw
  std::string run(const Script& script, int batch, int evaluations) {
    testing::internal::CaptureStderr();
    std::string error;
    try {
      start_run(configuration(batch, evaluations), catalogue(script),
                {.run_file = file_, .quiet = true});
    } catch (const Error& thrown) {
      error = thrown.what();
    }
    said_ = testing::internal::GetCapturedStderr();
    return error;
  }
  std::uint64_t saved() const {
    return RunFileReader(file_).root().attribute_as<std::uint64_t>("evaluations");
  }
  std::string status() const {
    return RunFileReader(file_).root().attribute_as<std::string>("status");
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_failing_" + std::to_string(getpid()));
  std::filesystem::path file_ = folder_ / "run.h5";
  std::string said_;
};

TEST_F(FailingRuns, WithoutOneValidEvaluationEndAfterTheFirstBatchAndSayWhy) {
  const Script fails = [](int i) -> bool { throw Error("no motor " + std::to_string(i)); };
  EXPECT_THAT(run(fails, 30, 1000),
              testing::StartsWith(file_.string() + ": stopped after 30 evaluations, and not one is "
                                                   "valid; the first: no motor "));
  EXPECT_EQ(said_, "");
  EXPECT_EQ(saved(), 30U);
  EXPECT_EQ(status(), "interrupted");
}

TEST_F(FailingRuns, WaitForTwentyEvaluationsBeforeTheyGiveUp) {
  EXPECT_THAT(run([](int) { return false; }, 8, 1000), HasSubstr("stopped after 24 evaluations"));
  EXPECT_EQ(run([](int i) { return i > 16; }, 8, 1000), "");
  EXPECT_EQ(run([](int i) { return i == 3; }, 30, 1000), "");
  EXPECT_EQ(saved(), 1020U);
  EXPECT_EQ(status(), "finished");
}

TEST_F(FailingRuns, ThatEndWithoutOneValidEvaluationHaveFailed) {
  EXPECT_THAT(run([](int) { return false; }, 5, 10),
              HasSubstr("finished after 10 evaluations, and not one is valid; the first: "));
  EXPECT_EQ(saved(), 10U);
  EXPECT_EQ(status(), "finished");
}

TEST_F(FailingRuns, OutliveADiskThatFailsForAWhileAndSaySoOnce) {
  const std::filesystem::path in_the_way = folder_ / ".run.h5.tmp";
  const Script fills_up = [&](int i) {
    if (i == 15) std::filesystem::create_directory(in_the_way);
    if (i == 55) std::filesystem::remove(in_the_way);
    return true;
  };
  EXPECT_EQ(run(fills_up, 10, 100), "");
  EXPECT_EQ(said_,
            "cambrian: " + file_.string() +
                ": cannot be written: Is a directory; the run continues and tries again, its "
                "checkpoint at 10 evaluations is whole\n");
  EXPECT_EQ(saved(), 100U);
  EXPECT_EQ(status(), "finished");
}

TEST_F(FailingRuns, FailWithADiskThatFailsAtTheEndAndNameTheCheckpoint) {
  const std::filesystem::path in_the_way = folder_ / ".run.h5.tmp";
  const Script fills_up = [&](int i) {
    if (i == 35) std::filesystem::create_directory(in_the_way);
    return true;
  };
  EXPECT_EQ(run(fills_up, 10, 40),
            file_.string() +
                ": cannot be written: Is a directory; its checkpoint at 30 evaluations is whole: "
                "`cambrian resume " +
                file_.string() + "`");
  EXPECT_EQ(saved(), 30U);
  std::filesystem::remove(in_the_way);
  resume_run(catalogue([](int) { return true; }), std::nullopt, {.run_file = file_, .quiet = true});
  EXPECT_EQ(saved(), 40U);
}

}  // namespace
}  // namespace cambrian
