#include "cambrian/record/version.hpp"

#include <fmt/format.h>

#include <Eigen/Core>
#include <boost/version.hpp>

#include "cambrian/core/executor.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {
namespace {

std::string compiler() {
#if defined(__clang__)
  return fmt::format("clang {}", __clang_version__);
#elif defined(__GNUC__)
  return fmt::format("g++ {}", __VERSION__);
#else
  return "unknown compiler";
#endif
}

std::string libraries() {
  return fmt::format("Boost {}.{}.{}, Eigen {}.{}.{}, {}, {}", BOOST_VERSION / 100000,
                     BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100, EIGEN_WORLD_VERSION,
                     EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION, executor_library(), hdf5_version());
}

}  // namespace

std::string program_version() { return CAMBRIAN_VERSION; }

std::string build_description() {
  return fmt::format("{}; {}; {}", compiler(), CAMBRIAN_BUILD_FLAGS, libraries());
}

std::string version_text() {
  return fmt::format("cambrian {}\ncompiler   {}\nflags      {}\nlibraries  {}", program_version(),
                     compiler(), CAMBRIAN_BUILD_FLAGS, libraries());
}

}  // namespace cambrian
