#include "cambrian/genome/genome_kind.hpp"

#include <algorithm>

#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/ragged/ragged_space.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

std::vector<GenomeKind> genome_kinds() {
  return {real_kind(), ragged_kind(), {std::string(GraphPopulation::kKind), "graphs", "neat", [] {
                                         return std::make_unique<GraphGenomeParameters>();
                                       }}};
}

void refuse_space(const GenomeSpace& space, std::string_view variation, std::string_view varied) {
  const std::vector<GenomeKind> kinds = genome_kinds();
  const auto evolved = std::ranges::find(kinds, space.kind(), &GenomeKind::name);
  const auto expected = std::ranges::find(kinds, varied, &GenomeKind::name);
  std::string what = "'" + std::string(variation) + "' varies " + expected->summary +
                     ", but the encoding evolves ";
  what += evolved == kinds.end() ? "genomes of kind '" + std::string(space.kind()) + "'"
                                 : evolved->summary + "; use '" + evolved->variation + "'";
  throw ConfigError("name", what);
}

}  // namespace cambrian
