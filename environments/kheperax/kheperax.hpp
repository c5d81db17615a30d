// Kheperax: a small robot explores one of three mazes, where each episode takes microseconds.
//
//   sensors   3 lasers at -45, 0, 45 degrees: the distance of the nearest wall, at most 0.2; 2 bumpers:
//             1 pushed, -1 not. All have the range [-1, 1], so that a network gets these numbers as
//             they are, as published
//   motors    left and right wheel, [-1, 1], beyond which they are clipped
//   measures  x, y of the robot at the end; bounds: [0, 1]
//   objective by `task`:
//     energy          - sum over steps of the squared distances that both wheels moved
//     target          - sum over steps of the distance to the target
//     final_distance  - steps, - 100 times the distance at the end unless the target was reached
//   solved    (target and final_distance) closer than 0.05 to the target after any step, which ends
//             the episode
//
// The declared worst is that of wheels at full speed, or of the corner that is farthest from the target.
// Double precision; the program computes in single. It can be drawn, but has no noise and not the
// four-fold ("quad") maze. Source: Grillotti & Cully 2023, "Kheperax: a lightweight JAX-based robot
// control environment for benchmarking quality-diversity algorithms".
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"
#include "environments/kheperax/kheperax_robot.hpp"

namespace cambrian {

enum class KheperaxTask { energy, target, final_distance };
/// What a laser tells that meets no wall: its range, or -1.
enum class KheperaxMiss { range, minus_one };
/// Which position is measured: after the last step, or before it.
enum class KheperaxPosition { last, last_but_one };

struct KheperaxParameters final : Parameters {
  KheperaxMap maze = KheperaxMap::standard;
  KheperaxTask task = KheperaxTask::energy;
  std::int64_t steps = 250;
  KheperaxWalls walls = KheperaxWalls::solid;
  KheperaxPosition position = KheperaxPosition::last;
  KheperaxMiss laser_miss = KheperaxMiss::range;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "as_published"}; }
  void apply_preset(std::string_view name) override;
};

EnvironmentComponent kheperax_environment();

}  // namespace cambrian
