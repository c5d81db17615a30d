#include "cambrian/run_file/detail/file_sink.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "cambrian/run_file/detail/disk.hpp"
#include "cambrian/run_file/detail/hdf5_driver.hpp"

namespace cambrian::hdf5 {
namespace {

/// What the driver is told through the access properties; HDF5 copies it as bytes.
struct SinkPointer {
  Sink* sink = nullptr;
};

H5FD_t* open_sink(const char*, unsigned, hid_t access, haddr_t) {
  const auto* info = static_cast<const SinkPointer*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  Sink& sink = *info->sink;
  return &(new OpenFile{{}, sink.descriptor, 0, 0, &sink.error})->pub;
}

herr_t close_sink(H5FD_t* file) {
  delete &file_of(file);
  return 0;
}

herr_t query_sink(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr)
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

herr_t get_handle(H5FD_t* file, hid_t, void** handle) {
  *handle = &file_of(file).descriptor;
  return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t bytes, const void* buffer) {
  OpenFile& out = file_of(file);
  out.end = std::max<haddr_t>(out.end, address + bytes);
  if (*out.error == 0 && !disk::write_at(out.descriptor, buffer, bytes, address))
    *out.error = errno;
  return 0;
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
  OpenFile& out = file_of(file);
  if (*out.error == 0 && ftruncate(out.descriptor, static_cast<off_t>(out.allocated)) != 0)
    *out.error = errno;
  out.end = out.allocated;
  return 0;
}

/// Registered once and never given back: HDF5 calls through the driver until the last file has
/// closed, even where that file holds the last reference to it (H5FD_close), so an id that ends
/// earlier is memory used after it was freed. HDF5 itself lets go of it when the process ends.
hid_t sink_driver() {
  static const hid_t id = [] {
    H5FD_class_t driver = common_driver("cambrian_sink", 600);
    driver.fapl_size = sizeof(SinkPointer);
    driver.open = open_sink;
    driver.close = close_sink;
    driver.query = query_sink;
    driver.get_handle = get_handle;
    driver.write = write;
    driver.truncate = truncate;
    return H5FDregister(&driver);
  }();
  return id;
}

}  // namespace

Handle create_file(const char* name, Sink& sink) {
  if (ftruncate(sink.descriptor, 0) != 0) sink.error = errno;
  const Handle access(H5Pcreate(H5P_FILE_ACCESS));
  const SinkPointer info = {&sink};
  if (sink_driver() < 0 || H5Pset_driver(access.get(), sink_driver(), &info) < 0) return {};
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG);
  // The format of 1.8 has checksums of its metadata, and is read by everything in use. What users
  // have added may be of a newer one, and is copied as it is.
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_LATEST);
  const Handle creation(H5Pcreate(H5P_FILE_CREATE));
  H5Pset_obj_track_times(creation.get(), false);
  keep_attributes_compact(creation.get());
  return Handle(H5Fcreate(name, H5F_ACC_TRUNC, creation.get(), access.get()));
}

}  // namespace cambrian::hdf5
