// The robot of Risi & Stanley's mazes: a disc that turns and drives, without velocities of its own.
// Angles are in radians from the x axis towards the y axis; y grows downward, so that larger ones are
// clockwise on a map.
// Source: the author's simulator (release of ES-HyperNEAT) as gymnasium-hardmaze ports it.
#pragma once

#include <array>
#include <span>

#include "environments/maze/maze_file.hpp"

namespace cambrian {

inline constexpr std::size_t kRisiRangefinders = 5;
inline constexpr std::size_t kRisiRadars = 4;

/// textbook: the wedge in which the target lies, seen from the robot; as_published: the release turns
/// the target by a number of degrees that it takes for radians, which scrambles the wedges.
enum class RisiRadar { textbook, as_published };

class RisiRobot {
 public:
  static constexpr double kRadius = 10.5;
  static constexpr double kRange = 40;           ///< of a rangefinder, from the robot's skin
  static constexpr double kHalfSpread = 1.3398;  ///< the outer rangefinders, rad
  static constexpr double kTime = 0.099;         ///< s of a step
  static constexpr double kSpeed = 20;           ///< a second, at full drive
  static constexpr double kTurn = 4.28;          ///< rad a second
  static constexpr double kUnseen = 0.25;        ///< a reading of so much or less becomes 0

  /// @param walls  must outlive the robot
  RisiRobot(std::span<const Wall> walls, Point start, double heading)
      : walls_(walls), place_(start), heading_(heading) {}

  /// Turns, then drives along the new heading; a move into a wall is undone, the turn is not.
  /// @param motors  turn clockwise, drive, turn counter-clockwise; [0, 1]
  void step(std::span<const float> motors);

  /// From counter-clockwise to clockwise: the distance from the skin as a share of the range, at most
  /// 1, and 0 where that is kUnseen or less.
  std::array<double, kRisiRangefinders> rangefinders() const;

  /// 1 in the wedge of the target: ahead, right, behind, left. A wedge holds its first edge, clockwise.
  /// As published it may be none.
  std::array<double, kRisiRadars> radars(Point target, RisiRadar radar) const;

  bool touches_wall() const;
  double distance(Point target) const;
  Point place() const { return place_; }
  double heading() const { return heading_; }

 private:
  std::span<const Wall> walls_;
  Point place_;
  double heading_;  ///< not wrapped, which the radar as published sees
};

}  // namespace cambrian
