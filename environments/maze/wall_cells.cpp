#include "environments/maze/wall_cells.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace cambrian {
namespace {

constexpr double kLeastSize = 4;               // half the robot's radius
constexpr double kMostCells = 64;              // along an axis
constexpr std::size_t kMostWalls = 1U << 19U;  // in all cells together: 30 MB of groups
constexpr std::size_t kScreens =
    32;  // walls of a cell that may hide others: those that look longest

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

  double length() const { return length_; }

 private:
  double beside(Point p) const { return cross(along_, minus(p, start_)); }

  Point start_;
  Point along_;  // unit vector
  double length_;
};

/// What a cell looks at, and what it needs to know for it.
class CellMaker {
 public:
  CellMaker(const std::vector<Wall>& walls, double slack, double range, double radius)
      : walls_(walls),
        screens_(walls.begin(), walls.end()),
        slack_(slack),
        range_(range),
        radius_(radius) {}

  /// @param candidates  the only walls that it may look at
  WallCells::Cell make(Point corner, double size, std::vector<std::uint32_t> candidates) const {
    const Point centre = {corner.x + size / 2, corner.y + size / 2};
    const double margin = size * 0.7072 + slack_;     // from the centre to a corner, and more
    std::sort(candidates.begin(), candidates.end());  // cells that look at the same share a list
    WallCells::Cell cell;
    std::vector<Seen> only_seen, in_range;
    for (const std::uint32_t i : candidates) {
      const double from_centre = distance(centre, walls_[i]);
      if (from_centre - margin >= range_) continue;
      const double looks = screens_[i].length() / std::max(from_centre, size / 2);
      in_range.push_back({i, looks});
      if (from_centre - margin < radius_) {
        cell.walls.push_back(i);
      } else {
        only_seen.push_back(in_range.back());
      }
    }
    cell.touchable = cell.walls.size();
    const Corners corners = {corner,
                             {corner.x + size, corner.y},
                             {corner.x, corner.y + size},
                             {corner.x + size, corner.y + size}};
    longest_first(in_range);
    for (const Seen& wall : only_seen) {
      const bool hidden = std::any_of(in_range.begin(), in_range.end(), [&](const Seen& screen) {
        return screens_[screen.wall].hides(walls_[wall.wall], corners, slack_);
      });
      if (!hidden) cell.walls.push_back(wall.wall);
    }
    return cell;
  }

 private:
  struct Seen {
    std::uint32_t wall;
    double looks;  // its length by its distance
  };

  /// Leaves those that look longest: they hide most.
  static void longest_first(std::vector<Seen>& walls) {
    const std::size_t kept = std::min(kScreens, walls.size());
    std::partial_sort(walls.begin(), walls.begin() + static_cast<std::ptrdiff_t>(kept), walls.end(),
                      [](const Seen& one, const Seen& other) { return one.looks > other.looks; });
    walls.resize(kept);
  }

  const std::vector<Wall>& walls_;
  std::vector<Screen> screens_;
  double slack_, range_, radius_;
};

/// The grid of cells of half the size. Nothing if they would hold too many walls.
WallCells halved(const WallCells& grid, std::size_t columns, std::size_t rows,
                 const CellMaker& maker) {
  WallCells fine = grid;
  fine.size = grid.size / 2;
  fine.columns = columns;
  fine.rows = rows;
  fine.cells.clear();
  std::size_t held = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const Point corner = {grid.origin.x + static_cast<double>(column) * fine.size,
                            grid.origin.y + static_cast<double>(row) * fine.size};
      const WallCells::Cell& parent = grid.cells[row / 2 * grid.columns + column / 2];
      fine.cells.push_back(maker.make(corner, fine.size, parent.walls));
      held += fine.cells.back().walls.size();
      if (held > kMostWalls) return {};
    }
  }
  return fine;
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
  const double width = high.x - low.x;
  const double height = high.y - low.y;
  const double finest = std::max(kLeastSize, std::max(width, height) / kMostCells);
  const auto along = [finest](double extent) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(extent / finest)));
  };
  const std::size_t columns = along(width);
  const std::size_t rows = along(height);
  const CellMaker maker(walls, slack_for(low, high), range, radius);
  unsigned halvings = 0;
  while (std::max(columns, rows) > std::size_t{1} << halvings) ++halvings;

  WallCells grid;
  grid.origin = low;
  grid.size = std::ldexp(finest, static_cast<int>(halvings));
  grid.columns = grid.rows = 1;
  std::vector<std::uint32_t> all(walls.size());
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  grid.cells.push_back(maker.make(low, grid.size, std::move(all)));
  while (halvings > 0) {
    --halvings;
    const auto cells = [halvings](std::size_t count) { return (count - 1) / (1U << halvings) + 1; };
    WallCells fine = halved(grid, cells(columns), cells(rows), maker);
    if (fine.cells.empty()) break;
    grid = std::move(fine);
  }
  return grid;
}

}  // namespace cambrian
