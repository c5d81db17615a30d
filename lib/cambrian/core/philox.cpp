#include "cambrian/core/detail/philox.hpp"

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace cambrian {

#ifdef __AVX2__

// Written by hand because g++ 12 turns neither form of the loop into the 32 x 32 -> 64 bit
// multiplications of the processor (2.8 times slower).
namespace {

constexpr std::uint32_t kFactor0 = 0xD2511F53U;
constexpr std::uint32_t kFactor1 = 0xCD9E8D57U;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9U;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85U;

struct Product {
  __m256i high, low;
};

Product multiply(__m256i factor, __m256i x) {
  const __m256i even = _mm256_mul_epu32(x, factor);
  const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(x, 32), factor);
  return {_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA),
          _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA)};
}

__m256i all(std::uint32_t value) { return _mm256_set1_epi32(static_cast<int>(value)); }

void store(std::uint32_t* to, __m256i value) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), value);
}

}  // namespace

void philox_group(StreamKey key, std::uint64_t ordinal, std::uint32_t sample,
                  std::uint32_t first_block, std::span<std::uint32_t, kPhiloxWords> out) {
  // In the first two rounds what does not depend on the block is one number for all lanes.
  const auto ordinal_low = static_cast<std::uint32_t>(ordinal);
  const auto ordinal_high = static_cast<std::uint32_t>(ordinal >> 32U);
  const std::uint64_t b1 = std::uint64_t{kFactor1} * ordinal_low;
  const std::uint32_t x0_1 = static_cast<std::uint32_t>(b1 >> 32U) ^ sample ^ key.word0;
  const __m256i factor0 = all(kFactor0);
  const __m256i factor1 = all(kFactor1);
  const Product a1 = multiply(
      factor0, _mm256_add_epi32(all(first_block), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)));
  const __m256i x2_1 = _mm256_xor_si256(a1.high, all(ordinal_high ^ key.word1));
  key.word0 += kWeyl0;
  key.word1 += kWeyl1;
  const std::uint64_t a2 = std::uint64_t{kFactor0} * x0_1;
  const Product b2 = multiply(factor1, x2_1);
  __m256i x0 = _mm256_xor_si256(b2.high, all(static_cast<std::uint32_t>(b1) ^ key.word0));
  __m256i x1 = b2.low;
  __m256i x2 = _mm256_xor_si256(a1.low, all(static_cast<std::uint32_t>(a2 >> 32U) ^ key.word1));
  __m256i x3 = all(static_cast<std::uint32_t>(a2));
  __m256i key0 = all(key.word0);
  __m256i key1 = all(key.word1);
  const __m256i weyl0 = all(kWeyl0);
  const __m256i weyl1 = all(kWeyl1);
  for (int round = 2; round < 10; ++round) {
    key0 = _mm256_add_epi32(key0, weyl0);
    key1 = _mm256_add_epi32(key1, weyl1);
    const Product a = multiply(factor0, x0);
    const Product b = multiply(factor1, x2);
    x0 = _mm256_xor_si256(_mm256_xor_si256(x1, key0), b.high);
    x2 = _mm256_xor_si256(_mm256_xor_si256(x3, key1), a.high);
    x1 = b.low;
    x3 = a.low;
  }
  store(out.data(), x0);
  store(out.data() + kPhiloxLanes, x1);
  store(out.data() + 2 * kPhiloxLanes, x2);
  store(out.data() + 3 * kPhiloxLanes, x3);
}

#else

void philox_group(StreamKey key, std::uint64_t ordinal, std::uint32_t sample,
                  std::uint32_t first_block, std::span<std::uint32_t, kPhiloxWords> out) {
  for (std::uint32_t lane = 0; lane < kPhiloxLanes; ++lane) {
    const auto words = philox_block(key, ordinal, sample, first_block + lane);
    for (std::size_t w = 0; w < 4; ++w) out[w * kPhiloxLanes + lane] = words[w];
  }
}

#endif

}  // namespace cambrian
