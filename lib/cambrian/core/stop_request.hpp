// Whether the user wants the program to stop: what a signal has said to StopSignals (run/), for those
// waits on lower floors that may be given up, since nothing has begun that would be lost.
#pragma once

#include <exception>

namespace cambrian {

/// Notes it, or takes it back. A signal handler may call this.
void request_stop(bool requested) noexcept;
bool stop_requested() noexcept;

/// Thrown out of a wait that was given up. It is no Error: nothing is wrong, and nothing is to be said.
class Stopped final : public std::exception {
 public:
  const char* what() const noexcept override { return "stopped"; }
};

}  // namespace cambrian
