// The maze file: lines of a keyword and numbers, '#' starts a comment.
//
//   start X Y            where the robot starts
//   heading DEGREES      from the x axis towards the y axis, 0..360 (0 where it is not given)
//   goal X Y
//   wall X1 Y1  X2 Y2    one line a wall, in any order
#pragma once

#include <string>
#include <vector>

namespace cambrian {

struct Point {
  double x = 0;
  double y = 0;
};

struct Wall {
  Point a;
  Point b;
};

/// Lengths in maze units.
struct Maze {
  Point start;
  double heading = 0;  ///< degrees
  Point goal;
  std::vector<Wall> walls;  ///< at least one

  /// The corners of the box around all walls.
  Point min() const;
  Point max() const;
};

/// @param name  of the file, for messages. @throws ConfigError "hard.maze:7: what"
Maze parse_maze(const std::string& text, const std::string& name);

}  // namespace cambrian
