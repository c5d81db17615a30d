// The moment by which an evaluation must have ended.
#pragma once

#include <chrono>

namespace cambrian {

class Deadline {
 public:
  /// @param seconds  from now, at most 1e9; 0: no deadline, and no clock is read
  explicit Deadline(double seconds) : limited_(seconds > 0) {
    if (limited_)
      end_ = Clock::now() +
             std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  }
  bool passed() const { return limited_ && Clock::now() > end_; }

 private:
  using Clock = std::chrono::steady_clock;
  bool limited_;
  Clock::time_point end_;
};

}  // namespace cambrian
