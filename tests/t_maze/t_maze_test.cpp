#include "environments/t_maze/t_maze.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "cambrian/core/error.hpp"
#include "environments/t_maze/t_maze_grid.hpp"

namespace cambrian {
namespace {

struct NoTMazeInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

std::unique_ptr<Environment> make(const TMazeParameters& parameters) {
  return t_maze_environment().make(parameters, NoTMazeInputs());
}

TMazeParameters preset(const char* name) {
  TMazeParameters parameters;
  parameters.apply_preset(name);
  return parameters;
}

TMazeParameters single() {
  TMazeParameters parameters;
  parameters.maze = TMazeForm::single;
  return parameters;
}

struct Row {  // of a trace
  std::vector<double> values;
  int life() const { return static_cast<int>(values[0]); }
  int trial() const { return static_cast<int>(values[1]); }
  int step() const { return static_cast<int>(values[2]); }
  TMazeCell cell() const { return {static_cast<int>(values[3]), static_cast<int>(values[4])}; }
  double reward() const { return values[6]; }
  int high_end() const { return static_cast<int>(values[7]); }
};

/// The ways to an end: l, f and r are actions.
std::string way_to(int end, bool is_double) {
  if (!is_double) return end == 0 ? "ffflfff" : "fffrfff";
  static const std::vector<std::string> kWays = {"ffflffflfff", "ffflfffrfff", "fffrfffrfff",
                                                 "fffrffflfff"};
  return kWays[static_cast<std::size_t>(end)];
}

/// The actions of a trial, from the row at its start; beyond its end turns left.
using Agent = std::function<std::string(const Row&)>;

struct TMazeLife {
  double fitness = 0;
  std::vector<double> measures;
  bool solved = false;
  std::vector<double> rewards;             // of each trial
  std::vector<int> high_ends;              // of each trial
  std::vector<std::vector<float>> sensed;  // of each activation
};

TMazeLife lived(const TMazeParameters& parameters, const Agent& agent, std::uint64_t ordinal = 1) {
  const auto environment = make(parameters);
  const EnvironmentDescription& d = environment->description();
  Stream stream(stream_key(1, "t_maze"), ordinal);
  environment->reset(stream);
  TMazeLife result;
  Row row{std::vector<double>(d.trace.size())};
  do {
    std::string way;
    int trial = -1;
    for (bool continues = true; continues;) {
      result.sensed.emplace_back(4);
      environment->observe(result.sensed.back());
      environment->trace(row.values);
      if (row.trial() != trial) {
        trial = row.trial();
        way = agent(row);
        result.high_ends.push_back(row.high_end());
        result.rewards.push_back(0);
      }
      const auto step = static_cast<std::size_t>(row.step());
      const char action = step < way.size() ? way[step] : 'l';
      continues = environment->act(std::array{
          action == 'l' ? 1.0F : 0.0F, action == 'f' ? 1.0F : 0.0F, action == 'r' ? 1.0F : 0.0F});
      environment->trace(row.values);
      if (row.trial() == trial) result.rewards.back() = row.reward();
    }
  } while (environment->next_scenario());
  std::array<double, 1> objective{};
  std::array<std::uint8_t, 1> solved{};
  result.measures.resize(d.measures.size());
  environment->finish({objective, result.measures, solved, {}});
  result.fitness = objective[0];
  result.solved = solved[0] != 0;
  return result;
}

std::string crash(const Row&) { return "ffffff"; }
std::string turn(const Row&) { return ""; }

/// Knows when the reward moves (without jitter), and tries all low ends before it finds the high one.
std::string explore(const Row& row) {
  const int visit = row.trial() % 20;
  return way_to(visit < 3 ? (row.high_end() + 1 + visit) % 4 : row.high_end(), true);
}

/// Knows nothing but what it got: stays while the reward is high, and otherwise tries the ends that it
/// has not tried since, in an order that it draws.
class IdealExplorer {
 public:
  explicit IdealExplorer(Stream& stream) : stream_(stream) {}
  std::string operator()(const Row& row) {
    const bool was_high = end_ >= 0 && end_ == high_;
    if (was_high)
      untried_ = {0, 1, 2, 3};
    else
      end_ = untried_[stream_.below(static_cast<std::uint32_t>(untried_.size()))];
    std::erase(untried_, end_);
    high_ = row.high_end();
    return way_to(end_, true);
  }

