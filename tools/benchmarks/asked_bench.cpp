// What a search that is asked and told costs, evaluation aside: the same batches that tools/compare python makes from Python.
#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

#include "cambrian/run/asked_run.hpp"
#include "environments/environments.hpp"

namespace cambrian {
namespace {

/// MAP-Elites with Iso+LineDD on 20 numbers and 100 x 100 cells; what it is told lies all over the archive and does not depend on
/// what was asked for.
void asked_and_told(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::string batch = std::to_string(n);
  const Catalogue catalogue = make_catalogue(environments());
  AskedRun run(Configuration::from_text("[run]\nevaluations = 0\nlog_interval = 1000000000\n"
                                        "[environment]\nname = \"sphere\"\ndimensions = 20\n"
                                        "[algorithm]\nname = \"map_elites\"\nbatch = " +
                                            batch + "\ninitial = " + batch + "\n",
                                        "benchmark"),
               catalogue, 1);
  std::uint64_t told = 0;
  for (auto _ : state) {
    Evaluations& rows = run.ask().batch.evaluations;
    for (std::size_t i = 0; i < n; ++i, ++told) {
      const double x = 0.6180339887498949 * static_cast<double>(told);
      const double y = 0.7548776662466927 * static_cast<double>(told);
      rows.objectives[i] = x - std::floor(x);
      rows.measures[2 * i] = 100 * (x - std::floor(x)) - 50;
      rows.measures[2 * i + 1] = 100 * (y - std::floor(y)) - 50;
      rows.valid[i] = 1;
      rows.solved[i] = 0;
    }
    run.tell();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * state.range(0));
}
// From an empty archive and as many batches as `tools/compare python` asks, since the first ones take longer.
BENCHMARK(asked_and_told)->Arg(540)->Iterations(4000)->Unit(benchmark::kMicrosecond);
BENCHMARK(asked_and_told)->Arg(4096)->Iterations(1000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cambrian
