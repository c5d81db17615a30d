// The files that a configuration names, kept with the run: what was read is stored under `/inputs`
// with its hash, and a resumed, evaluated or replayed run reads it from there.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cambrian/core/state.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

class RecordedInputs final : public Inputs {
 public:
  /// @param folders  where relative names are looked for, in order
  explicit RecordedInputs(std::vector<std::filesystem::path> folders)
      : folders_(std::move(folders)) {}
  /// Those of a run file: nothing else is looked for. @throws FileError where a hash does not fit
  explicit RecordedInputs(const StateReader& inputs);
  /// Those of a run file, and what else is named from then on. @throws FileError as above
  RecordedInputs(std::vector<std::filesystem::path> folders, const StateReader& inputs)
      : RecordedInputs(inputs) {
    folders_ = std::move(folders);
  }

  /// @throws ConfigError with the nearest name that there is; FileError for a run file's inputs
  std::string read(const std::string& name) const override;
  std::string read_part(
      const std::string& name,
      const std::function<std::string(const std::filesystem::path&)>& extract) const override;
  /// Everything that was read, as the run file's group `inputs`.
  void save(StateWriter& writer) const;
  /// The first name that was read by one only, or with other contents; empty if there is none.
  std::string first_difference(const RecordedInputs& other) const;

 private:
  std::vector<std::filesystem::path> folders_;
  mutable std::map<std::string, std::string> read_;  // name -> bytes
};

/// Where the files that a configuration names are looked for: beside it, in the working directory,
/// and among the installed data, in that order.
std::vector<std::filesystem::path> input_folders(const std::filesystem::path& configuration_folder,
                                                 const std::vector<std::filesystem::path>& data);

/// A configuration that is named in a call: the file itself where it is there, otherwise the one of
/// that name among the installed data ("experiments/hard_maze_novelty.toml").
/// @throws ConfigError where there is none
std::string configuration_file(const std::string& name,
                               const std::vector<std::filesystem::path>& data);

/// FNV-1a of 64 bits, in hexadecimal: tells a damaged copy, not an attacker's.
std::string content_hash(const std::string& bytes);

}  // namespace cambrian
