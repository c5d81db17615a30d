// The octopus arm: a control step with the motors held.
//
// Its arithmetic: 25 Runge-Kutta steps x 4 evaluations of the equations. An evaluation takes, for each of the
// 10 compartments, 3 muscles (20 additions and multiplications, 3 divisions, 1 square root each), the
// pressure (25, 1 square root) and the drag of two nodes (30, 4 divisions, 1 square root each): about 145
// additions and multiplications, 17 divisions and 6 square roots, of which 4 fit one AVX2 instruction. A
// control step is therefore 1,000 times that, about 145,000, 17,000 and 6,000.
#include <benchmark/benchmark.h>

#include "environments/octopus_arm/arm_body.hpp"

namespace cambrian {
namespace {

void OctopusStep(benchmark::State& state) {
  ArmBody arm;
  std::array<double, kArmMotors> action;
  for (std::size_t i = 0; i < kArmMotors; ++i) action[i] = static_cast<double>(i % 5) / 4;
  std::int64_t steps = 0;
  for (auto _ : state) {
    if (steps++ % 100 == 0) arm.reset();
    arm.step(action);
  }
  state.counters["steps/s"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}
BENCHMARK(OctopusStep);

}  // namespace
}  // namespace cambrian
