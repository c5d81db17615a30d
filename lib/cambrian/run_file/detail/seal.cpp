#include "cambrian/run_file/detail/seal.hpp"

#include <sys/stat.h>
#define XXH_INLINE_ALL  // compiled for the processor that everything else is compiled for
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "cambrian/run_file/detail/disk.hpp"
#include "cambrian/run_file/detail/superblock.hpp"

namespace cambrian::seal {
namespace {

static_assert(XXH_VERSION_NUMBER >= 800, "XXH3 is stable since xxHash 0.8.0");

using Magic = std::array<char, 16>;
constexpr Magic kMagic = {'C', 'A', 'M', 'B', 'R', 'I', 'A', 'N',
                          '-', 'X', 'X', 'H', '3', '-', '1', '\n'};
constexpr Magic kFormerMagic = {'C', 'A', 'M', 'B', 'R', 'I', 'A', 'N',
                                '-', 'S', 'E', 'A', 'L', '-', '1', '\n'};

struct Footer {
  std::uint64_t body = 0;   ///< bytes of the HDF5 file
  std::uint64_t count = 0;  ///< extents before the footer
  std::uint64_t rest = 0;   ///< hash of the body outside the extents
  std::uint64_t seal = 0;   ///< hash of the seal's bytes before this word
  Magic magic = kMagic;
};
static_assert(sizeof(Footer) == 48 && sizeof(Extent) == 24);

bool read_all(int descriptor, void* to, std::size_t bytes, std::uint64_t offset) {
  return disk::read_at(descriptor, to, bytes, offset) == static_cast<ssize_t>(bytes);
}

/// A hash on its way over bytes that come in pieces.
class Hash {
 public:
  Hash() { XXH3_64bits_reset(&state_); }
  void take(std::span<const std::byte> bytes) {
    XXH3_64bits_update(&state_, bytes.data(), bytes.size());
  }
  /// Bytes of a file from `at` until `end`. @return false: they cannot be read
  /// @param head  stands in for the first bytes of the file, where there is one
  bool take_file(int descriptor, std::uint64_t at, std::uint64_t end,
                 const std::optional<hdf5::Superblock>& head = {}) {
    constexpr std::size_t kBlock = 1U << 20;
    block_.resize(std::max<std::size_t>(block_.size(), std::min<std::uint64_t>(kBlock, end - at)));
    while (at < end) {
      const auto part = std::span(block_).first(std::min<std::uint64_t>(kBlock, end - at));
      if (!read_all(descriptor, part.data(), part.size(), at)) return false;
      if (at == 0 && head)
        std::copy_n(head->begin(), std::min(part.size(), head->size()), part.begin());
      take(part);
      at += part.size();
    }
    return true;
  }
  std::uint64_t value() const { return XXH3_64bits_digest(&state_); }

 private:
  XXH3_state_t state_;
  std::vector<std::byte> block_;
};

/// Extents are sorted and do not overlap; nothing if they do, or a read fails.
/// @param head  stands in for the first bytes of the file, where there is one
std::optional<std::uint64_t> hash_rest(int descriptor, std::uint64_t body,
                                       const std::vector<Extent>& extents,
                                       const std::optional<hdf5::Superblock>& head = {}) {
  Hash rest;
  std::uint64_t at = 0;
  for (const Extent& extent : extents) {
    if (extent.offset < at || extent.offset > body || extent.bytes > body - extent.offset)
      return std::nullopt;
    if (!rest.take_file(descriptor, at, extent.offset, head)) return std::nullopt;
    at = extent.offset + extent.bytes;
  }
  return rest.take_file(descriptor, at, body, head) ? std::optional(rest.value()) : std::nullopt;
}

std::uint64_t hash_seal(const std::vector<Extent>& extents, const Footer& footer) {
  Hash seal;
  seal.take(std::as_bytes(std::span(extents)));
  seal.take(std::as_bytes(std::span(&footer, 1)).first(offsetof(Footer, seal)));
  return seal.value();
}

}  // namespace

std::uint64_t hash(std::span<const std::byte> bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

std::optional<std::uint64_t> hash_of(int descriptor, std::uint64_t offset, std::uint64_t bytes) {
  Hash part;
  return part.take_file(descriptor, offset, offset + bytes) ? std::optional(part.value())
                                                            : std::nullopt;
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
  return disk::write_at(descriptor, extents.data(), bytes, footer.body) &&
         disk::write_at(descriptor, &footer, sizeof footer, footer.body + bytes);
}

Verdict check(int descriptor, std::uint64_t file_bytes, std::vector<Extent>& extents) {
  extents.clear();
  hdf5::Superblock head = {};
  if (file_bytes < head.size() || !read_all(descriptor, head.data(), head.size(), 0))
    return Verdict::unsealed;
  const std::optional<hdf5::Superblock> closed = hdf5::closed(head);
  Footer footer;
  const bool is_read = read_all(descriptor, &footer, sizeof footer, file_bytes - sizeof footer);
  if (is_read && footer.magic == kFormerMagic) return Verdict::former;
  if (!is_read || footer.magic != kMagic) return closed ? Verdict::overwritten : Verdict::unsealed;
  const std::uint64_t before = file_bytes - sizeof footer;
  if (footer.body > before || (before - footer.body) % sizeof(Extent) != 0 ||
      footer.count != (before - footer.body) / sizeof(Extent))
    return Verdict::damaged;
  std::vector<Extent> found(footer.count);
  if (!read_all(descriptor, found.data(), found.size() * sizeof(Extent), footer.body))
    return Verdict::damaged;
  if (footer.seal != hash_seal(found, footer))
    return closed ? Verdict::overwritten : Verdict::damaged;
  if (hash_rest(descriptor, footer.body, found, closed) != footer.rest) return Verdict::damaged;
  extents = std::move(found);
  return closed ? Verdict::open_for_writing : Verdict::intact;
}

}  // namespace cambrian::seal
