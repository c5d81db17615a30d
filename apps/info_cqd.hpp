// The CQD score that `cambrian info --cqd` prints.
#pragma once

#include <string>

#include "cambrian/core/objective_direction.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian::apps {

/// The range in which objectives are normalised.
struct CqdRange {
  double min = 0;
  double max = 1;
};

/// @throws ConfigError "--cqd: ..." unless the text is two numbers, the lower in front
CqdRange cqd_range(const std::string& text);

/// The mean of 5 scores of the main archive, each by 1000 targets that are drawn uniformly within the
/// descriptor's bounds, the same for all runs, with penalties 0, 0.25, .. 1, Euclidean distances and
/// the diagonal of the bounds as the largest; what is minimised counts negated. @throws ConfigError if an axis has no finite bounds;
/// Error for a damaged file
double cqd_score_of(const RunFileReader& file, const CqdRange& range, ObjectiveDirection direction);

}  // namespace cambrian::apps
