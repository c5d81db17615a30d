// Philox4x32-10, eight blocks at once: what the fast fills of Stream stand on. Private to core/.
// Source: Salmon et al. 2011; checked against Random123, by which single blocks are made.
#pragma once

#include <Random123/philox.h>

#include <cstdint>
#include <span>

#include "cambrian/core/stream.hpp"

namespace cambrian {

inline constexpr std::size_t kPhiloxLanes = 8;
inline constexpr std::size_t kPhiloxWords = 4 * kPhiloxLanes;

/// The four words of a block.
inline r123::Philox4x32::ctr_type philox_block(StreamKey key, std::uint64_t ordinal,
                                               std::uint32_t sample, std::uint32_t block) {
  return r123::Philox4x32()({{block, sample, static_cast<std::uint32_t>(ordinal),
                              static_cast<std::uint32_t>(ordinal >> 32U)}},
                            r123::Philox4x32::key_type{{key.word0, key.word1}});
}

/// Blocks first_block .. first_block + 7 of a stream; word w of block b goes to out[8 w + b].
/// By AVX2 where the build has it, with the same bits everywhere.
void philox_group(StreamKey key, std::uint64_t ordinal, std::uint32_t sample,
                  std::uint32_t first_block, std::span<std::uint32_t, kPhiloxWords> out);

}  // namespace cambrian
