// How well a network falls into modules, and what its wires cost.
//
//   Q = sum over modules of  L_c / m - out_c in_c / m^2
//
// m counts the arcs of the network, L_c those within module c, out_c and in_c those that leave and
// enter its neurons: the share of arcs within modules beyond what the neurons' numbers of arcs let
// expect. Weights do not count. Source: Leicht & Newman 2008.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "cambrian/network/wiring.hpp"

namespace cambrian {

struct Arc {
  std::uint32_t source = 0;
  std::uint32_t target = 0;
};

/// Q of a division. @param module_of  [nodes] which module each node is in; 0 without arcs
double modularity(std::span<const Arc> arcs, std::span<const std::uint32_t> module_of);

/// The division with the largest Q that is found: the network is bisected, and its parts in turn, by
/// the signs of the leading eigenvector of B + B^T, each bisection refined by moving one node after
/// another; in the end single nodes change their module while that raises Q. The largest Q of all is
/// not guaranteed. The time grows with the cube of the nodes that have arcs.
/// @return  [nodes] module of each; nodes without arcs are in module 0
/// Sources: Leicht & Newman 2008; Newman 2006 for the refinement.
std::vector<std::uint32_t> find_modules(std::size_t nodes, std::span<const Arc> arcs);

/// Q of the modules that are found, in [0, 1]. Sensors and neurons are nodes, links arcs; the bias is
/// neither, because it sits nowhere and may reach every neuron.
double modularity(const Wiring& wiring);

/// The sum of the squared lengths of all links but those from the bias.
/// @throws Error if an end of a link has no place
/// Source: Clune, Mouret & Lipson 2013.
double connection_cost(const Wiring& wiring);

}  // namespace cambrian
