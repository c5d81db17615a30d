// The failure of a worker that stands first in the batch, so that what is reported does not depend
// on which worker was quicker.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "cambrian/core/shape.hpp"
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

inline bool all_usable(std::span<const double> values) { return all_finite(values, kLargest); }

}  // namespace cambrian
