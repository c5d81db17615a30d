// Private to this room: what the two HDF5 drivers have in common, the one that writes (file_sink) and the one
// that reads (file_source).
#pragma once

#include <hdf5.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

namespace cambrian::hdf5 {

/// HDF5 knows an open file by a pointer to its first member.
struct OpenFile {
  H5FD_t pub;
  int descriptor;
  haddr_t allocated;
  haddr_t end;
  int* error;  ///< errno of the first write that failed; null where nothing is written
};

inline OpenFile& file_of(H5FD_t* file) { return *reinterpret_cast<OpenFile*>(file); }
inline const OpenFile& file_of(const H5FD_t* file) {
  return *reinterpret_cast<const OpenFile*>(file);
}

/// A driver that reads, and knows what is allocated and where a file ends. The caller fills in the
/// rest.
/// @param number  from 512 on: for applications
H5FD_class_t common_driver(const char* name, int number);

}  // namespace cambrian::hdf5
