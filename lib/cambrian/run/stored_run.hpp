// A finished or running run, opened for another look: its configuration assembled again out of what
// the run file itself holds, so that its elites can be evaluated or replayed.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/configuration/configuration.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/run/assembly.hpp"
#include "cambrian/run_file/run_file.hpp"

namespace cambrian {

/// Opens a run file, and says on standard error what is odd about it.
/// @throws FileError as RunFileReader
RunFileReader open_run_file(const std::filesystem::path& path);

/// @throws FileError if the run's state is stored otherwise than this version reads it
void require_resumable(const RunFileReader& file);

/// The job of which row `row` of stored elites came, before the evaluator makes one per environment
/// and sample of it. @param rule  that of the run
Job stored_job(const Proposal& elites, std::uint32_t row, Noise rule);

/// Carries out an act on what a file holds: what is wrong with it then names the file.
template <class Act>
auto naming_file(const std::filesystem::path& path, const Act& act) {
  try {
    return act();
  } catch (const FileError&) {
    throw;
  } catch (const ConfigError&) {
    throw;
  } catch (const Error& error) {
    throw FileError(path.string(), error.what());
  }
}

/// The elites of /archive: their genomes, ids and noise, without jobs.
/// @param row  of /archive: that one alone, without reading the other genomes; none: all
/// @throws FileError if the genomes are of another kind than the space's, or damaged
Proposal read_elites(const RunFileReader& file, const GenomeSpace& space,
                     std::optional<std::size_t> row = {});

/// The text of a run file's configuration. @throws FileError if the run was made without one
std::string stored_text(const StateReader& root, const std::filesystem::path& path);

/// The files that the run read. @throws FileError as stored_text
RecordedInputs stored_inputs(const StateReader& root, const std::filesystem::path& path);

/// The configuration of a run file. @throws FileError as stored_text, and if the run is of an
/// environment that the catalogue does not have; ConfigError if it is not TOML
Configuration stored_configuration(const StateReader& root, const std::filesystem::path& path,
                                   const Catalogue& catalogue);

class StoredRun {
 public:
  /// @param threads  as for assemble
  /// @param sets  assignments that change its configuration, such as environment.size=33; files that they
  /// name are looked for beside the run's own
  /// @throws FileError if it is not a run file or of an unknown environment, ConfigError if its
  /// configuration is not understood
  StoredRun(const std::filesystem::path& path, const Catalogue& catalogue,
            std::int64_t threads = -1, const std::vector<std::string>& sets = {});

  const RunFileReader& file() const { return file_; }
  const Assembly& parts() const { return *parts_; }
  Proposal elite(std::size_t row) const { return read_elites(file_, *parts_->space, row); }

 private:
  RunFileReader file_;
  RecordedInputs inputs_;
  std::unique_ptr<Assembly> parts_;
};

}  // namespace cambrian
