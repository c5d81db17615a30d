#include "cambrian/emitter/elite_emitter.hpp"

#include <cassert>

namespace cambrian {

void EliteEmitter::ask(const Elites& elites, std::size_t count, std::uint64_t first_id,
                       Population& children, std::vector<ParentIds>& parents) {
  assert(elites.size() > 0);
  const auto size = static_cast<std::uint32_t>(elites.size());
  const std::span<const double> objectives = elites.archive().objectives();
  const double mating_share = variation_.mating_share();
  matings_.resize(count);
  parents.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    Stream stream(select_, first_id + i);
    Mating& mating = matings_[i];
    mating.mother = stream.below(size);
    mating.father = Mating::kNone;
    parents[i] = {elites.ids()[mating.mother], kNoParent};
    if (mating_share <= 0.0) continue;
    const std::uint32_t father = stream.below(size);
    if (mating_share < 1.0) {
      if (!stream.chance(mating_share)) continue;
      // The fitter parent is the mother: crossover takes the genes that do not match from her.
      if (objectives[father] > objectives[mating.mother]) {
        mating.father = mating.mother;
        mating.mother = father;
        parents[i] = {elites.ids()[mating.mother], elites.ids()[mating.father]};
        continue;
      }
    }
    mating.father = father;
    parents[i][1] = elites.ids()[father];
  }
  variation_.vary(elites.population(), matings_, children, vary_, first_id);
}

}  // namespace cambrian
