#include "cambrian/core/stream.hpp"

#include <Random123/philox.h>

#include <Eigen/Core>
#include <array>
#include <cmath>
#include <numbers>

namespace cambrian {
namespace {

using Philox = r123::Philox4x32;

Philox::ctr_type block_words(StreamKey key, std::uint64_t ordinal, std::uint32_t sample,
                             std::uint32_t block) {
  const Philox::ctr_type counter = {{block, sample, static_cast<std::uint32_t>(ordinal),
                                     static_cast<std::uint32_t>(ordinal >> 32U)}};
  return Philox()(counter, Philox::key_type{{key.word0, key.word1}});
}

/// FNV-1a: only has to spread short paths over 64 bits.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325ULL;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return value;
}

/// Floats made at once. A multiple of every packet, so all of them go the vectorised way.
constexpr int kFloats = 64;

}  // namespace

StreamKey stream_key(std::uint64_t seed, std::string_view purpose) {
  const StreamKey root{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)};
  const Philox::ctr_type words = block_words(root, hash(purpose), 0, 0);
  return {words[0], words[1]};
}

void Stream::refill() {
  const Philox::ctr_type words = block_words(key_, ordinal_, sample_, block_++);
  for (int i = 0; i < 4; ++i) words_[i] = words[static_cast<std::size_t>(i)];
  next_ = 0;
}

double Stream::normal() {
  // 1 - u lies in (0, 1], so the logarithm is finite.
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

void Stream::fill_uniform(std::span<float> out) {
  next_ = 4;
  for (std::size_t i = 0; i < out.size(); i += 4) {
    const Philox::ctr_type words = block_words(key_, ordinal_, sample_, block_++);
    for (std::size_t j = 0; j < 4 && i + j < out.size(); ++j) {
      out[i + j] = static_cast<float>(words[j] >> 8U) * 0x1p-24F;
    }
  }
}

void Stream::fill_normal(std::span<float> out) {
  using Half = Eigen::Array<float, kFloats / 2, 1>;
  std::array<float, kFloats> uniforms;
  Half radius;
  Half angle;
  std::size_t done = 0;
  while (done < out.size()) {
    // Only the blocks that are needed are drawn; the rest of the buffer is computed on but never
    // read.
    const std::size_t want = std::min<std::size_t>(kFloats, out.size() - done);
    const std::size_t pairs = (want + 1) / 2;
    uniforms.fill(0.0F);
    fill_uniform({uniforms.data(), 2 * pairs});
    for (std::size_t i = 0; i < pairs; ++i) {
      radius[static_cast<Eigen::Index>(i)] = 1.0F - uniforms[2 * i];
      angle[static_cast<Eigen::Index>(i)] = uniforms[2 * i + 1];
    }
    for (std::size_t i = pairs; i < kFloats / 2; ++i) {
      radius[static_cast<Eigen::Index>(i)] = 1.0F;
      angle[static_cast<Eigen::Index>(i)] = 0.0F;
    }
    radius = (-2.0F * radius.log()).sqrt();
    angle *= 2.0F * std::numbers::pi_v<float>;
    const Half cosine = radius * angle.cos();
    const Half sine = radius * angle.sin();
    for (std::size_t i = 0; i < want; ++i) {
      const auto pair = static_cast<Eigen::Index>(i / 2);
      out[done + i] = (i % 2 == 0) ? cosine[pair] : sine[pair];
    }
    done += want;
  }
}

}  // namespace cambrian
