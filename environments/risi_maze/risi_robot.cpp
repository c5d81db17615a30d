#include "environments/risi_maze/risi_robot.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cambrian {
namespace {

/// Squared distance of a point from the nearest point of a wall.
double distance2(const Wall& wall, Point p) {
  const double x = wall.b.x - wall.a.x;
  const double y = wall.b.y - wall.a.y;
  const double along = ((p.x - wall.a.x) * x + (p.y - wall.a.y) * y) / (x * x + y * y);
  const double share = std::clamp(along, 0.0, 1.0);
  const double dx = wall.a.x + share * x - p.x;
  const double dy = wall.a.y + share * y - p.y;
  return dx * dx + dy * dy;
}

/// Along a ray of a unit direction to a wall, which holds its ends; at most `most`.
double ray_distance(const Wall& wall, Point from, Point direction, double most) {
  const double x = wall.b.x - wall.a.x;
  const double y = wall.b.y - wall.a.y;
  const double area = direction.x * y - direction.y * x;
  if (area == 0) return most;  // it runs beside the wall
  const double ox = wall.a.x - from.x;
  const double oy = wall.a.y - from.y;
  const double distance = (ox * y - oy * x) / area;
  const double share = (ox * direction.y - oy * direction.x) / area;
  const bool meets = distance >= 0 && share >= 0 && share <= 1;
  return meets ? std::min(distance, most) : most;
}

/// From ahead, clockwise, in degrees: what the release makes of the target's place.
double published_angle(Point place, double heading, Point target) {
  const double turn = -(heading * 180 / 3.14);  // degrees, and used as radians
  const double ox = std::trunc(target.x) - place.x;
  const double oy = std::trunc(target.y) - place.y;
  const double x = std::cos(turn) * ox - std::sin(turn) * oy;
  const double y = std::sin(turn) * ox + std::cos(turn) * oy;
  double angle = 0;
  if (x == 0) {
    angle = y > 0 ? 3.14 / 2 : 3 * 3.14 / 2;
  } else {
    angle = std::atan(y / x) + (x < 0 ? 3.14 : 0);
  }
  return angle * 57.297;
}

double textbook_angle(Point place, double heading, Point target) {
  const double ahead = std::atan2(target.y - place.y, target.x - place.x) - heading;
  const double turns = ahead / (2 * std::numbers::pi);
  return 360 * (turns - std::floor(turns));
}

}  // namespace

void RisiRobot::step(std::span<const float> motors) {
  const auto clockwise = static_cast<double>(motors[0]);
  const auto drive = static_cast<double>(motors[1]);
  const auto counter_clockwise = static_cast<double>(motors[2]);
  heading_ += (clockwise - counter_clockwise) * kTurn * kTime;
  const double way = kSpeed * drive * kTime;
  const Point before = place_;
  place_ = {place_.x + way * std::cos(heading_), place_.y + way * std::sin(heading_)};
  if (touches_wall()) place_ = before;
}

std::array<double, kRisiRangefinders> RisiRobot::rangefinders() const {
  std::array<double, kRisiRangefinders> values{};
  for (std::size_t i = 0; i < kRisiRangefinders; ++i) {
    const double share = static_cast<double>(i) / (kRisiRangefinders - 1);
    const double angle = heading_ + kHalfSpread * (2 * share - 1);
    const Point direction = {std::cos(angle), std::sin(angle)};
    double nearest = kRadius + kRange;
    for (const Wall& wall : walls_) nearest = ray_distance(wall, place_, direction, nearest);
    const double value = std::min((nearest - kRadius) / kRange, 1.0);
    values[i] = value <= kUnseen ? 0 : value;
  }
  return values;
}

std::array<double, kRisiRadars> RisiRobot::radars(Point target, RisiRadar radar) const {
  const double angle = radar == RisiRadar::textbook ? textbook_angle(place_, heading_, target)
                                                    : published_angle(place_, heading_, target);
  std::array<double, kRisiRadars> lit{};
  for (std::size_t i = 0; i < kRisiRadars; ++i) {
    const double low = i == 0 ? 315 : 90 * static_cast<double>(i) - 45;
    const auto holds = [&](double a) { return low <= a && a < low + 90; };
    lit[i] = holds(angle) || holds(angle + 360) ? 1 : 0;
  }
  return lit;
}

bool RisiRobot::touches_wall() const {
  return std::ranges::any_of(
      walls_, [&](const Wall& wall) { return distance2(wall, place_) < kRadius * kRadius; });
}

double RisiRobot::distance(Point target) const {
  return std::hypot(target.x - place_.x, target.y - place_.y);
}

}  // namespace cambrian
