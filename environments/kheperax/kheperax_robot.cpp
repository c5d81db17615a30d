#include "environments/kheperax/kheperax_robot.hpp"

#include <algorithm>
#include <cmath>

namespace cambrian {
namespace {

constexpr double kPi = std::numbers::pi;

/// Into [-pi, pi).
double wrapped(double angle) { return angle - 2 * kPi * std::floor((angle + kPi) / (2 * kPi)); }

/// From p to the nearest point of the wall.
Point to_wall(const Wall& wall, Point p) {
  const double ex = wall.b.x - wall.a.x, ey = wall.b.y - wall.a.y;
  const double along = ((p.x - wall.a.x) * ex + (p.y - wall.a.y) * ey) / (ex * ex + ey * ey);
  const double within = std::clamp(along, 0.0, 1.0);
  return {wall.a.x + within * ex - p.x, wall.a.y + within * ey - p.y};
}

}  // namespace

KheperaxRobot::KheperaxRobot(const std::vector<Wall>& walls, KheperaxWalls rule)
    : walls_(walls), field_(walls, kLaserRange, kKheperaxRadius, WallEnds::open), rule_(rule) {
  reset();
}

void KheperaxRobot::reset() {
  move_to({});
  bumpers_ = pushed_at(pose_);
}

void KheperaxRobot::step(double left, double right) {
  bumpers_ = {};
  if (rule_ == KheperaxWalls::sticky) {
    if (blocks(pose_)) {
      bumpers_ = pushed_at(pose_);
    } else {
      move_to(moved(left, right));
    }
    return;
  }
  const KheperaxPose attempted = moved(left, right);
  if (blocks(attempted)) {
    bumpers_ = pushed_at(attempted);
  } else {
    move_to(attempted);
  }
}

void KheperaxRobot::move_to(const KheperaxPose& pose) {
  pose_ = pose;
  cosine_ = std::cos(pose.heading);
  sine_ = std::sin(pose.heading);
  const auto ranges = field_.ranges(pose.x, pose.y, cosine_, sine_);  // at -90, -45, 0, 45, ...
  for (std::size_t i = 0; i < lasers_.size(); ++i) lasers_[i] = kLaserRange * ranges[i + 1];
}

KheperaxPose KheperaxRobot::moved(double left, double right) const {
  const double turn = (right - left) / kKheperaxBase;
  double ahead = left, aside = 0;
  if (std::abs(turn) > 1e-10) {
    const double radius = left / turn + kKheperaxBase / 2;
    ahead = radius * std::sin(turn);
    aside = radius * (1 - std::cos(turn));
  }
  const bool turns = std::abs(turn) > 1e-10;
  return {pose_.x + ahead * cosine_ - aside * sine_, pose_.y + ahead * sine_ + aside * cosine_,
          turns ? wrapped(pose_.heading + turn) : pose_.heading};
}

std::array<bool, 2> KheperaxRobot::pushed_at(const KheperaxPose& pose) const {
  std::array<bool, 2> pushed{};
  for (const Wall& wall : walls_) {
    const Point to = to_wall(wall, {pose.x, pose.y});
    if (std::hypot(to.x, to.y) >= kKheperaxRadius) continue;
    const double bearing = wrapped(std::atan2(to.y, to.x) - pose.heading);
    pushed[0] |= bearing <= 0 && bearing > -kPi / 2;
    pushed[1] |= bearing >= 0 && bearing < kPi / 2;
  }
  return pushed;
}

}  // namespace cambrian
