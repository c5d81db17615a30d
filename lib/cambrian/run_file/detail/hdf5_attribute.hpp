// Room-private: reading one attribute of an HDF5 object of a file that is not trusted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cambrian/core/state.hpp"
#include "cambrian/run_file/detail/hdf5_handle.hpp"

namespace cambrian::hdf5 {

/// @param file_bytes  the file's size, which no attribute can exceed
/// @return nothing if it is damaged or of a type that a run file does not use
std::optional<Attribute> read_attribute(hid_t object, const std::string& name,
                                        std::uint64_t file_bytes);

}  // namespace cambrian::hdf5
