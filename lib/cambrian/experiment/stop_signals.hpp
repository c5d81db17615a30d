// Ctrl-C and SIGTERM as a wish: the batch in flight is finished, the state saved, and only then does
// the program end. One guard lives as long as the whole command, so that no signal is lost between
// two sittings.
#pragma once

#include <csignal>

namespace cambrian {

/// While it lives, the first SIGINT or SIGTERM is noted and answered at once by a line on standard
/// error; a second one ends the process by the signal's default action. The last checkpoint stays
/// whole, since run files are replaced atomically.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// The first signal since the last guard was made; 0: none.
  static int received();
  /// What the program ends with: 0, or 128 + the signal, as a shell says it.
  static int exit_status();

 private:
  struct sigaction old_interrupt_ = {};
  struct sigaction old_terminate_ = {};
};

}  // namespace cambrian
