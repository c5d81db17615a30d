// The fast robot against the slow, obvious one.
#include "environments/maze/robot.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "mazes.hpp"
#include "slow_robot.hpp"

namespace cambrian {
namespace {

template <class T>
Maze posed(Maze maze, double x, double y, double heading) {
  maze.start = {static_cast<double>(static_cast<T>(x)), static_cast<double>(static_cast<T>(y))};
  maze.heading = static_cast<double>(static_cast<T>(heading));
  return maze;
}

/// A controller without memory that roams: follows the free side, and swings with time.
std::array<double, 2> roam(const std::array<double, 10>& sensors, int step, double a, double b) {
  return {std::clamp(0.5 + a * (sensors[3] - sensors[1]) + 0.3 * std::sin(b * step), 0.0, 1.0),
          std::clamp(0.3 + sensors[2] * a, 0.0, 1.0)};
}

template <class T>
class RobotOf : public testing::Test {
 protected:
  static constexpr bool kDouble = sizeof(T) == 8;
  static constexpr double kTolerance = kDouble ? 1e-11 : 1e-4;
};
using Precisions = testing::Types<float, double>;
TYPED_TEST_SUITE(RobotOf, Precisions);

TYPED_TEST(RobotOf, SensesAsTheObviousModelAtRandomPoses) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> u(0, 1);
  for (const char* file : {"mazes/hard_maze.maze", "mazes/medium_maze.maze"}) {
    const Maze shipped = shipped_maze(file);
    const WallField<TypeParam> walls(shipped.walls, kSensorRange, kRobotRadius);
    int edges = 0;
    for (int i = 0; i < 3000; ++i) {
      const Maze maze =
          posed<TypeParam>(shipped, 300 * u(random), 210 * u(random), 360 * u(random));
      const Robot<TypeParam> robot(maze, walls);
      const auto expected = SlowRobot(maze).sense();
      const auto ranges = robot.rangefinders();
      const auto radars = robot.radars();
      for (std::size_t k = 0; k < 6; ++k) {
        // In single precision a ray may pass the end of a wall on the other side.
        const bool close =
            std::abs(static_cast<double>(ranges[k]) - expected[k]) <= this->kTolerance;
        if (this->kDouble) {
          ASSERT_TRUE(close) << ranges[k] << " instead of " << expected[k];
        }
        edges += close ? 0 : 1;
      }
      for (std::size_t k = 0; k < 4; ++k) {
        ASSERT_EQ(static_cast<double>(radars[k]), expected[6 + k]);
      }
    }
    EXPECT_LE(edges, 3);
  }
}

TYPED_TEST(RobotOf, RefusesMovesExactlyWhereAWallIsCloserThanTheRadius) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> u(0, 1);
  const Maze maze = shipped_maze("mazes/hard_maze.maze");
  const WallField<TypeParam> walls(maze.walls, 100, 8);
  const SlowRobot slow(maze);
  int blocked = 0;
  for (int i = 0; i < 20000; ++i) {
    const double x = 200 * u(random);
    const double y = 210 * u(random);
    const double clearance = slow.clearance(x, y);
    if (std::abs(clearance - 8) < (this->kDouble ? 1e-12 : 1e-4)) continue;
    const bool blocks = walls.blocks(static_cast<TypeParam>(x), static_cast<TypeParam>(y));
    ASSERT_EQ(blocks, clearance < 8) << x << " " << y;
    blocked += blocks ? 1 : 0;
  }
  EXPECT_GT(blocked, 1000);
  EXPECT_LT(blocked, 19000);
}

