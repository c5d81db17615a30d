// Room-private: who holds a lock, as the lock's file says it, and whether that process still runs.
#pragma once

#include <filesystem>
#include <string>

namespace cambrian {

/// A process, told apart from a later one that has its number. What is not known is empty or 0.
struct LockHolder {
  enum class Life { running, ended, unknown };

  long process = 0;
  std::string start = {};  ///< in the kernel's ticks since its start (/proc/PID/stat, field 22)
  std::string boot = {};   ///< of that kernel, with the namespace in which the number counts
  std::string host = {};
  std::filesystem::path lock =
      {};  ///< whose age tells where an older program wrote the number alone

  static LockHolder self();
  /// What the lock's file says; an older program wrote the number alone.
  static LockHolder read(const std::filesystem::path& lock);
  std::string text() const;  ///< for the lock's file: a line each
  /// Of a process on another machine, or in another container, nothing is known.
  Life life() const;
  /// "4711", "4711 on far"; empty where the number is not known.
  std::string name() const;
};

}  // namespace cambrian
