// Ctrl-C, SIGTERM and SIGHUP are requests to stop: the batch in flight is finished, the state
// saved, and only then does the program end. One guard lives from before the first run until after
// the last, so that no signal is lost between two. Where no batch has begun, a process that has not yet
// described itself is not waited for (stop_request.hpp).
#pragma once

#include <array>
#include <csignal>

#include "cambrian/evaluation/batch_progress.hpp"

namespace cambrian {

/// While it lives, the first SIGINT, SIGTERM or SIGHUP (a terminal that closes) is noted and
/// answered at once by a line on standard error; a second SIGINT or SIGTERM ends the process by its
/// default action. The last checkpoint stays whole, since run files are replaced atomically. A
/// signal that is ignored when the guard is made (nohup, a script's background) stays ignored.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// The first signal since the last guard was made; 0: none.
  static int received();
  /// The batch that a signal's answer says is waited for; null: none. It outlives this being so.
  static void waits_for(const BatchProgress* batch);
  /// What the program ends with: 0, or 128 + the signal, as a shell says it.
  static int exit_status();

 private:
  static constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};
  std::array<struct sigaction, kSignals.size()> old_ = {};
};

}  // namespace cambrian
