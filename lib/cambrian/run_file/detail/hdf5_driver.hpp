// Room-private: the HDF5 driver that run files are written and read through.
//
// Writing: HDF5 1.10 cannot let go of a file whose last writes fail, and ends the program when it
// tries ("infinite loop closing library"). So the driver never fails: it remembers the first error,
// drops what comes after, and leaves it to the writer to look.
//
// Reading: through the very descriptor that was checked, whatever takes the file's name meanwhile.
// Run files are replaced and never changed, so it takes no lock, whatever HDF5_USE_FILE_LOCKING
// says.
#pragma once

#include <cstdint>

#include "cambrian/run_file/detail/hdf5_handle.hpp"

namespace cambrian::hdf5 {

/// Where a file goes, and the first error on the way (errno; 0: none).
struct Sink {
  int descriptor = -1;
  int error = 0;
};

/// Makes an empty HDF5 file that is written to the sink, which outlives it.
/// @param name  for HDF5's messages
Handle create_file(const char* name, Sink& sink);

/// Opens an HDF5 file for reading, through a duplicate of the descriptor.
/// @param name   for HDF5's messages
/// @param bytes  the file's size
Handle open_file(const char* name, int descriptor, std::uint64_t bytes);

}  // namespace cambrian::hdf5
