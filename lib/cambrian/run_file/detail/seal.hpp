// Room-private: the seal, checksums behind the end of the HDF5 data, which HDF5 and h5py do not
// look at. HDF5 has checksums of its own metadata but none of texts and numbers, and version 1.10
// may crash on damaged ones; so a sealed file is checked before HDF5 sees it.
//
//   | HDF5 file, body bytes | (offset, bytes, hash) per large column | body, count, hash of the rest,
//                                                                      hash of the seal, magic |
//
// Large columns are checked when they are read, everything else when the file is opened. Whoever
// edits the file through HDF5 cuts the seal off, and leaves an ordinary unsealed file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cambrian::seal {

/// Columns at least this large, in bytes, are extents of their own.
inline constexpr std::size_t kLargeColumn = 65536;

/// A large column in the file.
struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t hash = 0;
};

/// XXH3 of 64 bits, seed 0 (Collet, xxHash 0.8), as FORMAT.md promises it.
std::uint64_t hash(std::span<const std::byte> bytes);

/// The same of bytes of a file, which are read in blocks. @return none: they cannot be read
std::optional<std::uint64_t> hash_of(int descriptor, std::uint64_t offset, std::uint64_t bytes);

/// Appends the seal to the file of `descriptor`, which must hold nothing but the HDF5 data.
/// @return false: errno says why
bool append(int descriptor, std::vector<Extent> extents);

/// open_for_writing: intact but for the mark (and its checksum) by which HDF5 says that a program has
/// the file open for writing, or was killed while it had. overwritten: marked so, and that program
/// has written where the seal was. former: sealed by version 0.1, whose hash is no longer computed.
enum class Verdict { unsealed, former, intact, open_for_writing, overwritten, damaged };
/// @param extents  filled with the large columns, by offset, where the file is not damaged
Verdict check(int descriptor, std::uint64_t file_bytes, std::vector<Extent>& extents);

}  // namespace cambrian::seal
