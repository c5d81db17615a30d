// Room-private: the HDF5 driver that run files are written through. HDF5 1.10 cannot let go of a
// file whose last writes fail, and ends the program when it tries ("infinite loop closing
// library"). So this driver never fails: it remembers the first error, drops what comes after, and
// leaves it to the writer to look.
#pragma once

#include <hdf5.h>

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

}  // namespace cambrian::hdf5
