// The linear projection domain: a simple function of many numbers, described by the sums of their
// clipped halves, so that extreme descriptors need most numbers to be extreme.
//
//   sphere     f(x) = sum d^2,                              d = x - 2.048
//   rastrigin  f(x) = 10 n + sum (d^2 - 10 cos(2 pi d))
//   objective  100 (1 - f(x) / f(-5.12, ..., -5.12)): 100 is best; below 0 beyond, and not clamped
//   plateau    objective 100 - sum of (|x| - 5.12)^2 over the numbers with |x| > 5.12, / n
//   measures   sum of clip(x) over the first floor(n/2) numbers, and over the others;
//              clip(x) = x if |x| <= 5.12, else 5.12 / x; bounds: +-5.12 per number summed
//
// Gradients: -100 f'(d) / f(-5.12, ...) with f' = 2 d, or 2 d + 20 pi sin(2 pi d); of its sum, 1 where
// |x| <= 5.12, the bound itself included, and -5.12 / x^2 beyond; of the plateau 0 there, and
// -2 (x - +-5.12) / n beyond.
//
// The declared worst is 0, the offset of the published QD scores, though objectives may be lower.
// f(0, ..., 0) gives 91.8367 (sphere) and 91.7707 (Rastrigin) for every n.
// Terms are computed and summed in single precision, as the genes are: objectives are within 2e-4
// for n up to 1000. Source: Fontaine, Togelius, Nikolaidis, Hoover 2020 (CMA-ME); the unclamped
// scale as in Fontaine & Nikolaidis 2022 (CMA-MAE) and pyribs.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

struct LinearProjectionParameters final : Parameters {
  std::int64_t dimensions = 20;
  void visit(ParameterVisitor& visitor) override;
};

EnvironmentComponent sphere_environment();
EnvironmentComponent rastrigin_environment();
EnvironmentComponent plateau_environment();

}  // namespace cambrian
