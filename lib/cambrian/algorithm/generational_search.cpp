#include "cambrian/algorithm/generational_search.hpp"

#include <algorithm>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

void GenerationalSearchParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("population", population, {1, 1'000'000},
                  {"individuals, and children per generation", "individuals",
                   "our choice; Hinton & Nowlan 1987: 1000"});
  visitor.choice("selection", selection,
                 {{"proportional", Selection::proportional}, {"uniform", Selection::uniform}},
                 {"how parents are drawn, with replacement: in proportion to the objective, or all "
                  "alike",
                  "", "Holland 1975; uniform: a control"});
}

std::vector<double> wheel_of(std::span<const double> fitness) {
  double lowest = 0;
  for (const double one : fitness) lowest = std::min(lowest, one);
  std::vector<double> wheel;
  wheel.reserve(fitness.size());
  double sum = 0;
  for (const double one : fitness) wheel.push_back(sum += one - lowest);
  if (sum > 0) return wheel;
  for (std::size_t i = 0; i < wheel.size(); ++i) wheel[i] = static_cast<double>(i + 1);
  return wheel;
}

std::uint32_t wheel_draw(std::span<const double> wheel, double uniform) {
  const auto found = std::ranges::upper_bound(wheel, uniform * wheel.back());
  // Rounding may carry a draw to the very end.
  return static_cast<std::uint32_t>(std::min(found - wheel.begin(), std::ssize(wheel) - 1));
}

GenerationalSearch::GenerationalSearch(const GenerationalSearchParameters& parameters,
                                       AlgorithmContext& context)
    : WholeGenerations(checked(parameters).population, context),
      parameters_(parameters),
      variation_(context.variation()),
      executor_(context.executor()),
      select_(context.key("algorithm.select")),
      vary_(context.key("algorithm.vary")) {}

void GenerationalSearch::breed(Proposal& proposal) {
  std::vector<double> fitness(living().size(), 0.0);
  if (parameters_.selection == GenerationalSearchParameters::Selection::proportional) {
    for (std::size_t i = 0; i < fitness.size(); ++i)
      fitness[i] = living().individuals().objective(i);
  }
  const std::vector<double> wheel = wheel_of(fitness);
  matings_.resize(full_size());
  for (std::size_t i = 0; i < matings_.size(); ++i) {
    Stream stream(select_, next_id() + i);
    Mating& mating = matings_[i];
    mating = {.mother = wheel_draw(wheel, stream.uniform())};
    if (stream.chance(variation_.mating_share())) {
      mating.father = wheel_draw(wheel, stream.uniform());
      if (living().individuals().objective(mating.father) >
          living().individuals().objective(mating.mother)) {
        std::swap(mating.mother, mating.father);  // the mother is the fitter one
      }
    }
  }
  write_parents(matings_, living().individuals(), proposal.candidates.parents);
  variation_.vary(living().genomes(), matings_, *proposal.population, {0, matings_.size()}, vary_,
                  next_id(), &executor_);
}

}  // namespace cambrian
