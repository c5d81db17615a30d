// The maze robot and its rules, in the precision T.
//
// A disc of radius 8 that turns and drives. A step: the motors change both velocities; the
// displacement follows the old heading; then the heading turns; a move that would bring a wall
// closer than the radius does not happen, but velocities and heading still change. No sweep test is
// needed: a step is at most 3. Source: Lehman & Stanley 2011 and the code published with it.
#pragma once

#include <array>
#include <utility>

#include "environments/maze/maze_file.hpp"
#include "environments/maze/sine_cosine.hpp"
#include "environments/maze/wall_field.hpp"

namespace cambrian {

inline constexpr double kRobotRadius = 8;
inline constexpr double kSensorRange = 100;
inline constexpr double kTopSpeed = 3;    // maze units a step, degrees a step
inline constexpr double kGoalRadius = 5;  // closer is solved
inline constexpr std::size_t kRadars = 4;

template <class T>
class Robot {
 public:
  explicit Robot(const Maze& maze, WallEnds ends = WallEnds::closed)
      : Robot(maze, WallField<T>(maze.walls, kSensorRange, kRobotRadius, ends)) {}
  /// @param walls  of this maze, made once for robots that start in many places
  Robot(const Maze& maze, WallField<T> walls)
      : walls_(std::move(walls)),
        start_x_(static_cast<T>(maze.start.x)),
        start_y_(static_cast<T>(maze.start.y)),
        start_heading_(static_cast<T>(maze.heading)),
        goal_x_(static_cast<T>(maze.goal.x)),
        goal_y_(static_cast<T>(maze.goal.y)) {
    reset();
  }

  /// At the start, at rest.
  void reset() {
    x_ = start_x_;
    y_ = start_y_;
    heading_ = start_heading_;
    speed_ = 0;
    turn_ = 0;
    direction_ = sine_cosine(heading_);
  }

  /// Distance / range of the nearest wall on each ray; see kRangefinders for their order.
  std::array<T, kRangefinders> rangefinders() const {
    return walls_.ranges(x_, y_, direction_.cosine, direction_.sine);
  }

  /// 1 in the slice of 90 degrees that holds the goal: front, left, back, right; walls hide
  /// nothing. A slice holds its first edge, counter-clockwise, not its second.
  std::array<T, kRadars> radars() const {
    const T gx = goal_x_ - x_;
    const T gy = goal_y_ - y_;
    const T u = direction_.cosine * gx + direction_.sine * gy;  // ahead
    const T v = direction_.cosine * gy - direction_.sine * gx;  // left
    // No jumps here and in step(): the processor would often guess wrong.
    const int left = (v >= u) & (v > -u);
    const int back = (v <= -u) & (v > u);
    const int right = (v <= u) & (v < -u);
    static constexpr std::array<std::array<T, kRadars>, kRadars> kSlices = {
        {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}};
    const int slice = left + 2 * back + 3 * right;
    return kSlices[static_cast<std::size_t>(slice)];
  }

  /// @param turn, drive  the motors, [0, 1]; 0.5 changes nothing
  void step(T turn, T drive) {
    turn_ = within_top_speed(turn_ + (turn - T{0.5}));
    speed_ = within_top_speed(speed_ + (drive - T{0.5}));
    const T x = x_ + direction_.cosine * speed_;
    const T y = y_ + direction_.sine * speed_;
    heading_ += turn_;
    if (heading_ > 360) heading_ -= 360;
    if (heading_ < 0) heading_ += 360;
    direction_ = sine_cosine(heading_);
    const bool refused = walls_.blocks(x, y);
    x_ = refused ? x_ : x;
    y_ = refused ? y_ : y;
  }

  /// True only where it was put so: no step leads there.
  bool touches_wall() const { return walls_.blocks(x_, y_); }

  /// Squared distance of the centre to the goal.
  T goal_distance2() const {
    const T dx = goal_x_ - x_;
    const T dy = goal_y_ - y_;
    return dx * dx + dy * dy;
  }

  T x() const { return x_; }
  T y() const { return y_; }
  T heading() const { return heading_; }  ///< degrees, 0..360
  T speed() const { return speed_; }      ///< maze units per step
  T turn() const { return turn_; }        ///< degrees per step

 private:
  static T within_top_speed(T velocity) {
    constexpr T top = static_cast<T>(kTopSpeed);
    const T forth = velocity > top ? top : velocity;
    return forth < -top ? -top : forth;
  }

  WallField<T> walls_;
  T start_x_, start_y_, start_heading_, goal_x_, goal_y_;
  T x_ = 0, y_ = 0, heading_ = 0, speed_ = 0, turn_ = 0;
  SineCosine<T> direction_{};  // of heading_
};

}  // namespace cambrian
