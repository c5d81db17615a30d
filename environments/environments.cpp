#include "environments/environments.hpp"

#include "environments/cart_pole/cart_pole.hpp"
#include "environments/hinton_nowlan/hinton_nowlan.hpp"
#include "environments/kheperax/kheperax.hpp"
#include "environments/linear_projection/linear_projection.hpp"
#include "environments/maze/maze.hpp"
#include "environments/operant_conditioning/operant_conditioning.hpp"
#include "environments/planar_arm/planar_arm.hpp"
#include "environments/risi_maze/risi_maze.hpp"
#include "environments/schwefel/schwefel.hpp"

namespace cambrian {

std::vector<EnvironmentComponent> environments() {
  return {maze_environment(),
          kheperax_environment(),
          sphere_environment(),
          rastrigin_environment(),
          plateau_environment(),
          schwefel_environment(),
          planar_arm_environment(),
          cart_pole_environment(),
          hinton_nowlan_environment(),
          risi_maze_environment(),
          operant_conditioning_environment()};
}

}  // namespace cambrian
