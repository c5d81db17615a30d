// Stored evaluations are repeated bit for bit, whatever [evaluation] and [[environments]] say.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "cambrian/core/error.hpp"
#include "cambrian/evaluation/gather.hpp"
#include "cambrian/evaluation/jobs.hpp"
#include "cambrian/replay/replay.hpp"
#include "cambrian/run/run.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

constexpr const char* kPole = R"(
[run]
evaluations = 1500
[environment]
name = "cart_pole"
steps = 60
[encoding]
name = "direct_graph"
[evaluation]
samples = 3
[algorithm]
name = "map_elites"
[archive]
shape = [8, 8]
)";

constexpr const char* kMazes = R"(
[run]
evaluations = 1200
[[environments]]
name = "maze"
label = "medium"
maze = "mazes/medium_maze.maze"
[[environments]]
name = "maze"
label = "hard"
maze = "mazes/hard_maze.maze"
[encoding]
name = "direct_graph"
[evaluation]
reduction = "worst"
[algorithm]
name = "map_elites"
[archive]
shape = [8, 8]
)";

class RepeatedRun : public testing::Test {
 protected:
  RepeatedRun() {
    std::filesystem::create_directories(folder_);
    catalogue_.data = {data_folder()};
  }
  ~RepeatedRun() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path run(const char* text, const std::vector<std::string>& sets = {}) {
    const auto path = folder_ / "run.h5";
    Configuration configuration = Configuration::from_text(text, "text");
    for (const std::string& set : sets) configuration.set(set);
    start_run(std::move(configuration), catalogue_, {.run_file = path, .quiet = true});
    return path;
  }
  /// The rows of all jobs of one elite, as its run evaluates it.
  static Evaluations jobs_of(const StoredRun& stored, std::uint32_t row) {
    const Assembly& parts = stored.parts();
    const Proposal elite = stored.elite(row);
    Batch batch;
    batch.candidates = 1;
    batch.jobs = {stored_job(elite, 0, parts.evaluation.noise)};
    expand(batch, parts.suite.size(), static_cast<std::size_t>(parts.evaluation.samples));
    parts.evaluator->evaluate(*elite.population, batch);
    return batch.evaluations;
  }

  Catalogue catalogue_ = make_catalogue(environments());
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_repeat_test_" + std::to_string(getpid()));
};

TEST_F(RepeatedRun, EveryEliteRepeatsUnderEveryReductionAndNoise) {
  for (const char* noise : {"own", "shared", "fixed"}) {
    for (const char* reduction : {"mean", "median", "worst"}) {
      const StoredRun stored(run(kPole, {std::string("evaluation.noise=") + noise,
                                         std::string("evaluation.reduction=") + reduction}),
                             catalogue_, 1);
      const auto archive = stored.file().root().group("archive");
      const std::size_t rows = archive->column<std::uint64_t>("id").size();
      ASSERT_GT(rows, 2U);
      EXPECT_EQ(archive->column<std::uint32_t>("samples").front(), 3U);
      EXPECT_EQ(archive->has("noise"), std::string(noise) == "shared");
      // Replaying throws unless the stored numbers come out again.
      for (std::uint32_t row = 0; row < rows; ++row) {
        EXPECT_NO_THROW(replay(stored, row)) << noise << " " << reduction;
      }
    }
  }
}

TEST_F(RepeatedRun, EvaluationsAreCountedPerJob) {
  const StoredRun stored(run(kPole), catalogue_, 1);
  const auto evaluations =
      stored.file().root().group("archive")->column<std::uint64_t>("evaluation");
  for (const std::uint64_t evaluation : evaluations) EXPECT_EQ(evaluation % 3, 0U);
  EXPECT_GE(stored.file().root().attribute_as<std::uint64_t>("evaluations"), 1500U);
}

TEST_F(RepeatedRun, WorstOfASuiteIsTheObjectiveOfTheWorseMaze) {
  const StoredRun stored(run(kMazes), catalogue_, 1);
  const auto objectives = stored.file().root().group("archive")->column<double>("objective");
  ASSERT_GT(objectives.size(), 5U);
  std::size_t of_medium = 0;
  for (std::uint32_t row = 0; row < objectives.size(); ++row) {
    const Evaluations jobs = jobs_of(stored, row);
    ASSERT_EQ(jobs.size(), 2U);
    EXPECT_EQ(objectives[row], std::min(jobs.objectives[0], jobs.objectives[1]));
    of_medium += jobs.objectives[0] < jobs.objectives[1] ? 1 : 0;
  }
  EXPECT_GT(of_medium, 0U);
  EXPECT_LT(of_medium, objectives.size());
}

TEST_F(RepeatedRun, ReplayOfASuiteShowsTheEnvironmentThatIsNamed) {
  const StoredRun stored(run(kMazes), catalogue_, 1);
  EXPECT_EQ(place_in_suite(stored.parts(), {}), 0U);
  EXPECT_EQ(place_in_suite(stored.parts(), "hard"), 1U);
  EXPECT_THROW(place_in_suite(stored.parts(), "hrad"), ConfigError);
  const Evaluations jobs = jobs_of(stored, 0);
  for (std::size_t environment = 0; environment < 2; ++environment) {
    const Replay made = replay(stored, 0, environment);
    const auto end = made.moment(made.moments() - 1);
    EXPECT_EQ(made.episode, environment == 0 ? "in medium" : "in hard");
    EXPECT_EQ(made.episode_objective, jobs.objectives[environment]);
    EXPECT_EQ(end[1], jobs.measures[environment * jobs.shape.measures]);
    EXPECT_EQ(end[2], jobs.measures[environment * jobs.shape.measures + 1]);
  }
}

TEST_F(RepeatedRun, AResumedSuiteIsTheUninterruptedOne) {
  const auto path = run(kMazes);
  resume_run(catalogue_, 2400, {.run_file = path, .quiet = true});
  const auto resumed =
      StoredRun(path, catalogue_, 1).file().root().group("archive")->column<double>("objective");
  const StoredRun whole(run(kMazes, {"run.evaluations=2400"}), catalogue_, 1);
  EXPECT_EQ(whole.file().root().group("archive")->column<double>("objective"), resumed);
}

}  // namespace
}  // namespace cambrian
