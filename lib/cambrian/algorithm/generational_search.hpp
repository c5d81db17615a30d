// The simple genetic algorithm: a whole generation of children replaces its parents, who are drawn
// with replacement, in proportion to their fitness or all alike.
//
//   ask: [each child: two parents drawn ──► variation]    tell: the children are the population
//
// Fitness is the objective. Where some of it is negative, all is counted from the lowest; where none
// has any, parents are drawn uniformly. What could not be evaluated has no children; where nothing
// of a generation could, its parents stay.
// Source: Holland 1975, "Adaptation in Natural and Artificial Systems"; Goldberg 1989 (the SGA and its
// roulette); Hinton & Nowlan 1987 use it with 1,000 individuals and crossover alone.
#pragma once

#include <vector>

#include "cambrian/algorithm/living_population.hpp"

namespace cambrian {

struct GenerationalSearchParameters final : Parameters {
  enum class Selection { proportional, uniform };
  std::int64_t population = 100;
  Selection selection = Selection::proportional;
  void visit(ParameterVisitor& visitor) override;
};

class GenerationalSearch final : public WholeGenerations {
 public:
  /// @throws ConfigError "population" if the run starts from more genomes
  GenerationalSearch(const GenerationalSearchParameters& parameters, AlgorithmContext& context);

 private:
  void breed(Proposal& proposal) override;

  GenerationalSearchParameters parameters_;
  const Variation& variation_;
  Executor& executor_;
  StreamKey select_, vary_;
  std::vector<Mating> matings_;
};

/// Sums of weights, for draws in proportion to them: what wheel_draw() takes.
/// @param fitness  of any sign: counted from the lowest where that is negative; where none is above 0,
/// each weighs the same
std::vector<double> wheel_of(std::span<const double> fitness);
/// The row that a draw from U[0, 1) falls on.
std::uint32_t wheel_draw(std::span<const double> wheel, double uniform);

}  // namespace cambrian
