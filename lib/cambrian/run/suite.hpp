// The environments that a configuration names: [environment], or several as a suite:
//
//   [[environments]]
//   name = "maze"
//   label = "hard"                     # for output and --environment; default: the name
//   maze = "mazes/hard_maze.maze"
#pragma once

#include <string>
#include <vector>

#include "cambrian/configuration/configuration.hpp"
#include "cambrian/evaluation/evaluator.hpp"

namespace cambrian {

struct Suite {
  std::string name;                    ///< of the only one, or all labels: "medium, hard"
  std::vector<SuiteMember> members;    ///< without encodings
  EnvironmentDescription description;  ///< of the only one, or what holds for all of them
};

/// The names of components that a configuration chooses; one, and empty, where there is none.
std::vector<std::string> environment_names(Configuration& configuration);

/// @param inputs  must outlive the members
/// @throws ConfigError for both tables, a suite of fewer than two, two with one label, and members
/// that differ in objectives, their direction, measures, or bodies
Suite read_suite(Configuration& configuration, const std::vector<EnvironmentComponent>& components,
                 const Inputs& inputs);

}  // namespace cambrian
