#include "tests/storage/no_flock.hpp"

#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace cambrian::storage_tests {

int flock_error = 0;

}  // namespace cambrian::storage_tests

/// In place of the C library's, for this program and HDF5 in it.
extern "C" int flock(int descriptor, int operation) noexcept {
  if (cambrian::storage_tests::flock_error == 0)
    return static_cast<int>(syscall(SYS_flock, descriptor, operation));
  errno = cambrian::storage_tests::flock_error;
  return -1;
}
