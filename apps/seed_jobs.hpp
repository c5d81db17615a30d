// The runs of a series side by side.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "apps/verbs.hpp"
#include "cambrian/replay/standing.hpp"

namespace cambrian::apps {

/// A run of a series.
struct SeedRun {
  std::uint64_t seed = 0;
  std::filesystem::path file;
  std::optional<Standing> first_look;  ///< how the file stood when the series began
};

/// Runs what has not finished, options.jobs at a time, each as `run --seeds 1` of its seed in a
/// process of its own. One that fails leaves the others alone.
/// @param threads  those of a run; none: as configured
/// @throws Error at the end, if any has failed
void run_side_by_side(const RunOptions& options, const std::vector<SeedRun>& runs,
                      std::optional<std::uint64_t> threads);

}  // namespace cambrian::apps
