// Fronts of candidates that no other dominates, and how crowded they are.
// Source: Deb et al. 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II".
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cambrian {

/// The front of each row, 0 for those that no row dominates, 1 for those that only rows of front 0
/// dominate, and so on. @param values  [n, keys], higher is better, finite
std::vector<std::uint32_t> fronts(std::span<const double> values, std::size_t keys);

/// How far apart the neighbours of each row of one front lie, summed over the keys, each in units of
/// the front's width; infinite at the ends. @param front  rows of `values`
std::vector<double> crowding_distances(std::span<const double> values, std::size_t keys,
                                       std::span<const std::uint32_t> front);

}  // namespace cambrian
