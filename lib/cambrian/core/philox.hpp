// Philox4x32-10, eight blocks at once: what the fast fills of Stream stand on. Private to core/.
// Source: Salmon et al. 2011; checked against Random123, by which single blocks are made.
#pragma once

#include <cstdint>
#include <span>

#include "cambrian/core/stream.hpp"

namespace cambrian {

inline constexpr std::size_t kPhiloxLanes = 8;
inline constexpr std::size_t kPhiloxWords = 4 * kPhiloxLanes;

/// Blocks first_block .. first_block + 7 of a stream; word w of block b goes to out[8 w + b].
/// By AVX2 where the build has it, with the same bits everywhere.
void philox_group(StreamKey key, std::uint64_t ordinal, std::uint32_t sample,
                  std::uint32_t first_block, std::span<std::uint32_t, kPhiloxWords> out);

}  // namespace cambrian
