// Whether a TOML text nests deeper than can be read: its reader takes tables and lists down by
// recursion, and a few thousand parts of one key end the program. Private to the room.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cambrian {

/// What is nested too deep, and in which line.
struct TooDeep {
  std::size_t line;  ///< from 1
  std::string what;  ///< "a key of more than 32 parts"
};

/// The first key of more than 32 parts, or the first bracket within 32 others.
std::optional<TooDeep> too_deep(std::string_view toml);

}  // namespace cambrian
