// The maze robot as plainly as its rules can be said: one ray, one wall, one formula at a time.
// Slow and obvious; the fast one is held against it.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "environments/maze/maze_file.hpp"

namespace cambrian {

struct SlowRobot {
  explicit SlowRobot(const Maze& m) : maze(m), x(m.start.x), y(m.start.y), heading(m.heading) {}

  static double radians(double degrees) { return degrees * std::numbers::pi / 180; }

  /// Ray (x, y) + r * 100 * (cos, sin) meets wall a + s (b - a) with 0 < r < 1 and 0 <= s <= 1.
  double range(double angle) const {
    const double dx = 100 * std::cos(radians(heading + angle));
    const double dy = 100 * std::sin(radians(heading + angle));
    double nearest = 1;
    for (const Wall& wall : maze.walls) {
      const double ex = wall.b.x - wall.a.x;
      const double ey = wall.b.y - wall.a.y;
      const double parallel = dx * ey - dy * ex;
      if (parallel == 0) continue;
      const double r = ((wall.a.x - x) * ey - (wall.a.y - y) * ex) / parallel;
      const double s = ((wall.a.x - x) * dy - (wall.a.y - y) * dx) / parallel;
      if (r > 0 && r < 1 && s >= 0 && s <= 1) nearest = std::min(nearest, r);
    }
    return nearest;
  }

  std::array<double, 10> sense() const {
    std::array<double, 10> sensors{};
    const std::array<double, 6> angles = {-90, -45, 0, 45, 90, -180};
    for (std::size_t i = 0; i < 6; ++i) sensors[i] = range(angles[i]);
    double bearing =
        std::atan2(maze.goal.y - y, maze.goal.x - x) * 180 / std::numbers::pi - heading;
    while (bearing < 0) bearing += 360;
    while (bearing >= 360) bearing -= 360;
    const std::array<std::array<double, 2>, 4> slices = {
        {{315, 405}, {45, 135}, {135, 225}, {225, 315}}};
    for (std::size_t i = 0; i < 4; ++i) {
      for (const double angle : {bearing, bearing + 360}) {
        if (angle >= slices[i][0] && angle < slices[i][1]) sensors[6 + i] = 1;
      }
    }
    return sensors;
  }

  static double wall_distance(const Wall& wall, double px, double py) {
    const double ex = wall.b.x - wall.a.x;
    const double ey = wall.b.y - wall.a.y;
    const double s = ((px - wall.a.x) * ex + (py - wall.a.y) * ey) / (ex * ex + ey * ey);
    if (s <= 0) return std::hypot(px - wall.a.x, py - wall.a.y);
    if (s >= 1) return std::hypot(px - wall.b.x, py - wall.b.y);
    return std::hypot(px - wall.a.x - s * ex, py - wall.a.y - s * ey);
  }

  double clearance(double px, double py) const {
    double nearest = 1e9;
    for (const Wall& wall : maze.walls) nearest = std::min(nearest, wall_distance(wall, px, py));
    return nearest;
  }

  void step(double turn_motor, double drive_motor) {
    turn = std::clamp(turn + turn_motor - 0.5, -3.0, 3.0);
    speed = std::clamp(speed + drive_motor - 0.5, -3.0, 3.0);
    const double nx = x + speed * std::cos(radians(heading));
    const double ny = y + speed * std::sin(radians(heading));
    heading += turn;
    if (heading > 360) heading -= 360;
    if (heading < 0) heading += 360;
    if (clearance(nx, ny) < 8) return;
    x = nx;
    y = ny;
  }

  double goal_distance() const { return std::hypot(maze.goal.x - x, maze.goal.y - y); }

  Maze maze;
  double x, y, heading;
  double speed = 0;
  double turn = 0;
};

/// What a rangefinder sees where all is whole numbers, so that every comparison is exact: the walls
/// are closed, and a robot that stands on one does not see it.
/// @param x, y, dx, dy  the robot and the direction of the ray: whole. @return distance / 100, or 1
inline double exact_range(const std::vector<Wall>& walls, std::int64_t x, std::int64_t y,
                          std::int64_t dx, std::int64_t dy) {
  const double length = std::hypot(static_cast<double>(dx), static_cast<double>(dy));
  double nearest = 1;
  const auto meets = [&](std::int64_t numerator, std::int64_t denominator) {
    const double at = static_cast<double>(numerator) / static_cast<double>(denominator);
    nearest = std::min(nearest, at * length / 100);
  };
  for (const Wall& wall : walls) {
    const auto ax = static_cast<std::int64_t>(wall.a.x) - x;
    const auto ay = static_cast<std::int64_t>(wall.a.y) - y;
    const auto bx = static_cast<std::int64_t>(wall.b.x) - x;
    const auto by = static_cast<std::int64_t>(wall.b.y) - y;
    const std::int64_t area = ax * by - ay * bx;
    const std::int64_t a = dx * ay - dy * ax;  // how far the ends lie to the left of the ray
    const std::int64_t b = dx * by - dy * bx;
    if (area != 0) {
      const bool crosses = (a <= 0 && b >= 0) || (a >= 0 && b <= 0);
      if (crosses && (area > 0) == (b > a)) meets(area, b - a);
    } else if (a == 0 && b == 0) {  // the wall lies along the line of the ray
      const std::int64_t to_a = dx * ax + dy * ay;
      const std::int64_t to_b = dx * bx + dy * by;
      if (to_a > 0 && to_b > 0) meets(std::min(to_a, to_b), dx * dx + dy * dy);
    }
  }
  return nearest;
}

}  // namespace cambrian
