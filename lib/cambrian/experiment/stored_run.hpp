// A finished or running run, opened for another look: its configuration assembled again out of what
// the run file itself holds, so that its elites can be evaluated or replayed.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/experiment/assembly.hpp"
#include "cambrian/experiment/catalogue.hpp"
#include "cambrian/experiment/configuration.hpp"
#include "cambrian/experiment/inputs_record.hpp"
#include "cambrian/storage/run_file.hpp"

namespace cambrian {

/// The elites of /archive.
struct StoredElites {
  std::unique_ptr<Population> population;
  std::vector<std::uint64_t> ids;  ///< [population->size()]
};

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

/// @throws FileError if the genomes are of another kind than the space's, or damaged
StoredElites read_elites(const RunFileReader& file, const std::filesystem::path& path,
                         const GenomeSpace& space);

/// The configuration of a run file. @throws FileError if the run is of a world that the catalogue
/// does not have, ConfigError if it is not TOML
Configuration stored_configuration(const StateReader& root, const std::filesystem::path& path,
                                   const Catalogue& catalogue);

class StoredRun {
 public:
  /// @param threads  as for assemble
  /// @throws FileError if it is no run file or of an unknown world, ConfigError if its
  /// configuration is not understood
  StoredRun(const std::filesystem::path& path, const Catalogue& catalogue,
            std::int64_t threads = -1);

  const RunFileReader& file() const { return file_; }
  const Assembly& parts() const { return *parts_; }
  StoredElites elites() const { return read_elites(file_, path_, *parts_->space); }

 private:
  std::filesystem::path path_;
  RunFileReader file_;
  RecordedInputs inputs_;
  std::unique_ptr<Assembly> parts_;
};

}  // namespace cambrian
