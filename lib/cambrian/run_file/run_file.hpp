// The run file on disk: HDF5, replaced atomically, so that whatever happens there is a whole file,
// the old or the new. The only room that knows HDF5; everything else writes columns into a
// StateWriter. Layout: FORMAT.md beside this file.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/core/batch.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/state.hpp"

namespace cambrian {

/// A file that is not a run file at all, rather than a damaged one.
class ForeignFile final : public FileError {
 public:
  using FileError::FileError;
};

class RunFileLock;

/// Writes a whole run file beside `path`, then puts it in its place (fsync, rename, fsync of the
/// folder).
class RunFileWriter {
 public:
  /// Opens a temporary file `.name.tmp` in the folder of `path` and writes the attributes `format`
  /// and `format_version`. One left over by a killed process is reused. Holds the run file meanwhile.
  /// @param held  the lock of this run file, by who holds it already
  /// @throws RunFileInUse (run_file_lock.hpp); FileError if it cannot be written
  explicit RunFileWriter(const std::filesystem::path& path, const RunFileLock* held = nullptr);
  ~RunFileWriter();  ///< without commit: removes the temporary file, leaves `path` as it was
  RunFileWriter(const RunFileWriter&) = delete;
  RunFileWriter& operator=(const RunFileWriter&) = delete;

  StateWriter& root();
  /// Takes over what users have added to the file that is to be replaced (FORMAT.md says what). To
  /// be called last before commit: what has been written by then is not theirs.
  /// @return a line for each thing that cannot be kept
  std::vector<std::string> keep_additions();
  /// @throws FileError (a full disk), leaving `path` as it was
  void commit();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A column of a run file, without its values.
struct ColumnInfo {
  std::string name;
  std::size_t rows = 0;
  std::size_t width = 1;  ///< 1 for a flat column
  bool flat = true;
};

/// Reads a run file. Sizes are checked against the file before memory is taken, so that damage
/// never asks for a giant allocation.
class RunFileReader {
 public:
  /// @throws FileError in one line: missing, truncated, or of a newer format_version; ForeignFile:
  /// not HDF5, or not a Cambrian run
  explicit RunFileReader(const std::filesystem::path& path);
  ~RunFileReader();
  RunFileReader(RunFileReader&&) noexcept;
  const StateReader& root() const;
  const std::string& path() const;  ///< as it was given
  /// One line on what is odd about the file although it can be read; empty: nothing is.
  const std::string& warning() const;
  /// The columns of a group, sorted by name, without reading them.
  /// @param group  "archive" or "archives/driver"; @throws FileError if there is none
  std::vector<ColumnInfo> columns(const std::string& group) const;
  /// A column of whatever type it is; a matrix row-major. @throws FileError
  /// @param rows  of it; the others are looked at for damage, a block after another, and not kept
  ColumnData column(const std::string& group, const std::string& name,
                    std::optional<RowRange> rows = {}) const;
  /// The genomes of some rows, as a `genome` group that holds no others.
  /// @param group  "archive/genome"
  std::unique_ptr<StateReader> genomes(const std::string& group, RowRange rows) const;
  /// The group itself. @param group  as above; @throws FileError if there is none
  std::unique_ptr<StateReader> group(const std::string& group) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Keeps HDF5 from printing anything by itself from here on: after a damaged file it ends the
/// process with "infinite loop closing library". For programs, at their start.
void silence_hdf5();

/// "HDF5 1.10.8": for the attribute `build`.
std::string hdf5_version();

}  // namespace cambrian
