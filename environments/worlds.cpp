#include "environments/worlds.hpp"

#include "environments/linear_projection/linear_projection.hpp"
#include "environments/maze/maze.hpp"
#include "environments/planar_arm/planar_arm.hpp"

namespace cambrian {

std::vector<EnvironmentComponent> worlds() {
  return {maze_world(), sphere_world(), rastrigin_world(), planar_arm_world()};
}

}  // namespace cambrian
