// What must hold between two batches, whatever the search did: verified by `run --check`.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "cambrian/archive/elites.hpp"
#include "cambrian/genome/population.hpp"

namespace cambrian {

/// Each genome obeys its space: a graph's structure and marks (genome/graph/check.hpp), real genes
/// finite and within the bounds that are kept.
/// @param ids    [population.size()]
/// @param where  "archive", "population", ...
/// @throws Error "archive: the genome of candidate 17: edge 3 ..." naming the first fault
void check_genomes(const GenomeSpace& space, const Population& population,
                   std::span<const std::uint64_t> ids, const std::string& where);

/// Columns equally long, within the capacity, no candidate twice, one elite per cell and in the cell
/// of its descriptor, finite numbers, evaluations 1..evaluations, and every genome as above.
/// @throws Error naming the first fault
void check_elites(const Elites& elites, const GenomeSpace& space, std::uint64_t evaluations,
                  const std::string& where);

}  // namespace cambrian
