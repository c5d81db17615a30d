// The walls as the robot meets them: what its rangefinders see, and whether it may stand somewhere.
//
// All walls are turned into the robot's frame, where the six rays lie on four lines:
//
//        +45  left  (+90)      A wall's ends a, b lie cross(D, a) and cross(D, b) beside the line
//           \  |               with direction D; the wall crosses the line if these differ in sign,
//   back ----- o ----> ahead   at the distance cross(a, b) / (cross(D, b) - cross(D, a)), which is
//  (-180)    / |               negative behind the robot. We look for the largest inverse, so there
//        -45  right (-90)      is one division per wall and one per ray.
//
// Where walls are open (WallEnds), their ends must lie on both sides of the line: the product of the
// two numbers is below 0. Where they are closed it may be 0, and is asked to be below the smallest
// normal number. Two walls that share an end compute the same number for it, so that no ray passes
// between them.
//
// A robot near a wall's own line sees it edge-on: its distance is then a quotient of two rounding
// errors. The loop notes that there is such a wall, and highest_edge_on() looks again.
// Only the walls that matter to the robot's cell are looked at, a SIMD vector at a time: a "group".
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <numbers>
#include <vector>

#include "environments/maze/maze_file.hpp"
#include "environments/maze/wall_cells.hpp"
#include "environments/simd.hpp"

namespace cambrian {

/// Order of the rangefinders: -90, -45, 0, 45, 90, -180 degrees from the heading.
inline constexpr std::size_t kRangefinders = 6;

/// Copies share the walls: those of a large maze take long to make, and much room.
template <class T>
class WallField {
 public:
  /// @param range  of the rangefinders  @param radius  of the robot
  WallField(const std::vector<Wall>& walls, double range, double radius,
            WallEnds ends = WallEnds::closed)
      : range_(static_cast<T>(range)), radius2_(static_cast<T>(radius * radius)) {
    if (ends == WallEnds::closed) {
      touch_ = std::numeric_limits<T>::min();
      rounding_ = 16 * std::numeric_limits<T>::epsilon();
    }
    const WallCells grid = make_wall_cells(walls, range, radius);
    origin_x_ = static_cast<T>(grid.origin.x);
    origin_y_ = static_cast<T>(grid.origin.y);
    per_length_ = static_cast<T>(1 / grid.size);
    columns_ = static_cast<T>(grid.columns);
    rows_ = static_cast<T>(grid.rows);
    stride_ = grid.columns;
    // Nothing is seen from farther than this beyond the grid, so that no end of a wall that matters
    // is farther than `farthest` along both axes together.
    beyond_ = static_cast<T>(range / grid.size + 1);
    const double cells =
        static_cast<double>(grid.columns + grid.rows) + 2 * (range / grid.size + 2);
    const double farthest = cells * grid.size;
    edge_on_area2_ = static_cast<T>(std::pow(rounding_ * farthest * farthest, 2));
    shared_ = std::make_shared<const Shared>(grid, walls);
    cells_ = shared_->cells.data();
    outside_ = cells_ + grid.cells.size();
  }

  /// What the rangefinders see from (x, y) with the heading (cosine, sine): distance / range, 1 if
  /// there is no wall within the range.
  std::array<T, kRangefinders> ranges(T x, T y, T cosine, T sine) const {
    // Largest (ahead) and smallest (behind) inverse distance on each line, in units of 1 / range.
    V ahead{}, behind{}, left{}, right{}, left45{}, right45{};
    V least_area2 = simd_vector::fill<T>(std::numeric_limits<T>::max());
    const Cell& cell = cell_at(x, y);
    for (const Group* wall = cell.walls; wall != cell.end; ++wall) {
      const V ax = wall->ax - x, ay = wall->ay - y, bx = wall->bx - x, by = wall->by - y;
      const V area = ax * by - ay * bx;
      const V area2 = area * area;
      least_area2 = area2 < least_area2 ? area2 : least_area2;
      const V scale = range_ / area;
      // In the robot's frame: forward coordinate u, leftward coordinate v.
      const V au = cosine * ax + sine * ay, av = cosine * ay - sine * ax;
      const V bu = cosine * bx + sine * by, bv = cosine * by - sine * bx;
      cross(av, bv, scale, ahead, behind);
      cross(-au, -bu, scale, left, right);
      narrow(av - au, bv - bu, scale, left45);   // along (1, 1)
      narrow(av + au, bv + bu, scale, right45);  // along (1, -1)
    }
    auto highest =
        simd_vector::highest_of<T>(-right, right45, ahead, left45, left, -behind, -least_area2);
    constexpr std::size_t lanes = simd_vector::kLanes<T>;
    if (-highest[6 / lanes][6 % lanes] <= edge_on_area2_) [[unlikely]] {
      for (std::size_t i = 0; i < highest.size(); ++i)
        highest[i] = highest_edge_on(cell, x, y, cosine, sine, i * lanes);
    }
    std::array<T, 8> seen;
    for (std::size_t i = 0; i < highest.size(); ++i) {
      V nearness = highest[i] * simd_vector::load(&kUnit[i * lanes]);
      nearness = nearness > T{1} ? nearness : simd_vector::fill<T>(1);
      const V distance = T{1} / nearness;
      std::memcpy(&seen[i * lanes], &distance, sizeof distance);
    }
    return {seen[0], seen[1], seen[2], seen[3], seen[4], seen[5]};
  }

