#include "cambrian/run_file/detail/hdf5_driver.hpp"

#include <fcntl.h>
#include <unistd.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>

#include "cambrian/run_file/detail/disk.hpp"

namespace cambrian::hdf5 {
namespace {

/// What the driver is told through the access properties, which HDF5 copies as bytes.
struct Target {
  int descriptor = -1;
  haddr_t end = 0;
  int* error = nullptr;  ///< errno of the first write that failed; null where nothing is written
};

/// HDF5 knows an open file by a pointer to its first member.
struct OpenFile {
  H5FD_t pub;
  Target target;
  haddr_t allocated;
};

OpenFile& file_of(H5FD_t* file) { return *reinterpret_cast<OpenFile*>(file); }
const OpenFile& file_of(const H5FD_t* file) { return *reinterpret_cast<const OpenFile*>(file); }

H5FD_t* open_target(const char*, unsigned, hid_t access, haddr_t) {
  const auto* info = static_cast<const Target*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  Target target = *info;
  target.descriptor = fcntl(target.descriptor, F_DUPFD_CLOEXEC, 0);
  if (target.descriptor < 0) return nullptr;
  return &(new OpenFile{{}, target, 0})->pub;
}

herr_t close_target(H5FD_t* file) {
  close(file_of(file).target.descriptor);
  delete &file_of(file);
  return 0;
}

herr_t query_flags(const H5FD_t* file, unsigned long* flags) {
  if (flags == nullptr) return 0;
  *flags = H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE;
  if (file != nullptr && file_of(file).target.error != nullptr)
    *flags |= H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_AGGREGATE_SMALLDATA;
  else
    *flags |= H5FD_FEAT_SUPPORTS_SWMR_IO;  // without which HDF5 does not tell where the data end
  return 0;
}

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) { return file_of(file).allocated; }

herr_t allocate(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  file_of(file).allocated = address;
  return 0;
}

haddr_t end_of_file(const H5FD_t* file, H5FD_mem_t) { return file_of(file).target.end; }

herr_t read_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t bytes, void* buffer) {
  const ssize_t got = disk::read_at(file_of(file).target.descriptor, buffer, bytes, address);
  if (got < 0) return -1;
  std::memset(static_cast<char*>(buffer) + got, 0, bytes - static_cast<size_t>(got));
  return 0;
}

/// HDF5 asks for one, also of files that are only read.
herr_t write_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t bytes,
                   const void* buffer) {
  Target& out = file_of(file).target;
  if (out.error == nullptr) return -1;
  out.end = std::max<haddr_t>(out.end, address + bytes);
  if (*out.error == 0 && !disk::write_at(out.descriptor, buffer, bytes, address))
    *out.error = errno;
  return 0;
}

herr_t truncate_file(H5FD_t* file, hid_t, hbool_t) {
  Target& out = file_of(file).target;
  if (out.error == nullptr) return 0;
  out.end = file_of(file).allocated;
  if (*out.error == 0 && ftruncate(out.descriptor, static_cast<off_t>(out.end)) != 0)
    *out.error = errno;
  return 0;
}

/// Registered once and never given back: HDF5 calls through the driver until the last file has
/// closed, even where that file holds the last reference to it (H5FD_close), so an id that ends
/// earlier is memory used after it was freed. HDF5 itself lets go of it when the process ends.
hid_t driver() {
  static const hid_t id = [] {
    constexpr H5FD_mem_t kFreeLists[] = H5FD_FLMAP_DICHOTOMY;
    H5FD_class_t driver = {};
#if H5_VERSION_GE(1, 13, 0)
    driver.version = H5FD_CLASS_VERSION;
    driver.value = static_cast<H5FD_class_value_t>(600);  // from 512 on: for applications
#endif
    driver.name = "cambrian";
    driver.maxaddr = (haddr_t{1} << 62) - 1;
    driver.fc_degree = H5F_CLOSE_STRONG;
    driver.fapl_size = sizeof(Target);
    driver.open = open_target;
    driver.close = close_target;
    driver.query = query_flags;
    driver.get_eoa = allocated;
    driver.set_eoa = allocate;
    driver.get_eof = end_of_file;
    driver.read = read_bytes;
    driver.write = write_bytes;
    driver.truncate = truncate_file;
    std::copy(std::begin(kFreeLists), std::end(kFreeLists), driver.fl_map);
    return H5FDregister(&driver);
  }();
  return id;
}

/// Access through the driver; none where HDF5 does not take it.
Handle access_to(const Target& target) {
  Handle access(H5Pcreate(H5P_FILE_ACCESS));
  if (driver() < 0 || H5Pset_driver(access.get(), driver(), &target) < 0) return {};
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG);
  return access;
}

}  // namespace

Handle create_file(const char* name, Sink& sink) {
  if (ftruncate(sink.descriptor, 0) != 0) sink.error = errno;
  const Handle access = access_to({sink.descriptor, 0, &sink.error});
  if (!access) return {};
  // The format of 1.8 has checksums of its metadata, and is read by everything in use. What users
  // have added may be of a newer one, and is copied as it is.
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_LATEST);
  const Handle creation = creation_properties(H5P_FILE_CREATE);
  return Handle(H5Fcreate(name, H5F_ACC_TRUNC, creation.get(), access.get()));
}

Handle open_file(const char* name, int descriptor, std::uint64_t bytes) {
  const Handle access = access_to({descriptor, bytes, nullptr});
  return access ? Handle(H5Fopen(name, H5F_ACC_RDONLY, access.get())) : Handle();
}

}  // namespace cambrian::hdf5
