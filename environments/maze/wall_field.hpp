// The walls as the robot meets them: what its rangefinders see, and whether it may stand somewhere.
//
// All walls are turned into the robot's frame, where the six rays lie on four lines:
//
//        +45  left  (+90)      A wall's ends a, b lie at cross(D, a) and cross(D, b) beside the
//        line
//           \  |               with direction D; the wall crosses the line if these differ in sign,
//   back ----- o ----> ahead   at the distance cross(a, b) / (cross(D, b) - cross(D, a)), which is
//  (-180)    / |               negative behind the robot. We look for the largest inverse, so there
//        -45  right (-90)      is one division a wall and one a ray.
//
// Rays cross a wall strictly inside both: a wall's end that lies exactly on a ray is not seen.
#pragma once

#include <algorithm>
#include <array>
#include <numbers>
#include <vector>

#include "environments/maze/maze_file.hpp"
#include "environments/simd.hpp"

namespace cambrian {

/// Order of the rangefinders: -90, -45, 0, 45, 90, -180 degrees from the heading.
inline constexpr std::size_t kRangefinders = 6;

template <class T>
class WallField {
 public:
  /// @param range  of the rangefinders  @param radius  of the robot
  WallField(const std::vector<Wall>& walls, double range, double radius)
      : range_(static_cast<T>(range)), radius2_(static_cast<T>(radius * radius)) {
    constexpr std::size_t lanes = simd_vector::kLanes<T>;
    groups_.resize((walls.size() + lanes - 1) / lanes);
    for (std::size_t i = 0; i < groups_.size() * lanes; ++i) {
      // The rest of the last group is a point too far away to be met.
      const Wall wall = i < walls.size() ? walls[i] : Wall{{1e6, 1e6}, {1e6, 1e6}};
      Group& group = groups_[i / lanes];
      const std::size_t lane = i % lanes;
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
  }

  /// What the rangefinders see from (x, y) with the heading (cosine, sine): distance / range, 1 if
  /// there is no wall within the range.
  std::array<T, kRangefinders> ranges(T x, T y, T cosine, T sine) const {
    // Largest (ahead) and smallest (behind) inverse distance on each line, in units of 1 / range.
    V ahead{}, behind{}, left{}, right{}, left45{}, right45{};
    for (const Group& wall : groups_) {
      const V ax = wall.ax - x, ay = wall.ay - y, bx = wall.bx - x, by = wall.by - y;
      const V area = ax * by - ay * bx;
      // A robot on the wall's own line does not see it.
      const V scale = area == T{0} ? V{} : range_ / area;
      // In the robot's frame: forward coordinate u, leftward coordinate v.
      const V au = cosine * ax + sine * ay, av = cosine * ay - sine * ax;
      const V bu = cosine * bx + sine * by, bv = cosine * by - sine * bx;
      cross(av, bv, scale, ahead, behind);
      cross(-au, -bu, scale, left, right);
      narrow(av - au, bv - bu, scale, left45);   // along (1, 1)
      narrow(av + au, bv + bu, scale, right45);  // along (1, -1)
    }
    constexpr T diagonal = std::numbers::sqrt2_v<T> / 2;
    return {value(-lowest(right)), value(diagonal * highest(right45)),
            value(highest(ahead)), value(diagonal * highest(left45)),
            value(highest(left)),  value(-lowest(behind))};
  }

  /// True if a wall, ends included, is closer than the radius to (x, y).
  bool blocks(T x, T y) const {
    V nearest = simd_vector::fill<T>(radius2_);
    for (const Group& wall : groups_) {
      const V px = x - wall.ax, py = y - wall.ay;
      V along = (px * wall.ex + py * wall.ey) * wall.inverse_length2;
      along = along > T{0} ? along : V{};
      along = along < T{1} ? along : simd_vector::fill<T>(1);
      const V dx = px - along * wall.ex, dy = py - along * wall.ey;
      const V distance2 = dx * dx + dy * dy;
      nearest = distance2 < nearest ? distance2 : nearest;
    }
    return lowest(nearest) < radius2_;
  }

 private:
  using V = simd_vector::Vector<T>;
  struct Group {
    V ax, ay, bx, by;   // the ends
    V ex, ey;           // b - a
    V inverse_length2;  // 1 / |b - a|^2
  };

  static void narrow(V a, V b, V scale, V& most) {
    const V inverse = a * b < T{0} ? (b - a) * scale : V{};
    most = inverse > most ? inverse : most;
  }
  static void cross(V a, V b, V scale, V& most, V& least) {
    const V inverse = a * b < T{0} ? (b - a) * scale : V{};
    most = inverse > most ? inverse : most;
    least = inverse < least ? inverse : least;
  }
  static T highest(V v) {
    for (std::size_t half = simd_vector::kLanes<T> / 2; half > 0; half /= 2) {
      const V other = simd_vector::exchange<T>(v, half);
      v = other > v ? other : v;
    }
    return v[0];
  }
  static T lowest(V v) {
    for (std::size_t half = simd_vector::kLanes<T> / 2; half > 0; half /= 2) {
      const V other = simd_vector::exchange<T>(v, half);
      v = other < v ? other : v;
    }
    return v[0];
  }
  static T value(T inverse) { return T{1} / std::max(T{1}, inverse); }

  std::vector<Group> groups_;
  T range_;
  T radius2_;
};

}  // namespace cambrian
