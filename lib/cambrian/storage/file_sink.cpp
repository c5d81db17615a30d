#include "cambrian/storage/file_sink.hpp"

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace cambrian::hdf5 {
namespace {

/// What the driver is told through the access properties; HDF5 copies it as bytes.
struct Info {
  Sink* sink = nullptr;
};

/// HDF5 knows an open file by a pointer to its first member.
struct File {
  H5FD_t pub;
  Sink* sink;
  haddr_t allocated;
  haddr_t end;
};

File& file_of(H5FD_t* file) { return *reinterpret_cast<File*>(file); }
const File& file_of(const H5FD_t* file) { return *reinterpret_cast<const File*>(file); }

H5FD_t* open_sink(const char*, unsigned, hid_t access, haddr_t) {
  const auto* info = static_cast<const Info*>(H5Pget_driver_info(access));
  return info == nullptr ? nullptr : &(new File{{}, info->sink, 0, 0})->pub;
}

herr_t close_sink(H5FD_t* file) {
  delete &file_of(file);
  return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr)
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) { return file_of(file).allocated; }

herr_t allocate(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  file_of(file).allocated = address;
  return 0;
}

haddr_t end(const H5FD_t* file, H5FD_mem_t) { return file_of(file).end; }

herr_t get_handle(H5FD_t* file, hid_t, void** handle) {
  *handle = &file_of(file).sink->descriptor;
  return 0;
}

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t bytes, void* buffer) {
  auto* to = static_cast<char*>(buffer);
  while (bytes > 0) {
    const ssize_t got =
        pread(file_of(file).sink->descriptor, to, bytes, static_cast<off_t>(address));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    to += got;
    bytes -= static_cast<size_t>(got);
    address += static_cast<haddr_t>(got);
  }
  std::memset(to, 0, bytes);
  return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t bytes, const void* buffer) {
  File& open_file = file_of(file);
  Sink& sink = *open_file.sink;
  const auto* from = static_cast<const char*>(buffer);
  open_file.end = std::max<haddr_t>(open_file.end, address + bytes);
  while (bytes > 0 && sink.error == 0) {
    const ssize_t put = pwrite(sink.descriptor, from, bytes, static_cast<off_t>(address));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) {
      sink.error = put < 0 ? errno : EIO;
      break;
    }
    from += put;
    bytes -= static_cast<size_t>(put);
    address += static_cast<haddr_t>(put);
  }
  return 0;
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
  File& open_file = file_of(file);
  Sink& sink = *open_file.sink;
  if (sink.error == 0 && ftruncate(sink.descriptor, static_cast<off_t>(open_file.allocated)) != 0)
    sink.error = errno;
  open_file.end = open_file.allocated;
  return 0;
}

hid_t register_driver() {
  constexpr H5FD_mem_t kFreeLists[] = H5FD_FLMAP_DICHOTOMY;
  H5FD_class_t driver = {};
#if H5_VERSION_GE(1, 13, 0)
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(600);  // from 512 on: for applications
#endif
  driver.name = "cambrian_sink";
  driver.maxaddr = (haddr_t{1} << 62) - 1;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(Info);
  driver.open = open_sink;
  driver.close = close_sink;
  driver.query = query;
  driver.get_eoa = allocated;
  driver.set_eoa = allocate;
  driver.get_eof = end;
  driver.get_handle = get_handle;
  driver.read = read;
  driver.write = write;
  driver.truncate = truncate;
  std::copy(std::begin(kFreeLists), std::end(kFreeLists), driver.fl_map);
  return H5FDregister(&driver);
}

/// Registered once and never given back: HDF5 calls through the driver until the last file has
/// closed, even where that file holds the last reference to it (H5FD_close), so an id that ends
/// earlier is memory used after it was freed. HDF5 itself lets go of it when the process ends.
hid_t driver_id() {
  static const hid_t id = register_driver();
  return id;
}

}  // namespace

Handle create_file(const char* name, Sink& sink) {
  if (ftruncate(sink.descriptor, 0) != 0) sink.error = errno;
  const Handle access(H5Pcreate(H5P_FILE_ACCESS));
  const Info info = {&sink};
  if (driver_id() < 0 || H5Pset_driver(access.get(), driver_id(), &info) < 0) return {};
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
