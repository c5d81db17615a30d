#include "cambrian/run_file/detail/file_source.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "cambrian/run_file/detail/hdf5_driver.hpp"

namespace cambrian::hdf5 {
namespace {

/// What the driver is told through the access properties; HDF5 copies it as bytes.
struct Source {
  int descriptor = -1;
  haddr_t bytes = 0;
};

H5FD_t* open_source(const char*, unsigned, hid_t access, haddr_t) {
  const auto* source = static_cast<const Source*>(H5Pget_driver_info(access));
  const int descriptor = source == nullptr ? -1 : fcntl(source->descriptor, F_DUPFD_CLOEXEC, 0);
  return descriptor < 0 ? nullptr : &(new OpenFile{{}, descriptor, 0, source->bytes, nullptr})->pub;
}

herr_t close_source(H5FD_t* file) {
  close(file_of(file).descriptor);
  delete &file_of(file);
  return 0;
}

herr_t query_source(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr)
    *flags = H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_SUPPORTS_SWMR_IO;  // without which HDF5 does not tell where the data end
  return 0;
}

/// HDF5 asks for one, also of files that are only read.
herr_t refuse_write(H5FD_t*, H5FD_mem_t, hid_t, haddr_t, size_t, const void*) { return -1; }

/// For as long as the process lives: see file_sink.cpp.
hid_t source_driver() {
  static const hid_t id = [] {
    H5FD_class_t driver = common_driver("cambrian_source", 601);
    driver.fapl_size = sizeof(Source);
    driver.open = open_source;
    driver.close = close_source;
    driver.query = query_source;
    driver.write = refuse_write;
    return H5FDregister(&driver);
  }();
  return id;
}

}  // namespace

Handle open_file(const char* name, int descriptor, std::uint64_t bytes) {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS));
  const Source source = {descriptor, bytes};
  if (source_driver() < 0 || H5Pset_driver(access.get(), source_driver(), &source) < 0) return {};
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG);
  return Handle(H5Fopen(name, H5F_ACC_RDONLY, access.get()));
}

}  // namespace cambrian::hdf5