TYPED_TEST(RobotOf, LooksOnlyAtWallsThatMatterWithTheSameBitsAsAtAll) {
  // Walls one by one, and the nearest sight of them: no other wall hides them, and none is left
  // out.
  std::mt19937 random(4);
  std::uniform_real_distribution<double> u(0, 1);
  std::vector<Maze> mazes = {shipped_maze("mazes/hard_maze.maze"),
                             shipped_maze("mazes/medium_maze.maze")};
  for (int i = 0; i < 8; ++i) {
    Maze& maze = mazes.emplace_back();
    for (int wall = 0; wall < 5 + 3 * i; ++wall) {
      // Of all lengths, and many that begin where the last one ends.
      const Point last =
          wall % 3 == 0 ? Point{400 * u(random), 200 * u(random)} : maze.walls.back().b;
      maze.walls.push_back(
          {last, {last.x + 120 * (u(random) - 0.5) * u(random), last.y + 120 * (u(random) - 0.5)}});
    }
  }
  std::size_t left_out = 0;
  for (std::size_t m = 0; m < mazes.size(); ++m) {
    const Maze& maze = mazes[m];
    const WallEnds ends = m % 2 == 0 ? WallEnds::closed : WallEnds::open;
    const WallField<TypeParam> field(maze.walls, 100, 8, ends);
    std::vector<WallField<TypeParam>> alone;
    for (const Wall& wall : maze.walls) alone.push_back(WallField<TypeParam>({wall}, 100, 8, ends));
    for (const auto& cell : make_wall_cells(maze.walls, 100, 8).cells) {
      left_out += maze.walls.size() - cell.walls.size();
    }
    for (int i = 0; i < 2000; ++i) {
      const auto x = static_cast<TypeParam>(maze.min().x - 20 +
                                            (maze.max().x - maze.min().x + 40) * u(random));
      const auto y = static_cast<TypeParam>(maze.min().y - 20 +
                                            (maze.max().y - maze.min().y + 40) * u(random));
      const auto [sine, cosine] = sine_cosine(static_cast<TypeParam>(360 * u(random)));
      std::array<TypeParam, kRangefinders> ranges;
      ranges.fill(1);
      bool blocks = false;
      for (const auto& wall : alone) {
        const auto seen = wall.ranges(x, y, cosine, sine);
        for (std::size_t k = 0; k < kRangefinders; ++k) ranges[k] = std::min(ranges[k], seen[k]);
        blocks |= wall.blocks(x, y);
      }
      ASSERT_EQ(field.ranges(x, y, cosine, sine), ranges) << x << " " << y;
      ASSERT_EQ(field.blocks(x, y), blocks) << x << " " << y;
    }
  }
  EXPECT_GT(left_out, 10000U);
}

TYPED_TEST(RobotOf, AMoveToADistanceOfExactlyTheRadiusIsAllowed) {
  const WallField<TypeParam> walls({{{0, 0}, {64, 0}}}, 100, 8);
  EXPECT_FALSE(walls.blocks(32, 8));
  EXPECT_TRUE(walls.blocks(32, TypeParam{7.999}));
  EXPECT_FALSE(walls.blocks(-8, 0));  // the wall's end
  EXPECT_TRUE(walls.blocks(TypeParam{-7.999}, 0));
}

TYPED_TEST(RobotOf, RaysSeeEndsAndWallsAlongThemWhereWallsAreClosed) {
  const auto ahead = [](Wall wall, WallEnds ends) {
    return WallField<TypeParam>({wall}, 100, 8, ends).ranges(0, 0, 1, 0)[2];
  };
  constexpr auto kHalf = TypeParam{0.5};
  const WallEnds closed = WallEnds::closed;
  const WallEnds open = WallEnds::open;
  EXPECT_EQ(ahead({{50, -1}, {50, 1}}, closed), kHalf);
  EXPECT_EQ(ahead({{50, -1}, {50, 1}}, open), kHalf);
  EXPECT_EQ(ahead({{50, 0}, {50, 10}}, closed), kHalf);  // its end lies on the ray
  EXPECT_EQ(ahead({{50, 0}, {50, 10}}, open), 1);
  EXPECT_EQ(ahead({{50, -10}, {50, 0}}, closed), kHalf);  // from the other side
  EXPECT_EQ(ahead({{50, -10}, {50, 0}}, open), 1);
  EXPECT_EQ(ahead({{80, 0}, {50, 0}}, closed), kHalf);  // along the ray
  EXPECT_EQ(ahead({{80, 0}, {50, 0}}, open), 1);
  for (const WallEnds ends : {closed, open}) {
    EXPECT_EQ(ahead({{50, 2}, {80, 2}}, ends), 1);     // beside it
    EXPECT_EQ(ahead({{101, -1}, {101, 1}}, ends), 1);  // too far
    EXPECT_EQ(ahead({{-50, -1}, {-50, 1}}, ends), 1);  // behind
    EXPECT_EQ(ahead({{0, -1}, {0, 1}}, ends), 1);      // on top of it
    EXPECT_EQ(ahead({{-9, 0}, {9, 0}}, ends), 1);      // on it, and along
  }
}

