// What is probably a mistake in a maze that can nevertheless be run.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "environments/maze/maze_file.hpp"

namespace cambrian {

/// The objective is kMostObjective - distance to the goal, at least kLeastObjective.
inline constexpr double kMostObjective = 300;
inline constexpr double kLeastObjective = 0.1;

/// One line each: what the file holds that is not used; a start outside the walls, or from which
/// the robot can leave them; a start at the goal, or from where the goal is too far or closed off; an objective
/// that is flat.
/// @param blocked  true where the robot may not stand
std::vector<std::string> maze_warnings(const Maze& maze, std::int64_t steps,
                                       const std::function<bool(Point)>& blocked);

/// True if a robot at the start can leave the box around all walls in so many steps: it floods the
/// places where it may stand, on a grid of 1 to 8 units, so that a narrow gap of a large maze may be
/// overlooked, but a wall never is. Of mazes beyond 8,000 units within reach it says false.
bool can_leave(const Maze& maze, std::int64_t steps, const std::function<bool(Point)>& blocked);

/// True if no place near the goal is flooded from the start, on a grid of 1 unit. Where that is too
/// fine for the maze it says false.
bool is_closed_off(const Maze& maze, std::int64_t steps, const std::function<bool(Point)>& blocked);

}  // namespace cambrian
