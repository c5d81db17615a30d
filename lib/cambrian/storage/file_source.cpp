#include "cambrian/storage/file_source.hpp"

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace cambrian::hdf5 {
namespace {

/// What the driver is told through the access properties; HDF5 copies it as bytes.
struct Info {
  int descriptor = -1;
  haddr_t bytes = 0;
};

/// HDF5 knows an open file by a pointer to its first member.
struct File {
  H5FD_t pub;
  int descriptor;
  haddr_t bytes;
  haddr_t allocated;
};

File& file_of(H5FD_t* file) { return *reinterpret_cast<File*>(file); }
const File& file_of(const H5FD_t* file) { return *reinterpret_cast<const File*>(file); }

H5FD_t* open_source(const char*, unsigned, hid_t access, haddr_t) {
  const auto* info = static_cast<const Info*>(H5Pget_driver_info(access));
  const int descriptor = info == nullptr ? -1 : fcntl(info->descriptor, F_DUPFD_CLOEXEC, 0);
  return descriptor < 0 ? nullptr : &(new File{{}, descriptor, info->bytes, 0})->pub;
}

herr_t close_source(H5FD_t* file) {
  close(file_of(file).descriptor);
  delete &file_of(file);
  return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr)
    *flags = H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_SUPPORTS_SWMR_IO;  // without which HDF5 does not tell where the data end
  return 0;
}

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) { return file_of(file).allocated; }

herr_t allocate(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  file_of(file).allocated = address;
  return 0;
}

haddr_t end(const H5FD_t* file, H5FD_mem_t) { return file_of(file).bytes; }

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t bytes, void* buffer) {
  auto* to = static_cast<char*>(buffer);
  while (bytes > 0) {
    const ssize_t got = pread(file_of(file).descriptor, to, bytes, static_cast<off_t>(address));
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

/// HDF5 asks for one, also of files that are only read.
herr_t refuse_write(H5FD_t*, H5FD_mem_t, hid_t, haddr_t, size_t, const void*) { return -1; }

hid_t register_driver() {
  constexpr H5FD_mem_t kFreeLists[] = H5FD_FLMAP_DICHOTOMY;
  H5FD_class_t driver = {};
#if H5_VERSION_GE(1, 13, 0)
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(601);  // from 512 on: for applications
#endif
  driver.name = "cambrian_source";
  driver.maxaddr = (haddr_t{1} << 62) - 1;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(Info);
  driver.open = open_source;
  driver.close = close_source;
  driver.query = query;
  driver.get_eoa = allocated;
  driver.set_eoa = allocate;
  driver.get_eof = end;
  driver.read = read;
  driver.write = refuse_write;
  std::copy(std::begin(kFreeLists), std::end(kFreeLists), driver.fl_map);
  return H5FDregister(&driver);
}

/// For as long as the process lives: see file_sink.cpp.
hid_t driver_id() {
  static const hid_t id = register_driver();
  return id;
}

}  // namespace

Handle open_file(const char* name, int descriptor, std::uint64_t bytes) {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS));
  const Info info = {descriptor, bytes};
  if (driver_id() < 0 || H5Pset_driver(access.get(), driver_id(), &info) < 0) return {};
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG);
  return Handle(H5Fopen(name, H5F_ACC_RDONLY, access.get()));
}

}  // namespace cambrian::hdf5
