// A planar arm of n joints reaches everywhere with its joints as equal as possible. Joint angles
// theta are relative to the link before. Six forms of this task are in use; `form` names one:
//
//   form              n    gene: angle         links   objective                measures
//   vassiliades_2018  12   [0, 1]: 2 pi g - pi  1 / n  - sum (theta - mean)^2   effector, [-1, 1]
//   pymap_elites      5    the same             1 / n  - std of theta           effector / 2 + 0.5, [0, 1]
//   qdax              128  the same             1 / n  - std of the genes       effector / 2 + 0.5, [0, 1]
//   fontaine_2023     100  any: g               1      100 (1 - var of theta)   effector, [-n, n]
//   pyribs            12   [-pi, pi]: g         1      - var of theta           effector, [-n, n]
//   cully_2015        8    [0, 1]: pi g - pi/2  .62/n  - var of the genes       effector, [-0.7, 0.7]
//
// Genes outside a range are taken as the nearest inside. A straight arm lies along x, that of cully_2015
// along y. var and std are over n.
//
// Gradients by gene k, with dtheta/dg that of the table in the range, both ends included, and 0 elsewhere:
// of the sum - 2 (theta_k - mean) dtheta/dg, of variance and std accordingly (0 where std is 0); of x
// and y -, + the sums of sin and cos of the links from k on, times link length and dtheta/dg.
//
// The declared worst is that of half the joints at one end of their range and the others at the other;
// for fontaine_2023 0, the offset of the published QD scores. Source: that of each form; Vassiliades &
// Mouret 2018 (Iso+LineDD), Fontaine & Nikolaidis 2023 (CMA-MAE), Cully et al. 2015.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"
#include "environments/planar_arm/arm_form.hpp"

namespace cambrian {

struct PlanarArmParameters final : Parameters {
  ArmForm form = ArmForm::vassiliades_2018;
  std::int64_t joints = 0;  ///< 0: the form's own
  void visit(ParameterVisitor& visitor) override;
};

EnvironmentComponent planar_arm_environment();

}  // namespace cambrian
