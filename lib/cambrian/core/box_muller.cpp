#include "cambrian/core/box_muller.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#ifdef __AVX__
#include <immintrin.h>
#endif

namespace cambrian {
namespace {

// Plain loops over arrays of this size, which compilers turn into full vectors.
constexpr std::size_t kPairs = kNormals / 2;
using Lanes = std::array<float, kPairs>;

/// -2 log(((word >> 1) + 0.5) / 2^31), at least 0.
float squared_radius(std::uint32_t word) {
  const float u = static_cast<float>(static_cast<std::int32_t>(word >> 1U)) + 0.5F;
  // u = 2^exponent (1 + f), 1 + f in [sqrt(1/2), sqrt(2))
  constexpr std::int32_t kRootHalf = 0x3f3504f3;
  const std::int32_t bits = std::bit_cast<std::int32_t>(u) - kRootHalf;
  const std::int32_t exponent = bits >> 23;
  const float f = std::bit_cast<float>((bits & 0x007fffff) + kRootHalf) - 1.0F;
  // -2 log(1 + f) = f (f q(f) - 2), q fitted for the smallest largest relative error (1.9e-7); even
  // and odd powers apart, because one long chain of additions would keep the processor waiting.
  const float g = f * f;
  const float even =
      0x1.00006cp+0F + g * (0x1.ff6926p-2F + g * (0x1.612440p-2F + g * 0x1.9cf86ap-3F));
  const float odd = -0x1.5558f4p-1F + g * (-0x1.97b16ap-2F - g * 0x1.4b604ep-2F);
  const float whole = static_cast<float>(31 - exponent) * (2.0F * std::numbers::ln2_v<float>);
  return whole + f * (f * (even + f * odd) - 2.0F);
}

void square_roots(Lanes& x) {
#ifdef __AVX__
  // std::sqrt may set errno, which keeps compilers from vectorising it. Correctly rounded, as it
  // is; Eigen's is not, and differs between processors.
  for (std::size_t i = 0; i < kPairs; i += 8) {
    _mm256_storeu_ps(x.data() + i, _mm256_sqrt_ps(_mm256_loadu_ps(x.data() + i)));
  }
#else
  for (float& value : x) value = std::sqrt(value);
#endif
}

}  // namespace

void box_muller(std::span<const std::uint32_t, kNormals> words, std::span<float, kNormals> out) {
  Lanes radius;
  for (std::size_t i = 0; i < kPairs; ++i) radius[i] = squared_radius(words[i]);
  square_roots(radius);
  for (std::size_t i = 0; i < kPairs; ++i) {
    const std::uint32_t word = words[kPairs + i];
    // The low 31 bits: an angle within a quarter turn of zero. The top one: whether it is turned
    // about by the sign of the cosine.
    constexpr auto kScale = static_cast<float>(std::numbers::pi / 2 * 0x1p-31);
    const float x = static_cast<float>(static_cast<std::int32_t>(word << 1U)) * kScale;
    const float y = x * x;
    const float sine =
        x * (1.0F + y * (-0x1.555548p-3F +
                         y * (0x1.110e6ap-7F + y * (-0x1.9f5ff4p-13F + y * 0x1.5cf92ep-19F))));
    const float cosine =
        1.0F +
        y * (-0x1.ffffd2p-2F + y * (0x1.554fb8p-5F + y * (-0x1.6b398ep-10F + y * 0x1.85231ep-16F)));
    const std::uint32_t turned = std::bit_cast<std::uint32_t>(cosine) ^ (word & 0x80000000U);
    out[i] = radius[i] * std::bit_cast<float>(turned);
    out[kPairs + i] = radius[i] * sine;
  }
}

}  // namespace cambrian
