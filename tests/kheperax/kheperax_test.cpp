#include "environments/kheperax/kheperax.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <random>

#include "cambrian/core/error.hpp"
#include "tests/kheperax/published_episodes.hpp"

namespace cambrian {
namespace {

struct NoKheperaxInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

KheperaxParameters preset(const char* name) {
  KheperaxParameters parameters;
  parameters.apply_preset(name);
  return parameters;
}

std::unique_ptr<Environment> make(const KheperaxParameters& parameters) {
  return kheperax_environment().make(parameters, NoKheperaxInputs());
}

struct Result {
  double objective, x, y;
  bool solved;
  int steps;
};

using Motors = std::function<std::array<float, 2>(int step)>;
/// Called with the steps that were made, the trace and the sensors, once before the first step and after each.
using Watch = std::function<void(int, std::span<const double>, std::span<const float>)>;

Result run(Environment& environment, const Motors& motors, const Watch& watch = {}) {
  Stream stream(stream_key(1, "episode"), 0);
  environment.reset(stream);
  std::array<float, 5> sensors{};
  std::array<double, 4> trace{};
  const auto look = [&](int steps) {
    environment.observe(sensors);
    environment.trace(trace);
    if (watch) watch(steps, trace, sensors);
  };
  look(0);
  int steps = 0;
  for (bool goes_on = true; goes_on;) {
    const std::array<float, 2> values = motors(steps);
    goes_on = environment.act(values);
    look(++steps);
  }
  std::array<double, 1> objective{};
  std::array<double, 2> measures{};
  std::array<std::uint8_t, 1> solved{};
  environment.finish({objective, measures, solved, {}});
  return {objective[0], measures[0], measures[1], solved[0] == 1, steps};
}

Motors constant(float left, float right) {
  return [=](int) { return std::array<float, 2>{left, right}; };
}

Motors published(int episode) {
  return [=](int t) {
    const int k = episode % 2 + 1;
    return std::array<float, 2>{
        static_cast<float>(0.25 + 0.5 * std::sin(0.05 * k * t + episode)),
        static_cast<float>(0.25 + 0.5 * std::sin(0.04 * (k + 1) * t + 2 * episode))};
  };
}

KheperaxMap map_of(int episode) {
  constexpr KheperaxMap kMaps[] = {KheperaxMap::standard, KheperaxMap::pointmaze,
                                   KheperaxMap::snake};
  return kMaps[episode / 2];
}

class PublishedEpisode : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Kheperax, PublishedEpisode, testing::Range(0, 6));

TEST_P(PublishedEpisode, IsThatOfTheProgramAtEveryMomentAndInItsSums) {
  KheperaxParameters parameters = preset("as_published");
  parameters.maze = map_of(GetParam());
  parameters.task = KheperaxTask::target;
  std::size_t compared = 0;
  const auto compare = [&](int steps, std::span<const double> trace,
                           std::span<const float> sensors) {
    for (const KheperaxMoment& moment : kKheperaxMoments) {
      if (moment.episode != GetParam() || moment.steps != steps) continue;
      ++compared;
      EXPECT_NEAR(trace[1], moment.x, 1e-5) << steps;
      EXPECT_NEAR(trace[2], moment.y, 1e-5) << steps;
      EXPECT_NEAR(trace[3], moment.heading, 2e-5) << steps;
      for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(sensors[i], moment.lasers[i], 1e-4) << steps;
      for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(sensors[3 + i], moment.bumpers[i]) << steps;
    }
  };
  const Result result = run(*make(parameters), published(GetParam()), compare);
  EXPECT_GE(compared, 7U);
  const KheperaxSums& sums = kKheperaxSums[GetParam()];
  EXPECT_NEAR(result.objective, sums.target, 2e-3);
  parameters.task = KheperaxTask::energy;
  EXPECT_NEAR(run(*make(parameters), published(GetParam())).objective, sums.energy, 1e-7);
}

TEST(Kheperax, ARobotThatDoesNothingScoresAsPublishedInBothPresets) {
  for (const char* name : {"textbook", "as_published"}) {
    KheperaxParameters parameters = preset(name);
    const Result energy = run(*make(parameters), constant(0, 0));
    EXPECT_EQ(energy.objective, 0);
    EXPECT_EQ(energy.x, 0.15);
    EXPECT_EQ(energy.y, 0.15);
    EXPECT_EQ(energy.steps, 250);
    parameters.task = KheperaxTask::target;
    EXPECT_NEAR(run(*make(parameters), constant(0, 0)).objective, -187.5, 1e-6);
    parameters.steps = 1000;
    EXPECT_NEAR(run(*make(parameters), constant(0, 0)).objective, -750, 1e-6);
    parameters.task = KheperaxTask::final_distance;
    EXPECT_NEAR(run(*make(parameters), constant(0, 0)).objective, -1000 - 75, 1e-6);
  }
}

TEST(Kheperax, FullSpeedCostsTheDeclaredWorstAndMotorsBeyondTheirRangeAreClipped) {
  KheperaxParameters parameters;
  const auto environment = make(parameters);
  const double worst = environment->description().objectives[0].worst;
  EXPECT_EQ(worst, -0.3125);
  EXPECT_NEAR(run(*environment, constant(1, -1)).objective, worst, 1e-12);
  EXPECT_EQ(run(*environment, constant(3, -8)).objective,
            run(*environment, constant(1, -1)).objective);
}

TEST(Kheperax, DrivesStraightUpAndSeesWhatItsLasersMeet) {
  // From (0.15, 0.15): the wall (0.25, 0.25)-(0.25, 0.75) stands to the right.
  run(*make({}), constant(0.4F, 0.4F),
      [](int steps, std::span<const double> trace, std::span<const float> sensors) {
        if (steps > 25) return;
        EXPECT_NEAR(trace[1], 0.15, 1e-12);
        EXPECT_NEAR(trace[2], 0.15 + steps * 0.01, 1e-6);
        // Its right laser meets that wall where the wall begins above y = 0.25: 0.1 to the side.
        if (steps >= 1) {
          EXPECT_NEAR(sensors[0], 0.1 * std::sqrt(2), 1e-6);
        }
      });
}

TEST(Kheperax, ASolidWallStopsARobotOutsideItAndItsBumpersTell) {
  std::size_t refused = 0;
  double last_y = 0;
  KheperaxParameters parameters;
  parameters.maze = KheperaxMap::pointmaze;  // a wall at y = 0.25 above the start
  const Result result =
      run(*make(parameters), constant(0.4F, 0.4F),
          [&](int steps, std::span<const double> trace, std::span<const float> sensors) {
            const bool moved = steps == 0 || trace[2] > last_y;
            // Straight ahead belongs to both quarters.
            EXPECT_EQ(sensors[3], moved ? -1 : 1);
            EXPECT_EQ(sensors[4], moved ? -1 : 1);
            refused += moved ? 0 : 1;
            last_y = trace[2];
          });
  EXPECT_EQ(refused, 250U - 8U);  // 0.15 + 8 x 0.01 = 0.23; the ninth step ends nearer than 0.015
  EXPECT_NEAR(result.y, 0.23, 1e-6);
}

TEST(Kheperax, ARobotGetsAwayFromASolidWallButNotFromAStickyOne) {
  const auto there_and_back = [](int t) {
    const float speed = t < 20 ? 0.4F : -0.4F;
    return std::array<float, 2>{speed, speed};
  };
  KheperaxParameters parameters;
  parameters.maze = KheperaxMap::pointmaze;
  parameters.steps = 24;
  EXPECT_NEAR(run(*make(parameters), there_and_back).y, 0.19, 1e-6);
  parameters.walls = KheperaxWalls::sticky;
  EXPECT_NEAR(run(*make(parameters), there_and_back).y, 0.24, 1e-6);
}

TEST(Kheperax, NoSolidWallIsEverCloserThanTheRadius) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> uniform(-1, 1);
  for (const KheperaxMap map :
       {KheperaxMap::standard, KheperaxMap::pointmaze, KheperaxMap::snake}) {
    KheperaxParameters parameters;
    parameters.maze = map;
    const auto environment = make(parameters);
    const std::vector<Wall> walls = kheperax_maze(map).walls;
    for (int episode = 0; episode < 20; ++episode) {
      const float bias = uniform(random);
      run(
          *environment,
          [&](int) {
            return std::array<float, 2>{0.5F + 0.5F * uniform(random), 0.5F + 0.5F * bias};
          },
          [&](int, std::span<const double> trace, std::span<const float>) {
            for (const Wall& wall : walls) {
              // By sampling the wall: never nearer than the true distance.
              for (int i = 0; i <= 50; ++i) {
                const double t = i / 50.0;
                const double x = wall.a.x + t * (wall.b.x - wall.a.x);
                const double y = wall.a.y + t * (wall.b.y - wall.a.y);
                ASSERT_GE(std::hypot(x - trace[1], y - trace[2]), 0.015 - 1e-12);
              }
            }
          });
    }
  }
}

