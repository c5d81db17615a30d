// Stands in for flock(2), so that a test can take it away.
#pragma once

namespace cambrian::run_file_tests {

/// What flock fails with, as on file systems without locks; 0: it is the system's.
extern int flock_error;

}  // namespace cambrian::run_file_tests
