// How a run file stands against a configuration: what a series of runs that is called again keeps,
// continues, or refuses.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/configuration/configuration.hpp"

namespace cambrian {

struct Standing {
  bool finished = false;                     ///< nothing of what is asked for is left to do
  std::uint64_t evaluations = 0;             ///< done so far
  std::optional<std::uint64_t> budget = {};  ///< what is asked for, where it is more than was
};

/// @param asked  the configuration that the file should be a run of, but for a larger
/// run.evaluations (0 is the largest)
/// @throws ConfigError naming the file and the first key that differs, or the input whose contents
/// differ; FileError if it is not a run file
Standing standing_of(const std::filesystem::path& run_file, Configuration asked,
                     const Catalogue& catalogue);

}  // namespace cambrian
