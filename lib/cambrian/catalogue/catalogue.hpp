// Everything that a configuration can name: the registries of all rooms, with the environments that the
// program was given, and where the files are that came with it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/archive/archive.hpp"
#include "cambrian/emitter/emitter.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/environment/environment.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

/// A table of the configuration that chooses no component, for `list` and `describe`.
struct ConfigurationTable {
  std::string name;     ///< what `describe` calls it: "graph_genome"
  std::string table;    ///< where it stands: "genome"
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
  std::vector<EncodingComponent> encodings;
  std::vector<ArchiveComponent> archives;
  std::vector<VariationComponent> variations;
  std::vector<EmitterComponent> emitters;
  std::vector<AlgorithmComponent> algorithms;
  std::vector<ConfigurationTable> tables;
  std::vector<std::filesystem::path> data;  ///< folders of the files that came with the program
};

/// The component of [result_archive] where it names none.
constexpr const char* kResultArchive = "grid";
/// The component of [variation] where it names none. @param genome_kind  "graph", "real"
std::string default_variation(std::string_view genome_kind);

/// share/cambrian beside the folder of the running program: where installing puts the mazes, and
/// where a build folder has them. So an installed copy can be moved as a whole.
std::filesystem::path data_of_program();

/// @param data  folders beside data_of_program(), which comes first; empty paths are left out
Catalogue make_catalogue(std::vector<EnvironmentComponent> environments,
                         const std::vector<std::filesystem::path>& data = {});

}  // namespace cambrian
