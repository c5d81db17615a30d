// A pole to be balanced on a cart, whose start is drawn: the cart-pole of Barto, Sutton & Anderson
// 1983 without friction, as Gymnasium's CartPole-v1 has it.
//
//   cart 1 kg, pole 0.1 kg, half of the pole l = 0.5 m, g = 9.8 m/s^2, force F = +10 or -10 N
//   a    = (F + m l angle'^2 sin angle) / (M + m)
//   angle'' = (g sin angle - a cos angle) / (l (4/3 - m cos^2 angle / (M + m)))
//   x''     = a - m l angle'' cos angle / (M + m)
//   one step of 0.02 s: Euler, places by the velocities before the step
//
// Start: x, x', angle, angle' each uniform in +-start. It fails beyond 2.4 m or 12 degrees; objective:
// steps until then; all of them: solved. Motor: above 0 pushes right, otherwise left. Sensors may tell
// places alone, and each value with a normal error. Measures: means over the episode of the cart's
// place and of the size of the pole's angle.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

struct CartPoleParameters final : Parameters {
  double start = 0.05;
  double sensor_noise = 0.0;
  bool velocities = true;
  std::int64_t steps = 500;
  void visit(ParameterVisitor& visitor) override;
};

EnvironmentComponent cart_pole_environment();

}  // namespace cambrian
