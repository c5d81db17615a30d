#include <algorithm>
#include <limits>

#include "cambrian/archive/elites.hpp"

namespace cambrian {

ArchiveStatistics statistics(const Elites& elites, double qd_offset) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const Individuals& rows = elites.individuals();
  ArchiveStatistics result;
  result.size = rows.size();
  result.objective_max = result.objective_mean = kNone;
  if (rows.size() == 0) return result;

  double sum = 0;
  result.objective_max = rows.objective(0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double objective = rows.objective(i);
    sum += objective;
    result.qd_score += objective - qd_offset;
    result.objective_max = std::max(result.objective_max, objective);
  }
  result.objective_mean = sum / static_cast<double>(result.size);
  if (const std::size_t cells = elites.archive().cell_count(); cells > 0) {
    result.coverage =
        static_cast<double>(elites.archive().filled_cells()) / static_cast<double>(cells);
    result.normalised_qd_score = result.qd_score / static_cast<double>(cells);
  }
  return result;
}

}  // namespace cambrian
