// The mazes of Kheperax, in the unit square. Source: Grillotti & Cully 2023, Kheperax 0.2.0.
#pragma once

#include <vector>

#include "environments/maze/maze_file.hpp"

namespace cambrian {

enum class KheperaxMap { standard, pointmaze, snake };

struct KheperaxMaze {
  std::vector<Wall> walls;  ///< with the four of the border
  Point target;
};

/// Walls that the program lists for its four-fold maze alone lie on the border, where they change
/// nothing, and are left out.
KheperaxMaze kheperax_maze(KheperaxMap map);

}  // namespace cambrian
