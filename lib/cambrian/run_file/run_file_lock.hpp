// Only one process at a time writes a run file, from its first read to its last write.
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
  /// @param process  "4711", "4711 on far"; empty: unknown
  /// @param remedy   what helps if that is not so; may be empty
  RunFileInUse(const std::string& path, const std::string& process, const std::string& remedy = {});
  /// "process 4711", or "another process" where the number is not known.
  const std::string& process() const { return process_; }

 private:
  std::string process_;
};

/// Holds a run file, through whatever links it is named, by a lock on `.NAME.lock` beside it: the
/// file itself is another one after each write. The lock ends with its process, however that ends;
/// a file that a killed one leaves behind is taken over. On a file system without locks (flock) the
/// file keeps others out by being there, and what a killed process on another machine left behind
/// must be removed by hand. Readers need no lock.
class RunFileLock {
 public:
  /// The run file need not be there yet. @throws RunFileInUse; FileError if nothing can be written
  explicit RunFileLock(const std::filesystem::path& run_file);
  ~RunFileLock();  ///< removes `.NAME.lock`
  RunFileLock(const RunFileLock&) = delete;
  RunFileLock& operator=(const RunFileLock&) = delete;
  /// One line where the file system has no locks; else empty.
  std::string note() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// "process 4711" that works on the run file; "process 4711 on far" of another machine, where only
/// its lock's file can be seen; none where there is no such process.
std::optional<std::string> writer_of(const std::filesystem::path& run_file);

}  // namespace cambrian
