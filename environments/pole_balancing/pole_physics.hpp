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

#include "environments/maze/sine_cosine.hpp"

namespace cambrian {

struct PoleMasses {
  static constexpr std::array<double, 2> kMass = {0.1, 0.01};        // kg
  static constexpr std::array<double, 2> kHalfLength = {0.5, 0.05};  // m
};

/// x, x', then angle and angle' of each pole; metres, radians, seconds.
template <std::size_t Poles>
using PoleState = std::array<double, 2 + 2 * Poles>;

/// By polynomials up to pi/4 (balanced poles stay below 36 degrees); by the C library beyond.
[[gnu::always_inline]] inline SineCosine<double> pole_sine_cosine(double angle) {
  if (!(std::abs(angle) <= std::numbers::pi / 4)) return {std::sin(angle), std::cos(angle)};
  return sine_cosine_near_zero(angle);
}

/// @param force  in N   @param cart_friction  in N
template <std::size_t Poles>
[[gnu::always_inline]] inline PoleState<Poles> pole_derivative(const PoleState<Poles>& s,
                                                               double force, double cart_friction) {
  constexpr double kCart = 1, kGravity = -9.8, kHingeFriction = 2e-6;
  double push = force, mass = kCart;
  if (cart_friction > 0) push -= s[1] > 0 ? cart_friction : s[1] < 0 ? -cart_friction : 0;
  std::array<double, Poles> cosine{}, fall{};  // fall: g sin angle + h
  for (std::size_t i = 0; i < Poles; ++i) {
    const double m = PoleMasses::kMass[i], l = PoleMasses::kHalfLength[i];
    const double turn = s[3 + 2 * i];
    const auto [sin, cos] = pole_sine_cosine(s[2 + 2 * i]);
    cosine[i] = cos;
    fall[i] = kGravity * sin + kHingeFriction / (m * l) * turn;
    push += m * l * turn * turn * sin + 0.75 * m * cos * fall[i];
    mass += m * (1 - 0.75 * cos * cos);
  }
  const double pushing = push / mass;
  PoleState<Poles> slope{s[1], pushing};
  for (std::size_t i = 0; i < Poles; ++i) {
    slope[2 + 2 * i] = s[3 + 2 * i];
    slope[3 + 2 * i] = -0.75 / PoleMasses::kHalfLength[i] * (pushing * cosine[i] + fall[i]);
  }
  return slope;
}

/// One step of `h` seconds with a constant force.
template <std::size_t Poles>
inline PoleState<Poles> pole_runge_kutta(const PoleState<Poles>& s, double force,
                                         double cart_friction, double h) {
  const auto moved = [&s](const PoleState<Poles>& slope, double time) {
    PoleState<Poles> next;
    for (std::size_t i = 0; i < next.size(); ++i) next[i] = s[i] + time * slope[i];
    return next;
  };
  const PoleState<Poles> a = pole_derivative<Poles>(s, force, cart_friction);
  const PoleState<Poles> b = pole_derivative<Poles>(moved(a, h / 2), force, cart_friction);
  const PoleState<Poles> c = pole_derivative<Poles>(moved(b, h / 2), force, cart_friction);
  const PoleState<Poles> d = pole_derivative<Poles>(moved(c, h), force, cart_friction);
  PoleState<Poles> next;
  for (std::size_t i = 0; i < next.size(); ++i)
    next[i] = s[i] + h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
  return next;
}

}  // namespace cambrian
