#include "apps/graph_file.hpp"

#include "cambrian/core/error.hpp"
#include "cambrian/core/text_file.hpp"
#include "cambrian/genome/graph/graph_json.hpp"
#include "cambrian/genome/graph/graph_space.hpp"

namespace cambrian::apps {

Proposal graphs_from_file(const std::string& path, const GenomeSpace& space) {
  const auto* graphs = dynamic_cast<const GraphSpace*>(&space);
  if (graphs == nullptr) {
    throw ConfigError("--genomes " + path,
                      "JSON holds graphs, but these genomes are real vectors; give them as CSV");
  }
  Proposal given;
  given.population = space.make_population();
  auto& population = dynamic_cast<GraphPopulation&>(*given.population);
  for (IdentifiedGraph& read :
       graphs_from_json(read_text_file(path, kMostGenomeBytes), path, graphs->shape())) {
    population.resize(given.candidates.ids.size() + 1);
    population[given.candidates.ids.size()] = std::move(read.graph);
    given.candidates.ids.push_back(read.id);
  }
  if (given.candidates.ids.empty()) throw ConfigError(path, "holds no graph");
  return given;
}

}  // namespace cambrian::apps
