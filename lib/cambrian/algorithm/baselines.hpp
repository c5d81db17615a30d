// The baselines of divergent search: the same loop, selecting by the objective alone, or by chance.
// Source: Lehman & Stanley 2011, "Abandoning objectives" (objective-based search and random
// selection on the mazes).
#pragma once

#include "cambrian/algorithm/steady_state_search.hpp"

namespace cambrian {

/// The rule by which fitness is the objective, for other loops.
std::unique_ptr<FitnessRule> make_objective_rule();

/// Fitness is the objective.
std::unique_ptr<Algorithm> make_objective_search(const SteadyStateSearchParameters& parameters,
                                                 AlgorithmContext& context);
/// Fitness is drawn uniformly in [0, 1) once for each individual.
std::unique_ptr<Algorithm> make_random_search(const SteadyStateSearchParameters& parameters,
                                              AlgorithmContext& context);

}  // namespace cambrian
