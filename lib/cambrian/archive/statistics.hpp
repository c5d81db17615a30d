// What a set of elites amounts to, in numbers that are compared between programs.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "cambrian/archive/elites.hpp"

namespace cambrian {

/// pyribs' definitions (ArchiveStats). Coverage is 0 where there are no cells.
struct ArchiveStatistics {
  std::size_t size = 0;            ///< num_elites
  double coverage = 0;             ///< filled cells / cells
  double qd_score = 0;             ///< sum of (objective - qd_offset)
  double normalised_qd_score = 0;  ///< norm_qd_score: qd_score / cells
  double objective_max = 0;   ///< obj_max: of all that were ever elites, held or not; NaN if none
  double objective_mean = 0;  ///< obj_mean: of those held; NaN if none
};
ArchiveStatistics statistics(const Elites& elites, double qd_offset);

/// What a CQD score is taken for.
struct CqdOptions {
  std::size_t iterations = 1;       ///< scores to take, each by targets of its own
  std::span<const double> targets;  ///< [iterations, n, D], in the units of the descriptor
  std::vector<double> penalties;    ///< theta, of the normalised distance to a target
  double objective_min = 0;  ///< with objective_max, the range in which objectives are normalised
  double objective_max = 1;
  double distance_max = 1;    ///< the largest distance that there is between two descriptors
  double distance_order = 2;  ///< of the norm: 1, 2, infinity, or any other from 1 on
};

/// `count` penalties evenly over [0, 1], both ends included.
std::vector<double> even_penalties(std::size_t count);

/// The continuous QD score: for each target and penalty the best elite, by its normalised objective
/// minus the penalised normalised distance, summed over targets and penalties. As in pyribs, the
/// objective is divided by its range, but its minimum is not subtracted.
/// @param objectives   [size], at least one  @param descriptors  [size, D]
/// @return             [iterations]; their mean is what is reported
/// @throws ShapeError, or ConfigError where there are no elites or a range is empty
/// Source: Kent, Branke, Gaier & Mouret 2022; pyribs 0.12 (cqd_score).
std::vector<double> cqd_score(std::span<const double> objectives,
                              std::span<const double> descriptors, std::size_t dimensions,
                              const CqdOptions& options);

}  // namespace cambrian
