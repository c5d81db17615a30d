// Room-private: the HDF5 driver that run files are read through: the very descriptor that was
// checked, whatever takes the file's name meanwhile. Run files are replaced and never changed, so
// it takes no lock, whatever HDF5_USE_FILE_LOCKING says.
#pragma once

#include <hdf5.h>

#include <cstdint>

#include "cambrian/run_file/detail/hdf5_handle.hpp"

namespace cambrian::hdf5 {

/// Opens an HDF5 file for reading, through a duplicate of the descriptor.
/// @param name   for HDF5's messages
/// @param bytes  the file's size
Handle open_file(const char* name, int descriptor, std::uint64_t bytes);

}  // namespace cambrian::hdf5
