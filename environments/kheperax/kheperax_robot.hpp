// The robot of Kheperax: a disc on two wheels, with three lasers and two bumpers.
//
//        laser 0                A step moves each wheel by up to 0.025, so that the robot drives on an arc:
//   +45     |    -45            turn a = (right - left) / base, radius r = left / a + base / 2;
//      \    |    /              r sin(a) along the old heading, r (1 - cos(a)) to its left;
//       (  disc  )              straight ahead by `left` where |a| <= 1e-10.
//    left |    | right wheel
//
// Source: Grillotti & Cully 2023, Kheperax 0.2.0.
#pragma once

#include <array>

#include "environments/kheperax/kheperax_maze.hpp"
#include "environments/maze/wall_field.hpp"

namespace cambrian {

inline constexpr double kKheperaxRadius = 0.015;
inline constexpr double kKheperaxBase = 2 * kKheperaxRadius;  // between the wheels
inline constexpr double kKheperaxStep = 0.025;                // of a wheel, at most
inline constexpr double kLaserRange = 0.2;
inline constexpr Point kKheperaxStart = {0.15, 0.15};

/// What walls do to a robot.
///   solid:  a step whose end would be closer than the radius to a wall does not happen, heading
///           included; the bumpers then tell of that end
///   sticky: every step happens, but a robot that is closer than the radius to a wall never moves
///           again; the bumpers tell of where the step began. As published
enum class KheperaxWalls { solid, sticky };

struct KheperaxPose {
  double x = kKheperaxStart.x;
  double y = kKheperaxStart.y;
  double heading = std::numbers::pi / 2;  ///< radians, [-pi, pi), from the x axis counter-clockwise
};

class KheperaxRobot {
 public:
  KheperaxRobot(const std::vector<Wall>& walls, KheperaxWalls rule);

  /// At the start, facing up.
  void reset();
  /// @param left, right  what the wheels move, +-kKheperaxStep
  void step(double left, double right);

  const KheperaxPose& pose() const { return pose_; }
  /// Distances of the nearest walls to the centre at -45, 0, 45 degrees from the heading (positive =
  /// left); kLaserRange where none is closer.
  const std::array<double, 3>& lasers() const { return lasers_; }
  /// Whether a wall pushes in the right front quarter, and in the left.
  const std::array<bool, 2>& bumpers() const { return bumpers_; }

 private:
  void move_to(const KheperaxPose& pose);
  KheperaxPose moved(double left, double right) const;
  std::array<bool, 2> pushed_at(const KheperaxPose& pose) const;
  bool blocks(const KheperaxPose& pose) const { return field_.blocks(pose.x, pose.y); }

  std::vector<Wall> walls_;
  WallField<double> field_;
  KheperaxWalls rule_;
  KheperaxPose pose_;
  double cosine_ = 0, sine_ = 1;  // of the heading
  std::array<double, 3> lasers_{};
  std::array<bool, 2> bumpers_{};
};

}  // namespace cambrian
