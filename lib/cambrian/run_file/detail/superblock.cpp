#include "cambrian/run_file/detail/superblock.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace cambrian::hdf5 {
namespace {

constexpr std::size_t kVersion = 8;
constexpr std::size_t kFlags = 11;
constexpr std::size_t kChecksum = 44;  // of everything before it
/// Written to, and written to while others read (SWMR).
constexpr std::byte kOpenFlags{0x05};

/// Jenkins' hash lookup3 ("hashlittle", public domain, 2006) of the 44 bytes before the checksum,
/// which is what HDF5 sums its metadata by. The last 1 to 12 bytes are mixed in another way.
std::uint32_t checksum(const Superblock& block) {
  std::array<std::uint32_t, (kChecksum + 4) / 4> words = {};
  std::memcpy(words.data(), block.data(), kChecksum);  // little-endian, as is the machine
  std::uint32_t a = 0xdeadbeefU + kChecksum;
  std::uint32_t b = a;
  std::uint32_t c = a;
  const auto mix = [](std::uint32_t& x, std::uint32_t& y, std::uint32_t& z, int turn) {
    x = (x - z) ^ std::rotl(z, turn);
    z += y;
  };
  std::size_t at = 0;
  for (; at * 4 + 12 < kChecksum; at += 3) {
    a += words[at];
    b += words[at + 1];
    c += words[at + 2];
    mix(a, b, c, 4);
    mix(b, c, a, 6);
    mix(c, a, b, 8);
    mix(a, b, c, 16);
    mix(b, c, a, 19);
    mix(c, a, b, 4);
  }
  a += words[at];
  b += words[at + 1];  // 44 = 3 * 12 + 8: nothing is left for c
  const auto finish = [](std::uint32_t& x, std::uint32_t y, int turn) {
    x = (x ^ y) - std::rotl(y, turn);
  };
  finish(c, b, 14);
  finish(a, c, 11);
  finish(b, a, 25);
  finish(c, b, 16);
  finish(a, c, 4);
  finish(b, a, 14);
  finish(c, b, 24);
  return c;
}

}  // namespace

std::optional<Superblock> closed(const Superblock& open_for_writing) {
  static_assert(std::endian::native == std::endian::little);
  const auto version = std::to_integer<int>(open_for_writing[kVersion]);
  const std::byte flags = open_for_writing[kFlags];
  if (std::memcmp(open_for_writing.data(), kSignature.data(), kSignature.size()) != 0 ||
      (version != 2 && version != 3) || flags == std::byte{0} ||
      (flags & ~kOpenFlags) != std::byte{0})
    return std::nullopt;
  const std::uint32_t expected = checksum(open_for_writing);
  if (std::memcmp(open_for_writing.data() + kChecksum, &expected, sizeof expected) != 0)
    return std::nullopt;
  Superblock result = open_for_writing;
  result[kFlags] = std::byte{0};
  const std::uint32_t sum = checksum(result);
  std::memcpy(result.data() + kChecksum, &sum, sizeof sum);
  return result;
}

}  // namespace cambrian::hdf5