TEST(Kheperax, ThePositionIsThatAfterTheLastStepOrBeforeIt) {
  KheperaxParameters parameters;
  parameters.steps = 5;
  EXPECT_NEAR(run(*make(parameters), constant(0.4F, 0.4F)).y, 0.2, 1e-6);
  parameters.position = KheperaxPosition::last_but_one;
  EXPECT_NEAR(run(*make(parameters), constant(0.4F, 0.4F)).y, 0.19, 1e-6);
}

TEST(Kheperax, ALaserThatMeetsNothingTellsItsRangeOrMinusOne) {
  for (const bool minus_one : {false, true}) {
    KheperaxParameters parameters;
    parameters.laser_miss = minus_one ? KheperaxMiss::minus_one : KheperaxMiss::range;
    run(*make(parameters), constant(0, 0),
        [&](int, std::span<const double>, std::span<const float> sensors) {
          EXPECT_EQ(sensors[1], minus_one ? -1.0F : 0.2F);
        });
  }
}

TEST(Kheperax, ArrivingAtTheTargetSolvesAndEndsTheEpisode) {
  // Along straight lines through the pointmaze: turns on the spot by a quarter, at these steps.
  const auto quarter = static_cast<float>(std::numbers::pi / 2 * 0.015 / 0.025);
  const Motors route = [&](int t) {
    float left = 0;          // of the turn, 1 for a quarter
    if (t == 0) left = -1;   // to the right, at (0.15, 0.15)
    if (t == 30) left = 1;   // up, at x = 0.15 + 29 x 0.025 = 0.875
    if (t == 42) left = 1;   // to the left, at y = 0.15 + 11 x 0.025 = 0.425
    if (t == 73) left = -1;  // up, at x = 0.125
    if (t == 92) left = -1;  // to the right, at y = 0.875
    if (left == 0) return std::array<float, 2>{1, 1};
    return std::array<float, 2>{-left * quarter, left * quarter};
  };
  for (const KheperaxTask task : {KheperaxTask::target, KheperaxTask::final_distance}) {
    KheperaxParameters parameters;
    parameters.maze = KheperaxMap::pointmaze;
    parameters.task = task;
    double distances = 0, last = 0;
    const Result result =
        run(*make(parameters), route,
            [&](int steps, std::span<const double> trace, std::span<const float>) {
              if (steps == 0) return;
              last = std::hypot(trace[1] - 0.9, trace[2] - 0.9);
              distances += last;
            });
    EXPECT_TRUE(result.solved);
    EXPECT_EQ(result.steps, 93 + 30);  // x = 0.125 + 30 x 0.025 = 0.875 is the first within 0.05
    EXPECT_LT(last, 0.05);
    const bool target = task == KheperaxTask::target;
    EXPECT_NEAR(result.objective, target ? -distances : -result.steps, 1e-6);
  }
}