  /// True if a wall, ends included, is closer than the radius to (x, y).
  bool blocks(T x, T y) const {
    V nearest = simd_vector::fill<T>(radius2_);
    const Cell& cell = cell_at(x, y);
    for (const Group* wall = cell.walls; wall != cell.touchable_end; ++wall) {
      const V px = x - wall->ax, py = y - wall->ay;
      V along = (px * wall->ex + py * wall->ey) * wall->inverse_length2;
      along = along > T{0} ? along : V{};
      along = along < T{1} ? along : simd_vector::fill<T>(1);
      const V dx = px - along * wall->ex, dy = py - along * wall->ey;
      const V distance2 = dx * dx + dy * dy;
      nearest = distance2 < nearest ? distance2 : nearest;
    }
    return lowest(nearest) < radius2_;
  }

 private:
  using V = simd_vector::Vector<T>;
  /// What an inverse distance along each ray is multiplied by: the diagonal ones are found along
  /// (1, 1) and (1, -1).
  static constexpr T kDiagonal = std::numbers::sqrt2_v<T> / 2;
  static constexpr std::array<T, 8> kUnit = {1, kDiagonal, 1, kDiagonal, 1, 1, 1, 1};
  struct Group {
    V ax, ay, bx, by;   // the ends
    V ex, ey;           // b - a
    V inverse_length2;  // 1 / |b - a|^2
  };
  struct Cell {
    const Group* walls = nullptr;          // those that the robot may touch come first
    const Group* touchable_end = nullptr;  // a group may end with some that it only sees
    const Group* end = nullptr;
  };
  static constexpr Cell kNothing = {};

  struct Shared {
    Shared(const WallCells& grid, const std::vector<Wall>& walls) {
      std::map<std::vector<std::uint32_t>, std::size_t> known;  // cells share equal lists
      WallCells::Cell outside;
      for (std::uint32_t i = 0; i < walls.size(); ++i) outside.walls.push_back(i);
      outside.touchable = walls.size();
      std::vector<std::size_t> first;
      for (const WallCells::Cell& cell : grid.cells) first.push_back(groups_of(cell, walls, known));
      first.push_back(groups_of(outside, walls, known));
      for (std::size_t i = 0; i < first.size(); ++i) {
        const WallCells::Cell& cell = i < grid.cells.size() ? grid.cells[i] : outside;
        const Group* group = groups.data() + first[i];
        cells.push_back(
            {group, group + groups_for(cell.touchable), group + groups_for(cell.walls.size())});
      }
    }

    static std::size_t groups_for(std::size_t walls) {
      return (walls + simd_vector::kLanes<T> - 1) / simd_vector::kLanes<T>;
    }

    /// @return  the first group of the cell's walls, which are added unless they are known
    std::size_t groups_of(const WallCells::Cell& cell, const std::vector<Wall>& walls,
                          std::map<std::vector<std::uint32_t>, std::size_t>& known) {
      constexpr std::size_t lanes = simd_vector::kLanes<T>;
      const std::size_t first = groups.size();
      const auto [place, is_new] = known.try_emplace(cell.walls, first);
      if (!is_new) return place->second;
      groups.resize(first + groups_for(cell.walls.size()));
      for (std::size_t i = 0; i < (groups.size() - first) * lanes; ++i) {
        // The rest of the last group is its last wall once more, which changes nothing.
        fill(groups[first + i / lanes], i % lanes,
             walls[cell.walls[std::min(i, cell.walls.size() - 1)]]);
      }
      return first;
    }

    static void fill(Group& group, std::size_t lane, const Wall& wall) {
      const double ex = wall.b.x - wall.a.x;
      const double ey = wall.b.y - wall.a.y;
      const double length2 = ex * ex + ey * ey;
      group.ax[lane] = static_cast<T>(wall.a.x);
      group.ay[lane] = static_cast<T>(wall.a.y);
      group.bx[lane] = static_cast<T>(wall.b.x);
      group.by[lane] = static_cast<T>(wall.b.y);
      group.ex[lane] = static_cast<T>(ex);
      group.ey[lane] = static_cast<T>(ey);
      group.inverse_length2[lane] = static_cast<T>(length2 > 0 ? 1 / length2 : 0);
    }

