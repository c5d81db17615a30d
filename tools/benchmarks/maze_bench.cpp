// Maze steps per second (sense, act), and the cost of bare vectors in their environments.
#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <vector>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/stream.hpp"
#include "environments/linear_projection/linear_projection.hpp"
#include "environments/maze/maze.hpp"
#include "environments/planar_arm/planar_arm.hpp"

namespace cambrian {
namespace {

/// Episodes of 400 steps of a robot that follows the free side, so that motors wait for sensors as
/// with a network.
void MazeStep(benchmark::State& state, const std::string& maze, Precision precision) {
  const RecordedInputs inputs({CAMBRIAN_DATA});
  MazeParameters parameters;
  parameters.maze = maze;
  parameters.precision = precision;
  const auto environment = maze_environment().make(parameters, inputs);
  std::array<float, 10> sensors{};
  Stream stream({}, 1);
  std::int64_t steps = 0;
  for (auto _ : state) {
    environment->reset(stream);
    for (bool goes_on = true; goes_on; ++steps) {
      environment->observe(sensors);
      goes_on = environment->act(
          std::array{0.5F + 0.3F * (sensors[3] - sensors[1]), 0.45F + 0.2F * sensors[2]});
    }
  }
  state.counters["steps/s"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}
BENCHMARK_CAPTURE(MazeStep, hard_double, "mazes/hard_maze.maze", Precision::in_double);
BENCHMARK_CAPTURE(MazeStep, hard_single, "mazes/hard_maze.maze", Precision::in_single);
BENCHMARK_CAPTURE(MazeStep, medium_double, "mazes/medium_maze.maze", Precision::in_double);

/// A batch of 540 vectors N(0, 4); items are vectors.
template <class P>
void BareVectors(benchmark::State& state, const EnvironmentComponent& component,
                 std::int64_t P::*size) {
  constexpr std::size_t rows = 540;
  P parameters;
  parameters.*size = state.range(0);
  const auto environment =
      component.make(parameters, RecordedInputs(std::vector<std::filesystem::path>{}));
  const auto n = static_cast<std::size_t>(state.range(0));
  Stream stream(stream_key(1, "bench"), 1);
  std::vector<float> genes(rows * n);
  for (float& gene : genes) gene = 4 * static_cast<float>(stream.normal());
  std::vector<double> objectives(rows), measures(2 * rows);
  std::vector<std::uint8_t> solved(rows);
  for (auto _ : state) {
    environment->evaluate({genes.data(), rows, n}, {objectives, measures, solved, {}});
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows));
}

void Sphere(benchmark::State& state) {
  BareVectors(state, sphere_environment(), &LinearProjectionParameters::dimensions);
}
void Rastrigin(benchmark::State& state) {
  BareVectors(state, rastrigin_environment(), &LinearProjectionParameters::dimensions);
}
void PlanarArm(benchmark::State& state) {
  BareVectors(state, planar_arm_environment(), &PlanarArmParameters::joints);
}
BENCHMARK(Sphere)->Arg(20)->Arg(100)->Arg(1000);
BENCHMARK(Rastrigin)->Arg(20)->Arg(100);
BENCHMARK(PlanarArm)->Arg(12)->Arg(100);

}  // namespace
}  // namespace cambrian
