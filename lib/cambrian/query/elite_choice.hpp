// Which elite of an archive is meant.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cambrian/run_file/run_file.hpp"

namespace cambrian {

/// At most one of the three; none: all elites.
struct EliteChoice {
  std::optional<std::uint64_t> id = {};
  bool best = false;  ///< the highest objective, the lowest where it is minimised; the first of
                      ///< equals
  std::vector<double> near = {};  ///< the nearest descriptor, each axis scaled by its bounds; the
                                  ///< first of equals
  explicit operator bool() const { return id.has_value() || best || !near.empty(); }
};

/// The row of an id. @throws ConfigError "--id 5: ..." if there is none
std::uint32_t row_of(std::span<const std::uint64_t> ids, std::uint64_t id);

/// The row of the elite. @param archive  "archive", "archives/driver", ...
/// @throws ConfigError if there is none of that id, or `near` has another number of values than the
/// descriptor; Error if the archive is empty or damaged
std::size_t elite_row(const RunFileReader& file, const std::string& archive,
                      const EliteChoice& choice);

}  // namespace cambrian
