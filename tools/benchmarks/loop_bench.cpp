// Evaluations per second of the whole loop: ask, evaluate, tell, lineage, history, everything but
// the run file.
#include <benchmark/benchmark.h>

#include <string>

#include "cambrian/experiment/experiment.hpp"
#include "cambrian/experiment/inputs_record.hpp"
#include "environments/worlds.hpp"

namespace {

using cambrian::Experiment;

void run_loop(benchmark::State& state, const std::string& toml, std::uint64_t warm_up) {
  const auto catalogue = cambrian::make_catalogue(cambrian::worlds());
  auto configuration = cambrian::Configuration::from_text(toml, "benchmark");
  const cambrian::RecordedInputs inputs({CAMBRIAN_DATA});
  Experiment experiment(cambrian::assemble(configuration, catalogue, inputs));
  while (experiment.evaluations() < warm_up) experiment.step(0.0);
  const std::uint64_t before = experiment.evaluations();
  for (auto _ : state) experiment.step(0.0);
  state.counters["evaluations/s"] = benchmark::Counter(
      static_cast<double>(experiment.evaluations() - before), benchmark::Counter::kIsRate);
  state.counters["coverage_percent"] = 100.0 * experiment.statistics().coverage;
}

void sphere_loop(benchmark::State& state) {
  const std::string n = std::to_string(state.range(0));
  const std::string cells = std::to_string(state.range(1));
  run_loop(state,
           "[run]\nthreads = 1\nevaluations = 0\nlog_interval = 1000000\n[environment]\nname = "
           "\"sphere\"\ndimensions = " +
               n +
               "\n[variation]\nname = \"iso_line\"\niso = 0.5\nline = 0.2\n[algorithm]\nname = "
               "\"map_elites\"\nbatch = "
               "540\ninitial = 100\n[archive]\nshape = [" +
               cells + ", " + cells + "]\n",
           1'000'000);
}
BENCHMARK(sphere_loop)
    ->ArgsProduct({{20, 100}, {100, 500, 1000}})
    ->ArgNames({"n", "cells"})
    ->Unit(benchmark::kMicrosecond);

void maze_loop(benchmark::State& state, const std::string& encoding, const std::string& precision) {
  run_loop(state,
           "[run]\nthreads = 1\nevaluations = 0\n[environment]\nname = \"maze\"\nmaze = "
           "\"mazes/hard_maze.maze\"\nprecision = \"" +
               precision + "\"\n[encoding]\nname = \"" + encoding +
               "\"\n[algorithm]\nname = \"novelty_search\"\n[archive]\nname = \"unstructured\"\n"
               "[result_archive]\nshape = [50, 50]\n",
           5'000);
}
BENCHMARK_CAPTURE(maze_loop, neat_double, "direct_graph", "double")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(maze_loop, neat_single, "direct_graph", "single")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(maze_loop, hyperneat_double, "hyperneat", "double")
    ->Unit(benchmark::kMillisecond);

}  // namespace
