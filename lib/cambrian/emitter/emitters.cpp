#include <string>

#include "cambrian/core/shape.hpp"
#include "cambrian/emitter/elite_emitter.hpp"

namespace cambrian {

void check_ask(const Elites& elites, RowRange range, const Proposal& proposal) {
  if (elites.size() == 0) throw Error("an emitter is asked, but there are no elites yet");
  const std::size_t rows = proposal.candidates.size();
  check_count("genomes of a batch", proposal.population ? proposal.population->size() : 0, rows);
  check_count("parents of a batch", proposal.candidates.parents.size(), rows);
  if (range.begin < range.end && range.end <= rows) return;
  throw ShapeError("an emitter is asked for rows " + std::to_string(range.begin) + " to " +
                   std::to_string(range.end) + " of a batch of " + std::to_string(rows));
}

std::vector<EmitterComponent> emitters() {
  return {component<Emitter, EliteEmitter, EliteEmitterParameters, const EmitterContext&>(
      "elite", "children of elites, drawn uniformly or by a score, varied by [variation]",
      "Mouret & Clune 2015")};
}

}  // namespace cambrian
