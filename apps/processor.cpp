// Built for x86-64-v3, the program dies of an illegal instruction on an older processor. So the
// processor is asked before any other code runs, static constructors included.
#include "apps/processor.hpp"

#if defined(__AVX2__)

#include <unistd.h>

#include <cstdlib>

namespace cambrian::apps {
namespace {

constexpr char kRefusal[] =
    "cambrian: this program was built for processors with AVX2 and FMA, which this one lacks; "
    "build it with -DCAMBRIAN_ARCH=\n";

}  // namespace

// Priority 101 is the first that is not the compiler's own.
__attribute__((constructor(101), target("arch=x86-64"))) void check_processor() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
      __builtin_cpu_supports("bmi2")) {
    return;
  }
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kRefusal, sizeof(kRefusal) - 1);
  _exit(EXIT_FAILURE);
}

}  // namespace cambrian::apps

#else

void cambrian::apps::check_processor() {}

#endif
