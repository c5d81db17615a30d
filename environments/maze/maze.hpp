// The deceptive maze: a robot with six rangefinders and a compass to the goal must find its way;
// walls make the direct way a dead end. Source: Lehman & Stanley 2011, "Abandoning objectives".
//
//   sensors   6 rangefinders at -90, -45, 0, 45, 90, -180 degrees, [0, 1]; 4 radar slices of the
//             goal: front, left, back, right, 0 or 1
//   motors    turn, drive: [0, 1], 0.5 changes nothing
//   measures  x, y of the robot at the end; bounds: the box around the walls
//   objective 300 - distance to the goal at the end, at least 0.1
//   solved    closer than 5 to the goal after any step; the robot stays there
//
// A 0.1 is the least that any maze can give, so it is the declared worst; mazes that fit into a
// circle of radius 300 around the goal never give it.
// Departures from the published code: double precision unless `precision` says otherwise; walls that
// touch are closed to the rangefinders unless `wall_ends` is open; the true pi; and all ten sensors
// reach the network (there, the first radar overwrites the last rangefinder). MAZE.md says all of
// this at length, with the form of maze files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"
#include "environments/maze/maze_file.hpp"
#include "environments/maze/places.hpp"

namespace cambrian {

/// Of the simulation: numbers of 64 or 32 bits.
enum class Precision { in_double, in_single };

struct MazeParameters final : Parameters {
  std::string maze = "mazes/hard_maze.maze";
  std::int64_t steps = 400;
  Precision precision = Precision::in_double;
  WallEnds wall_ends = WallEnds::closed;
  Places places = Places::around;
  std::int64_t shuffle = 1;
  std::int64_t updates = 1;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "as_published"}; }
  void apply_preset(std::string_view name) override;
};

EnvironmentComponent maze_environment();

}  // namespace cambrian
