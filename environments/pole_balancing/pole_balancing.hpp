// One pole or two on a cart, to be balanced from a fixed start: the classic benchmark of
// neuroevolution. pole_physics.hpp holds the equations; a step is 0.02 s, twice 0.01 s.
//
//   start     all 0, but the first pole leans by 0.07 rad
//   failure   the cart beyond 2.4 m, or a pole beyond 36 degrees (0.628329 rad), after a step
//   sensors   x / 4.8, x' / 2, angle / 0.52, angle' / 2 of each pole; without velocities x and angles.
//             `sensor_range` states their range: a network whose sensors have that range gets these
//             numbers as they are, others a linear map of them
//   motor     the force, -10 to 10 N
//   objective steps     steps before the failing one
//             damping   0.1 t / 1000 + 0.9 f: t the step that fails (1000 if none does), f = 0.75 /
//                       sum over the last 100 steps before it of |x| + |x'| + |angle 1| + |angle 1'|;
//                       f = 0 if t <= 100
//   solved    all steps balanced, or all but one; with `generalisation` see below
//
// `generalisation` tests candidates that balance all steps, in further scenarios that count as no
// evaluations: first `long_steps` steps from the same start; then, if these are balanced, 1,000
// steps from each of 625 starts, 0.05, 0.25, 0.5, 0.75 and 0.95 of the way through each of
// x = +-2.16 m, x' = +-1.35 m/s, angle 1 = +-3.6 degrees, angle 1' = +-8.6 degrees/s, the second
// pole upright and at rest. Solved: `starts_needed` starts balanced for 999 steps. The network is
// born anew for each. In the published protocol only the best species champion of a generation that was not
// tested before is tested; here all that balance the steps are.
//
// The preset `non_markov` is the benchmark without velocities: 1,000 steps, damping, generalisation.
//
// Differences: networks bring a bias of 1, published ones have 0.5; a recurrent network is updated
// `warm_up` times on the first observation, where NEAT 1.2 updates until its outputs are reached.
// One pole: the same cart with the first pole alone, our choice; the published figures come from other programs.
//
// Sources: Gruau, Whitley & Pyeatt 1996 (damping and generalisation); Stanley & Miikkulainen 2002;
// constants and window as in Lehman & Stanley's novelty-search-cpp.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

enum class PoleObjective : std::uint8_t { steps, damping };
enum class PoleSensorRange : std::uint8_t { unit, signed_unit };

struct PoleBalancingParameters final : Parameters {
  std::int64_t poles = 2;
  bool velocities = true;
  std::int64_t steps = 100'000;
  PoleObjective objective = PoleObjective::steps;
  double start_angle = 0.07;
  double cart_friction = 0;
  PoleSensorRange sensor_range = PoleSensorRange::signed_unit;
  std::int64_t warm_up = 5;
  bool generalisation = false;
  std::int64_t long_steps = 100'000;
  std::int64_t starts_needed = 200;
  bool count_all = true;

  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "non_markov"}; }
  void apply_preset(std::string_view name) override;
};

/// Start number 0 to 624 of the generalisation test: x, x', angle and angle' of the first pole.
std::array<double, 4> generalisation_start(std::size_t number);

EnvironmentComponent pole_balancing_environment();

}  // namespace cambrian
