#include "cambrian/run_file/detail/hdf5_driver.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "cambrian/run_file/detail/disk.hpp"

namespace cambrian::hdf5 {
namespace {

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) { return file_of(file).allocated; }

herr_t allocate(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  file_of(file).allocated = address;
  return 0;
}

haddr_t end(const H5FD_t* file, H5FD_mem_t) { return file_of(file).end; }

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t bytes, void* buffer) {
  const ssize_t got = disk::read_at(file_of(file).descriptor, buffer, bytes, address);
  if (got < 0) return -1;
  std::memset(static_cast<char*>(buffer) + got, 0, bytes - static_cast<size_t>(got));
  return 0;
}

}  // namespace

H5FD_class_t common_driver(const char* name, [[maybe_unused]] int number) {
  constexpr H5FD_mem_t kFreeLists[] = H5FD_FLMAP_DICHOTOMY;
  H5FD_class_t driver = {};
#if H5_VERSION_GE(1, 13, 0)
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(number);
#endif
  driver.name = name;
  driver.maxaddr = (haddr_t{1} << 62) - 1;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.get_eoa = allocated;
  driver.set_eoa = allocate;
  driver.get_eof = end;
  driver.read = read;
  std::copy(std::begin(kFreeLists), std::end(kFreeLists), driver.fl_map);
  return driver;
}

}  // namespace cambrian::hdf5
