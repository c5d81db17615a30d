// A planar arm of n joints reaches everywhere with its joints as equal as possible. Six variants of
// this task are in use; this is that of Vassiliades & Mouret 2018 (Iso+LineDD):
//
//   genes      n numbers in [0, 1] (others are taken as the nearest of these); joint angle
//              theta = (2 g - 1) pi, relative to the link before
//   links      each 1 / n long
//   objective  - sum (theta - mean)^2; 0 is best
//   measures   x, y of the effector, bounds [-1, 1]
//
// Gradients by gene k, with dtheta/dg = 2 pi in [0, 1], both ends included, and 0 elsewhere: objective
// -2 (theta_k - mean) dtheta/dg; x and y: -, + the sums of sin and cos of the links from k on, / n.
//
// The declared worst is that of half the joints at -pi and the others at pi.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

struct PlanarArmParameters final : Parameters {
  std::int64_t joints = 12;
  void visit(ParameterVisitor& visitor) override;
};

EnvironmentComponent planar_arm_environment();

}  // namespace cambrian
