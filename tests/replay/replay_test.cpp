// A replay is the stored evaluation once more, or an error.
#include "cambrian/replay/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <sstream>

#include "cambrian/core/error.hpp"
#include "cambrian/query/elite_choice.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/run.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

/// An environment that has a trace but no look: one sensor, one motor, three steps.
class Plain final : public Environment {
 public:
  Plain() {
    description_.objectives = {{"sum", "", 0, ""}};
    description_.measures = {{"last", "", 0, 1, ""}};
    description_.descriptor = {"last"};
    description_.takes_networks = true;
    description_.body.sensors = {{"s", {0, 1}, {0}}};
    description_.body.motors = {{"m", {0, 1}, {0}}};
    description_.trace = {"step", "sum"};
  }
  const EnvironmentDescription& description() const override { return description_; }
  void reset(Stream&) override { step_ = 0, sum_ = 0, last_ = 0; }
  void observe(std::span<float> sensors) override { sensors[0] = static_cast<float>(step_) / 3; }
  bool act(std::span<const float> motors) override {
    last_ = static_cast<double>(motors[0]);
    sum_ += last_;
    return ++step_ < 3;
  }
  void finish(const EvaluationRows& row) override {
    row.objectives[0] = sum_;
    row.measures[0] = last_;
    row.solved[0] = 0;
  }
  void trace(std::span<double> row) const override { row[0] = step_, row[1] = sum_; }

 private:
  EnvironmentDescription description_;
  int step_ = 0;
  double sum_ = 0, last_ = 0;
};

EnvironmentComponent plain() {
  return {"plain", "for tests", "", [] { return std::make_unique<NoParameters>(); },
          [](const Parameters&, const Inputs&) { return std::make_unique<Plain>(); }};
}

class ReplayedRun : public testing::Test {
 protected:
  ReplayedRun() {
    std::filesystem::create_directories(folder_);
    std::vector<EnvironmentComponent> all = environments();
    all.push_back(plain());
    catalogue_ = make_catalogue(std::move(all));
  }
  ~ReplayedRun() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path run(Configuration configuration) {
    const auto path = folder_ / "run.h5";
    start_run(std::move(configuration), catalogue_, {.run_file = path, .quiet = true});
    return path;
  }
  /// A run file whose configuration is not that of its run: `word` of it has become `other`.
  std::filesystem::path run_misread(Configuration configuration, const std::string& word,
                                    const std::string& other) {
    const auto path = folder_ / "run.h5";
    const RecordedInputs inputs({data_folder()});
    Experiment experiment(assemble(configuration, catalogue_, inputs));
    while (!experiment.done()) experiment.step(0.0);
    std::string text = configuration.effective();
    const std::size_t at = text.find(word);
    EXPECT_NE(at, std::string::npos) << text;
    text.replace(at, word.size(), other);
    RunFileWriter file(path);
    experiment.save(file.root(), {.config = text});
    inputs.save(*file.root().group("inputs"));
    file.commit();
    return path;
  }
  static Configuration maze(const std::string& file) {
    Configuration configuration = Configuration::from_file(data_folder() + "/experiments/" + file);
    configuration.set("run.evaluations=400");
    return configuration;
  }
  static Configuration plain_run() {
    return Configuration::from_text(
        "[run]\nevaluations = 100\n[environment]\nname = \"plain\"\n[encoding]\nname = "
        "\"direct_graph\"\n[archive]\nshape = [5]\n[algorithm]\nname = \"map_elites\"\n",
        "plain");
  }

  Catalogue catalogue_;
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_replay_test_" + std::to_string(getpid()));
};

TEST_F(ReplayedRun, EveryEliteEndsWhereItsDescriptorSays) {
  for (const char* file : {"hard_maze_neat_novelty.toml", "hard_maze_map_elites.toml",
                           "hard_maze_dct_map_elites.toml"}) {
    const StoredRun stored(run(maze(file)), catalogue_, 1);
    const auto descriptor = stored.file().root().group("archive")->column<double>("descriptor");
    for (std::uint32_t row = 0; 2 * row < descriptor.size(); row += 7) {
      const Replay replayed = replay(stored, row);
      ASSERT_EQ(replayed.columns[1], "x");
      const auto end = replayed.moment(replayed.moments() - 1);
      EXPECT_EQ(end[1], descriptor[2 * row]) << file;
      EXPECT_EQ(end[2], descriptor[2 * row + 1]) << file;
      EXPECT_EQ(replayed.moments(), 401u) << file;
    }
  }
}

TEST_F(ReplayedRun, AnotherResultThanTheStoredOneIsAnError) {
  const StoredRun stored(
      run_misread(maze("hard_maze_neat_novelty.toml"), "steps = 400", "steps = 250"), catalogue_,
      1);
  int differing = 0;
  for (std::uint32_t row = 0; row < 10; ++row) {
    try {
      replay(stored, row);
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("does not repeat its stored evaluation: "));
      EXPECT_THAT(error.what(), HasSubstr("is stored as"));
      ++differing;
    }
  }
  EXPECT_GT(differing, 0);
}

TEST_F(ReplayedRun, TheNearestIsSoInUnitsOfTheBounds) {
  const StoredRun stored(run(maze("hard_maze_map_elites.toml")), catalogue_, 1);
  const auto archive = stored.file().root().group("archive");
  const auto d = archive->column<double>("descriptor");
  const auto min = archive->attribute_as<std::vector<double>>("descriptor_min");
  const auto max = archive->attribute_as<std::vector<double>>("descriptor_max");
  for (const std::vector<double>& point :
       std::vector<std::vector<double>>{{30, 150}, {90, 90}, {150, 40}, {-500, 7}, {60.25, 181}}) {
    const std::size_t chosen = elite_row(stored.file(), "archive", {{}, false, point});
    const auto distance = [&](std::size_t row) {
      return std::hypot((d[2 * row] - point[0]) / (max[0] - min[0]),
                        (d[2 * row + 1] - point[1]) / (max[1] - min[1]));
    };
    for (std::size_t row = 0; 2 * row < d.size(); ++row) {
      EXPECT_LE(distance(chosen), distance(row) * (1 + 1e-12));
    }
  }
}

TEST_F(ReplayedRun, TheBestIsTheFirstOfTheHighest) {
  const StoredRun stored(run(maze("hard_maze_map_elites.toml")), catalogue_, 1);
  const auto objective = stored.file().root().group("archive")->column<double>("objective");
  const std::size_t best = elite_row(stored.file(), "archive", {{}, true, {}});
  for (std::size_t row = 0; row < objective.size(); ++row) {
    EXPECT_LE(objective[row], objective[best]);
    if (row < best) {
      EXPECT_LT(objective[row], objective[best]);
    }
  }
}

TEST_F(ReplayedRun, AnEnvironmentThatCannotBeDrawnSaysSoAndHasItsTrajectory) {
  const StoredRun stored(run(plain_run()), catalogue_, 1);
  const Replay replayed = replay(stored, 0);
  std::ostringstream csv;
  print_csv(replayed, csv);
  EXPECT_EQ(csv.str().rfind("step,sum\n0,0\n1,", 0), 0u) << csv.str();
  EXPECT_EQ(replayed.moments(), 4u);
  try {
    painter_of(stored, replayed, 100);
    FAIL() << "was drawn";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("environment 'plain' cannot be drawn"));
  }
}

}  // namespace
}  // namespace cambrian
