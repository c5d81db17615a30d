// Random streams. Every draw of a run comes from a stream named by (seed, purpose, ordinal,
// sample), so a candidate gets the same numbers whichever thread, batch or rank evaluates it, and
// a stored elite can be evaluated again.
//
//   seed, purpose ("algorithm.select")  --Philox-->  64-bit key, once per component
//   counter = (draw block 32 | sample 32 | ordinal 64)   --Philox(key)-->  4 words per block
//
// Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3" (Philox4x32-10, by
// Random123).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cambrian {

/// The key of a component's streams. Two components of one run must not share one: see KeyRing.
struct StreamKey {
  std::uint32_t word0 = 0;
  std::uint32_t word1 = 0;
  friend bool operator==(StreamKey, StreamKey) = default;
};

/// The key of the component at `purpose` (its path in the configuration) in the run of `seed`.
StreamKey stream_key(std::uint64_t seed, std::string_view purpose);

/// The key of a component's `part`-th part, which draws from streams of its own: no stream of `key`,
/// nor of another part, shares their numbers.
StreamKey part_key(StreamKey key, std::uint32_t part);

/// One stream: cheap to make (about 20 ns with its first draw), never shared between threads.
/// Models UniformRandomBitGenerator. A stream holds 2^34 words.
class Stream {
 public:
  using result_type = std::uint32_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return 0xffffffffU; }

  Stream(StreamKey key, std::uint64_t ordinal, std::uint32_t sample = 0)
      : key_(key), ordinal_(ordinal), sample_(sample) {}

  std::uint32_t operator()() {
    if (next_ == held_) refill();
    const std::uint32_t word = words_[next_ % 4 * kLanes + next_ / 4];
    ++next_;
    return word;
  }
  /// Uniform in [0, 1), 53 bits, two words.
  double uniform() {
    const std::uint64_t high = (*this)() >> 5U;
    const std::uint64_t low = (*this)() >> 6U;
    return static_cast<double>((high << 26U) | low) * 0x1p-53;
  }
  /// Uniform in [0, 1), 24 bits, one word.
  float uniform_float() { return static_cast<float>((*this)() >> 8U) * 0x1p-24F; }
  /// Uniform in [low, high), 24 bits, one word.
  float uniform_float(float low, float high) { return low + (high - low) * uniform_float(); }
  /// True with the given probability (24 bits), one word.
  bool chance(double probability) {
    return static_cast<double>((*this)() >> 8U) * 0x1p-24 < probability;
  }
  /// Uniform in 0..n-1 (bias below n / 2^32), one word. @param n at least 1
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>((static_cast<std::uint64_t>((*this)()) * n) >> 32U);
  }
  /// N(0, 1) by Box-Muller in double precision, two or four words.
  double normal();

  /// Normals that are made at once.
  static constexpr std::size_t kNormalGroup = 32;
  /// `count` rounded up to whole groups, which are filled fastest.
  static constexpr std::size_t whole_normal_groups(std::size_t count) {
    return (count + kNormalGroup - 1) / kNormalGroup * kNormalGroup;
  }
  /// Fills with independent N(0, 1) / uniforms in [0, 1), on whole blocks from the next unused one:
  /// fast for rows. Normals come in groups of 32, of which the last may be used in part: asking for
  /// fewer gives the same first values, and a row filled in pieces of whole groups is the same row.
  void fill_normal(std::span<float> out);
  void fill_uniform(std::span<float> out);

 private:
  static constexpr std::uint32_t kLanes = 8;
  void refill();
  /// Leaves what is left of a block, so that the next fill begins with a whole one.
  void end_block();

  StreamKey key_;
  std::uint64_t ordinal_;
  std::uint32_t sample_;
  std::uint32_t block_ = 0;          // the first of those held
  std::uint32_t next_ = 0;           // word, counted from that block's first
  std::uint32_t held_ = 0;           // words made: none, one block, or kLanes blocks
  std::uint32_t words_[4 * kLanes];  // word w of block b at [kLanes w + b], as philox_group
};

}  // namespace cambrian
