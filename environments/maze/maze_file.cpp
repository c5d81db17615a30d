#include "environments/maze/maze_file.hpp"

#include <algorithm>

#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "environments/maze/maze_lines.hpp"
#include "environments/maze/published_maze.hpp"

namespace cambrian {
namespace {

/// The lines of keywords. @throws ConfigError
Maze parse_keywords(const std::vector<MazeLine>& lines, const std::string& name) {
  Maze maze;
  int starts = 0;
  int headings = 0;
  int goals = 0;
  for (const MazeLine& line : lines) {
    const std::string keyword(line.words[0]);
    const auto take = [&](std::size_t count) {
      return maze_numbers(line, 1, count, "'" + keyword + "'");
    };
    const auto once = [&](int& seen) {
      if (++seen > 1) throw ConfigError(line.where, "a second '" + keyword + "'; a maze has one");
    };
    if (keyword == "start") {
      const std::vector<double> v = take(2);
      maze.start = {v[0], v[1]};
      once(starts);
    } else if (keyword == "goal") {
      const std::vector<double> v = take(2);
      maze.goal = {v[0], v[1]};
      once(goals);
    } else if (keyword == "heading") {
      maze.heading = maze_heading(take(1)[0], line.where);
      once(headings);
    } else if (keyword == "wall") {
      maze.walls.push_back(maze_wall(take(4), line.where));
    } else {
      throw ConfigError(line.where, "there is no " + quoted(keyword) +
                                        "; a line begins with start, heading, goal or wall");
    }
  }
  if (starts == 0) throw ConfigError(name, "has no 'start X Y'");
  if (goals == 0) throw ConfigError(name, "has no 'goal X Y'");
  if (maze.walls.empty()) throw ConfigError(name, "has no 'wall X1 Y1 X2 Y2'");
  return maze;
}

}  // namespace

Point Maze::min() const {
  Point corner = walls.front().a;
  for (const Wall& wall : walls) {
    corner = {std::min({corner.x, wall.a.x, wall.b.x}), std::min({corner.y, wall.a.y, wall.b.y})};
  }
  return corner;
}

Point Maze::max() const {
  Point corner = walls.front().a;
  for (const Wall& wall : walls) {
    corner = {std::max({corner.x, wall.a.x, wall.b.x}), std::max({corner.y, wall.a.y, wall.b.y})};
  }
  return corner;
}

Maze parse_maze(const std::string& text, const std::string& name) {
  const std::vector<MazeLine> lines = maze_lines(text, name);
  return is_published_maze(lines) ? parse_published_maze(lines, name) : parse_keywords(lines, name);
}

}  // namespace cambrian
