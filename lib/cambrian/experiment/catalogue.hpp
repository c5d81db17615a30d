// Everything that a configuration can name: the registries of all rooms, with the worlds that the
// program was given.
#pragma once

#include <string>
#include <vector>

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/archive/archive.hpp"
#include "cambrian/encoding/encoding.hpp"
#include "cambrian/environment/environment.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

struct Catalogue {
  std::vector<EnvironmentComponent> environments;
  std::vector<EncodingComponent> encodings;
  std::vector<ArchiveComponent> archives;
  std::vector<VariationComponent> variations;  ///< listed as emitters
  std::vector<AlgorithmComponent> algorithms;
};

Catalogue make_catalogue(std::vector<EnvironmentComponent> environments);

}  // namespace cambrian
