// The one activation path: every network and CPPN program computes its functions here, over blocks
// padded to 16, so that the same value has the same bits wherever it stands (the rest of a block
// would go through libm and differ).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cambrian {

/// Blocks are padded to a multiple of this many floats.
inline constexpr std::size_t kBlock = 16;
constexpr std::size_t padded(std::size_t n) { return (n + kBlock - 1) / kBlock * kBlock; }

}  // namespace cambrian
