// The failure of a worker that stands first in the batch, so that what is reported does not depend
// on which worker was quicker.
#pragma once

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

  /// Control characters become spaces: what a world throws is printed on a line with other things.
  void note(std::size_t failed_job, std::string_view what);
  void clear() { job = kNone; }
};

/// What is wrong with the numbers of an evaluation ("measure 'x' is not finite"); empty if nothing.
std::string find_not_finite(const EnvironmentDescription& description,
                            std::span<const double> objectives, std::span<const double> measures);

/// True if all are finite; a loop without branches.
inline bool all_finite(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value * 0;  // 0, or not a number
  return sum == 0;
}

}  // namespace cambrian
