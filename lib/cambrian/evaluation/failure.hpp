// The failure of a worker that stands first in the batch, so that what is reported does not depend
// on which worker was quicker.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "cambrian/environment/environment.hpp"

namespace cambrian {

struct Failure {
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::size_t job = kNone;
  std::string text;

  /// Control characters become spaces: what an environment throws is printed on a line with other things.
  void note(std::size_t failed_job, std::string_view what);
  void clear() { job = kNone; }
};

/// Larger numbers are as bad as infinite ones: distances between them, and sums over an archive,
/// would be.
inline constexpr double kLargest = 1e100;

/// What is wrong with the numbers of one evaluation ("measure 'x' is not finite"); empty if nothing.
std::string find_unusable(const EnvironmentDescription& description, const EvaluationRows& row);

/// True if all are finite, and none beyond kLargest; a loop without branches.
inline bool all_usable(std::span<const double> values) {
  bool usable = true;
  for (const double value : values) usable &= std::abs(value) <= kLargest;  // false for NaN
  return usable;
}

inline bool all_finite(std::span<const float> values) {
  bool finite = true;
  for (const float value : values) finite &= std::isfinite(value);
  return finite;
}

}  // namespace cambrian
