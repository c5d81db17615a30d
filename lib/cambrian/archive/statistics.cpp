#include <algorithm>
#include <limits>

#include "cambrian/archive/elites.hpp"

namespace cambrian {

ArchiveStatistics statistics(const Archive& archive, double qd_offset) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  ArchiveStatistics result;
  const std::span<const double> objectives = archive.objectives();
  result.size = objectives.size();
  result.objective_max = result.objective_mean = kNone;
  if (objectives.empty()) return result;

  double sum = 0;
  for (const double objective : objectives) {
    sum += objective;
    result.qd_score += objective - qd_offset;
  }
  result.objective_mean = sum / static_cast<double>(result.size);
  result.objective_max = *std::ranges::max_element(objectives);
  if (archive.capacity() > 0) {
    const auto capacity = static_cast<double>(archive.capacity());
    result.coverage = static_cast<double>(result.size) / capacity;
    result.normalised_qd_score = result.qd_score / capacity;
  }
  return result;
}

}  // namespace cambrian