 private:
  Stream& stream_;
  std::vector<int> untried_ = {0, 1, 2, 3};
  int end_ = -1, high_ = -1;
};

TEST(TMazeGrid, HasTheCellsOfTheReference) {
  const TMazeGrid two(true, 2);
  EXPECT_EQ(two.home(), (TMazeCell{5, 2}));
  EXPECT_EQ(two.ends(), (std::vector<TMazeCell>{{2, 2}, {2, 8}, {8, 2}, {8, 8}}));
  // Stem p + 2, three bars of 2p + 3, which meet in three cells.
  EXPECT_EQ(two.cells().size(), 4U + 3 * 7 - 3);
  const TMazeGrid one(false, 2);
  EXPECT_EQ(one.ends(), (std::vector<TMazeCell>{{2, 5}, {8, 5}}));
  EXPECT_EQ(one.cells().size(), 4U + 7 - 1);
  EXPECT_FALSE(one.is_free({-1, 5}));
  EXPECT_FALSE(one.is_free({2, 4}));
}

TEST(TMazeGrid, LimitsAreThePublishedOnesForAnyPassage) {
  for (int p = 1; p < 6; ++p) {
    EXPECT_EQ(TMazeGrid(true, p).shortest(false), 3 * p + 5);
    EXPECT_EQ(TMazeGrid(true, p).shortest(true), 6 * p + 12);
    EXPECT_EQ(TMazeGrid(false, p).shortest(false), 2 * p + 3);
    EXPECT_EQ(TMazeGrid(false, p).shortest(true), 4 * p + 8);
  }
}

TEST(TMaze, BaselinesOfRisisSettings) {
  EXPECT_NEAR(lived({}, crash).fitness, 0, 1e-12);
  EXPECT_NEAR(lived({}, turn).fitness, 0.286, 5e-4);
  const auto low = [](const Row& row) { return way_to((row.high_end() + 1) % 4, true); };
  EXPECT_NEAR(lived({}, low).fitness, 0.429, 5e-4);
  const TMazeLife oracle = lived({}, [](const Row& row) { return way_to(row.high_end(), true); });
  EXPECT_NEAR(oracle.fitness, 1, 1e-12);
  EXPECT_TRUE(oracle.solved);
}

TEST(TMaze, TheSameEndGetsAQuarterOfTheHighRewardsWhenLocationsComeEquallyOften) {
  TMazeParameters parameters;
  parameters.jitter = 0;
  for (int end = 0; end < 4; ++end) {
    const TMazeLife life = lived(parameters, [end](const Row&) { return way_to(end, true); });
    EXPECT_NEAR(life.fitness, 0.571, 5e-4);
    EXPECT_NEAR(life.measures[2], 40.0 / 136, 1e-12);
    EXPECT_EQ(life.measures[0], 0.25);
    EXPECT_EQ(life.measures[1], 0.75);
    EXPECT_EQ(life.measures[4 + static_cast<std::size_t>(end)], 1);
    EXPECT_FALSE(life.solved);
  }
}

TEST(TMaze, AnExplorerThatNeedsAllLowVisitsPerLocationSolvesItExactly) {
  TMazeParameters parameters;
  parameters.jitter = 0;
  const TMazeLife life = lived(parameters, explore);
  EXPECT_NEAR(life.fitness, 0.914, 5e-4);
  EXPECT_EQ(life.measures[2], 1);
  EXPECT_TRUE(life.solved);
}

TEST(TMaze, AnIdealExplorerMustFirstNoticeEachMove) {
  TMazeParameters parameters;
  parameters.jitter = 0;
  Stream stream(stream_key(1, "explorer"), 1);
  constexpr int kLives = 1'000;
  double fitness = 0, low = 0;
  for (int life = 0; life < kLives; ++life) {
    const TMazeLife result = lived(parameters, IdealExplorer(stream));
    fitness += result.fitness / kLives;
    low += static_cast<double>(
               std::ranges::count_if(result.rewards, [](double reward) { return reward < 1; })) /
           kLives;
  }
  EXPECT_NEAR(low, 15.5, 0.3);
  EXPECT_NEAR(fitness, 0.945, 1.5e-3);
}

TEST(TMaze, AnySuperfluousActionForfeitsTheTrial) {
  const auto late = [](const Row& row) { return "lr" + way_to(row.high_end(), true); };
  for (const double reward : lived({}, late).rewards) EXPECT_EQ(reward, 0);
}

TEST(TMaze, HomingEndsAtHomeWithinTheLimitAndForfeitsTheRewardOtherwise) {
  TMazeParameters parameters = single();
  parameters.homing = true;
  // Back: two turns, and the mirror image of the way.
  const auto home = [](const Row& row) {
    return row.high_end() == 0 ? std::string("ffflfff") + "rr" + "fffrfff"
                               : std::string("fffrfff") + "rr" + "ffflfff";
  };
  EXPECT_NEAR(lived(parameters, home).fitness, 1, 1e-12);
  const auto stays = [](const Row& row) { return way_to(row.high_end(), false); };
  const TMazeLife stayed = lived(parameters, stays);
  EXPECT_NEAR(stayed.fitness, 0.4 / 1.4, 1e-12);
  EXPECT_EQ(stayed.measures[0], 0);
  const auto crashes = [](const Row& row) { return way_to(row.high_end(), false) + "f"; };
  EXPECT_NEAR(lived(parameters, crashes).fitness, 0, 1e-12);
}

TEST(TMaze, SensorsTellWallsAndTheColourInTheStepInWhichItIsCollected) {
  TMazeParameters parameters = single();
  parameters.switches = 0;
  parameters.shuffle = false;
  parameters.jitter = 0;
  parameters.trials = 3;
  const TMazeLife life =
      lived(parameters, [](const Row& row) { return way_to(row.trial() == 0 ? 0 : 1, false); });
  using Sensors = std::vector<float>;
  // 7 actions and the update that sees the colour; the last trial of a life ends with its last action.
  ASSERT_EQ(life.sensed.size(), 8U + 8U + 7U);
  EXPECT_EQ(life.sensed[0], (Sensors{1, 0, 1, 0}));  // in the stem
  EXPECT_EQ(life.sensed[3], (Sensors{0, 1, 0, 0}));  // at the crossing
  EXPECT_EQ(life.sensed[4], (Sensors{0, 0, 1, 0}));  // there, heading left: the stem to the left
  EXPECT_EQ(life.sensed[7], (Sensors{1, 1, 1, 1}));
  EXPECT_EQ(life.sensed[8], (Sensors{1, 0, 1, 0}));  // home again
  EXPECT_EQ(life.sensed[15], (Sensors{1, 1, 1, 0.1F}));
}

TEST(TMaze, MovesComeInStepsOfTwoAroundEachTwentiethTrialAndAreDrawnFromTheStream) {
  std::set<int> shifts;
  std::set<std::vector<int>> schedules;
  for (std::uint64_t ordinal = 1; ordinal <= 60; ++ordinal) {
    const TMazeLife life = lived({}, crash, ordinal);
    ASSERT_EQ(life.high_ends.size(), 160U);
    schedules.insert(life.high_ends);
    std::array<int, 4> counts{};
    for (std::size_t i = 0; i < 8; ++i)
      ++counts[static_cast<std::size_t>(life.high_ends[20 * i + 10])];
    EXPECT_EQ(counts, (std::array<int, 4>{2, 2, 2, 2}));
    for (int trial = 1; trial < 160; ++trial) {
      const auto at = static_cast<std::size_t>(trial);
      if (life.high_ends[at] != life.high_ends[at - 1]) shifts.insert((trial + 10) % 20 - 10);
    }
  }
  EXPECT_EQ(shifts, (std::set<int>{-2, 0, 2}));
  EXPECT_GT(schedules.size(), 50U);
  EXPECT_EQ(lived({}, crash, 7).high_ends, lived({}, crash, 7).high_ends);
}

TEST(TMaze, SoltoggiosRewardMovesThroughTheEndsInOrder) {
  const TMazeLife life = lived(preset("soltoggio"), crash);
  ASSERT_EQ(life.high_ends.size(), 40U);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(life.high_ends[i], static_cast<int>(i / 10));
}

TEST(TMaze, PyTorchNeatHasFourLivesThatBeginAtAlternatingEnds) {
  const TMazeLife life = lived(preset("ptneat"), crash);
  ASSERT_EQ(life.high_ends.size(), 400U);
  for (std::size_t i = 0; i < 4; ++i) {
    const int first = i % 2 == 0 ? 1 : 0;
    EXPECT_EQ(life.high_ends[100 * i], first);
    EXPECT_EQ(life.high_ends[100 * i + 34], first);
    EXPECT_EQ(life.high_ends[100 * i + 65], 1 - first);
  }
  // Without jitter, a controller that never learns gets 60 of 100.
  TMazeParameters steady = preset("ptneat");
  steady.jitter = 0;
  const TMazeLife left = lived(steady, [](const Row&) { return way_to(0, false); });
  EXPECT_NEAR(left.measures[3], 0.6, 1e-12);
}

TEST(TMaze, RefusesLivesThatAreTooShortToExplore) {
  TMazeParameters parameters;
  parameters.trials = 24;
  try {
    make(parameters);
    FAIL() << "made";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("trials"));
    EXPECT_THAT(error.what(), testing::HasSubstr("24"));
  }
  parameters.trials = 25;
  EXPECT_NO_THROW(make(parameters));
}

TEST(TMaze, SceneShowsTheHighRewardLargerThanTheLowOnes) {
  const auto environment = make(single());
  const std::array<double, 8> row = {0, 0, 3, 5, 5, 3, 0, 1};
  const auto scene = environment->scene(row);
  ASSERT_TRUE(scene.has_value());
  ASSERT_EQ(scene->circles.size(), 4U);
  EXPECT_LT(scene->circles[1].radius, scene->circles[2].radius);
  EXPECT_EQ(scene->circles[3].centre.x, 5);
  EXPECT_EQ(scene->lines.back().points[1].x, 4.5);  // heading left
  // Ten cells in a T have 22 sides to walls.
  EXPECT_EQ(scene->lines.size(), 22U + 1U);
}

TEST(TMaze, EachTrialBeginsAnewInAScene) {
  const auto environment = make(single());
  const std::array<double, 8> first = {0, 3, 0, 5, 2, 0, 0, 1}, second = {0, 3, 1, 5, 3, 0, 0, 1};
  EXPECT_TRUE(environment->scene(first)->begins);
  EXPECT_FALSE(environment->scene(second)->begins);
  EXPECT_THAT(environment->scene(second)->legend, testing::HasSubstr("trial 4"));
}

}  // namespace
}  // namespace cambrian
