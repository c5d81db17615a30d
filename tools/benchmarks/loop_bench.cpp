// Evaluations per second of the whole loop: ask, evaluate, tell, lineage, history, everything but
// the run file.
#include <benchmark/benchmark.h>

#include <string>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/run/experiment.hpp"
#include "environments/environments.hpp"

namespace {

using cambrian::Experiment;

void run_loop(benchmark::State& state, const std::string& toml, std::uint64_t warm_up) {
  const auto catalogue = cambrian::make_catalogue(cambrian::environments());
  auto configuration = cambrian::Configuration::from_text(toml, "benchmark");
  const cambrian::RecordedInputs inputs({CAMBRIAN_DATA});
  Experiment experiment(cambrian::assemble(configuration, catalogue, inputs));
  while (experiment.record().evaluations() < warm_up) experiment.step(0.0);
  const std::uint64_t before = experiment.record().evaluations();
  for (auto _ : state) experiment.step(0.0);
  state.counters["evaluations/s"] = benchmark::Counter(
      static_cast<double>(experiment.record().evaluations() - before), benchmark::Counter::kIsRate);
  state.counters["coverage_percent"] = 100.0 * experiment.record().statistics().coverage;
}

/// After a first million evaluations, the next 2,000 steps: always the same stretch of the same
/// run, so that archives of one size compare, with another program's too (tools/compare).
constexpr std::uint64_t kWarmUp = 1'000'000;

void sphere_loop(benchmark::State& state) {
  const auto argument = [&](std::size_t i) { return std::to_string(state.range(i)); };
  run_loop(state,
           "[run]\nthreads = " + argument(3) +
               "\nevaluations = 0\nlog_interval = 1000000\n[environment]\nname = "
               "\"sphere\"\ndimensions = " +
               argument(0) +
               "\n[variation]\nname = \"iso_line\"\niso = 0.5\nline = 0.2\n[algorithm]\nname = "
               "\"map_elites\"\nbatch = " +
               argument(2) + "\ninitial = 100\n[archive]\nshape = [" + argument(1) + ", " +
               argument(1) + "]\n",
           kWarmUp);
}

void sphere_sizes(benchmark::internal::Benchmark* loop) {
  loop->ArgNames({"n", "cells", "batch", "workers"})->UseRealTime()->Unit(benchmark::kMicrosecond);
}
BENCHMARK(sphere_loop)
    ->Apply(sphere_sizes)
    ->Iterations(2'000)
    ->ArgsProduct({{20, 100}, {100, 500, 1000}, {540}, {1}});

/// The same over a CVT.
void cvt_loop(benchmark::State& state) {
  run_loop(state,
           "[run]\nthreads = 1\nevaluations = 0\nlog_interval = 1000000\n[environment]\nname = "
           "\"sphere\"\ndimensions = 20\n[variation]\nname = \"iso_line\"\niso = 0.5\nline = "
           "0.2\n[algorithm]\nname = \"map_elites\"\nbatch = 540\ninitial = 100\n[archive]\nname = "
           "\"cvt\"\ncells = 10000\n",
           kWarmUp);
}
BENCHMARK(cvt_loop)->Iterations(2'000)->UseRealTime()->Unit(benchmark::kMicrosecond);

/// 15 evolution strategies of 36 candidates propose for 100x100 cells, after 200 batches.
void emitter_loop(benchmark::State& state, const std::string& keys, const std::string& archive) {
  run_loop(state,
           "[run]\nthreads = 1\nevaluations = 0\nlog_interval = 1000000\n[environment]\nname = "
           "\"sphere\"\ndimensions = " +
               std::to_string(state.range(0)) +
               "\n[algorithm]\nname = \"map_elites\"\ninitial = 0\n[[algorithm.emitters]]\nname = "
               "\"cma_es\"\ncount = 15\n" +
               keys + "\n[archive]\nshape = [100, 100]\n" + archive,
           108'000);
}
void emitter_sizes(benchmark::internal::Benchmark* loop) {
  loop->ArgName("n")->Arg(20)->Arg(100)->Iterations(400)->UseRealTime()->Unit(
      benchmark::kMicrosecond);
}
const std::string kThresholds =
    "contents = \"threshold\"\nlearning_rate = 0.01\n[result_archive]\nshape = [100, 100]\n";
BENCHMARK_CAPTURE(emitter_loop, cma_me, "", "")->Apply(emitter_sizes);
BENCHMARK_CAPTURE(emitter_loop, cma_me_cholesky, "form = \"cholesky\"", "")->Apply(emitter_sizes);
BENCHMARK_CAPTURE(emitter_loop, cma_mae, "preset = \"cma_mae\"", kThresholds)->Apply(emitter_sizes);

/// How cost grows: one size at a time around n = 20, 100x100 cells, batches of 540 and one thread.
void sphere_growth(benchmark::State& state) { sphere_loop(state); }
BENCHMARK(sphere_growth)
    ->Apply(sphere_sizes)
    ->ArgsProduct({{5, 10, 20, 50, 100, 200, 500, 1000}, {100}, {540}, {1}})
    ->ArgsProduct({{20}, {10, 32, 100, 316, 1000, 2000}, {540}, {1}})
    ->ArgsProduct({{20}, {100}, {1, 8, 64, 540, 4096, 32768}, {1}})
    ->ArgsProduct({{20, 1000}, {100}, {540}, {1, 2, 4, 8}});

/// Generational NEAT on XOR: 40 generations of 150, about as many as solve it, of one run after
/// another.
void neat_xor(benchmark::State& state) {
  constexpr std::uint64_t kEvaluations = 40 * 150;
  const auto catalogue = cambrian::make_catalogue(cambrian::environments());
  const cambrian::RecordedInputs inputs({CAMBRIAN_DATA});
  std::uint64_t seed = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto configuration = cambrian::Configuration::from_text(
        "[run]\nthreads = 1\nevaluations = 0\nlog_interval = 1000000\nseed = " +
            std::to_string(++seed) +
            "\n[environment]\nname = \"xor\"\n[encoding]\nname = \"direct_graph\"\none_hidden = "
            "false\nrecurrent = false\n[algorithm]\nname = \"neat\"\n[variation]\nname = "
            "\"neat\"\npreset = \"textbook\"\n[result_archive]\nshape = [50, 50]\n",
        "benchmark");
    Experiment experiment(cambrian::assemble(configuration, catalogue, inputs));
    state.ResumeTiming();
    while (experiment.record().evaluations() < kEvaluations) experiment.step(0.0);
  }
  state.counters["evaluations/s"] =
      benchmark::Counter(static_cast<double>(seed * kEvaluations), benchmark::Counter::kIsRate);
}
BENCHMARK(neat_xor)->Unit(benchmark::kMillisecond);

void maze_loop(benchmark::State& state, const std::string& encoding, const std::string& precision,
               int threads = 1) {
  run_loop(state,
           "[run]\nthreads = " + std::to_string(threads) +
               "\nevaluations = 0\n[environment]\nname = \"maze\"\nmaze = "
               "\"mazes/hard_maze.maze\"\nprecision = \"" +
               precision + "\"\n[encoding]\nname = \"" + encoding +
               "\"\n[variation]\nname = \"neat\"\npreset = \"" +
               (encoding == "direct_graph" ? "maze" : "cppn") +
               "\"\n[algorithm]\nname = \"novelty_search\"\n[archive]\nname = \"unstructured\"\n"
               "[result_archive]\nshape = [50, 50]\n",
           5'000);
}
BENCHMARK_CAPTURE(maze_loop, neat_double, "direct_graph", "double")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(maze_loop, neat_single, "direct_graph", "single")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(maze_loop, hyperneat_double, "hyperneat", "double")
    ->Unit(benchmark::kMillisecond);

void maze_growth(benchmark::State& state) {
  maze_loop(state, "direct_graph", "double", static_cast<int>(state.range(0)));
}
BENCHMARK(maze_growth)
    ->ArgName("workers")
    ->Arg(1)
    ->Arg(2)
    ->Arg(4)
    ->Arg(8)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
