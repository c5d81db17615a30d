#include "environments/octopus_arm/arm_body.hpp"

#include <algorithm>
#include <cmath>

// A promise that the arrays of a loop do not overlap, so that it is computed in SIMD vectors: 12 instead of 40 us
// per control step.
#ifdef __clang__
#define CAMBRIAN_NO_OVERLAP _Pragma("clang loop vectorize(assume_safety)")
#else
#define CAMBRIAN_NO_OVERLAP _Pragma("GCC ivdep")
#endif

namespace cambrian {
namespace {

/// Compartments and free pairs in whole vectors of four: two of padding.
constexpr std::size_t kLoop = 12;
constexpr double kActive = 0.1, kPassive = 0.04, kDamping = -1.0;
constexpr double kLeastStretch = 0.1;  // of its rest length, at which a muscle pulls no more
constexpr double kPressure = 10.0;
constexpr double kDragAlong = 0.4, kDragAcross = 1.0;
constexpr double kWeight = 0.01, kSurface = 5.0;
constexpr double kBaseTorque = 0.025;
constexpr double kTime = 0.2;  // of a Runge-Kutta step
constexpr int kStepsPerAction = 25;
/// Where padding lies: nothing comes near it.
constexpr double kFarAway = 1e6;

constexpr std::array<double, kArmCompartments + 1> kMasses = {
    0.6752333118, 0.6752333118, 0.6689518870, 0.6627037821, 0.6564899484, 0.6503113685,
    0.6441690567, 0.6380640603, 0.6319974609, 0.6259703747, 0.6199839541};

double half_width(std::size_t pair) { return 0.430283125 - 0.00618185 * static_cast<double>(pair); }

/// The pull of a muscle from node 1 toward node 2, as a vector: what it does to node 1.
/// @param dx,dy  from 1 to 2  @param vx,vy  velocity of 1 relative to 2
[[gnu::always_inline]] inline void muscle(double dx, double dy, double vx, double vy, double rest,
                                          double contraction, double factor, double& fx,
                                          double& fy) {
  const double length = std::sqrt(dx * dx + dy * dy);
  const double ux = dx / length, uy = dy / length;
  const double beyond = length / rest - kLeastStretch;
  const double pull = (kActive * contraction + kPassive) * (beyond > 0 ? beyond : 0.0);
  const double force = factor * (pull + kDamping * (vx * ux + vy * uy));
  fx = force * ux;
  fy = force * uy;
}

/// to = from + h * slope, over all that a state holds.
void move(const ArmState& from, const ArmState& slope, double h, ArmState& to) {
  const auto add = [h](const auto& a, const auto& b, auto& c) {
    for (std::size_t i = 0; i < kArmPairs; ++i) c[i] = a[i] + h * b[i];
  };
  const auto add_side = [&add](const ArmSide& a, const ArmSide& b, ArmSide& c) {
    add(a.x, b.x, c.x);
    add(a.y, b.y, c.y);
    add(a.vx, b.vx, c.vx);
    add(a.vy, b.vy, c.vy);
  };
  add_side(from.upper, slope.upper, to.upper);
  add_side(from.lower, slope.lower, to.lower);
  to.angle = from.angle + h * slope.angle;
  to.rate = from.rate + h * slope.rate;
}

}  // namespace

ArmBody::ArmBody() : radius_(half_width(0)), inertia_(radius_ * radius_ * 2 * kMasses[0]) {
  for (std::size_t i = 0; i < kArmPairs; ++i) {
    const bool padding = i > kArmCompartments;
    const double x = kArmBaseX + 0.897315 * static_cast<double>(i);
    start_.upper.x[i] = start_.lower.x[i] = padding ? x + kFarAway : x;
    start_.upper.y[i] = half_width(i);
    start_.lower.y[i] = -half_width(i);
    rest_.mass[i] = padding ? 1 : kMasses[i];
  }
  for (std::size_t i = 0; i < kArmPairs; ++i) {
    const bool padding = i >= kArmCompartments;
    const double width = 2 * half_width(i + 1);
    rest_.width[i] = width;
    rest_.length[i] = std::hypot(0.897315, half_width(i) - half_width(i + 1));
    rest_.longitudinal[i] = padding ? 0 : 0.5 * width * width / rest_.length[i];
    rest_.transversal[i] = padding ? 0 : width;
    rest_.pressure[i] = padding ? 0 : 1;
    rest_.area[i] = 0.897315 * (half_width(i) + half_width(i + 1));
  }
  place_base(start_);
  reset();
}

void ArmBody::place_base(ArmState& state) const {
  const double x = radius_ * std::cos(state.angle), y = radius_ * std::sin(state.angle);
  state.upper.x[0] = kArmBaseX + x;
  state.upper.y[0] = y;
  state.lower.x[0] = kArmBaseX - x;
  state.lower.y[0] = -y;
  state.upper.vx[0] = -state.rate * y;
  state.upper.vy[0] = state.rate * x;
  state.lower.vx[0] = state.rate * y;
  state.lower.vy[0] = -state.rate * x;
}

// Pressure acts on a node along the diagonal between its two neighbours, turned by -90 degrees: that is
// the sum of the two edges that meet in the node, each turned so.
void ArmBody::compartment_forces(const ArmState& state) {
  const ArmSide& u = state.upper;
  const ArmSide& l = state.lower;
  CAMBRIAN_NO_OVERLAP
  for (std::size_t i = 0; i < kLoop; ++i) {
    double dorsal_x, dorsal_y, ventral_x, ventral_y, transversal_x, transversal_y;
    muscle(u.x[i + 1] - u.x[i], u.y[i + 1] - u.y[i], u.vx[i] - u.vx[i + 1], u.vy[i] - u.vy[i + 1],
           rest_.length[i], contractions_.dorsal[i], rest_.longitudinal[i], dorsal_x, dorsal_y);
    muscle(l.x[i + 1] - l.x[i], l.y[i + 1] - l.y[i], l.vx[i] - l.vx[i + 1], l.vy[i] - l.vy[i + 1],
           rest_.length[i], contractions_.ventral[i], rest_.longitudinal[i], ventral_x, ventral_y);
    muscle(l.x[i + 1] - u.x[i + 1], l.y[i + 1] - u.y[i + 1], u.vx[i + 1] - l.vx[i + 1],
           u.vy[i + 1] - l.vy[i + 1], rest_.width[i], contractions_.transversal[i],
           rest_.transversal[i], transversal_x, transversal_y);
    const double down_x = l.x[i + 1] - u.x[i], down_y = l.y[i + 1] - u.y[i];
    const double up_x = u.x[i + 1] - l.x[i], up_y = u.y[i + 1] - l.y[i];
    const double area = 0.5 * (down_x * up_y - down_y * up_x);
    const double excess = kPressure * (std::abs(area) - rest_.area[i]);
    const double size = rest_.pressure[i] * std::sqrt(std::abs(excess));
    const double g = (area < 0) != (excess < 0) ? -size : size;
    upper_.proximal_x[i] = dorsal_x + g * up_y;
    upper_.proximal_y[i] = dorsal_y - g * up_x;
    upper_.distal_x[i] = -dorsal_x + transversal_x + g * down_y;
    upper_.distal_y[i] = -dorsal_y + transversal_y - g * down_x;
    lower_.proximal_x[i] = ventral_x - g * down_y;
    lower_.proximal_y[i] = ventral_y + g * down_x;
    lower_.distal_x[i] = -ventral_x - transversal_x - g * up_y;
    lower_.distal_y[i] = -ventral_y - transversal_y + g * up_x;
  }
}

void ArmBody::side_accelerations(const ArmSide& side, const Forces& forces, ArmSide& slope) const {
  CAMBRIAN_NO_OVERLAP
  for (std::size_t i = 1; i <= kLoop; ++i) {
    const double ax = side.x[i] - side.x[i - 1], ay = side.y[i] - side.y[i - 1];
    const double length = std::sqrt(ax * ax + ay * ay);
    const double ux = ax / length, uy = ay / length;
    const double along = side.vx[i] * ux + side.vy[i] * uy;
    const double across = side.vy[i] * ux - side.vx[i] * uy;
    const double drag_along = kDragAlong * std::abs(along) * along;
    const double drag_across = kDragAcross * std::abs(across) * across;
    const double weight = kWeight * rest_.mass[i] * (side.y[i] < kSurface ? 0.0 : 1.0);
    const double fx =
        forces.distal_x[i - 1] + forces.proximal_x[i] - drag_along * ux + drag_across * uy;
    const double fy =
        forces.distal_y[i - 1] + forces.proximal_y[i] - drag_along * uy - drag_across * ux - weight;
    slope.x[i] = side.vx[i];
    slope.y[i] = side.vy[i];
    slope.vx[i] = fx / rest_.mass[i];
    slope.vy[i] = fy / rest_.mass[i];
  }
}

void ArmBody::derivative(ArmState& state, ArmState& slope) {
  place_base(state);
  compartment_forces(state);
  side_accelerations(state.upper, upper_, slope.upper);
  side_accelerations(state.lower, lower_, slope.lower);
  const double x = state.upper.x[0] - kArmBaseX, y = state.upper.y[0];
  // The base never reaches the surface, so weight and buoyancy cancel.
  const double torque = torque_ + x * (upper_.proximal_y[0] - lower_.proximal_y[0]) -
                        y * (upper_.proximal_x[0] - lower_.proximal_x[0]);
  slope.angle = state.rate;
  slope.rate = torque / inertia_;
}

void ArmBody::runge_kutta() {
  derivative(state_, slope_);
  move(state_, slope_, kTime / 6, sum_);
  move(state_, slope_, kTime / 2, stage_);
  derivative(stage_, slope_);
  move(sum_, slope_, kTime / 3, sum_);
  move(state_, slope_, kTime / 2, stage_);
  derivative(stage_, slope_);
  move(sum_, slope_, kTime / 3, sum_);
  move(state_, slope_, kTime, stage_);
  derivative(stage_, slope_);
  move(sum_, slope_, kTime / 6, state_);
}

void ArmBody::step(std::span<const double, kArmMotors> action) {
  torque_ = kBaseTorque * (action[0] - action[1]);
  for (std::size_t i = 0; i < kArmCompartments; ++i) {
    contractions_.dorsal[i] = action[2 + 3 * i];
    contractions_.transversal[i] = action[3 + 3 * i];
    contractions_.ventral[i] = action[4 + 3 * i];
  }
  for (int i = 0; i < kStepsPerAction; ++i) runge_kutta();
  place_base(state_);
}

double ArmBody::wrapped_angle() const { return std::remainder(state_.angle, 2 * std::numbers::pi); }

ArmPoint ArmBody::tip() const {
  const ArmSide& u = state_.upper;
  const ArmSide& l = state_.lower;
  return {(u.x[kArmCompartments] + l.x[kArmCompartments]) / 2,
          (u.y[kArmCompartments] + l.y[kArmCompartments]) / 2};
}

bool ArmBody::touches(ArmPoint point) const {
  const ArmSide& u = state_.upper;
  const ArmSide& l = state_.lower;
  for (std::size_t i = 0; i < kArmCompartments; ++i) {
    const std::array<ArmPoint, 4> corners = {
        {{u.x[i], u.y[i]}, {u.x[i + 1], u.y[i + 1]}, {l.x[i + 1], l.y[i + 1]}, {l.x[i], l.y[i]}}};
    bool inside = false;  // as many times as a ray from the point crosses an edge
    for (std::size_t k = 0; k < 4; ++k) {
      const ArmPoint a = corners[k], b = corners[(k + 1) % 4];
      if ((a.y > point.y) == (b.y > point.y)) continue;
      const double crossing = a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x);
      if (point.x < crossing) inside = !inside;
    }
    if (inside) return true;
  }
  return false;
}

}  // namespace cambrian
