#include "tests/run_file/no_flock.hpp"

#include <sys/file.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace cambrian::run_file_tests {

int flock_error = 0;

}  // namespace cambrian::run_file_tests

/// In place of the C library's, for this program and HDF5 in it.
extern "C" int flock(int descriptor, int operation) noexcept {
  if (cambrian::run_file_tests::flock_error == 0)
    return static_cast<int>(syscall(SYS_flock, descriptor, operation));
  errno = cambrian::run_file_tests::flock_error;
  return -1;
}
