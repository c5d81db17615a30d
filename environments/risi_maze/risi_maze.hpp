// The mazes of Risi & Stanley: the hard maze with its way points, and the dual task.
//
//   sensors   5 rangefinders, counter-clockwise to clockwise; 4 radar wedges of the target: ahead,
//             right, behind, left
//   motors    turn clockwise, drive, turn counter-clockwise
//   hard      way points passed in their order, + 1 - distance to the next / 650; 10, and solved, when
//             the goal is reached. A way point that is passed out of order counts when its turn comes.
//             Behind the last one the goal is the next
//   dual      two scenarios, each 454 steps and a life of its own: navigation, 1 - distance to the goal
//             / 593.246, 1 when it is reached, in the dark (no radar); and food, of four pieces one at a
//             time, (eaten + 1 - distance to the next / 593.246) / 4, 1 for all. The objective is the
//             mean, solved at 1
//   measures  where the robot ends, in each scenario; way points passed or food eaten
//
// The hard maze's radar points at the goal. Food lies in four places of the author's file, or uniformly
// at least 50 from the walls, as in the paper. Where the sources are silent: way points and food are
// reached closer than 20, a scenario ends when its task is done, and no score is below 0.
// Sources: Risi & Stanley 2012, "An Enhanced Hypercube-Based Encoding for Evolving the Placement,
// Density, and Connectivity of Neurons"; the author's release; gymnasium-hardmaze, a port of it.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"
#include "environments/risi_maze/risi_robot.hpp"

namespace cambrian {

enum class RisiTask { hard, dual };
enum class RisiFood { fixed, uniform };

struct RisiMazeParameters final : Parameters {
  RisiTask task = RisiTask::hard;
  RisiRadar radar = RisiRadar::textbook;
  RisiFood food = RisiFood::fixed;
  std::int64_t steps = 454;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "as_published"}; }
  void apply_preset(std::string_view name) override;
};

/// A place where a robot is set a task.
struct RisiWorld {
  std::vector<Wall> walls;
  Point start;
  Point goal;
  double goal_radius = 0;
  std::vector<Point> points;  ///< way points, or the fixed food, in order
};
const RisiWorld& risi_hard_maze();
const RisiWorld& risi_navigation();
const RisiWorld& risi_food_room();  ///< without a goal

EnvironmentComponent risi_maze_environment();

}  // namespace cambrian
