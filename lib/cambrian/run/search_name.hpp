// What a researcher calls a search that is put together of parts: "CMA-MAE".
#pragma once

#include <string>
#include <vector>

#include "cambrian/configuration/configuration.hpp"

namespace cambrian {

/// Of algorithm `map_elites`: the published name of its archive and emitters, as ALGORITHMS.md has
/// it; where they have none, or several, "MAP-Elites with cma_es and elite". Of others: empty.
/// @param tables  all that were read
std::string search_name(const std::vector<EffectiveTable>& tables);

}  // namespace cambrian
