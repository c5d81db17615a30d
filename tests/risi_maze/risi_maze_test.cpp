#include "environments/risi_maze/risi_maze.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace cambrian {
namespace {

constexpr double kUpward = 1.5 * std::numbers::pi;

struct NoRisiInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

using Moment = std::array<double, 7>;  // scenario, step, x, y, heading in degrees, target x, y
using Pilot = std::function<std::array<float, 3>(const Moment&)>;

struct Journey {
  double fitness = 0;
  std::vector<double> measures;
  bool solved = false;
  std::vector<Moment> moments;
  std::vector<std::array<float, 9>> sensors;
};

Journey travel(const RisiMazeParameters& parameters, const Pilot& pilot, std::uint64_t life = 0) {
  const auto environment = risi_maze_environment().make(parameters, NoRisiInputs());
  Stream stream(stream_key(1, "life"), life);
  environment->reset(stream);
  Journey journey;
  const auto look = [&] {
    environment->observe(journey.sensors.emplace_back());
    environment->trace(journey.moments.emplace_back());
  };
  do {
    look();
    while (environment->act(pilot(journey.moments.back()))) look();
  } while (environment->next_scenario());
  std::array<double, 1> fitness{};
  std::array<std::uint8_t, 1> solved{};
  journey.measures.resize(environment->description().measures.size());
  environment->finish({fitness, journey.measures, solved, {}});
  journey.fitness = fitness[0];
  journey.solved = solved[0] != 0;
  return journey;
}

RisiMazeParameters dual(RisiFood food = RisiFood::fixed) {
  RisiMazeParameters parameters;
  parameters.task = RisiTask::dual;
  parameters.food = food;
  return parameters;
}

std::array<float, 3> stand(const Moment&) { return {0, 0, 0}; }

/// Steers to a place: turns there, and drives where it is ahead.
std::array<float, 3> steer(const Moment& now, Point to) {
  const double way = std::atan2(to.y - now[3], to.x - now[2]) - now[4] * std::numbers::pi / 180;
  const double left = std::remainder(way, 2 * std::numbers::pi);
  const double step = RisiRobot::kTurn * RisiRobot::kTime;
  const auto turn = static_cast<float>(std::clamp(left / step, -1.0, 1.0));
  const float drive = std::abs(left) < step ? 1.0F : 0.0F;
  return {std::max(turn, 0.0F), drive, std::max(-turn, 0.0F)};
}

std::array<float, 3> to_target(const Moment& now) { return steer(now, {now[5], now[6]}); }

TEST(RisiMaze, StandingStillScoresWhatTheReferenceSays) {
  const Journey journey = travel(dual(), stand);
  EXPECT_NEAR(journey.fitness, 0.37304, 1e-5);
  const RisiRobot navigation(risi_navigation().walls, risi_navigation().start, kUpward);
  EXPECT_NEAR(1 - navigation.distance(risi_navigation().goal) / 593.246, 0.57596, 1e-5);
  EXPECT_NEAR(2 * journey.fitness - 0.57596, 0.17012, 2e-5);
  EXPECT_EQ(journey.moments.size(), 2 * 454U);
  EXPECT_EQ(journey.measures, (std::vector<double>{255, 393, 345.5, 591, 0}));
  EXPECT_FALSE(journey.solved);
  // The hard maze: 1 - the distance to the first way point / 650.
  EXPECT_NEAR(travel({}, stand).fitness, 1 - std::hypot(297 - 205, 337 - 387) / 650, 1e-12);
}

TEST(RisiMaze, APilotThatFollowsTheWayPointsSolvesTheHardMaze) {
  std::vector<Point> way = risi_hard_maze().points;
  way.insert(way.begin() + 2, {392, 355});  // round the end of a wall
  way.push_back(risi_hard_maze().goal);
  std::size_t next = 0;
  const Journey journey = travel({}, [&](const Moment& now) {
    if (std::hypot(way[next].x - now[2], way[next].y - now[3]) < 5) ++next;
    return steer(now, way[next]);
  });
  EXPECT_EQ(journey.measures[2], 7);
  EXPECT_EQ(journey.fitness, 10);
  EXPECT_TRUE(journey.solved);
  EXPECT_LT(journey.moments.size(), 454U);
}

TEST(RisiMaze, WayPointsCountInTheirOrder) {
  // Straight to the second one: it is remembered, but does not count before the first.
  RisiMazeParameters short_life;
  short_life.steps = 140;
  const Journey journey = travel(short_life, [](const Moment& now) {
    return steer(now, {376, 388});
  });
  EXPECT_EQ(journey.measures[2], 0);
  EXPECT_LT(journey.fitness, 1);
}

/// The way through the corridor of the navigation task.
std::array<float, 3> through_corridor(const Moment& now) {
  if (now[0] == 1) return to_target(now);
  if (now[3] > 325 && now[2] < 300) return steer(now, {254, 317});
  if (now[2] < 385) return steer(now, {395, 317});
  return steer(now, {395, 184});
}

TEST(RisiMaze, APilotSolvesTheDualTaskWithUniformFood) {
  int solved = 0;
  for (std::uint64_t life = 0; life < 20; ++life) {
    const Journey journey = travel(dual(RisiFood::uniform), through_corridor, life);
    solved += journey.solved ? 1 : 0;
    EXPECT_EQ(journey.solved, journey.fitness == 1);
    EXPECT_EQ(journey.solved, journey.measures[4] == 4);
    for (const Moment& now : journey.moments) {
      if (now[0] == 0) continue;
      EXPECT_TRUE(now[5] >= 156 && now[5] <= 535 && now[6] >= 466 && now[6] <= 716);
    }
  }
  EXPECT_GT(solved, 10);
}

TEST(RisiMaze, NavigationIsDarkAndTheRadarPointsAtTheFood) {
  const Journey journey = travel(dual(), stand);
  const auto lit = [&](std::size_t i) {
    const auto& sensors = journey.sensors[i];
    return std::array<float, 4>{sensors[5], sensors[6], sensors[7], sensors[8]};
  };
  EXPECT_EQ(lit(0), (std::array<float, 4>{0, 0, 0, 0}));
  // Food at (-174.5, -74) from a robot that looks up: on its left.
  EXPECT_EQ(lit(454), (std::array<float, 4>{0, 0, 0, 1}));
}

TEST(RisiRobot, TurnsBeforeItDrivesAndUndoesMovesButNotTurnsIntoWalls) {
  const std::vector<Wall> wall = {{{0, -100}, {0, 100}}};
  RisiRobot robot(wall, {-20, 0}, 0);
  robot.step(std::array<float, 3>{1, 1, 0.5});
  const double turn = 0.5 * 4.28 * 0.099;
  EXPECT_NEAR(robot.heading(), turn, 1e-12);
  EXPECT_NEAR(robot.place().x, -20 + 1.98 * std::cos(turn), 1e-12);
  EXPECT_NEAR(robot.place().y, 1.98 * std::sin(turn), 1e-12);
  for (int i = 0; i < 20; ++i) robot.step(std::array<float, 3>{0, 1, 0});
  EXPECT_FALSE(robot.touches_wall());
  EXPECT_GT(robot.place().x, -12.5);
  const Point before = robot.place();
  robot.step(std::array<float, 3>{0.1F, 1, 0});
  EXPECT_EQ(robot.place().x, before.x);
  EXPECT_EQ(robot.place().y, before.y);
  EXPECT_GT(robot.heading(), turn);
}

TEST(RisiRobot, ReadingsCountFromTheSkinAndVanishNearIt) {
  const std::vector<Wall> wall = {{{0, -100}, {0, 100}}};
  const auto ahead = [&](double from_centre) {
    return RisiRobot(wall, {-from_centre, 0}, 0).rangefinders()[2];
  };
  EXPECT_NEAR(ahead(10.5 + 20), 0.5, 1e-12);
  EXPECT_EQ(ahead(10.5 + 10), 0);
  EXPECT_NEAR(ahead(10.5 + 10.01), 0.25025, 1e-12);
  EXPECT_EQ(ahead(50.5), 1);
  EXPECT_EQ(ahead(90), 1);
}

/// By small steps along the ray, each held against the distance to every wall, which is found by small
/// steps along the wall: slow and obvious.
double marched(const std::vector<Wall>& walls, Point from, double angle) {
  constexpr double kStep = 0.05;
  for (double way = 0; way < 50.5; way += kStep) {
    const Point a = {from.x + way * std::cos(angle), from.y + way * std::sin(angle)};
    const Point b = {a.x + kStep * std::cos(angle), a.y + kStep * std::sin(angle)};
    for (const Wall& wall : walls) {
      // The ends of each piece lie on two sides of the other.
      const auto side = [](Point p, Point q, Point r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
      };
      if (side(wall.a, wall.b, a) * side(wall.a, wall.b, b) <= 0 &&
          side(a, b, wall.a) * side(a, b, wall.b) <= 0) {
        return way;
      }
    }
  }
  return 50.5;
}

bool near_wall(const std::vector<Wall>& walls, Point p, double radius) {
  return std::ranges::any_of(walls, [&](const Wall& wall) {
    for (int i = 0; i <= 20'000; ++i) {
      const double t = i / 20'000.0;
      if (std::hypot(wall.a.x + t * (wall.b.x - wall.a.x) - p.x,
                     wall.a.y + t * (wall.b.y - wall.a.y) - p.y) < radius)
        return true;
    }
    return false;
  });
}

TEST(RisiRobot, SeesAndTouchesWhatASlowPlainCheckFinds) {
  Stream stream(stream_key(1, "places"), 0);
  for (const RisiWorld* world : {&risi_hard_maze(), &risi_navigation()}) {
    int seen = 0, touched = 0;
    for (int i = 0; i < 100; ++i) {
      const Point place = {158 + 262 * stream.uniform(), 115 + 297 * stream.uniform()};
      const double heading = 7 * stream.uniform();
      const RisiRobot robot(world->walls, place, heading);
      const auto readings = robot.rangefinders();
      for (std::size_t k = 0; k < 5; ++k) {
        const double angle = heading - 1.3398 + 0.6699 * static_cast<double>(k);
        const double expected = (marched(world->walls, place, angle) - 10.5) / 40;
        if (std::abs(expected - 0.25) < 0.002) continue;  // at the edge of what vanishes
        EXPECT_NEAR(readings[k], expected <= 0.25 ? 0 : expected, 0.002);
        seen += readings[k] > 0 && readings[k] < 1 ? 1 : 0;
      }
      const bool inside = near_wall(world->walls, place, 10.49);
      const bool at_the_edge = inside != near_wall(world->walls, place, 10.51);
      EXPECT_TRUE(at_the_edge || robot.touches_wall() == inside);
      touched += inside ? 1 : 0;
    }
    EXPECT_GT(seen, 20);
    EXPECT_GT(touched, 5);
  }
}

/// The wedges that are lit while the robot turns once.
int changes_in_a_turn(RisiRadar radar) {
  int changes = 0;
  std::array<double, 4> last{};
  constexpr int kSteps = 200'000;
  for (int i = 0; i <= kSteps; ++i) {
    const double heading = kUpward + 2 * std::numbers::pi * i / kSteps;
    const auto lit = RisiRobot({}, {205, 387}, heading).radars({190, 151}, radar);
    changes += i > 0 && lit != last ? 1 : 0;
    last = lit;
  }
  return changes;
}

TEST(RisiRobot, ATurnChangesTheWedge4TimesAndAsPublished229Times) {
  EXPECT_EQ(changes_in_a_turn(RisiRadar::textbook), 4);
  EXPECT_NEAR(changes_in_a_turn(RisiRadar::as_published), 229, 1);
}

TEST(RisiRobot, WedgesAreAheadRightBehindLeft) {
  const auto lit = [](Point target) {
    const auto wedges = RisiRobot({}, {0, 0}, kUpward).radars(target, RisiRadar::textbook);
    return std::ranges::find(wedges, 1.0) - wedges.begin();
  };
  EXPECT_EQ(lit({1, -10}), 0);
  EXPECT_EQ(lit({10, 1}), 1);
  EXPECT_EQ(lit({1, 10}), 2);
  EXPECT_EQ(lit({-10, 1}), 3);
}

}  // namespace
}  // namespace cambrian
