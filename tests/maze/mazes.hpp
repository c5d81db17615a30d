// The shipped mazes, and environments made from them, for the tests of the maze.
#pragma once

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "cambrian/core/error.hpp"
#include "environments/maze/maze.hpp"
#include "environments/maze/maze_file.hpp"
#include "tests/paths.hpp"

namespace cambrian {

inline std::string maze_text(const std::string& name) {
  std::ifstream file(cambrian::source_folder() + "/data/" + name);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline Maze shipped_maze(const std::string& name) { return parse_maze(maze_text(name), name); }

struct ShippedMazes final : Inputs {
  std::string read(const std::string& name) const override { return maze_text(name); }
};

inline std::unique_ptr<Environment> make_maze(const std::string& name,
                                              Precision precision = Precision::in_double,
                                              std::int64_t steps = 400) {
  MazeParameters parameters;
  parameters.maze = name;
  parameters.precision = precision;
  parameters.steps = steps;
  return maze_environment().make(parameters, ShippedMazes());
}

}  // namespace cambrian
