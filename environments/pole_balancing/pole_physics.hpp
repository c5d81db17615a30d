// One or two poles on a cart, as a system of differential equations in double precision, integrated by
// Runge-Kutta of fourth order.
//
//   cart M = 1 kg; pole i: mass m, half-length l: 0.1 kg and 0.5 m, 0.01 kg and 0.05 m; g = -9.8 m/s^2
//   h    = mu angle' / (m l),  mu = 2e-6, the friction of the hinge
//   f_i  = m l angle'^2 sin angle + 0.75 m cos angle (h + g sin angle)
//   m_i  = m (1 - 0.75 cos^2 angle)
//   x''      = (F - c sign(x') + sum f_i) / (M + sum m_i),  c the friction of the cart
//   angle''  = -0.75 (x'' cos angle + g sin angle + h) / l
//
// Source: Wieland 1991, as in Stanley's NEAT and Lehman & Stanley's novelty-search-cpp.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <type_traits>

#include "environments/maze/sine_cosine.hpp"

namespace cambrian {

struct PoleMasses {
  static constexpr std::array<double, 2> kMass = {0.1, 0.01};        // kg
  static constexpr std::array<double, 2> kHalfLength = {0.5, 0.05};  // m
};

/// A number of each pole. Those of two poles lie side by side in one register: left to itself, the
/// compiler pairs a pole's angle with its velocity, so that each waits for the other.
using PolePair [[gnu::vector_size(2 * sizeof(double))]] = double;
template <std::size_t Poles>
using PerPole = std::conditional_t<Poles == 2, PolePair, double>;

template <std::size_t Poles>
[[gnu::always_inline]] constexpr PerPole<Poles> per_pole(double first, double second) {
  if constexpr (Poles == 2) {
    return PolePair{first, second};
  } else {
    return first;
  }
}

/// Metres, radians, seconds; or the slopes of these.
template <std::size_t Poles>
struct PoleState {
  double place = 0, speed = 0;
  PerPole<Poles> angle{}, turn{};

  /// x, x', then angle and angle' of each pole.
  std::array<double, 2 + 2 * Poles> values() const {
    if constexpr (Poles == 2) {
      return {place, speed, angle[0], turn[0], angle[1], turn[1]};
    } else {
      return {place, speed, angle, turn};
    }
  }
};

/// The second pole upright and at rest. @param first  x, x', and angle and angle' of the first pole
template <std::size_t Poles>
PoleState<Poles> pole_state(const std::array<double, 4>& first) {
  return {first[0], first[1], per_pole<Poles>(first[2], 0), per_pole<Poles>(first[3], 0)};
}

/// By polynomials up to pi/4 (balanced poles stay below 36 degrees); by the C library beyond.
struct PoleSines {
  static constexpr double kNear = std::numbers::pi / 4;
  SineCosine<double> operator()(double angle) const {
    if (std::abs(angle) <= kNear) return sine_cosine_near_zero<double>(angle);
    return {std::sin(angle), std::cos(angle)};
  }
  SineCosine<PolePair> operator()(PolePair angle) const {
    const auto first = (*this)(angle[0]), second = (*this)(angle[1]);
    return {PolePair{first.sine, second.sine}, PolePair{first.cosine, second.cosine}};
  }
};

/// By polynomials alone, and whether all angles allowed it: one decision for a whole step.
struct NearPoleSines {
  bool near = true;
  [[gnu::always_inline]] SineCosine<double> operator()(double angle) {
    near &= std::abs(angle) <= PoleSines::kNear;
    return sine_cosine_near_zero<double>(angle);
  }
  [[gnu::always_inline]] SineCosine<PolePair> operator()(PolePair angle) {
    near &= std::abs(angle[0]) <= PoleSines::kNear;
    near &= std::abs(angle[1]) <= PoleSines::kNear;
    return sine_cosine_near_zero<double, PolePair>(angle);
  }
};

/// @param force  in N   @param cart_friction  in N   @param sines  PoleSines or NearPoleSines
template <std::size_t Poles, class Sines>
[[gnu::always_inline]] inline PoleState<Poles> pole_derivative(const PoleState<Poles>& s,
                                                               double force, double cart_friction,
                                                               Sines& sines) {
  constexpr double kCart = 1, kGravity = -9.8, kHingeFriction = 2e-6;
  const auto m = per_pole<Poles>(PoleMasses::kMass[0], PoleMasses::kMass[1]);
  const auto l = per_pole<Poles>(PoleMasses::kHalfLength[0], PoleMasses::kHalfLength[1]);
  double push = force, mass = kCart;
  if (cart_friction > 0) push -= s.speed > 0 ? cart_friction : s.speed < 0 ? -cart_friction : 0;
  const auto [sine, cosine] = sines(s.angle);
  const auto fall = kGravity * sine + kHingeFriction / (m * l) * s.turn;
  const auto pushes = m * l * s.turn * s.turn * sine + 0.75 * m * cosine * fall;
  const auto masses = m * (1.0 - 0.75 * cosine * cosine);
  if constexpr (Poles == 2) {
    push = push + pushes[0] + pushes[1];
    mass = mass + masses[0] + masses[1];
  } else {
    push += pushes;
    mass += masses;
  }
  const double pushing = push / mass;
  return {s.speed, pushing, s.turn, -0.75 / l * (pushing * cosine + fall)};
}

/// One step of `h` seconds with a constant force.
template <std::size_t Poles, class Sines>
[[gnu::always_inline]] inline PoleState<Poles> pole_runge_kutta(const PoleState<Poles>& s,
                                                                double force, double cart_friction,
                                                                double h, Sines& sines) {
  using State = PoleState<Poles>;
  const auto slope_after = [&](const State& slope, double time) {
    const State moved = {s.place + time * slope.place, s.speed + time * slope.speed,
                         s.angle + time * slope.angle, s.turn + time * slope.turn};
    return pole_derivative<Poles>(moved, force, cart_friction, sines);
  };
  const State a = pole_derivative<Poles>(s, force, cart_friction, sines);
  const State b = slope_after(a, h / 2);
  const State c = slope_after(b, h / 2);
  const State d = slope_after(c, h);
  const auto next = [&](auto State::*x) {
    return s.*x + h / 6 * (a.*x + 2.0 * b.*x + 2.0 * c.*x + d.*x);
  };
  return {next(&State::place), next(&State::speed), next(&State::angle), next(&State::turn)};
}

/// The same where a pole leans far. Out of line, because what it needs would crowd the registers.
template <std::size_t Poles>
[[gnu::noinline, gnu::cold]] PoleState<Poles> leaning_pole_runge_kutta(PoleState<Poles> s,
                                                                       double force,
                                                                       double cart_friction,
                                                                       double h) {
  PoleSines sines;
  return pole_runge_kutta(s, force, cart_friction, h, sines);
}

/// The same with the sines that the angles allow, the faster ones where possible.
template <std::size_t Poles>
[[gnu::always_inline]] inline PoleState<Poles> pole_runge_kutta(const PoleState<Poles>& s,
                                                                double force, double cart_friction,
                                                                double h) {
  NearPoleSines polynomials;
  const auto next = pole_runge_kutta(s, force, cart_friction, h, polynomials);
  if (polynomials.near) [[likely]]
    return next;
  // By member: as a whole, the result of the call would keep all states in memory.
  const auto leaning = leaning_pole_runge_kutta(s, force, cart_friction, h);
  return {leaning.place, leaning.speed, leaning.angle, leaning.turn};
}

}  // namespace cambrian
