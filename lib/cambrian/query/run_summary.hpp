// What a run file says of its run, gathered for `info`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/core/objective_direction.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {

/// One archive of a run, with statistics as pyribs defines them.
struct ArchiveSummary {
  std::string name;  ///< "archive", "archives/driver", ...
  std::string kind;
  std::vector<std::int64_t> shape;  ///< of a grid, else empty
  std::vector<std::string> descriptor_names;
  std::uint64_t size = 0;
  std::uint64_t capacity = 0;      ///< cells or largest size; 0: unbounded
  std::optional<double> coverage;  ///< filled cells / cells, where there are cells
  ObjectiveDirection direction = ObjectiveDirection::maximise;
  double qd_offset = 0;
  std::optional<double> qd_score;  ///< sum of (objective - qd_offset), of (qd_offset - objective)
                                   ///< where it is minimised
  std::optional<double> normalised_qd_score;  ///< qd_score / cells, where there are cells
  std::optional<double> objective_max;  ///< the best as given; none where the archive is empty
  std::optional<double> objective_mean;
  std::optional<double> objective_max_ever;  ///< of all that it ever held
  std::optional<double> cqd_score;           ///< where it was asked for
  std::optional<std::uint64_t> best_id;
  std::uint64_t solved = 0;  ///< elites that solve the task
};

struct RunSummary {
  std::string program_version, build, environment, encoding, algorithm, status;
  std::string search;  ///< what the field calls it: "CMA-MAE"; empty: as the algorithm
  std::optional<std::uint64_t> seed, evaluations, generations, solved_evaluation;
  std::optional<std::uint64_t> budget;  ///< evaluations; 0: until stopped
  std::optional<double> wall_seconds;
  std::vector<ArchiveSummary> archives;     ///< the main one first
  std::optional<std::uint64_t> population;  ///< members, where there is one
  std::optional<std::uint64_t> species;
  std::uint64_t history_rows = 0;
  std::optional<double> objective_best;  ///< ever in the run, archived or not; none until valid
  std::optional<std::uint64_t> invalid;  ///< evaluations that threw or were not finite
  std::optional<std::uint64_t> over_max_steps;   ///< of the invalid: with too many steps
  std::optional<std::uint64_t> over_time_limit;  ///< of the invalid: too long by the clock
  bool noisy = false;                    ///< whether the environment is; not known of files of 0.1
  std::optional<std::uint64_t> clipped;  ///< evaluations outside the bounds of the main archive
  bool can_be_solved = false;            ///< whether the environment knows success
  std::uint64_t lineage_rows = 0;
  std::vector<std::string> inputs;
  std::string rebinned_from;  ///< the run file whose elites these are; empty: they are its own
};

/// What is absent in the file stays empty. @throws Error for a damaged file
RunSummary summarise(const RunFileReader& file);

}  // namespace cambrian
