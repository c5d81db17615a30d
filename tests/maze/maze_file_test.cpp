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

TEST(MazeFile, ReadsAByteOrderMarkAndWindowsLineEnds) {
  const Maze maze =
      parse_maze("\xEF\xBB\xBFstart 1 2\r\ngoal +3 4\r\nwall 0 0 10 1\r\n", "my.maze");
  EXPECT_EQ(maze.start.x, 1);
  EXPECT_EQ(maze.goal.x, 3);
  EXPECT_EQ(maze.walls.size(), 1U);
}

TEST(MazeFile, RefusesNumbersThatNoMazeHas) {
  EXPECT_EQ(error_of("goal 1 1.7e308\n"),
            "my.maze:1: '1.7e308' is out of range: expected -1e6 to 1e6");
  EXPECT_EQ(error_of("goal 1 -1e999\n"),
            "my.maze:1: '-1e999' is out of range: expected -1e6 to 1e6");
  EXPECT_EQ(error_of("goal 1 1000001\n"),
            "my.maze:1: '1000001' is out of range: expected -1e6 to 1e6");
  EXPECT_EQ(error_of("goal 1 -inf\n"), "my.maze:1: '-inf' is not a number");
  EXPECT_EQ(error_of("goal 1 +-2\n"), "my.maze:1: '+-2' is not a number");
  EXPECT_EQ(error_of("goal 1 +\n"), "my.maze:1: '+' is not a number");
  EXPECT_EQ(error_of("wall 0 0 0 1e-7\n"), "my.maze:1: the wall is shorter than 1e-6");
  EXPECT_EQ(parse_maze("start 1e6 0\ngoal 0 0\nwall 0 0 1e-6 0\n", "my.maze").start.x, 1e6);
}

TEST(MazeFile, QuotesWhatItRefusesCutAndPrintable) {
  EXPECT_EQ(
      error_of("\x1b[31mstart 1 2\n"),
      "my.maze:1: there is no '\\x1b[31mstart'; a line begins with start, heading, goal or wall");
  EXPECT_EQ(error_of("goal 1 " + std::string(1, '\0') + "\n"),
            "my.maze:1: '\\x00' is not a number");
  EXPECT_LT(error_of("goal 1 " + std::string(4'000'000, 'x') + "\n").size(), 120U);
  EXPECT_LT(error_of(std::string(4'000'000, 'x') + "\n").size(), 160U);
}

TEST(PublishedMaze, IsRecognisedByItsFirstNumber) {
  const Maze maze = parse_maze("2\n36 184\n45\n31 20\n41 5 3 8\n3 8 4.5 49\n", "a.txt");
  EXPECT_EQ(maze.start.x, 36);
  EXPECT_EQ(maze.start.y, 184);
  EXPECT_EQ(maze.heading, 45);
  EXPECT_EQ(maze.goal.x, 31);
  EXPECT_EQ(maze.goal.y, 20);
  ASSERT_EQ(maze.walls.size(), 2U);
  EXPECT_EQ(maze.walls[0].a.x, 41);
  EXPECT_EQ(maze.walls[0].b.y, 8);
  EXPECT_EQ(maze.walls[1].b.x, 4.5);
  EXPECT_TRUE(maze.notes.empty());
}

TEST(PublishedMaze, MayHaveCommentsEmptyLinesWindowsLineEndsAndNoCount) {
  const Maze maze = parse_maze(
      "\xEF\xBB\xBF# where it starts\r\n-1 2\r\n-90\r\n\r\n3 4  # and ends\r\n\r\n5 6 7 8\r\n",
      "a.txt");
  EXPECT_EQ(maze.start.x, -1);
  EXPECT_EQ(maze.heading, 270);
  EXPECT_EQ(maze.goal.y, 4);
  EXPECT_EQ(maze.walls.size(), 1U);
}

TEST(PublishedMaze, SaysWhatOfItIsNotUsed) {
  const Maze maze = parse_maze("0\n600\n1\n1 2\n0\n3 4\n5 6\n7 8 9 10\n", "a.txt");
  EXPECT_EQ(maze.goal.x, 3);
  EXPECT_EQ(maze.walls.size(), 1U);
  EXPECT_EQ(maze.notes,
            (std::vector<std::string>{"the numbers before the count of walls are not used",
                                      "its second goal is not used"}));
}

TEST(PublishedMaze, ErrorsNameFileAndLine) {
  EXPECT_EQ(error_of("2\n1 2\n0\n3 4\n5 6 7 8\n"), "my.maze: says that it has 2 walls, but has 1");
  EXPECT_EQ(error_of("1\n1 2\n0\n3 4\n5 6 7 8\n5 6 7 9\n"),
            "my.maze: says that it has 1 wall, but has 2");
  EXPECT_EQ(error_of("1\n1 2\n0\n3 4\n5 6 7\n"),
            "my.maze:5: a wall (x1 y1 x2 y2) takes 4 numbers, but 3 are given");
  EXPECT_EQ(error_of("1\n1 2\n0\n3 4\n\n5 6 7 x8\n"), "my.maze:6: 'x8' is not a number");
  EXPECT_EQ(error_of("1\n1 2 0\n3 4\n"),
            "my.maze:2: the start (x y) takes 2 numbers, but 3 are given");
  EXPECT_EQ(error_of("1.5\n1 2\n"),
            "my.maze:1: the number of walls must be a whole number, at least 1");
  EXPECT_EQ(error_of("1\n1 2\n-361\n"), "my.maze:3: the heading must be 0 to 360 degrees");
  EXPECT_EQ(error_of("1\n1 2\n"), "my.maze: ends before the heading (degrees)");
  EXPECT_EQ(error_of("1\n1 2\n0\n3 4\n"), "my.maze: ends before the first wall (x1 y1 x2 y2)");
  EXPECT_EQ(error_of("1\n1 2\n0\n3 4\n5 6 5 6\n"), "my.maze:5: the wall has no length");
}

TEST(MazeFile, MissingPartsAreErrors) {
  EXPECT_EQ(error_of(""), "my.maze: has no 'start X Y'");
  EXPECT_EQ(error_of("start 1 2\n"), "my.maze: has no 'goal X Y'");
  EXPECT_EQ(error_of("start 1 2\ngoal 3 4\n"), "my.maze: has no 'wall X1 Y1 X2 Y2'");
  EXPECT_EQ(error_of(kGood), "no error");
}

}  // namespace
}  // namespace cambrian
