#include "environments/maze/maze.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "mazes.hpp"

namespace cambrian {
namespace {

struct Result {
  double objective = 0;
  double x = 0;
  double y = 0;
  bool solved = false;
  int steps = 0;
};

using Controller = std::function<std::array<float, 2>(std::span<const float>, int)>;

Result run(Environment& environment, const Controller& controller) {
  Stream stream({}, 1);
  environment.reset(stream);
  std::array<float, 10> sensors{};
  Result result;
  for (bool goes_on = true; goes_on;) {
    environment.observe(sensors);
    const auto motors = controller(sensors, result.steps);
    ++result.steps;
    goes_on = environment.act(motors);
  }
  std::array<double, 1> objective{};
  std::array<double, 2> measures{};
  std::array<std::uint8_t, 1> solved{2};
  environment.finish({objective, measures, solved, {}});
  result.objective = objective[0];
  result.x = measures[0];
  result.y = measures[1];
  result.solved = solved[0] == 1;
  return result;
}

const Controller kIdle = [](std::span<const float>, int) { return std::array{0.5F, 0.5F}; };

class EachPrecision : public testing::TestWithParam<Precision> {};
INSTANTIATE_TEST_SUITE_P(Maze, EachPrecision,
                         testing::Values(Precision::in_double, Precision::in_single),
                         [](const auto& info) {
                           return info.param == Precision::in_double ? "double" : "single";
                         });

TEST_P(EachPrecision, AControllerThatDoesNothingScoresThePublishedGeometry) {
  const Result hard = run(*make_maze("mazes/hard_maze.maze", GetParam()), kIdle);
  EXPECT_NEAR(hard.objective, 135.924, 1e-3);
  EXPECT_EQ(hard.x, 36);
  EXPECT_EQ(hard.y, 184);
  EXPECT_EQ(hard.steps, 400);
  EXPECT_FALSE(hard.solved);
  const Result medium = run(*make_maze("mazes/medium_maze.maze", GetParam()), kIdle);
  EXPECT_NEAR(medium.objective, 47.643, 1e-3);
}

struct OneMaze final : Inputs {
  explicit OneMaze(std::string t) : text(std::move(t)) {}
  std::string read(const std::string&) const override { return text; }
  std::string text;
};

std::unique_ptr<Environment> make_from(const std::string& text, Precision precision) {
  MazeParameters parameters;
  parameters.precision = precision;
  return maze_environment().make(parameters, OneMaze(text));
}

TEST_P(EachPrecision, ReachingTheGoalSolvesAndEndsTheEpisodeWhereTheRobotIs) {
  const auto environment =
      make_from("start 0 0\ngoal 40 0\nwall -20 -20 -20 20\nwall 60 -20 60 20\n", GetParam());
  const Result result = run(*environment, [](std::span<const float>, int) {
    return std::array{0.5F, 1.0F};
  });
  // Speed 0.5, 1, ..., 3, 3, ...: 10.5 after 6 steps, then 3 a step; 35 is not passed (strictly
  // closer than 5) before step 15.
  EXPECT_TRUE(result.solved);
  EXPECT_EQ(result.steps, 15);
  EXPECT_NEAR(result.x, 37.5, 1e-5);
  EXPECT_NEAR(result.objective, 297.5, 1e-4);
}

TEST_P(EachPrecision, TheObjectiveHasAFloor) {
  const auto environment = make_from("start 0 0\ngoal 1000 0\nwall -20 -20 -19 20\n", GetParam());
  EXPECT_EQ(run(*environment, kIdle).objective, 0.1);
  EXPECT_EQ(environment->description().objectives[0].worst, 0.1);
}

TEST_P(EachPrecision, MotorsThatAreNotNumbersGiveAResultThatIsNotOne) {
  const auto environment = make_maze("mazes/hard_maze.maze", GetParam());
  const Result result = run(*environment, [](std::span<const float>, int) {
    return std::array{NAN, NAN};
  });
  EXPECT_FALSE(std::isfinite(result.objective));
  EXPECT_FALSE(result.solved);
  EXPECT_NEAR(run(*environment, kIdle).objective, 135.924, 1e-3);  // and the next episode is sound
}

TEST(Maze, EpisodesAreRepeatedBitForBit) {
  const auto environment = make_maze("mazes/hard_maze.maze");
  const Controller roam = [](std::span<const float> s, int) {
    return std::array{0.5F + 0.3F * (s[3] - s[1]), 0.4F + 0.3F * s[2]};
  };
  const Result first = run(*environment, roam);
  run(*environment, kIdle);
  const Result second = run(*environment, roam);
  EXPECT_EQ(first.x, second.x);
  EXPECT_EQ(first.y, second.y);
  EXPECT_NE(first.x, 36);
}

TEST(Maze, PrecisionsAgreeOnAShortDrive) {
  const Controller drive = [](std::span<const float>, int step) {
    return std::array{step < 20 ? 0.55F : 0.5F, step < 4 ? 0.9F : 0.5F};
  };
  const Result a = run(*make_maze("mazes/hard_maze.maze", Precision::in_double, 30), drive);
  const Result b = run(*make_maze("mazes/hard_maze.maze", Precision::in_single, 30), drive);
  EXPECT_NEAR(a.x, b.x, 1e-3);
  EXPECT_NEAR(a.y, b.y, 1e-3);
  EXPECT_NE(a.x, b.x);
}

TEST(Maze, DescribesItsBody) {
  const auto environment = make_maze("mazes/hard_maze.maze");
  const EnvironmentDescription& d = environment->description();
  EXPECT_EQ(d.body.sensors.size(), 10U);
  EXPECT_EQ(d.body.motors.size(), 2U);
  EXPECT_EQ(d.measures[0].min, 3);
  EXPECT_EQ(d.measures[1].max, 202);
  EXPECT_EQ(d.warm_up, 10);
  EXPECT_TRUE(d.takes_networks);
  EXPECT_FALSE(d.takes_vectors);
}

TEST(Maze, TracesStepPositionAndMotion) {
  const auto environment = make_maze("mazes/hard_maze.maze");
  Stream stream({}, 1);
  environment->reset(stream);
  std::vector<double> row(environment->description().trace.size());
  environment->trace(row);
  EXPECT_EQ(row, (std::vector<double>{0, 36, 184, 0, 0, 0}));
  environment->act(std::array{1.0F, 1.0F});
  environment->trace(row);
  EXPECT_EQ(row, (std::vector<double>{1, 36.5, 184, 0.5, 0.5, 0.5}));
}

std::string refusal(const std::string& text) {
  try {
    make_from(text, Precision::in_double);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

TEST(Maze, RefusesWhatItCannotRunAndNamesTheFile) {
  EXPECT_EQ(refusal("start 0 0\ngoal 40 0\nwall 7 -20 8 20\n"),
            "mazes/hard_maze.maze: the start is closer than 8, the robot's radius, to a wall");
  EXPECT_EQ(refusal("start 0 0\ngoal 40 0\nwall 20 -20 20 20\nwall 20 0 20 50\n"),
            "mazes/hard_maze.maze: all walls have the same x; a maze has width and height");
  EXPECT_EQ(refusal("start 0 0\ngoal 40 0\nwall 20 -20 80 -20\n"),
            "mazes/hard_maze.maze: all walls have the same y; a maze has width and height");
}

TEST(Maze, AsPublishedIsSinglePrecisionWithOpenWallEnds) {
  MazeParameters parameters;
  EXPECT_EQ(parameters.wall_ends, WallEnds::closed);
  parameters.apply_preset("as_published");
  EXPECT_EQ(parameters.precision, Precision::in_single);
  EXPECT_EQ(parameters.wall_ends, WallEnds::open);
  EXPECT_EQ(parameters.maze, "mazes/hard_maze.maze");
}

TEST(Maze, WallEndsDecideWhetherARayThroughAJointSees) {
  const auto ahead = [](WallEnds ends) {
    MazeParameters parameters;
    parameters.wall_ends = ends;
    const OneMaze maze(
        "start 0 0\ngoal 9 90\nwall 50 -70 50 0\nwall 50 0 50 70\nwall 0 70 50 70\n");
    const auto environment = maze_environment().make(parameters, maze);
    Stream stream({}, 1);
    environment->reset(stream);
    std::array<float, 10> sensors{};
    environment->observe(sensors);
    return sensors[2];
  };
  EXPECT_EQ(ahead(WallEnds::closed), 0.5F);
  EXPECT_EQ(ahead(WallEnds::open), 1.0F);
}

TEST(Maze, EnvironmentsOfOneMakerAreOfTheMazeThatEachIsGiven) {
  const EnvironmentComponent maker = maze_environment();
  const auto low_x = [&](const std::string& name, Precision precision) {
    MazeParameters parameters;
    parameters.maze = name;
    parameters.precision = precision;
    return maker.make(parameters, ShippedMazes())->description().measures[0].min;
  };
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(low_x("mazes/hard_maze.maze", Precision::in_double), 3);
    EXPECT_EQ(low_x("mazes/medium_maze.maze", Precision::in_single), 6);
    EXPECT_EQ(low_x("mazes/medium_maze.maze", Precision::in_double), 6);
    EXPECT_EQ(low_x("mazes/hard_maze.maze", Precision::in_single), 3);
  }
}

TEST(Maze, WarningsNameTheFile) {
  EXPECT_TRUE(make_maze("mazes/hard_maze.maze")->description().warnings.empty());
  EXPECT_TRUE(
      make_maze("mazes/medium_maze.maze", Precision::in_single)->description().warnings.empty());
  const auto environment =
      make_from("start 0 0\ngoal 40 0\nwall 20 -20 21 20\n", Precision::in_double);
  ASSERT_EQ(environment->description().warnings.size(), 1U);
  EXPECT_EQ(environment->description().warnings[0],
            "mazes/hard_maze.maze: the start lies outside the walls");
}

TEST(Maze, TakesNoBareVectors) {
  const auto environment = make_maze("mazes/hard_maze.maze");
  EXPECT_THROW(environment->evaluate({}, {}), Error);
}

}  // namespace
}  // namespace cambrian
