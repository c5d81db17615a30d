// Genomes and networks name the same functions by the same numbers; rooms of one floor do not
// include each other, so the numbers are checked here, where both meet.
#pragma once

#include <vector>

#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/network/activation.hpp"

namespace cambrian {

constexpr NodeFunction node_function(Activation activation) {
  return static_cast<NodeFunction>(activation);
}

/// Functions that suit output neurons: bounded ones.
std::vector<Choice<Activation>> bounded_activations();

}  // namespace cambrian
