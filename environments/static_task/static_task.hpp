// Static tasks: a network must give the right output for each of a few patterns. All patterns are
// tried at once, as lanes, in an episode of one step.
//
//   xor                2 inputs, 4 patterns of 0 and 1
//   parity             `bits` inputs, all patterns of 0 and 1; 1 if the number of ones is odd
//   circle             2 inputs, 100 points in [-1, 1]^2; 1 if x^2 + y^2 < 0.25 (16 of them)
//   sine               1 input, 20 points evenly from -1 to 1; (sin(pi x) + 1) / 2, or sin(pi x)
//   boolean_functions  2 inputs, 4 patterns; the outputs XOR, AND, OR, NAND, NOR
//
// The points of the circle are numpy's RandomState(42).uniform(-1, 1, (100, 2)) as float32: made by
// the Mersenne twister, which C++ and numpy share. A constant output scores at most 0.8656 there.
//
//   objective  agreement      (n - sum |output - target|)^2 over n outputs of all patterns; solved:
//                             all outputs lie on their target's side of 0.5 (0.5 counts as 1)
//              one_minus_mse  1 - mean squared error; solved: at least `threshold`
//   measures   mean output where the target is below 0.5, and where it is not: the descriptor; share
//              of outputs on the right side; mean squared error
//   body       sensors 0 to 1 for bits (or -1 to 1, so that a network that takes -1 to 1 gets 0 and 1
//              as they are), -1 to 1 for the others; motors 0 to 1. Inputs lie at y = -1, the output
//              at (0, 1), several outputs evenly from (-1, 1) to (1, 1). Inputs are spread evenly from
//              x = -1 to 1; with `bias_sensor`, a further sensor at the end of the row that is always
//              1, they are 1 apart around x = 0 (xor -1 0 1, three bits -1.5 -0.5 0.5 1.5; the sine's
//              -1 and 1), as published for ES-HyperNEAT
//
// Networks bring a bias of their own; the bias as a sensor is for encodings in which it has a place.
// A recurrent network is updated `updates` times per pattern before its outputs are read. NEAT 1.2
// instead counts the longest path of each network; 10 is more than any path of published solutions.
//
// Sources: Stanley & Miikkulainen 2002 (XOR and its objective); raw data of Claret et al. 2026 (the
// other tasks, positions and thresholds).
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

enum class StaticTaskKind : std::uint8_t { exclusive_or, parity, circle, sine, boolean_functions };
enum class StaticTaskObjective : std::uint8_t { agreement, one_minus_mse };
enum class SensorRange : std::uint8_t { unit, signed_unit };
enum class SineTarget : std::uint8_t { unit, signed_unit };

struct StaticTaskParameters final : Parameters {
  explicit StaticTaskParameters(StaticTaskKind kind);

  StaticTaskKind task;  ///< from the environment's name, not from a key
  StaticTaskObjective objective = StaticTaskObjective::one_minus_mse;
  double threshold = 0.98;
  std::int64_t bits = 3;
  SineTarget target = SineTarget::unit;
  SensorRange sensor_range = SensorRange::unit;
  bool bias_sensor = false;
  std::int64_t updates = 10;

  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "es_hyperneat"}; }
  void apply_preset(std::string_view name) override;
};

EnvironmentComponent xor_environment();
EnvironmentComponent parity_environment();
EnvironmentComponent circle_environment();
EnvironmentComponent sine_environment();
EnvironmentComponent boolean_functions_environment();

}  // namespace cambrian
