// Sine and cosine with the same bits on every C library: of an angle in degrees, exact at multiples of
// 90; and of a small angle in radians.
#pragma once

#include <array>
#include <numbers>

namespace cambrian {

template <class T>
struct SineCosine {
  T sine;
  T cosine;
};

/// @tparam T        a number, or a vector of numbers side by side
/// @param radians  -pi/4..pi/4. Error one unit in the last place of 1.
template <class Number, class T = Number>
[[gnu::always_inline]] inline SineCosine<T> sine_cosine_near_zero(T radians) {
  const T z = radians * radians;
  // Taylor polynomials, evaluated by pairs to shorten the chain.
  constexpr auto c = [](double divisor) { return static_cast<Number>(1 / divisor); };
  const T z2 = z * z;
  const T z4 = z2 * z2;
  const T sine_low = (1 - z * c(6)) + z2 * (c(120) - z * c(5040));
  const T cosine_low = (1 - z * c(2)) + z2 * (c(24) - z * c(720));
  const T sine_high = (c(362880) - z * c(39916800)) + z2 * (c(6227020800) - z * c(1307674368000));
  const T cosine_high = (c(40320) - z * c(3628800)) +
                        z2 * ((c(479001600) - z * c(87178291200)) + z2 * c(20922789888000));
  return {radians * (sine_low + z4 * sine_high), cosine_low + z4 * cosine_high};
}

/// @param degrees  0..360. Error one unit in the last place of 1.
template <class T>
[[gnu::always_inline]] inline SineCosine<T> sine_cosine(T degrees) {
  const int quarter = (degrees >= 45) + (degrees >= 135) + (degrees >= 225) + (degrees >= 315);
  const T r = (degrees - static_cast<T>(90 * quarter)) * (std::numbers::pi_v<T> / 180);
  const auto [s, k] = sine_cosine_near_zero<T>(r);
  const bool odd = (quarter & 1) != 0;
  static constexpr std::array<T, 5> sine_sign = {1, 1, -1, -1, 1};
  static constexpr std::array<T, 5> cosine_sign = {1, -1, -1, 1, 1};
  const auto q = static_cast<std::size_t>(quarter);
  return {sine_sign[q] * (odd ? k : s), cosine_sign[q] * (odd ? s : k)};
}

}  // namespace cambrian
