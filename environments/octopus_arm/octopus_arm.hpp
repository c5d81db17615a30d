// The octopus arm: 30 muscles and the turning base of a soft arm in water are to bring it to a point. The
// equations are in arm_body.hpp.
//
//   82 sensors   the base's angle and rate, then x, y, vx, vy of the 10 free upper nodes from the base to
//                the tip, then of the lower ones
//   32 motors    0 to 1: the base's positive and negative torque, then the dorsal, transversal and ventral
//                contraction of each compartment, from the base to the tip; what lies outside is clamped
//   a step       5 time units; at most `steps`
//   solved       the target lies inside any compartment after a step, which ends the episode
//   objective    progress: 1 - (t / T) (d / D), where t is the number of steps, T the limit, d the distance from
//                the tip to the target at the end and D at the start. It grows as the tip comes nearer and as
//                the target is touched sooner, so a search can climb it: the default
//                reward: the published sum: -1 per step, 20 instead in the step that touches, and from each the
//                mean of the 32 motors. Before the target is touched it says only how little the arm moves
//   measures     where the tip ends, and the mean of all motors
//
// Places for encodings that paint: x along the arm (-1 the base, 1 the tip), y dorsal 1, ventral -1. Sensors of
// x, y, vx and vy of a node share its place and differ in kind. The ranges of sensors are our choice, from what
// random motors make of the arm; values may leave them.
// Sources: RL-library (RL competition), octopus arm; progress: Gomez, Koutnik & Schmidhuber 2012, as remembered.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

enum class OctopusObjective : std::uint8_t { progress, reward };

struct OctopusArmParameters final : Parameters {
  std::vector<double> target = {6, 5};
  std::int64_t steps = 1000;
  OctopusObjective objective = OctopusObjective::progress;
  bool clamp_base = true;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "as_published"}; }
  void apply_preset(std::string_view name) override;
};

EnvironmentComponent octopus_arm_environment();

}  // namespace cambrian
