#include "apps/program.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "apps/command_line.hpp"
#include "apps/processor.hpp"
#include "apps/standard_output.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/quoted.hpp"
#include "cambrian/run/stop_signals.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {
namespace {

/// The last resort: whatever the message quotes, it is one printable line of bounded length.
int fail(std::string message, int status) {
  std::replace(message.begin(), message.end(), '\n', ' ');
  std::replace(message.begin(), message.end(), '\r', ' ');
  std::fprintf(stderr, "cambrian: %s\n", printable(message, kLongestMessage).c_str());
  return status;
}

/// What asks for more memory than the machine has would be killed without a word; with a limit of
/// three quarters of it, it is an exception, and one clear line. Sanitizers reserve far more than
/// they use.
void limit_memory() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGESIZE);
  rlimit limit = {};
  if (pages <= 0 || page <= 0 || getrlimit(RLIMIT_DATA, &limit) != 0) return;
  const rlim_t bytes = static_cast<rlim_t>(pages) / 4 * 3 * static_cast<rlim_t>(page);
  limit.rlim_cur = std::min(limit.rlim_cur, bytes);
  setrlimit(RLIMIT_DATA, &limit);
#endif
}

/// Standard input, output and error are open from here on, so that no file takes the number of a
/// closed one and is written the messages meant for it. Reading or writing fails as it did.
void open_standard_streams() {
  const std::array<int, 3> modes = {O_WRONLY, O_RDONLY, O_RDONLY};
  for (int stream = 0; stream < 3; ++stream) {
    if (fcntl(stream, F_GETFD) >= 0 || errno != EBADF) continue;
    if (open("/dev/null", modes.at(stream)) != stream)
      std::_Exit(1);  // takes the lowest that is free
  }
}

void carry_out(int argc, char** argv, Catalogue& catalogue) {
  const apps::Command command = apps::parse_command_line(argc, argv, catalogue);
  std::signal(SIGPIPE, command.outlives_reader ? SIG_IGN : SIG_DFL);
  command.carry_out();
  apps::print_out([] {});  // what was printed may still be on its way
}

}  // namespace

int program_main(int argc, char** argv, Catalogue catalogue, const std::filesystem::path& data) {
  open_standard_streams();
  apps::check_processor();
  limit_memory();
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow (ulimit -f) is as a full disk
  silence_hdf5();
  try {
    check_names(catalogue);
    if (!data.empty()) catalogue.data.push_back(data);
    carry_out(argc, argv, catalogue);
    return StopSignals::exit_status();
  } catch (const ConfigError& error) {
    return fail(error.what(), 2);
  } catch (const std::bad_alloc&) {
    return fail("there is not enough memory", 1);
  } catch (const std::exception& error) {
    return fail(error.what(), 1);
  }
}

}  // namespace cambrian
