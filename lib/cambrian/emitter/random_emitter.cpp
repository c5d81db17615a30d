#include "cambrian/emitter/random_emitter.hpp"

namespace cambrian {

void RandomEmitterParameters::visit(ParameterVisitor& visitor) { visit_batch(visitor, batch); }

RandomEmitter::RandomEmitter(const RandomEmitterParameters& parameters,
                             const EmitterContext& context)
    : space_(*complete(context).space),
      batch_(batch_of(checked(parameters).batch, context)),
      draw_(context.key("draw")) {}

void RandomEmitter::ask(const Elites&, RowRange range, Proposal& proposal) {
  check_rows(range, proposal);
  space_.initialise(*proposal.population, range.begin, range.size(), draw_,
                    proposal.candidates.ids.front());
}

}  // namespace cambrian
