#include "environments/maze/wall_cells.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cambrian {
namespace {

constexpr double kLeastSize = 4;   // half the robot's radius
constexpr double kMostCells = 64;  // along an axis

/// Far more than the rounding of a simulation in single precision.
double slack_for(Point low, Point high) {
  return 0.05 +
         1e-5 * std::max({std::abs(low.x), std::abs(low.y), std::abs(high.x), std::abs(high.y)});
}

using Corners = std::array<Point, 4>;

Point minus(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }

double distance(Point p, const Wall& wall) {
  const Point along = minus(wall.b, wall.a);
  const Point to = minus(p, wall.a);
  const double s = std::clamp(dot(to, along) / dot(along, along), 0.0, 1.0);
  return std::hypot(to.x - s * along.x, to.y - s * along.y);
}

/// A wall seen from beside: signed distance from its line, and how far along it.
class Screen {
 public:
  explicit Screen(const Wall& wall) : start_(wall.a) {
    const Point along = minus(wall.b, wall.a);
    length_ = std::hypot(along.x, along.y);
    along_ = {along.x / length_, along.y / length_};
  }

  /// True if every line from the cell to the wall passes through the inside of this one. How far
  /// along it such a line crosses it goes one way as either of its ends moves straight on, so the
  /// corners and the wall's ends say it for all.
  bool hides(const Wall& wall, const Corners& corners, double slack) const {
    std::array<double, 4> here;
    here[0] = beside(corners[0]);
    const double side = here[0] > 0 ? 1 : -1;
    const std::array<Point, 2> ends = {wall.a, wall.b};
    const std::array<double, 2> there = {beside(wall.a), beside(wall.b)};
    if (side * there[0] > -slack || side * there[1] > -slack) return false;
    for (std::size_t c = 0; c < corners.size(); ++c) {
      here[c] = beside(corners[c]);
      if (side * here[c] < slack) return false;
    }
    for (std::size_t c = 0; c < corners.size(); ++c) {
      for (std::size_t e = 0; e < ends.size(); ++e) {
        const double f = here[c] / (here[c] - there[e]);
        const double from = dot(along_, minus(corners[c], start_));
        const double to = dot(along_, minus(ends[e], start_));
        const double at = from + f * (to - from);
        if (at < slack || at > length_ - slack) return false;
      }
    }
    return true;
  }

 private:
  double beside(Point p) const { return cross(along_, minus(p, start_)); }

  Point start_;
  Point along_;  // unit vector
  double length_;
};

WallCells::Cell make_cell(const std::vector<Wall>& walls, const std::vector<Screen>& screens,
                          Point corner, double size, double slack, double range, double radius) {
  const Corners corners = {corner,
                           {corner.x + size, corner.y},
                           {corner.x, corner.y + size},
                           {corner.x + size, corner.y + size}};
  const Point centre = {corner.x + size / 2, corner.y + size / 2};
  const double margin = size * 0.7072 + slack;  // from the centre to a corner, and more
  WallCells::Cell cell;
  std::vector<std::uint32_t> in_range;
  for (std::uint32_t i = 0; i < walls.size(); ++i) {
    const double least = distance(centre, walls[i]) - margin;
    if (least < radius) cell.walls.push_back(i);
    if (least < range) in_range.push_back(i);
  }
  cell.touchable = cell.walls.size();
  for (const std::uint32_t i : in_range) {
    const auto touchable = cell.walls.begin() + static_cast<std::ptrdiff_t>(cell.touchable);
    if (std::find(cell.walls.begin(), touchable, i) != touchable) continue;
    const bool hidden = std::any_of(in_range.begin(), in_range.end(), [&](std::uint32_t screen) {
      return screens[screen].hides(walls[i], corners, slack);
    });
    if (!hidden) cell.walls.push_back(i);
  }
  return cell;
}

}  // namespace

WallCells make_wall_cells(const std::vector<Wall>& walls, double range, double radius) {
  Point low = walls.front().a;
  Point high = low;
  for (const Wall& wall : walls) {
    for (const Point end : {wall.a, wall.b}) {
      low = {std::min(low.x, end.x), std::min(low.y, end.y)};
      high = {std::max(high.x, end.x), std::max(high.y, end.y)};
    }
  }
  const double slack = slack_for(low, high);
  const std::vector<Screen> screens(walls.begin(), walls.end());
  WallCells grid;
  grid.origin = low;
  grid.size = std::max(kLeastSize, std::max(high.x - low.x, high.y - low.y) / kMostCells);
  grid.columns = static_cast<std::size_t>(std::ceil((high.x - low.x) / grid.size));
  grid.rows = static_cast<std::size_t>(std::ceil((high.y - low.y) / grid.size));
  grid.cells.reserve(grid.rows * grid.columns);
  for (std::size_t row = 0; row < grid.rows; ++row) {
    for (std::size_t column = 0; column < grid.columns; ++column) {
      const Point corner = {low.x + static_cast<double>(column) * grid.size,
                            low.y + static_cast<double>(row) * grid.size};
      grid.cells.push_back(make_cell(walls, screens, corner, grid.size, slack, range, radius));
    }
  }
  return grid;
}

}  // namespace cambrian
