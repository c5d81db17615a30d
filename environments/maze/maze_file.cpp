#include "environments/maze/maze_file.hpp"

#include <algorithm>
#include <cmath>
#include <locale>
#include <sstream>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

/// The numbers that follow the keyword of a line. @throws ConfigError unless there are `count`
std::vector<double> numbers(std::istringstream& line, const std::string& keyword, std::size_t count,
                            const std::string& where) {
  std::vector<double> values;
  std::string word;
  while (line >> word) {
    std::istringstream text(word);
    text.imbue(std::locale::classic());
    double value = 0;
    if (!(text >> value) || text.peek() != std::istringstream::traits_type::eof() ||
        !std::isfinite(value)) {
      throw ConfigError(where, "'" + word + "' is not a number");
    }
    values.push_back(value);
  }
  if (values.size() != count) {
    throw ConfigError(where, "'" + keyword + "' takes " + std::to_string(count) +
                                 (count == 1 ? " number" : " numbers") + ", but " +
                                 std::to_string(values.size()) +
                                 (values.size() == 1 ? " is given" : " are given"));
  }
  return values;
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
  Maze maze;
  int starts = 0;
  int headings = 0;
  int goals = 0;
  std::istringstream file(text);
  std::string content;
  int number = 0;
  while (std::getline(file, content)) {
    const std::string where = name + ":" + std::to_string(++number);
    std::istringstream line(content.substr(0, content.find('#')));
    std::string keyword;
    if (!(line >> keyword)) continue;
    if (keyword == "start") {
      const std::vector<double> v = numbers(line, keyword, 2, where);
      maze.start = {v[0], v[1]};
      if (++starts > 1) throw ConfigError(where, "a second 'start'; a maze has one");
    } else if (keyword == "goal") {
      const std::vector<double> v = numbers(line, keyword, 2, where);
      maze.goal = {v[0], v[1]};
      if (++goals > 1) throw ConfigError(where, "a second 'goal'; a maze has one");
    } else if (keyword == "heading") {
      maze.heading = numbers(line, keyword, 1, where)[0];
      if (maze.heading < 0 || maze.heading > 360) {
        throw ConfigError(where, "the heading must be 0 to 360 degrees");
      }
      if (++headings > 1) throw ConfigError(where, "a second 'heading'; a maze has one");
    } else if (keyword == "wall") {
      const std::vector<double> v = numbers(line, keyword, 4, where);
      maze.walls.push_back({{v[0], v[1]}, {v[2], v[3]}});
      if (v[0] == v[2] && v[1] == v[3]) throw ConfigError(where, "the wall has no length");
    } else {
      throw ConfigError(
          where, "there is no '" + keyword + "'; a line begins with start, heading, goal or wall");
    }
  }
  if (starts == 0) throw ConfigError(name, "has no 'start X Y'");
  if (goals == 0) throw ConfigError(name, "has no 'goal X Y'");
  if (maze.walls.empty()) throw ConfigError(name, "has no 'wall X1 Y1 X2 Y2'");
  return maze;
}

}  // namespace cambrian
