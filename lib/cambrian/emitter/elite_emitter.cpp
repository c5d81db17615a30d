#include "cambrian/emitter/elite_emitter.hpp"

#include <cassert>
#include <utility>

namespace cambrian {

void EliteEmitter::ask(const Elites& elites, std::size_t count, std::uint64_t first_id,
                       Population& children, std::vector<ParentIds>& parents) {
  assert(elites.size() > 0);
  const auto size = static_cast<std::uint32_t>(elites.size());
  const std::span<const double> objectives = elites.archive().objectives();
  const std::span<const std::uint64_t> ids = elites.ids();
  const double mating_share = variation_.mating_share();
  const bool always_mates = mating_share >= 1.0;
  matings_.resize(count);
  parents.resize(count);
  // First the rows of all, then what lies in them: the archive may be larger than the caches, and
  // so the reads of a batch wait for memory together.
  for (std::size_t i = 0; i < count; ++i) {
    Stream stream(select_, first_id + i);
    Mating& mating = matings_[i];
    mating.mother = stream.below(size);
    mating.father = Mating::kNone;
    __builtin_prefetch(ids.data() + mating.mother);
    if (mating_share <= 0.0) continue;
    const std::uint32_t father = stream.below(size);
    if (!always_mates && !stream.chance(mating_share)) continue;
    mating.father = father;
    __builtin_prefetch(ids.data() + father);
  }
  for (std::size_t i = 0; i < count; ++i) {
    Mating& mating = matings_[i];
    const bool alone = mating.father == Mating::kNone;
    // The fitter parent is the mother: crossover takes the genes that do not match from her.
    if (!alone && !always_mates && objectives[mating.father] > objectives[mating.mother]) {
      std::swap(mating.mother, mating.father);
    }
    parents[i] = {ids[mating.mother], alone ? kNoParent : ids[mating.father]};
  }
  children.resize(count);
  variation_.vary(elites.population(), matings_, children, {0, count}, vary_, first_id, executor_);
}

}  // namespace cambrian
