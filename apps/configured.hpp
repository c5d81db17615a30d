// A configuration as a call changes it: by --set, --seed and --evaluations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/configuration/configuration.hpp"

namespace cambrian::apps {

struct Changes {
  std::vector<std::string> sets;  ///< key.path=value
  std::optional<std::uint64_t> seed;
  std::optional<std::uint64_t> evaluations;
};

/// Applies the changes, in their order. @throws ConfigError naming the flag, or a key of [run] that
/// would be wrong without them
void change(Configuration& configuration, const Changes& changes);

}  // namespace cambrian::apps
