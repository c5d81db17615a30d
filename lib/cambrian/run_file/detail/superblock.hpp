// Room-private: the first bytes of an HDF5 file, its superblock (HDF5 file format specification,
// II.A, versions 2 and 3), as far as the seal must know it: a program that opens a file for writing
// sets a flag there, and its checksum, and clears it when it closes the file.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

namespace cambrian::hdf5 {

/// What every HDF5 file begins with.
inline constexpr std::array<unsigned char, 8> kSignature = {0x89, 'H',  'D',  'F',
                                                            '\r', '\n', 0x1a, '\n'};
inline constexpr std::size_t kSuperblockBytes = 48;
using Superblock = std::array<std::byte, kSuperblockBytes>;

/// The superblock as it was before the file was opened for writing.
/// @return nothing unless the flag is set and the checksum fits
std::optional<Superblock> closed(const Superblock& open_for_writing);

}  // namespace cambrian::hdf5
