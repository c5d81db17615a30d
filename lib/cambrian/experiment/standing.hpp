// How a run file stands against a configuration: what a series of runs that is called again keeps,
// goes on with, or refuses.
#pragma once

#include <cstdint>
#include <filesystem>

#include "cambrian/experiment/catalogue.hpp"
#include "cambrian/experiment/configuration.hpp"

namespace cambrian {

struct Standing {
  bool finished = false;
  std::uint64_t evaluations = 0;  ///< done so far
};

/// @param asked  the configuration that the file should be a run of
/// @throws ConfigError naming the file and the first key that differs, or the input whose contents
/// differ; FileError if it is no run file
Standing standing_of(const std::filesystem::path& run_file, Configuration asked,
                     const Catalogue& catalogue);

}  // namespace cambrian
