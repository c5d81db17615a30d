// The maze file, in one of two forms, which are told apart by how it begins. '#' starts a comment;
// empty lines, Windows line ends and a byte order mark do no harm. MAZE.md has an example of each.
//
// Lines of a keyword and numbers, in any order:
//
//   start X Y            where the robot starts
//   heading DEGREES      from the x axis towards the y axis, 0..360 (0 where it is not given)
//   goal X Y
//   wall X1 Y1  X2 Y2    one line per wall
//
// Lines of numbers, in this order, as the programs of Lehman & Stanley have them:
//
//   N                    number of walls; may be missing. Lines of one number before it are not used
//   X Y                  start
//   DEGREES              heading, -360..360
//   X Y                  goal; a second such line (a second goal) is not used
//   X1 Y1 X2 Y2          one line per wall
//
// Coordinates are -1e6..1e6.
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

/// Whether a wall's ends belong to it.
///   closed: a ray sees the nearest point of the walls that it meets, also where it meets an end, and
///           the nearer end of a wall that it runs along
///   open:   a ray that meets an end, or runs along a wall, does not see it, as published
/// A robot that stands on a wall does not see it.
enum class WallEnds { closed, open };

/// Lengths in maze units.
struct Maze {
  Point start;
  double heading = 0;  ///< degrees
  Point goal;
  std::vector<Wall> walls;         ///< at least one
  std::vector<std::string> notes;  ///< what the file holds that is not used, one line each

  /// The corners of the box around all walls.
  Point min() const;
  Point max() const;
};

/// @param name  of the file, for messages. @throws ConfigError "hard.maze:7: what"
Maze parse_maze(const std::string& text, const std::string& name);

}  // namespace cambrian
