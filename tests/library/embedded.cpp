// The library inside of a shared object, for programs in other languages.
#include "cambrian/algorithm/map_elites.hpp"
#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/genome/real/iso_line.hpp"

using namespace cambrian;

/// Elites after ten batches of a search that rewards nothing.
extern "C" int elites_of_a_search() {
  const RealSpace space({}, 2);
  const IsoLine variation({}, space);
  const DescriptorSpace plane = {{"x", "y"}, {"", ""}, {-3, -3}, {3, 3}};
  OwnParts parts(space, variation, grid_archive({}, plane), 1);
  MapElites search({}, parts);
  Proposal asked;
  for (int batch = 0; batch < 10; ++batch) {
    search.ask(asked);
    const auto& genomes = dynamic_cast<const RealPopulation&>(*asked.population);
    std::copy(genomes.matrix().begin(), genomes.matrix().end(),
              asked.candidates.descriptors.begin());
    search.tell(asked);
  }
  return static_cast<int>(search.archives().front().elites->size());
}
