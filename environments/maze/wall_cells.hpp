// Which walls a robot must look at, by where it is: a grid of cells over the maze, each with the
// walls that a robot in it may touch or see. Looking at these alone gives the same results, bit for
// bit, as looking at all.
//
// Cells are made by halving, from one that holds the whole maze: a wall that is left out of a cell is
// left out of all cells in it, so that each looks only at what its parent kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "environments/maze/maze_file.hpp"

namespace cambrian {

struct WallCells {
  struct Cell {
    std::vector<std::uint32_t> walls;  ///< those it may touch first, then those it may only see
    std::size_t touchable = 0;         ///< how many of them it may touch
  };
  Point origin;             ///< corner of the first cell
  double size = 0;          ///< side of a cell
  std::size_t columns = 0;  ///< along x
  std::size_t rows = 0;     ///< along y
  std::vector<Cell> cells;  ///< [rows, columns]
};

/// A wall is left out of a cell if from everywhere in it the wall is out of both reach and range,
/// or hidden as a whole behind the inside of one other wall. What two walls hide together is kept,
/// since open walls (WallEnds) that meet are seen between. The grid is as fine as pays, but holds no
/// more than half a million walls in all its cells (or one cell with all walls).
/// @param walls  at least one  @param range  of the rangefinders  @param radius  of the robot
WallCells make_wall_cells(const std::vector<Wall>& walls, double range, double radius);

}  // namespace cambrian