    std::vector<Cell> cells;  // [rows, columns], and one for outside
    std::vector<Group> groups;
  };

  const Cell& cell_at(T x, T y) const {
    const T column = (x - origin_x_) * per_length_;
    const T row = (y - origin_y_) * per_length_;
    const bool inside = column >= 0 && column < columns_ && row >= 0 && row < rows_;
    if (!inside) [[unlikely]] {
      const bool near = column > -beyond_ && column < columns_ + beyond_ && row > -beyond_ &&
                        row < rows_ + beyond_;
      return near ? *outside_ : kNothing;
    }
    return cells_[static_cast<std::size_t>(static_cast<int>(row)) * stride_ +
                  static_cast<std::size_t>(static_cast<int>(column))];
  }

  /// What ranges() finds before it divides, one wall after another: for where a wall may be seen
  /// edge-on. The others give the bits that they give there.
  /// @return  the lanes from `first` on; one vector, so that it comes back in a register
  [[gnu::noinline]] V highest_edge_on(const Cell& cell, T x, T y, T cosine, T sine,
                                      std::size_t first) const {
    std::array<T, 8> most{};
    T unseen = 0;  // on the backward diagonals, which have no ray
    constexpr std::size_t lanes = simd_vector::kLanes<T>;
    const auto walls = static_cast<std::size_t>(cell.end - cell.walls) * lanes;
    for (std::size_t i = 0; i < walls; ++i) {
      const Group& group = cell.walls[i / lanes];
      const std::size_t lane = i % lanes;
      const T ax = group.ax[lane] - x, ay = group.ay[lane] - y;
      const T bx = group.bx[lane] - x, by = group.by[lane] - y;
      const T au = cosine * ax + sine * ay, av = cosine * ay - sine * ax;
      const T bu = cosine * bx + sine * by, bv = cosine * by - sine * bx;
      const T area = ax * by - ay * bx;
      const T largest = (std::abs(ax) + std::abs(ay)) * (std::abs(bx) + std::abs(by));
      const bool edge_on = std::abs(area) <= rounding_ * largest;
      const auto meet = [&](T a, T b, T along_a, T along_b, T& ahead, T& behind) {
        if (!(a * b < touch_)) return;
        const T inverse =
            edge_on ? inverse_edge_on(area, b - a, along_a, along_b) : (b - a) * (range_ / area);
        ahead = std::max(ahead, inverse);
        behind = std::max(behind, -inverse);
      };
      meet(av, bv, au, bu, most[2], most[5]);
      meet(-au, -bu, av, bv, most[4], most[0]);
      meet(av - au, bv - bu, (au + av) / 2, (bu + bv) / 2, most[3], unseen);
      meet(av + au, bv + bu, (au - av) / 2, (bu - bv) / 2, most[1], unseen);
    }
    return simd_vector::load(&most[first]);
  }

  /// Inverse distance of a wall along a ray, never outside the wall: of its nearer end where it
  /// lies along the ray exactly. 0 where it is not seen.
  T inverse_edge_on(T area, T difference, T along_a, T along_b) const {
    if (touch_ == 0 || along_a * along_b <= 0) return 0;
    const auto [near, far] = std::minmax({std::abs(along_a), std::abs(along_b)});
    const T at = difference == 0 ? near : std::clamp(std::abs(area / difference), near, far);
    return std::copysign(range_ / at, along_a);
  }

  void narrow(V a, V b, V scale, V& most) const {
    const V inverse = a * b < touch_ ? (b - a) * scale : V{};
    most = inverse > most ? inverse : most;
  }
  void cross(V a, V b, V scale, V& most, V& least) const {
    const V inverse = a * b < touch_ ? (b - a) * scale : V{};
    most = inverse > most ? inverse : most;
    least = inverse < least ? inverse : least;
  }
  static T lowest(V v) {
    for (std::size_t half = simd_vector::kLanes<T> / 2; half > 0; half /= 2) {
      const V other = simd_vector::exchange<T>(v, half);
      v = other < v ? other : v;
    }
    return v[0];
  }

  T range_;
  T radius2_;
  T touch_ = 0;  // products of what the ends lie beside a ray are below it where the wall meets it
  T rounding_ = 0;   // of an area, as a part of the product of the distances of the wall's ends
  T edge_on_area2_;  // square of the largest area that may be edge-on
  T origin_x_, origin_y_, per_length_;  // of the grid of cells
  T columns_, rows_;
  T beyond_;  // the grid, in cells
  std::size_t stride_;
  std::shared_ptr<const Shared> shared_;
  const Cell* cells_;    // in shared_
  const Cell* outside_;  // in shared_: around the grid
};

}  // namespace cambrian
