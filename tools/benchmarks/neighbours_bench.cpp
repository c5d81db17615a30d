// Nearest neighbours: how a query, an addition and a step of novelty search grow with the number of
// points.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "cambrian/core/stream.hpp"
#include "cambrian/neighbours/growing_index.hpp"
#include "cambrian/neighbours/novelty.hpp"

namespace {

using namespace cambrian;

std::vector<double> uniform_points(std::size_t count, std::size_t dimensions,
                                   std::uint64_t ordinal) {
  Stream stream(stream_key(1, "bench.neighbours"), ordinal);
  std::vector<double> points(count * dimensions);
  for (double& coordinate : points) coordinate = 300 * stream.uniform();
  return points;
}

std::span<const double> row(const std::vector<double>& points, std::size_t i, std::size_t d) {
  return std::span(points).subspan(i % (points.size() / d) * d, d);
}

/// 15 nearest of n points in D dimensions.
void nearest(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const auto dimensions = static_cast<std::size_t>(state.range(1));
  GrowingIndex index(dimensions, Metric::squared_euclidean);
  index.add_many(uniform_points(size, dimensions, 0));
  const std::vector<double> queries = uniform_points(1024, dimensions, 1);
  std::vector<Neighbour> found(15);
  std::size_t i = 0;
  for (auto step : state) {
    static_cast<void>(step);
    benchmark::DoNotOptimize(index.nearest(row(queries, i++, dimensions), found));
  }
  state.counters["queries/s"] =
      benchmark::Counter(static_cast<double>(i), benchmark::Counter::kIsRate);
}
BENCHMARK(nearest)
    ->ArgNames({"points", "D"})
    ->ArgsProduct({{1'000, 10'000, 100'000, 1'000'000}, {2}})
    ->Args({10'000, 8})
    ->Args({10'000, 32});

/// From an empty index to n points, one by one: the time an addition.
void add_one_by_one(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::vector<double> points = uniform_points(size, 2, 0);
  for (auto step : state) {
    static_cast<void>(step);
    GrowingIndex index(2, Metric::squared_euclidean);
    for (std::size_t i = 0; i < size; ++i) index.add(row(points, i, 2));
    benchmark::DoNotOptimize(index.size());
  }
  state.counters["adds/s"] =
      benchmark::Counter(static_cast<double>(size), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(add_one_by_one)
    ->ArgName("points")
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);

/// One step: 32 points enter, 250 living points are scored (k = 15) against archive and population.
/// The time a step is the mean over growing from 100,000 to 120,000 points.
void growing_novelty(benchmark::State& state) {
  constexpr std::size_t kStart = 100'000;
  constexpr std::size_t kSteps = 625;
  constexpr std::size_t kAdded = 32;
  const std::vector<double> start = uniform_points(kStart, 2, 0);
  const std::vector<double> later = uniform_points(kSteps * kAdded, 2, 1);
  const std::vector<double> people = uniform_points(250, 2, 2);
  NoveltyRule rule;
  NoveltyScratch scratch;
  FlatIndex living(2, rule.metric());
  for (std::size_t i = 0; i < 250; ++i) living.add(row(people, i, 2));
  for (auto step : state) {
    static_cast<void>(step);
    state.PauseTiming();
    GrowingIndex archive(2, rule.metric());
    archive.add_many(start);
    state.ResumeTiming();
    for (std::size_t s = 0; s < kSteps; ++s) {
      for (std::size_t i = 0; i < kAdded; ++i) archive.add(row(later, s * kAdded + i, 2));
      for (std::uint32_t i = 0; i < 250; ++i) {
        benchmark::DoNotOptimize(novelty(row(people, i, 2), archive, living, rule, {i}, scratch));
      }
    }
  }
  state.counters["s/step"] = benchmark::Counter(
      kSteps, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(growing_novelty)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
