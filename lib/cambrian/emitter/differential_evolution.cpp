#include "cambrian/emitter/differential_evolution.hpp"

#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {

void DifferentialEvolutionParameters::visit(ParameterVisitor& visitor) {
  visit_batch(visitor, batch);
  visitor.real("weight", weight, {0, 2},
               {"of the difference between two elites (F)", {}, "Storn & Price 1997: 0.5"});
  visitor.real("crossover", crossover, {0, 1},
               {"probability that a gene is not the target's (CR)", {}, "Storn & Price 1997: 0.9"});
}

DifferentialEvolution::DifferentialEvolution(const DifferentialEvolutionParameters& parameters,
                                             const EmitterContext& context)
    : space_(real_space_of(context, "differential_evolution")),
      batch_(batch_of(checked(parameters).batch, context)),
      weight_(static_cast<float>(parameters.weight)),
      crossover_(parameters.crossover),
      vary_(context.key("vary")) {}

void DifferentialEvolution::ask(const Elites& elites, RowRange range, Proposal& proposal) {
  check_ask(elites, range, proposal);
  const std::size_t length = space_.length();
  const RealPopulation& from = vectors_of(elites.population(), length);
  RealPopulation& to = vectors_of(*proposal.population, length);
  const auto size = static_cast<std::uint32_t>(elites.size());
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Stream stream(vary_, proposal.candidates.ids[i]);
    const std::uint32_t target_row = stream.below(size);
    const std::uint32_t a_row = stream.below(size);
    const float* target = from.row(target_row).data();
    const float* a = from.row(a_row).data();
    const float* b = from.row(stream.below(size)).data();
    const float* c = from.row(stream.below(size)).data();
    const std::uint32_t always = stream.below(static_cast<std::uint32_t>(length));
    const std::span<float> child = to.row(i);
    for (std::size_t g = 0; g < length; ++g) {
      const bool crosses = stream.chance(crossover_) || g == always;
      child[g] = crosses ? a[g] + weight_ * (b[g] - c[g]) : target[g];
    }
    space_.keep_within(child, stream);
    const auto& ids = elites.individuals().ids;
    proposal.candidates.parents[i] = {ids[target_row], ids[a_row]};
  }
}

}  // namespace cambrian
