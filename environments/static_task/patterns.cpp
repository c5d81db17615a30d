#include "environments/static_task/patterns.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace cambrian {
namespace {

/// All patterns of `bits` bits, the first bit changing slowest.
Patterns all_of(std::size_t bits) {
  Patterns patterns;
  for (std::size_t i = 0; i < bits; ++i) patterns.inputs.push_back("bit_" + std::to_string(i + 1));
  for (std::size_t pattern = 0; pattern < std::size_t{1} << bits; ++pattern) {
    for (std::size_t i = 0; i < bits; ++i)
      patterns.values.push_back(static_cast<float>(pattern >> (bits - 1 - i) & 1U));
  }
  return patterns;
}

Patterns parity(std::size_t bits) {
  Patterns patterns = all_of(bits);
  patterns.outputs = {"odd"};
  for (std::size_t pattern = 0; pattern < patterns.size(); ++pattern)
    patterns.targets.push_back(std::popcount(pattern) % 2);
  return patterns;
}

Patterns boolean_functions() {
  Patterns patterns = all_of(2);
  patterns.outputs = {"xor", "and", "or", "nand", "nor"};
  for (unsigned pattern = 0; pattern < 4; ++pattern) {
    const bool a = pattern / 2 != 0, b = pattern % 2 != 0;
    for (const bool target : {a != b, a && b, a || b, !(a && b), !(a || b)})
      patterns.targets.push_back(target ? 1 : 0);
  }
  return patterns;
}

Patterns circle() {
  constexpr int kPoints = 100;
  Patterns patterns{.inputs = {"x", "y"}, .outputs = {"inside"}, .values = {}, .targets = {}};
  // The seed belongs to the task's definition. NOLINTNEXTLINE(cert-msc32-c,cert-msc51-cpp)
  std::mt19937 twister(42);
  const auto uniform = [&twister] {  // in [0, 1), 53 bits, as numpy's RandomState
    const std::uint64_t high = twister() >> 5U, low = twister() >> 6U;
    return static_cast<double>((high << 26U) | low) * 0x1p-53;
  };
  for (int i = 0; i < kPoints; ++i) {
    const auto x = static_cast<float>(-1 + 2 * uniform());
    const auto y = static_cast<float>(-1 + 2 * uniform());
    patterns.values.insert(patterns.values.end(), {x, y});
    patterns.targets.push_back(x * x + y * y < 0.25F ? 1 : 0);
  }
  return patterns;
}

Patterns sine(SineTarget target) {
  constexpr int kPoints = 20;
  Patterns patterns{.inputs = {"x"}, .outputs = {"sine"}, .values = {}, .targets = {}};
  for (int i = 0; i < kPoints; ++i) {
    const double x = -1 + 2.0 * i / (kPoints - 1);
    const double value = std::sin(std::numbers::pi * x);
    patterns.values.push_back(static_cast<float>(x));
    patterns.targets.push_back(target == SineTarget::unit ? (value + 1) / 2 : value);
  }
  return patterns;
}

}  // namespace

Patterns patterns_of(const StaticTaskParameters& parameters) {
  switch (parameters.task) {
    case StaticTaskKind::exclusive_or:
      return parity(2);
    case StaticTaskKind::parity:
      return parity(static_cast<std::size_t>(parameters.bits));
    case StaticTaskKind::circle:
      return circle();
    case StaticTaskKind::sine:
      return sine(parameters.target);
    case StaticTaskKind::boolean_functions:
      return boolean_functions();
  }
  return {};
}

}  // namespace cambrian
