// What must hold of an environment's description, checked before anything is made of it: the other rooms
// rely on it.
#pragma once

#include <string>

#include "cambrian/environment/environment.hpp"

namespace cambrian {

/// - at least one objective; worst values finite; all of one direction
/// - names of objectives and measures: not empty, each once among both, free of white space,
///   commas, colons and quotes, none beginning with "network." (the measures of every network)
/// - measures: min < max, either may be infinite; none called like a column of a run file's tables
/// - the descriptor: names of measures, each once; of networks also "network.…"
/// - vectors: of length > 0, in blocks of at least 1; gradients only of these; networks: a sensor and a motor at least, all positions of one
///   dimension, ranges finite with min < max, lanes and updates_per_step >= 1, warm_up >= 0; one of
///   both faces
/// @param environment  its name, for the message; empty: not known
/// @throws ConfigError for the first of them that does not hold: "environment 'cart': two measures are
/// called 'end_x'"
void check_description(const EnvironmentDescription& description, const std::string& environment);

/// What Environment::evaluate is given, checked once per block: vectors of the declared length, and
/// rows for as many evaluations of the declared width.
/// @throws ShapeError for the first that does not hold: "numbers in a vector: there are 3; expected 20"
void check_rows(const EnvironmentDescription& description, const VectorBlock& vectors,
                const EvaluationRows& rows);

}  // namespace cambrian
