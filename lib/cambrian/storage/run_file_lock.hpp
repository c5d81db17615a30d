// One process at a time works on a run file, from the first look at it to the last write.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

/// Another process holds the run file.
class RunFileInUse : public FileError {
 public:
  /// @param process  its number; 0: unknown
  RunFileInUse(const std::string& path, long process);
  /// "process 4711", or "another process" where the number is not known.
  const std::string& process() const { return process_; }

 private:
  std::string process_;
};

/// Holds a run file, through whatever links it is named, by a lock on `.NAME.lock` beside it: the
/// file itself is another one after each write. The lock ends with its process, however that ends;
/// a file that a killed one leaves behind is taken over. Readers need no lock.
class RunFileLock {
 public:
  /// The run file need not be there yet. @throws RunFileInUse; FileError if nothing can be written
  explicit RunFileLock(const std::filesystem::path& run_file);
  ~RunFileLock();  ///< removes `.NAME.lock`
  RunFileLock(const RunFileLock&) = delete;
  RunFileLock& operator=(const RunFileLock&) = delete;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// "process 4711", the one on this machine that works on the run file; none where nobody does.
std::optional<std::string> writer_of(const std::filesystem::path& run_file);

}  // namespace cambrian
