#include "cambrian/core/percentage.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace cambrian {
namespace {

std::string fixed(double value, int digits) {
  std::array<char, 400> text;  // more digits than the largest double has
  const int length = std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string percentage(double fraction, int digits) {
  const double step = std::pow(10.0, -digits);
  const std::string rounded = fixed(100 * fraction, digits);
  if (fraction > 0 && rounded == fixed(0, digits)) return "< " + fixed(step, digits) + " %";
  if (fraction < 1 && rounded == fixed(100, digits)) return "> " + fixed(100 - step, digits) + " %";
  return rounded + " %";
}

}  // namespace cambrian
