#include "environments/environments.hpp"

#include "environments/cart_pole/cart_pole.hpp"
#include "environments/digits/digits.hpp"
#include "environments/hinton_nowlan/hinton_nowlan.hpp"
#include "environments/kheperax/kheperax.hpp"
#include "environments/linear_projection/linear_projection.hpp"
#include "environments/maze/maze.hpp"
#include "environments/octopus_arm/octopus_arm.hpp"
#include "environments/operant_conditioning/operant_conditioning.hpp"
#include "environments/planar_arm/planar_arm.hpp"
#include "environments/pole_balancing/pole_balancing.hpp"
#include "environments/process/process.hpp"
#include "environments/retina/retina.hpp"
#include "environments/risi_maze/risi_maze.hpp"
#include "environments/schwefel/schwefel.hpp"
#include "environments/static_task/static_task.hpp"
#include "environments/t_maze/t_maze.hpp"
#include "environments/visual_discrimination/visual_discrimination.hpp"

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
          risi_maze_environment(),
          operant_conditioning_environment(),
          pole_balancing_environment(),
          xor_environment(),
          parity_environment(),
          circle_environment(),
          sine_environment(),
          boolean_functions_environment(),
          t_maze_environment(),
          octopus_arm_environment(),
          visual_discrimination_environment(),
          retina_environment(),
          digits_environment(),
          hinton_nowlan_environment(),
          process_environment()};
}

}  // namespace cambrian
