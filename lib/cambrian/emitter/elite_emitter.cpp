#include "cambrian/emitter/elite_emitter.hpp"

#include <utility>

namespace cambrian {

void EliteEmitterParameters::visit(ParameterVisitor& visitor) {
  visit_batch(visitor, batch);
  visitor.choice("selection", selection,
                 {{"uniform", Selection::uniform},
                  {"objective", Selection::objective},
                  {"novelty", Selection::novelty},
                  {"curiosity", Selection::curiosity}},
                 {"how parents are drawn: uniform; objective, novelty = the best of a tournament; "
                  "curiosity = in proportion to a score, +1 for a child that enters, -1/2 for one "
                  "that does not",
                  "", "Mouret & Clune 2015; curiosity: Cully & Demiris 2018"});
  visitor.integer("tournament", tournament, {1, 1000},
                  {"elites drawn, of which the best is a parent, for selection by objective or "
                   "novelty",
                   "elites", "our choice"});
  visitor.integer("k", k, {1, 1000},
                  {"an elite's novelty is its mean distance to this many nearest ones", "elites",
                   "Cully & Demiris 2018"});
}

EliteEmitter::EliteEmitter(const EliteEmitterParameters& parameters, const EmitterContext& context)
    : variation_(variation_of(context)),
      executor_(context.executor),
      batch_(batch_of(checked(parameters).batch, context)),
      selection_(parameters.selection, static_cast<std::size_t>(parameters.tournament),
                 static_cast<std::size_t>(parameters.k)),
      select_(context.key("select")),
      vary_(context.key("vary")) {}

void EliteEmitter::ask(const Elites& elites, RowRange range, Proposal& proposal) {
  check_ask(elites, range, proposal);
  const Individuals& rows = elites.individuals();
  selection_.follow(elites);
  const double mating_share = variation_.mating_share();
  const bool always_mates = mating_share >= 1.0;
  const std::uint64_t* ids = proposal.candidates.ids.data() + range.begin;
  const std::size_t count = range.size();
  matings_.resize(count);
  // First the rows of all, then what lies in them: the archive may be larger than the caches, and
  // so the reads of a batch wait for memory together.
  for (std::size_t i = 0; i < count; ++i) {
    Stream stream(select_, ids[i]);
    Mating& mating = matings_[i];
    mating.mother = selection_.draw(elites, stream);
    mating.father = Mating::kNone;
    __builtin_prefetch(rows.ids.data() + mating.mother);
    if (mating_share <= 0.0) continue;
    const std::uint32_t father = selection_.draw(elites, stream);
    if (!always_mates && !stream.chance(mating_share)) continue;
    mating.father = father;
    __builtin_prefetch(rows.ids.data() + father);
  }
  for (std::size_t i = 0; i < count; ++i) {
    Mating& mating = matings_[i];
    const bool alone = mating.father == Mating::kNone;
    // The fitter parent is the mother: crossover takes the genes that do not match from her.
    if (!alone && !always_mates && rows.objective(mating.father) > rows.objective(mating.mother)) {
      std::swap(mating.mother, mating.father);
    }
    proposal.candidates.parents[range.begin + i] = {rows.ids[mating.mother],
                                                    alone ? kNoParent : rows.ids[mating.father]};
  }
  variation_.vary(elites.population(), matings_, *proposal.population, range, vary_,
                  proposal.candidates.ids.front(), executor_);
}

void EliteEmitter::tell(const Elites&, RowRange range, const Proposal& proposal,
                        const Placement& placement) {
  if (!selection_.learns()) return;
  for (std::size_t i = 0; i < range.size(); ++i) {
    const Mating& mating = matings_[i];
    const bool taken = placement.accepted(range.begin + i);
    selection_.reward(mating.mother, taken);
    if (mating.father != Mating::kNone) selection_.reward(mating.father, taken);
  }
  selection_.apply(placement.edits, proposal.candidates.ids);
}

}  // namespace cambrian
