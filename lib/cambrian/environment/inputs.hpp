// Where the files come from that a configuration names (a maze): from folders, or from the bytes
// that a run file keeps; and what records them, so that the run file can keep them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cambrian/environment/environment.hpp"

namespace cambrian {

/// Files by name: relative to the first folder (that of the configuration), then in each further
/// folder (installed data) and its direct subfolders, in order of their names. An absolute name is
/// taken as it is.
class FileInputs final : public Inputs {
 public:
  explicit FileInputs(std::vector<std::filesystem::path> folders) : folders_(std::move(folders)) {}
  std::string read(const std::string& name) const override;

 private:
  std::filesystem::path find(const std::string& name) const;
  std::vector<std::filesystem::path> folders_;
};

/// Bytes by name, as a run file keeps them.
class MemoryInputs final : public Inputs {
 public:
  explicit MemoryInputs(std::map<std::string, std::string> files) : files_(std::move(files)) {}
  std::string read(const std::string& name) const override;

 private:
  std::map<std::string, std::string> files_;
};

/// Passes on to other inputs, which outlive it, and keeps what was read. A name is read from its
/// source once, so that all workers see the same bytes even if the file changes. Not for use by
/// several threads at once.
class RecordingInputs final : public Inputs {
 public:
  explicit RecordingInputs(const Inputs& source) : source_(source) {}
  std::string read(const std::string& name) const override;
  /// Name -> bytes of everything read so far.
  const std::map<std::string, std::string>& files() const { return files_; }

 private:
  const Inputs& source_;
  mutable std::map<std::string, std::string> files_;  // a record: reading stays const
};

}  // namespace cambrian
