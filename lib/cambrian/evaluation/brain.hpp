// A network for other programs: all that is needed to compute its motors from its sensors.
// run_file/FORMAT.md, "A network as JSON", describes the file and has a reader of it.
#pragma once

#include <cstdint>
#include <string>

#include "cambrian/environment/environment.hpp"
#include "cambrian/network/wiring.hpp"

namespace cambrian {

struct Brain {
  std::uint64_t id = 0;     ///< of its candidate
  std::string environment;  ///< what it is called
  std::string encoding;
  EnvironmentDescription body;  ///< of that environment
  Wiring wiring;                ///< its sensors are the body's, its output nodes the motors
  bool learns = true;           ///< whether its evaluation lets it
};

/// Numbers are written so that they read back the same, bit for bit.
std::string brain_to_json(const Brain& brain);

/// For Graphviz: neurons at their places, where they have some.
std::string brain_to_dot(const Brain& brain);

/// For networkx, igraph, Boost, Gephi and yEd. Source: graphml.graphdrawing.org, GraphML 1.0.
std::string brain_to_graphml(const Brain& brain);

}  // namespace cambrian
