#include "environments/maze/maze_warnings.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "environments/maze/wall_field.hpp"

namespace cambrian {
namespace {

bool leaves(const Maze& maze, std::int64_t steps = 400) {
  const WallField<double> walls(maze.walls, 100, 8);
  return can_leave(maze, steps, [&](Point p) { return walls.blocks(p.x, p.y); });
}

std::vector<std::string> warnings(const Maze& maze, std::int64_t steps = 400) {
  const WallField<double> walls(maze.walls, 100, 8);
  return maze_warnings(maze, steps, [&](Point p) { return walls.blocks(p.x, p.y); });
}

/// A square from 0 to `side` with a gap in the middle of its upper wall.
Maze box(double side, double gap) {
  Maze maze;
  maze.start = {20, 20};
  maze.goal = {side - 20, side - 20};
  maze.walls = {{{0, 0}, {side, 0}},
                {{side, 0}, {side, side}},
                {{0, side}, {0, 0}},
                {{0, side}, {(side - gap) / 2, side}},
                {{(side + gap) / 2, side}, {side, side}}};
  return maze;
}

TEST(MazeWarnings, ARobotLeavesByAGapThatItFitsThrough) {
  EXPECT_FALSE(leaves(box(200, 0.5)));
  EXPECT_FALSE(leaves(box(200, 15.5)));
  EXPECT_TRUE(leaves(box(200, 19)));
  EXPECT_TRUE(leaves(box(2000, 40), 1000));
  EXPECT_FALSE(leaves(box(2000, 15), 1000));
}

TEST(MazeWarnings, ARobotLeavesOnlyAsFarAsItsStepsTakeIt) {
  EXPECT_TRUE(leaves(box(200, 40), 100));
  EXPECT_FALSE(leaves(box(200, 40), 50));  // 150 units; the gap is 180 away
}

TEST(MazeWarnings, WallsThatMeetWithinTheBoxEncloseToo) {
  Maze maze = box(200, 60);
  maze.walls.push_back({{0, 100}, {100, 150}});
  maze.walls.push_back({{100, 150}, {200, 100}});
  EXPECT_FALSE(leaves(maze));
  maze.start = {100, 175};
  EXPECT_TRUE(leaves(maze));
}

TEST(MazeWarnings, AMazeAsItIsMeantHasNone) { EXPECT_TRUE(warnings(box(200, 0.1)).empty()); }

TEST(MazeWarnings, AGoalBehindAWallIsClosedOffUnlessAGapLeadsThere) {
  Maze maze = box(200, 0.1);
  maze.walls.push_back({{0, 100}, {200, 100}});
  EXPECT_EQ(warnings(maze),
            (std::vector<std::string>{"the walls close the goal off from the start: the robot, of "
                                      "radius 8, cannot get there"}));
  maze.walls.back().b.x = 180;  // 20 are left to pass by
  EXPECT_TRUE(warnings(maze).empty());
}

TEST(MazeWarnings, SayOneLineOfEachDoubt) {
  EXPECT_EQ(warnings(box(200, 40)),
            (std::vector<std::string>{"the walls do not enclose the start: the robot, of radius 8, "
                                      "can leave the maze"}));
  Maze outside = box(200, 40);
  outside.start = {100, -30};
  EXPECT_EQ(warnings(outside), (std::vector<std::string>{"the start lies outside the walls"}));
  Maze at_goal = box(200, 0.1);
  at_goal.goal = {23, 24};
  at_goal.start = {20, 20.5};
  EXPECT_EQ(warnings(at_goal), (std::vector<std::string>{
                                   "the start is 4.6 from the goal, and closer than 5 is solved: "
                                   "every episode ends at once"}));
  EXPECT_EQ(
      warnings(box(200, 0.1), 50),
      (std::vector<std::string>{"the goal is 226.3 from the start, but 50 steps take the robot "
                                "at most 150"}));
  EXPECT_EQ(
      warnings(box(300, 0.1)),
      (std::vector<std::string>{"the objective, 300 - distance to the goal, is 0.1 from a "
                                "distance of 299.9 on, and the walls reach 396 from the goal"}));
}

TEST(MazeWarnings, SayWhatOfTheFileIsNotUsed) {
  Maze maze = box(200, 0.1);
  maze.notes = {"its second goal is not used"};
  EXPECT_EQ(warnings(maze), maze.notes);
}

}  // namespace
}  // namespace cambrian
