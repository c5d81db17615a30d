// The run file on disk: HDF5, replaced atomically, so that whatever happens there is a whole file,
// the old or the new. The only room that knows HDF5; everything else writes columns into a
// StateWriter. Layout: FORMAT.md beside this file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "cambrian/core/state.hpp"

namespace cambrian {

/// Writes a whole run file beside `path`, then puts it in its place (fsync, rename, fsync of the
/// folder).
class RunFileWriter {
 public:
  /// Opens a temporary file in the folder of `path`. @throws FileError if it cannot be written
  explicit RunFileWriter(std::filesystem::path path);
  ~RunFileWriter();  ///< without commit: removes the temporary file, leaves `path` as it was
  RunFileWriter(const RunFileWriter&) = delete;
  RunFileWriter& operator=(const RunFileWriter&) = delete;

  StateWriter& root();
  /// @throws FileError (a full disk), leaving `path` as it was
  void commit();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads a run file. Sizes are checked against the file before memory is taken, so that damage
/// never asks for a giant allocation.
class RunFileReader {
 public:
  /// @throws FileError in one line: missing, not HDF5, truncated, not a Cambrian run, or of a newer
  /// format_version
  explicit RunFileReader(const std::filesystem::path& path);
  ~RunFileReader();
  RunFileReader(RunFileReader&&) noexcept;
  const StateReader& root() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// "HDF5 1.10.8": for the attribute `build`.
std::string hdf5_version();

}  // namespace cambrian
