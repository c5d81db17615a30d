// Normals from random words: Box & Muller 1958, with a logarithm, sine and cosine of our own, so
// that every compiler and processor gives the same bits. Private to core/.
//
// Of word pairs (r, t): radius = sqrt(-2 log((r >> 1) + 0.5) / 2^31)), angle = t / 2^32 of a turn.
// Radii reach 6.66, the tail beyond 5 sigma keeps its weight to 0.1 %; log, sine and cosine are
// within 2e-7 of the exact value (relative for the logarithm), about the rounding of a float.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cambrian {

inline constexpr std::size_t kNormals = 32;

/// @param words  [32] radii in words 0..15, angles in words 16..31
/// @param out    [32] independent N(0, 1); out[i] and out[16 + i] are one pair
void box_muller(std::span<const std::uint32_t, kNormals> words, std::span<float, kNormals> out);

}  // namespace cambrian
