// Steps of 0.01 s per second of poles on a cart: the equations alone, and the environment together with a
// small recurrent network that balances them.
#include <benchmark/benchmark.h>

#include <array>
#include <vector>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/network/recurrent.hpp"
#include "environments/pole_balancing/pole_balancing.hpp"
#include "environments/pole_balancing/pole_physics.hpp"

namespace cambrian {
namespace {

void count_pole_steps(benchmark::State& state, std::int64_t steps) {
  state.counters["0.01 s steps/s"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}

template <std::size_t Poles>
void PoleEquations(benchmark::State& state) {
  std::int64_t steps = 0;
  for (auto _ : state) {
    auto poles = pole_state<Poles>({0, 0, 0.07, 0});
    for (int i = 0; i < 40; ++i) poles = pole_runge_kutta<Poles>(poles, 0.1, 0, 0.01);
    benchmark::DoNotOptimize(poles);
    steps += 40;
  }
  count_pole_steps(state, steps);
}
BENCHMARK(PoleEquations<1>);
BENCHMARK(PoleEquations<2>);

/// A linear controller that balances both poles, as a recurrent network whose output is a sum of its
/// inputs and of six hidden nodes that are computed but do not count.
void PoleEpisodes(benchmark::State& state) {
  const auto environment = pole_balancing_environment().make(
      PoleBalancingParameters{}, RecordedInputs(std::vector<std::filesystem::path>{}));
  constexpr std::array<float, 6> kWeights = {-1.4592F, -0.992F,  -4.3888F,
                                             -4.446F,  2.96608F, 1.026F};
  std::vector<RecurrentNetwork::Node> nodes(7, {Activation::tanh, 0.0F});
  nodes[0].function = Activation::identity;
  std::vector<RecurrentNetwork::Link> links;
  for (std::uint32_t i = 0; i < 6; ++i) links.push_back({i, 7, kWeights[i]});
  for (std::uint32_t hidden = 8; hidden < 14; ++hidden) {
    for (std::uint32_t i = 0; i < 6; ++i) links.push_back({i, hidden, 0.5F});
    links.push_back({hidden, 7, 1e-6F});
  }
  RecurrentNetwork network({-1, 1}, {-1, 1});
  network.build(6, 1, nodes, links);
  Stream stream({}, 1);
  std::int64_t steps = 0;
  std::array<float, 6> sensors{};
  std::array<float, 1> motors{};
  for (auto _ : state) {
    environment->reset(stream);
    network.reset(1, stream);
    std::int64_t step = 0;
    for (bool continues = true; continues && step < 10'000; ++step) {
      environment->observe(sensors);
      network.activate(sensors, motors);
      motors[0] *= 10;
      continues = environment->act(motors);
    }
    if (step < 10'000) state.SkipWithError("the poles fell");
    steps += 2 * step;
  }
  count_pole_steps(state, steps);
}
BENCHMARK(PoleEpisodes);

}  // namespace
}  // namespace cambrian
