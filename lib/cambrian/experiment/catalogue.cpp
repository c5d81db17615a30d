#include "cambrian/experiment/catalogue.hpp"

#include <utility>

#include "cambrian/experiment/run_parameters.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

Catalogue make_catalogue(std::vector<EnvironmentComponent> environments) {
  Catalogue catalogue;
  catalogue.environments = std::move(environments);
  catalogue.encodings = encodings();
  catalogue.archives = archives();
  catalogue.variations = variations();
  catalogue.algorithms = algorithms();
  catalogue.tables = {
      configuration_table<RunParameters>("run", "run", "seed, budget, threads, intervals"),
      configuration_table<DescriptorParameters>("descriptor", "archive",
                                                "the axes, in [archive] and [result_archive]"),
      configuration_table<ScoreParameters>("score", "result_archive",
                                           "how the archive that is reported is scored"),
      configuration_table<RealGenomeParameters>("real_genome", "genome",
                                                "where genomes that are real vectors start"),
      configuration_table<GraphGenomeParameters>("graph_genome", "genome",
                                                 "where genomes that are graphs start"),
  };
  return catalogue;
}

}  // namespace cambrian
