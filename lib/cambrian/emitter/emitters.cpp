#include "cambrian/emitter/elite_emitter.hpp"

namespace cambrian {

std::vector<EmitterComponent> emitters() {
  return {component<Emitter, EliteEmitter, EliteEmitterParameters, const EmitterContext&>(
      "elite", "children of elites, drawn uniformly and varied by [variation]",
      "Mouret & Clune 2015")};
}

}  // namespace cambrian
