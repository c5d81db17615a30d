#include "apps/graph_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/graph_json.hpp"
#include "cambrian/genome/graph/graph_space.hpp"

namespace cambrian::apps {
namespace {

std::string text_of(const std::string& path) {
  if (std::filesystem::is_directory(path)) throw FileError(path, "is a folder");
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad()) throw FileError(path, "cannot be read");
  return text;
}

}  // namespace

StoredElites graphs_from_file(const std::string& path, const GenomeSpace& space) {
  const auto* graphs = dynamic_cast<const GraphSpace*>(&space);
  if (graphs == nullptr) {
    throw ConfigError("--genomes " + path,
                      "JSON holds graphs, but these genomes are real vectors; give them as CSV");
  }
  StoredElites given{space.make_population(), {}};
  auto& population = dynamic_cast<GraphPopulation&>(*given.population);
  for (IdentifiedGraph& read : graphs_from_json(text_of(path), path, graphs->shape())) {
    population.resize(given.ids.size() + 1);
    population[given.ids.size()] = std::move(read.graph);
    given.ids.push_back(read.id);
  }
  if (given.ids.empty()) throw ConfigError(path, "holds no graph");
  return given;
}

}  // namespace cambrian::apps
