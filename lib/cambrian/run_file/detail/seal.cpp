#include "cambrian/run_file/detail/seal.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <optional>

#include "cambrian/run_file/detail/superblock.hpp"

namespace cambrian::seal {
namespace {

constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15U;
constexpr std::array<char, 16> kMagic = {'C', 'A', 'M', 'B', 'R', 'I', 'A', 'N',
                                         '-', 'S', 'E', 'A', 'L', '-', '1', '\n'};
constexpr std::size_t kHashBlock = 1U << 20;

struct Footer {
  std::uint64_t body = 0;   ///< bytes of the HDF5 file
  std::uint64_t count = 0;  ///< extents before the footer
  std::uint64_t rest = 0;   ///< hash of the body outside the extents
  std::uint64_t seal = 0;   ///< hash of the extents and the three words above
  std::array<char, 16> magic = kMagic;
};
static_assert(sizeof(Footer) == 48 && sizeof(Extent) == 24);

std::uint64_t step(std::uint64_t lane, std::uint64_t word) {
  return std::rotl(lane ^ word, 29) * kOdd;
}

/// The state of a hash on its way.
class Lanes {
 public:
  using Words = std::array<std::uint64_t, 4>;

  explicit Lanes(std::uint64_t seed) : lanes_{seed + 1, seed + 2, seed + 3, seed + 4} {}

  /// @param bytes  a multiple of sizeof(Words)
  void take(std::span<const std::byte> bytes) {
    Words words = {};
    for (std::size_t at = 0; at < bytes.size(); at += sizeof words) {
      std::memcpy(words.data(), bytes.data() + at, sizeof words);
      mix(words);
    }
  }

  /// @param last   what is left, shorter than Words
  /// @param total  bytes of the whole
  std::uint64_t finish(std::span<const std::byte> last, std::uint64_t total) {
    Words words = {};
    if (!last.empty()) std::memcpy(words.data(), last.data(), last.size());
    mix(words);
    for (const std::uint64_t lane : lanes_) total = step(total, lane);
    return total ^ (total >> 32);
  }

 private:
  void mix(const Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i) lanes_[i] = step(lanes_[i], words[i]);
  }

