// Everything that a configuration can name: the registries of all rooms, with the environments that
// the program was given, and where the files are that came with it. A program of your own appends
// components to its lists: they are then listed, described, suggested and run like all others.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/archive/archive.hpp"
#include "cambrian/emitter/emitter.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/environment/environment.hpp"
#include "cambrian/genome/genome_kind.hpp"

namespace cambrian {

/// A table of the configuration that chooses no component, for `list` and `describe`.
struct ConfigurationTable {
  std::string name;     ///< what `describe` calls it: "score"
  std::string table;    ///< where it stands: "result_archive"
  std::string summary;  ///< one line
  std::function<std::unique_ptr<Parameters>()> parameters;
};

template <class P>
ConfigurationTable configuration_table(std::string name, std::string table, std::string summary) {
  return {std::move(name), std::move(table), std::move(summary),
          [] { return std::make_unique<P>(); }};
}

struct Catalogue {
  std::vector<EnvironmentComponent> environments;
  std::vector<GenomeKind> genomes;  ///< listed as tables: "real_genome"
  std::vector<EncodingComponent> encodings;
  std::vector<ArchiveComponent> archives;
  std::vector<VariationComponent> variations;
  std::vector<EmitterComponent> emitters;
  std::vector<AlgorithmComponent> algorithms;
  std::vector<ConfigurationTable> tables;
  std::vector<std::filesystem::path> data;  ///< folders of the files that came with the program
  std::vector<std::string> plugins;  ///< file names of those whose components are among these
};

/// @throws Error if two components of one kind have the same name, or one has none
void check_names(const Catalogue& catalogue);

/// The component of [result_archive] where the configuration names none.
constexpr const char* kResultArchive = "grid";

/// share/cambrian beside the folder of the running program, or in one of the three folders above: where
/// installing puts the mazes, and where a build folder has them. So an installed copy can be moved as a
/// whole.
std::filesystem::path data_of_program();

/// @param data  folders beside data_of_program(), which comes first; empty paths are left out
Catalogue make_catalogue(std::vector<EnvironmentComponent> environments,
                         const std::vector<std::filesystem::path>& data = {});

}  // namespace cambrian
