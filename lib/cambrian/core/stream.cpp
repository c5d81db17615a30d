#include "cambrian/core/stream.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numbers>

#include "cambrian/core/box_muller.hpp"
#include "cambrian/core/detail/philox.hpp"
#include "cambrian/core/fnv1a.hpp"

namespace cambrian {
namespace {

template <std::size_t kCount>
void copy_if(std::size_t count, const float*& from, float*& to) {
  if ((count & kCount) == 0) return;
  std::memcpy(to, from, kCount * sizeof(float));
  from += kCount;
  to += kCount;
}

/// The first `count` of a group. In pieces of known size, because one memcpy of unknown length
/// straight after the group was written costs a third of making it.
void copy_part(const std::array<float, kNormals>& group, std::size_t count, float* to) {
  static_assert(kNormals == 32);
  const float* from = group.data();
  copy_if<16>(count, from, to);
  copy_if<8>(count, from, to);
  copy_if<4>(count, from, to);
  copy_if<2>(count, from, to);
  copy_if<1>(count, from, to);
}

}  // namespace

StreamKey stream_key(std::uint64_t seed, std::string_view purpose) {
  const StreamKey root{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)};
  const auto words = philox_block(root, fnv1a(purpose), 0, 0);
  return {words[0], words[1]};
}

/// From the stream that no candidate has (its ordinal is that of "no parent"), at block `part`.
StreamKey part_key(StreamKey key, std::uint32_t part) {
  const auto words = philox_block(key, ~std::uint64_t{0}, ~std::uint32_t{0}, part);
  return {words[0], words[1]};
}

void Stream::end_block() {
  block_ += (next_ + 3) / 4;
  next_ = held_ = 0;
}

/// Many streams draw a few words, so the first block is made alone. Who wants more gets eight,
/// which take hardly longer than one.
void Stream::refill() {
  const bool first = next_ == 0;
  end_block();
  if (first) {
    const auto words = philox_block(key_, ordinal_, sample_, block_);
    for (std::size_t w = 0; w < 4; ++w) words_[kLanes * w] = words[w];
    held_ = 4;
  } else {
    philox_group(key_, ordinal_, sample_, block_, words_);
    held_ = 4 * kLanes;
  }
}

double Stream::normal() {
  // 1 - u lies in (0, 1], so the logarithm is finite.
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

void Stream::fill_uniform(std::span<float> out) {
  end_block();
  std::array<std::uint32_t, kPhiloxWords> words;
  std::array<float, kPhiloxWords> uniforms;
  for (std::size_t done = 0; done < out.size(); done += kPhiloxWords) {
    philox_group(key_, ordinal_, sample_, block_, words);
    for (std::size_t block = 0; block < kPhiloxLanes; ++block) {
      for (std::size_t word = 0; word < 4; ++word) {
        uniforms[4 * block + word] =
            static_cast<float>(words[kPhiloxLanes * word + block] >> 8U) * 0x1p-24F;
      }
    }
    const std::size_t count = std::min(out.size() - done, kPhiloxWords);
    block_ += static_cast<std::uint32_t>((count + 3) / 4);
    if (count == kPhiloxWords) {
      std::memcpy(out.data() + done, uniforms.data(), sizeof uniforms);
    } else {
      copy_part(uniforms, count, out.data() + done);
    }
  }
}

void Stream::fill_normal(std::span<float> out) {
  static_assert(kNormalGroup == kNormals && kNormals == kPhiloxWords && kLanes == kPhiloxLanes);
  end_block();
  std::array<std::uint32_t, kPhiloxWords> words;
  for (std::size_t done = 0; done < out.size(); done += kNormals) {
    philox_group(key_, ordinal_, sample_, block_, words);
    block_ += kPhiloxLanes;
    if (done + kNormals <= out.size()) {
      box_muller(words, out.subspan(done).first<kNormals>());
    } else {
      std::array<float, kNormals> normals;
      box_muller(words, normals);
      copy_part(normals, out.size() - done, out.data() + done);
    }
  }
}

}  // namespace cambrian