TYPED_TEST(RobotOf, AStraightWallOfTwoPiecesIsClosedAtItsJointUnlessWallsAreOpen) {
  for (int joint = -60; joint <= 60; ++joint) {
    const std::vector<Wall> walls = {{{50, -70}, {50, double(joint)}},
                                     {{50, double(joint)}, {50, 70}}};
    const auto at = [&](WallEnds ends) {
      return WallField<TypeParam>(walls, 100, 8, ends)
          .ranges(0, static_cast<TypeParam>(joint), 1, 0)[2];
    };
    EXPECT_EQ(at(WallEnds::closed), TypeParam{0.5}) << joint;
    EXPECT_EQ(at(WallEnds::open), 1) << joint;
  }
}

TYPED_TEST(RobotOf, OnALatticeEveryRayIsExact) {
  // Few places, so that rays often meet ends and run along walls.
  std::mt19937 random(5);
  const auto place = [&](int most) {
    return std::uniform_int_distribution<int>(-most, most)(random);
  };
  constexpr std::array<std::array<int, 2>, 4> kHeadings = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
  constexpr std::array<std::array<int, 2>, 6> kRays = {
      {{0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 0}}};  // ahead, left
  int seen = 0;
  for (int i = 0; i < 300; ++i) {
    std::vector<Wall> walls;
    Point last = {double(place(12)), double(place(12))};
    while (walls.size() < 7) {
      const Point next = {double(place(12)), double(place(12))};
      if (next.x == last.x && next.y == last.y) continue;
      walls.push_back({last, next});
      last = next;
    }
    const WallField<TypeParam> field(walls, 100, 8);
    for (int k = 0; k < 50; ++k) {
      const int x = place(15), y = place(15);
      for (const auto& [cosine, sine] : kHeadings) {
        const auto ranges =
            field.ranges(static_cast<TypeParam>(x), static_cast<TypeParam>(y),
                         static_cast<TypeParam>(cosine), static_cast<TypeParam>(sine));
        for (std::size_t ray = 0; ray < kRays.size(); ++ray) {
          const auto [ahead, left] = kRays[ray];
          const double expected =
              exact_range(walls, x, y, ahead * cosine - left * sine, ahead * sine + left * cosine);
          ASSERT_NEAR(static_cast<double>(ranges[ray]), expected, this->kTolerance)
              << x << " " << y << " heading " << cosine << " " << sine << " ray " << ray;
          seen += expected < 1 ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(seen, 100000);
}

TYPED_TEST(RobotOf, NoRayLeavesARingOfWallsWhereverTwoOfThemMeet) {
  // A ring around the robot in pieces: the range goes on without a jump where they meet.
  std::mt19937 random(6);
  std::uniform_real_distribution<double> u(0, 1);
  constexpr std::array<double, 6> kAngles = {-90, -45, 0, 45, 90, -180};
  for (int ring = 0; ring < 200; ++ring) {
    const auto x = static_cast<TypeParam>(200 * u(random));
    const auto y = static_cast<TypeParam>(200 * u(random));
    std::vector<Point> joints;
    const int pieces = 3 + ring % 40;
    for (int i = 0; i < pieces; ++i) {
      const double angle = 2 * std::numbers::pi * (i + 0.2 * u(random)) / pieces;
      joints.push_back({double(x) + 70 * std::cos(angle), double(y) + 70 * std::sin(angle)});
    }
    std::vector<Wall> walls;
    for (std::size_t i = 0; i < joints.size(); ++i) {
      walls.push_back({joints[i], joints[(i + 1) % joints.size()]});
      if (i % 2 == 0) std::swap(walls.back().a, walls.back().b);
    }
    const WallField<TypeParam> field(walls, 100, 8);
    for (const Point& joint : joints) {
      const double bearing =
          std::atan2(joint.y - double(y), joint.x - double(x)) * 180 / std::numbers::pi;
      for (std::size_t ray = 0; ray < kAngles.size(); ++ray) {
        auto heading = static_cast<TypeParam>(std::fmod(bearing - kAngles[ray] + 720, 360));
        for (int ulp = 0; ulp < 3; ++ulp) heading = std::nextafter(heading, TypeParam{-1});
        for (int ulp = -3; ulp <= 3; ++ulp) {
          const auto [sine, cosine] = sine_cosine(std::max(heading, TypeParam{0}));
          ASSERT_NEAR(static_cast<double>(field.ranges(x, y, cosine, sine)[ray]), 0.7,
                      this->kDouble ? 1e-9 : 1e-4);
          heading = std::nextafter(heading, TypeParam{361});
        }
      }
    }
  }
}

TYPED_TEST(RobotOf, AWallThatEndsOnAnotherLeavesNoGap) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> u(0, 1);
  for (int i = 0; i < 1000; ++i) {
    const Wall across = {{40 + 20 * u(random), -30 - 9 * u(random)}, {40 + 20 * u(random), 35}};
    const double s = 0.2 + 0.6 * u(random);
    const Point joint = {across.a.x + s * (across.b.x - across.a.x),
                         across.a.y + s * (across.b.y - across.a.y)};
    const WallField<TypeParam> field({across, {joint, {joint.x + 30, joint.y - 40 * u(random)}}},
                                     100, 8);
    const double bearing = std::atan2(joint.y, joint.x) * 180 / std::numbers::pi;
    const auto [sine, cosine] = sine_cosine(static_cast<TypeParam>(std::fmod(bearing + 360, 360)));
    ASSERT_NEAR(static_cast<double>(field.ranges(0, 0, cosine, sine)[2]),
                std::hypot(joint.x, joint.y) / 100, this->kDouble ? 1e-12 : 1e-5);
  }
}

TYPED_TEST(RobotOf, AWallSeenEdgeOnIsSeenWhereItIs) {
  // Robots on a wall's own line up to rounding, that look along it: never a point between the robot
  // and the wall, nor behind it.
  std::mt19937 random(8);
  std::uniform_real_distribution<double> u(0, 1);
  int seen = 0;
  for (int i = 0; i < 20000; ++i) {
    const double angle = 360 * u(random);
    const auto heading = static_cast<TypeParam>(angle);
    const auto [sine, cosine] = sine_cosine(heading);
    const double x = 300 * u(random), y = 300 * u(random);
    const double near = 10 + 30 * u(random), far = near + 5 + 40 * u(random);
    const Wall wall = {{x + near * double(cosine), y + near * double(sine)},
                       {x + far * double(cosine), y + far * double(sine)}};
    const auto ranges =
        WallField<TypeParam>({wall}, 100, 8)
            .ranges(static_cast<TypeParam>(x), static_cast<TypeParam>(y), cosine, sine);
    for (std::size_t ray = 0; ray < kRangefinders; ++ray) {
      if (ranges[ray] == 1) continue;
      ASSERT_EQ(ray, 2U);
      ASSERT_GE(static_cast<double>(ranges[ray]), 0.95 * near / 100);
      ASSERT_LE(static_cast<double>(ranges[ray]), 1.05 * far / 100);
      ++seen;
    }
  }
  EXPECT_GT(seen, 2000);
}

TYPED_TEST(RobotOf, EachRayPointsWhereItsNameSays) {
  // Walls across each direction of a robot that heads along +y, at a distance of its own.
  const auto across = [](double angle, double distance) {
    const double a = angle * std::numbers::pi / 180;
    const Point c = {distance * std::cos(a), distance * std::sin(a)};
    const Point t = {-std::sin(a), std::cos(a)};
    return Wall{{c.x - t.x, c.y - t.y}, {c.x + t.x, c.y + t.y}};
  };
  std::vector<Wall> walls;
  const std::array<double, 6> angles = {-90, -45, 0, 45, 90, -180};
  for (std::size_t i = 0; i < 6; ++i) {
    walls.push_back(across(90 + angles[i], 10 + 10 * static_cast<double>(i)));
  }
  const auto ranges = WallField<TypeParam>(walls, 100, 8).ranges(0, 0, 0, 1);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(static_cast<double>(ranges[i]), 0.1 + 0.1 * static_cast<double>(i), 1e-6);
  }
}

TYPED_TEST(RobotOf, SineAndCosineAreThoseOfTheLibraryAndExactAtQuarters) {
  for (int i = 0; i <= 36000; ++i) {
    const auto degrees = static_cast<TypeParam>(i) / 100;
    const auto [sine, cosine] = sine_cosine(degrees);
    const double angle = static_cast<double>(degrees) * std::numbers::pi / 180;
    const double tolerance = this->kDouble ? 2e-15 : 2e-7;
    ASSERT_NEAR(static_cast<double>(sine), std::sin(angle), tolerance) << degrees;
    ASSERT_NEAR(static_cast<double>(cosine), std::cos(angle), tolerance) << degrees;
  }
  EXPECT_EQ(sine_cosine<TypeParam>(180).sine, 0);
  EXPECT_EQ(sine_cosine<TypeParam>(90).sine, 1);
  EXPECT_EQ(sine_cosine<TypeParam>(270).cosine, 0);
  EXPECT_EQ(sine_cosine<TypeParam>(360).cosine, 1);
}

TEST(Robot, WholeTrajectoriesAreThoseOfTheObviousModel) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> u(0, 1);
  double farthest = 0;
  int refused = 0;
  for (const char* file : {"mazes/hard_maze.maze", "mazes/medium_maze.maze"}) {
    const Maze maze = shipped_maze(file);
    for (int run = 0; run < 100; ++run) {
      Robot<double> robot(maze);
      SlowRobot slow(maze);
      const double a = u(random);
      const double b = 0.2 * u(random);
      for (int step = 0; step < 400; ++step) {
        const auto motors = roam(slow.sense(), step, a, b);
        const double x = slow.x;
        robot.step(motors[0], motors[1]);
        slow.step(motors[0], motors[1]);
        refused += x == slow.x ? 1 : 0;
        ASSERT_NEAR(robot.x(), slow.x, 1e-9);
        ASSERT_NEAR(robot.y(), slow.y, 1e-9);
        ASSERT_NEAR(robot.heading(), slow.heading, 1e-9);
        ASSERT_NEAR(std::sqrt(robot.goal_distance2()), slow.goal_distance(), 1e-9);
      }
      farthest = std::max(farthest, std::hypot(slow.x - maze.start.x, slow.y - maze.start.y));
    }
  }
  EXPECT_GT(farthest, 100);  // they did move, and they did meet walls
  EXPECT_GT(refused, 100);
}

TEST(Robot, ARefusedMoveKeepsVelocitiesAndStillTurns) {
  Maze maze;
  maze.walls = {{{10, -50}, {10, 50}}};
  Robot<double> robot(maze);  // 10 from the wall: the first 2 units are free
  robot.step(0.75, 1.0);      // speed 0.5
  robot.step(0.5, 1.0);       // 1.0
  const double x = robot.x();
  for (int i = 0; i < 4; ++i) robot.step(0.5, 1.0);
  EXPECT_LT(robot.x(), 2.0);
  EXPECT_GT(x, 1.4);
  EXPECT_EQ(robot.speed(), 3.0);
  EXPECT_EQ(robot.turn(), 0.25);
  EXPECT_EQ(robot.heading(), 1.5);
}

TEST(Robot, TheHeadingWrapsOnlyBeyondAFullTurn) {
  Maze maze;
  maze.heading = 359.5;
  maze.walls = {{{500, 0}, {500, 1}}};
  Robot<double> robot(maze);
  robot.step(1.0, 0.5);
  EXPECT_EQ(robot.heading(), 360.0);
  robot.step(0.5, 0.5);
  EXPECT_EQ(robot.heading(), 0.5);
  for (int i = 0; i < 2; ++i) robot.step(0.0, 0.5);  // turn 0, then -0.5
  EXPECT_EQ(robot.heading(), 0.0);
  robot.step(0.5, 0.5);
  EXPECT_EQ(robot.heading(), 359.5);
}

}  // namespace
}  // namespace cambrian