TEST(Kheperax, PresetsChangeWhatTheProgramDoesOtherwise) {
  const KheperaxParameters published = preset("as_published");
  EXPECT_EQ(published.walls, KheperaxWalls::sticky);
  EXPECT_EQ(published.position, KheperaxPosition::last_but_one);
  EXPECT_EQ(published.laser_miss, KheperaxMiss::range);
  EXPECT_EQ(published.steps, 250);
  EXPECT_EQ(preset("textbook").walls, KheperaxWalls::solid);
}

TEST(Kheperax, MotorsThatAreNoNumbersGiveAResultThatIsNone) {
  EXPECT_FALSE(std::isfinite(run(*make({}), constant(NAN, 0)).objective));
}

TEST(Kheperax, ShowsItsWallsItsRobotAndTheTargetWhereThereIsOne) {
  KheperaxParameters parameters;
  const std::array<double, 4> row = {3, 0.4, 0.6, 0};
  EXPECT_EQ(make(parameters)->scene(row)->circles.size(), 2U);
  parameters.task = KheperaxTask::target;
  const std::optional<Scene> scene = make(parameters)->scene(row);
  ASSERT_TRUE(scene);
  ASSERT_EQ(scene->circles.size(), 3U);
  EXPECT_EQ(scene->circles[1].centre.y, 0.9);
  EXPECT_EQ(scene->circles[2].centre.x, 0.4);
  EXPECT_EQ(scene->lines.size(), 7U + 4U + 1U);
}

}  // namespace
}  // namespace cambrian
