#include "environments/maze/maze_file.hpp"

#include <gtest/gtest.h>

#include "mazes.hpp"

namespace cambrian {
namespace {

const std::string kGood = "start 1 2\nheading 90\ngoal 3 4\nwall 0 0 10 0\n";

std::string error_of(const std::string& text) {
  try {
    parse_maze(text, "my.maze");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no error";
}

TEST(MazeFile, ReadsKeywordsInAnyOrderAndSkipsComments) {
  const Maze maze =
      parse_maze("# a maze\nwall 0 -1.5  10 2e1 # slanted\n\ngoal 3 4\r\nstart 1 2\n", "my.maze");
  EXPECT_EQ(maze.start.x, 1);
  EXPECT_EQ(maze.start.y, 2);
  EXPECT_EQ(maze.heading, 0);
  EXPECT_EQ(maze.goal.y, 4);
  ASSERT_EQ(maze.walls.size(), 1U);
  EXPECT_EQ(maze.walls[0].a.y, -1.5);
  EXPECT_EQ(maze.walls[0].b.y, 20);
}

TEST(MazeFile, HardMazeIsThePublishedOne) {
  const Maze maze = shipped_maze("mazes/hard_maze.maze");
  EXPECT_EQ(maze.walls.size(), 13U);
  EXPECT_EQ(maze.min().x, 3);
  EXPECT_EQ(maze.min().y, 5);
  EXPECT_EQ(maze.max().x, 195);
  EXPECT_EQ(maze.max().y, 202);
  EXPECT_EQ(maze.start.x, 36);
  EXPECT_EQ(maze.goal.y, 20);
}

TEST(MazeFile, MediumMazeIsThePublishedOne) {
  const Maze maze = shipped_maze("mazes/medium_maze.maze");
  EXPECT_EQ(maze.walls.size(), 11U);
  EXPECT_EQ(maze.max().x, 293);
  EXPECT_EQ(maze.max().y, 134);
  EXPECT_EQ(maze.goal.x, 270);
}

TEST(MazeFile, ErrorsNameFileAndLine) {
  EXPECT_EQ(error_of(kGood + "wal 1 2 3 4\n"),
            "my.maze:5: there is no 'wal'; a line begins with start, heading, goal or wall");
  EXPECT_EQ(error_of(kGood + "\n# x\nwall 1 2 3\n"),
            "my.maze:7: 'wall' takes 4 numbers, but 3 are given");
  EXPECT_EQ(error_of("start 1\n"), "my.maze:1: 'start' takes 2 numbers, but 1 is given");
  EXPECT_EQ(error_of("start 1 2 3\n"), "my.maze:1: 'start' takes 2 numbers, but 3 are given");
  EXPECT_EQ(error_of("goal 1 2x\n"), "my.maze:1: '2x' is not a number");
  EXPECT_EQ(error_of("goal 1 nan\n"), "my.maze:1: 'nan' is not a number");
  EXPECT_EQ(error_of("heading 361\n"), "my.maze:1: the heading must be 0 to 360 degrees");
  EXPECT_EQ(error_of("wall 1 2 1 2\n"), "my.maze:1: the wall has no length");
  EXPECT_EQ(error_of(kGood + "start 1 2\n"), "my.maze:5: a second 'start'; a maze has one");
}

TEST(MazeFile, MissingPartsAreErrors) {
  EXPECT_EQ(error_of(""), "my.maze: has no 'start X Y'");
  EXPECT_EQ(error_of("start 1 2\n"), "my.maze: has no 'goal X Y'");
  EXPECT_EQ(error_of("start 1 2\ngoal 3 4\n"), "my.maze: has no 'wall X1 Y1 X2 Y2'");
  EXPECT_EQ(error_of(kGood), "no error");
}

}  // namespace
}  // namespace cambrian
