#include "environments/maze/maze_warnings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "environments/maze/robot.hpp"

namespace cambrian {
namespace {

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// To one decimal where there is one.
std::string shown(double value) {
  std::array<char, 32> text{};
  const double rounded = std::round(value * 10) / 10;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), rounded).ptr};
}

/// Farthest end of a wall from the goal.
double farthest_from_goal(const Maze& maze) {
  double farthest = 0;
  for (const Wall& wall : maze.walls) {
    farthest = std::max({farthest, distance(wall.a, maze.goal), distance(wall.b, maze.goal)});
  }
  return farthest;
}

/// Around all walls.
struct Box {
  explicit Box(const Maze& maze) : low(maze.min()), high(maze.max()) {}
  bool holds(Point p) const {
    return p.x >= low.x && p.x <= high.x && p.y >= low.y && p.y <= high.y;
  }
  Point low, high;
};

/// Farthest that a robot gets in so many steps.
double reach(std::int64_t steps) { return kTopSpeed * static_cast<double>(steps); }

/// Places on a square grid around the start, [-side, side] along both axes, each visited once.
class Flood {
 public:
  Flood(Point start, double spacing, int side)
      : start_(start), spacing_(spacing), side_(side), visited_(width() * width(), 0) {
    visit(0, 0);
  }

  /// Whether it reaches a place for which `wanted` holds.
  /// @param blocked  places that are not entered
  bool reaches(const std::function<bool(Point)>& wanted,
               const std::function<bool(Point)>& blocked) {
    while (!open_.empty()) {
      const auto [column, row] = open_.back();
      open_.pop_back();
      const Point here = {start_.x + column * spacing_, start_.y + row * spacing_};
      if (blocked(here)) continue;
      if (wanted(here)) return true;
      for (const auto [right, up] : {std::array{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
        visit(column + right, row + up);
    }
    return false;
  }

  double spacing() const { return spacing_; }

 private:
  std::size_t width() const { return 2 * static_cast<std::size_t>(side_) + 1; }
  void visit(int column, int row) {
    if (std::max(std::abs(column), std::abs(row)) > side_) return;
    std::uint8_t& visited = visited_[static_cast<std::size_t>(row + side_) * width() +
                                     static_cast<std::size_t>(column + side_)];
    if (visited == 0) open_.push_back({column, row});
    visited = 1;
  }

  Point start_;
  double spacing_;
  int side_;
  std::vector<std::uint8_t> visited_;
  std::vector<std::array<int, 2>> open_;
};

constexpr double kFinest = 1;  // of a flood's grid: below the robot's top speed

/// Over the box around all walls, as far as the steps carry the robot; none where that is too far.
std::optional<Flood> flood_of(const Maze& maze, const Box& box, std::int64_t steps) {
  constexpr double kCoarsest = 8;      // the robot's radius: no wall fits between two free places
  constexpr double kMostPlaces = 500;  // to either side of the start
  const Point start = maze.start;
  const double farthest =
      std::min(reach(steps), std::max({start.x - box.low.x, box.high.x - start.x,
                                       start.y - box.low.y, box.high.y - start.y}));
  const double spacing = std::clamp(farthest / kMostPlaces, kFinest, kCoarsest);
  const double side = std::floor(farthest / spacing) + 1;
  if (side > kMostPlaces + 1) return std::nullopt;
  return Flood(start, spacing, static_cast<int>(side));
}

}  // namespace

bool can_leave(const Maze& maze, std::int64_t steps, const std::function<bool(Point)>& blocked) {
  const Box box(maze);
  std::optional<Flood> flood = flood_of(maze, box, steps);
  return flood && flood->reaches([&](Point p) { return !box.holds(p); }, blocked);
}

bool is_closed_off(const Maze& maze, std::int64_t steps,
                   const std::function<bool(Point)>& blocked) {
  std::optional<Flood> flood = flood_of(maze, Box(maze), steps);
  if (!flood || flood->spacing() > kFinest) return false;
  const double near = kGoalRadius + flood->spacing();
  return !flood->reaches([&](Point p) { return distance(p, maze.goal) < near; }, blocked);
}

std::vector<std::string> maze_warnings(const Maze& maze, std::int64_t steps,
                                       const std::function<bool(Point)>& blocked) {
  std::vector<std::string> warnings = maze.notes;
  if (!Box(maze).holds(maze.start)) {
    warnings.emplace_back("the start lies outside the walls");
  } else if (can_leave(maze, steps, blocked)) {
    warnings.emplace_back(
        "the walls do not enclose the start: the robot, of radius 8, can leave the maze");
  }
  const double to_goal = distance(maze.start, maze.goal);
  if (to_goal < kGoalRadius) {
    warnings.push_back("the start is " + shown(to_goal) +
                       " from the goal, and closer than 5 is solved: every episode ends at once");
  } else if (to_goal - kGoalRadius > reach(steps)) {
    warnings.push_back("the goal is " + shown(to_goal) + " from the start, but " +
                       std::to_string(steps) + " steps take the robot at most " +
                       shown(reach(steps)));
  } else if (Box(maze).holds(maze.start) && is_closed_off(maze, steps, blocked)) {
    warnings.emplace_back(
        "the walls close the goal off from the start: the robot, of radius 8, cannot get there");
  }
  const double farthest = farthest_from_goal(maze);
  if (farthest > kMostObjective) {
    warnings.push_back(
        "the objective, 300 - distance to the goal, is 0.1 from a distance of 299.9 "
        "on, and the walls reach " +
        shown(farthest) + " from the goal");
  }
  return warnings;
}

}  // namespace cambrian
