// Novelty search: fitness is how far a behaviour lies from the living and from an archive of what
// was novel when it was found.
//
//   score     mean distance to the k nearest among the living and the archive
//   archive   textbook:      a child enters at once, when its score exceeds the threshold
//             as_published:  every `period` offspring the living enter, if their nearest member is
//             farther than the threshold
//
// Source: Lehman & Stanley 2011, "Abandoning objectives" (`textbook`); their released program
// NSC, novelty-search-cpp (`as_published`: distance, neighbours that count the individual itself,
// admission by the nearest member).
#pragma once

#include "cambrian/algorithm/steady_state_search.hpp"

namespace cambrian {

/// The archive (`[archive]`, kind unstructured) says k, distance, threshold and which rule of
/// entry.
/// @throws ConfigError if `[archive]` names another kind
std::unique_ptr<Algorithm> make_novelty_search(const SteadyStateSearchParameters& parameters,
                                               AlgorithmContext& context);

}  // namespace cambrian
