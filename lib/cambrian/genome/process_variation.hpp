// Variation by a program of the user's: it is given parents and a seed per child, and returns children,
// by lines of JSON (environments/process/PROCESS.md has the protocol and examples). A language model
// behind it is one such.
#pragma once

#include <cstdint>
#include <memory>

#include "cambrian/core/outside_program.hpp"
#include "cambrian/genome/graph/neat_distance.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

struct ProcessVariationParameters final : OutsideProgramParameters, NeatDistance {
  std::int64_t max_genes = 100'000;  ///< nodes and links of a child that is a graph
  void visit(ParameterVisitor& visitor) override;
};

/// One process, which is started at once, and again where it dies or takes too long; it is then asked the
/// same. What it dies of twice, and an answer that is not as the protocol says, end the run.
///
/// Real vectors: genes that leave the space's bounds are brought back as `genome.bounds` says. Graphs:
/// what a child has from its parents keeps its innovation numbers and births; what is new gets the
/// innovation number that NEAT's mutations would give it, which is a function of structure (marks.hpp).
/// @throws ConfigError if the space is of none of these kinds, or the program does not describe itself
std::unique_ptr<Variation> make_process_variation(const ProcessVariationParameters& parameters,
                                                  const GenomeSpace& space);

}  // namespace cambrian
