// Everything that a configuration can name: the registries of all rooms, with the worlds that the
// program was given.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/archive/archive.hpp"
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
  std::vector<VariationComponent> variations;  ///< listed as emitters
  std::vector<AlgorithmComponent> algorithms;
  std::vector<ConfigurationTable> tables;
};

Catalogue make_catalogue(std::vector<EnvironmentComponent> environments);

}  // namespace cambrian