  Words lanes_;
};

bool read_at(int descriptor, void* out, std::size_t bytes, std::uint64_t offset) {
  auto* at = static_cast<char*>(out);
  while (bytes > 0) {
    const ssize_t got = pread(descriptor, at, bytes, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    bytes -= static_cast<std::size_t>(got);
    offset += static_cast<std::uint64_t>(got);
  }
  return true;
}

bool write_at(int descriptor, const void* data, std::size_t bytes, std::uint64_t offset) {
  const auto* at = static_cast<const char*>(data);
  while (bytes > 0) {
    const ssize_t put = pwrite(descriptor, at, bytes, static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    at += put;
    bytes -= static_cast<std::size_t>(put);
    offset += static_cast<std::uint64_t>(put);
  }
  return true;
}

/// Extents are sorted and do not overlap; nothing if they do, or a read fails.
/// @param head  stands in for the first bytes of the file, where there is one
std::optional<std::uint64_t> hash_rest(int descriptor, std::uint64_t body,
                                       const std::vector<Extent>& extents,
                                       const std::optional<hdf5::Superblock>& head = {}) {
  std::vector<std::byte> block(kHashBlock);
  std::uint64_t result = 0;
  std::uint64_t at = 0;
  const auto until = [&](std::uint64_t end) {
    while (at < end) {
      const std::size_t bytes = std::min<std::uint64_t>(kHashBlock, end - at);
      if (!read_at(descriptor, block.data(), bytes, at)) return false;
      if (at == 0 && head) std::copy_n(head->begin(), std::min(bytes, head->size()), block.begin());
      result = hash(std::span(block).first(bytes), result);
      at += bytes;
    }
    return true;
  };
  for (const Extent& extent : extents) {
    if (extent.offset < at || extent.offset > body || extent.bytes > body - extent.offset)
      return std::nullopt;
    if (!until(extent.offset)) return std::nullopt;
    at = extent.offset + extent.bytes;
  }
  if (!until(body)) return std::nullopt;
  return result;
}

std::uint64_t hash_seal(const std::vector<Extent>& extents, const Footer& footer) {
  const std::array<std::uint64_t, 3> words = {footer.body, footer.count, footer.rest};
  return hash(std::as_bytes(std::span(words)), hash(std::as_bytes(std::span(extents))));
}

}  // namespace

std::uint64_t hash(std::span<const std::byte> bytes, std::uint64_t seed) {
  Lanes lanes(seed);
  const std::size_t whole = bytes.size() / sizeof(Lanes::Words) * sizeof(Lanes::Words);
  lanes.take(bytes.first(whole));
  return lanes.finish(bytes.subspan(whole), bytes.size());
}

std::optional<std::uint64_t> hash_of(int descriptor, std::uint64_t offset, std::uint64_t bytes) {
  static_assert(kHashBlock % sizeof(Lanes::Words) == 0);
  std::vector<std::byte> block(std::min<std::uint64_t>(kHashBlock, bytes));
  Lanes lanes(0);
  std::uint64_t at = 0;
  for (; at + kHashBlock <= bytes; at += kHashBlock) {
    if (!read_at(descriptor, block.data(), kHashBlock, offset + at)) return std::nullopt;
    lanes.take(block);
  }
  const std::span<std::byte> last = std::span(block).first(bytes - at);
  if (!read_at(descriptor, last.data(), last.size(), offset + at)) return std::nullopt;
  const std::size_t whole = last.size() / sizeof(Lanes::Words) * sizeof(Lanes::Words);
  lanes.take(last.first(whole));
  return lanes.finish(last.subspan(whole), bytes);
}

bool append(int descriptor, std::vector<Extent> extents) {
  struct stat status = {};
  if (fstat(descriptor, &status) != 0) return false;
  std::sort(extents.begin(), extents.end(),
            [](const Extent& a, const Extent& b) { return a.offset < b.offset; });
  Footer footer;
  footer.body = static_cast<std::uint64_t>(status.st_size);
  footer.count = extents.size();
  const auto rest = hash_rest(descriptor, footer.body, extents);
  if (!rest) {
    errno = EIO;
    return false;
  }
  footer.rest = *rest;
  footer.seal = hash_seal(extents, footer);
  const std::size_t bytes = extents.size() * sizeof(Extent);
  return write_at(descriptor, extents.data(), bytes, footer.body) &&
         write_at(descriptor, &footer, sizeof footer, footer.body + bytes);
}

Verdict check(int descriptor, std::uint64_t file_bytes, std::vector<Extent>& extents) {
  extents.clear();
  hdf5::Superblock head = {};
  if (file_bytes < head.size() || !read_at(descriptor, head.data(), head.size(), 0))
    return Verdict::unsealed;
  const std::optional<hdf5::Superblock> closed = hdf5::closed(head);
  Footer footer;
  if (!read_at(descriptor, &footer, sizeof footer, file_bytes - sizeof footer) ||
      footer.magic != kMagic)
    return closed ? Verdict::overwritten : Verdict::unsealed;
  const std::uint64_t before = file_bytes - sizeof footer;
  if (footer.body > before || (before - footer.body) % sizeof(Extent) != 0 ||
      footer.count != (before - footer.body) / sizeof(Extent))
    return Verdict::damaged;
  std::vector<Extent> found(footer.count);
  if (!read_at(descriptor, found.data(), found.size() * sizeof(Extent), footer.body))
    return Verdict::damaged;
  if (footer.seal != hash_seal(found, footer))
    return closed ? Verdict::overwritten : Verdict::damaged;
  if (hash_rest(descriptor, footer.body, found, closed) != footer.rest) return Verdict::damaged;
  extents = std::move(found);
  return closed ? Verdict::open_for_writing : Verdict::intact;
}

}  // namespace cambrian::seal
