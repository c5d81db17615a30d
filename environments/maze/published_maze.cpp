#include "environments/maze/published_maze.hpp"

#include <algorithm>
#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian {
namespace {

/// The lines one after another, each asked for by what must stand there.
class Reader {
 public:
  Reader(const std::vector<MazeLine>& lines, const std::string& name)
      : lines_(lines), name_(name) {}

  bool next_has(std::size_t numbers) const {
    return next_ < lines_.size() && lines_[next_].words.size() == numbers;
  }
  bool at_end() const { return next_ == lines_.size(); }
  /// Of the line that was taken last.
  const std::string& where() const { return lines_[next_ - 1].where; }

  std::vector<double> take(std::size_t numbers, const std::string& what) {
    if (at_end()) throw ConfigError(name_, "ends before " + what);
    return maze_numbers(lines_[next_++], 0, numbers, what);
  }

 private:
  const std::vector<MazeLine>& lines_;
  const std::string& name_;
  std::size_t next_ = 0;
};

Point point(const std::vector<double>& v) { return {v[0], v[1]}; }

/// Header lines of one number: the last is the count of walls, those before it are of the program
/// that wrote the file. @return -1 where there is none
std::int64_t take_count(Reader& file, Maze& maze) {
  std::int64_t count = -1;
  for (int line = 0; file.next_has(1); ++line) {
    const double value = file.take(1, "the number of walls")[0];
    if (line == 1) maze.notes.emplace_back("the numbers before the count of walls are not used");
    count = static_cast<std::int64_t>(value);
    if (!file.next_has(1) && (value < 1 || value != std::floor(value))) {
      throw ConfigError(file.where(), "the number of walls must be a whole number, at least 1");
    }
  }
  return count;
}

}  // namespace

bool is_published_maze(const std::vector<MazeLine>& lines) {
  return !lines.empty() &&
         std::string_view("+-.0123456789").find(lines[0].words[0][0]) != std::string_view::npos;
}

Maze parse_published_maze(const std::vector<MazeLine>& lines, const std::string& name) {
  Reader file(lines, name);
  Maze maze;
  const std::int64_t count = take_count(file, maze);
  maze.start = point(file.take(2, "the start (x y)"));
  const double heading = file.take(1, "the heading (degrees)")[0];
  // The programs add a full turn to a heading below 0.
  maze.heading = maze_heading(heading < 0 ? heading + 360 : heading, file.where());
  maze.goal = point(file.take(2, "the goal (x y)"));
  if (file.next_has(2)) {
    file.take(2, "the second goal (x y)");
    maze.notes.emplace_back("its second goal is not used");
  }
  while (!file.at_end()) {
    const std::vector<double> ends = file.take(4, "a wall (x1 y1 x2 y2)");
    maze.walls.push_back(maze_wall(ends, file.where()));
  }
  const auto walls = static_cast<std::int64_t>(maze.walls.size());
  if (walls == 0) throw ConfigError(name, "ends before the first wall (x1 y1 x2 y2)");
  if (count >= 0 && count != walls) {
    throw ConfigError(name, "says that it has " +
                                counted(static_cast<std::uint64_t>(count), "wall") + ", but has " +
                                std::to_string(walls));
  }
  return maze;
}

}  // namespace cambrian
