// Grid archives: what an offer costs, by the number of cells.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/core/stream.hpp"

namespace {

using namespace cambrian;

constexpr std::size_t kBatch = 540;

/// Batches of candidates spread evenly over the unit square.
struct Candidates {
  std::vector<double> objectives, descriptors;
  std::vector<std::uint8_t> valid;

  explicit Candidates(std::size_t batches, std::uint64_t ordinal)
      : objectives(batches * kBatch), descriptors(2 * objectives.size()), valid(kBatch, 1) {
    Stream stream(stream_key(1, "bench.archive"), ordinal);
    for (double& objective : objectives) objective = stream.uniform();
    for (double& measure : descriptors) measure = stream.uniform();
  }
  std::size_t batches() const { return objectives.size() / kBatch; }
  Offers batch(std::size_t i) const {
    const std::size_t first = i % batches() * kBatch;
    return {std::span(objectives).subspan(first, kBatch),
            std::span(descriptors).subspan(2 * first, 2 * kBatch), valid};
  }
};

std::unique_ptr<Archive> make_grid(std::int64_t side) {
  GridParameters parameters;
  parameters.shape = {side, side};
  return grid_archive(parameters, {{"x", "y"}, {"", ""}, {0, 0}, {1, 1}});
}

/// One elite per cell, better than any candidate.
void fill(Archive& grid, std::int64_t side) {
  std::vector<double> objectives(static_cast<std::size_t>(side), 2), descriptors;
  const std::vector<std::uint8_t> valid(objectives.size(), 1);
  Placement placement;
  for (std::int64_t x = 0; x < side; ++x) {
    descriptors.clear();
    for (std::int64_t y = 0; y < side; ++y) {
      descriptors.push_back((static_cast<double>(x) + 0.5) / static_cast<double>(side));
      descriptors.push_back((static_cast<double>(y) + 0.5) / static_cast<double>(side));
    }
    grid.add({objectives, descriptors, valid}, placement);
  }
}

void count_offers(benchmark::State& state, std::size_t offers_each) {
  const auto offers = static_cast<double>(offers_each);
  state.counters["offers/s"] =
      benchmark::Counter(offers, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["s/offer"] = benchmark::Counter(
      offers, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

/// A full grid refuses whatever comes.
void refused_offers(benchmark::State& state) {
  const auto grid = make_grid(state.range(0));
  fill(*grid, state.range(0));
  // As many offers as the largest grid has cells, so that a grid is met all over.
  const Candidates candidates(2'000, 0);
  Placement placement;
  std::size_t i = 0;
  for (auto step : state) {
    static_cast<void>(step);
    grid->add(candidates.batch(i++), placement);
    benchmark::DoNotOptimize(placement.status.data());
  }
  count_offers(state, kBatch);
}
BENCHMARK(refused_offers)->ArgName("side")->Arg(100)->Arg(500)->Arg(1'000);

/// From an empty grid: 1.08 million candidates, of which many enter.
void growing_grid(benchmark::State& state) {
  const Candidates candidates(2'000, 1);
  Placement placement;
  for (auto step : state) {
    static_cast<void>(step);
    const auto grid = make_grid(state.range(0));
    for (std::size_t i = 0; i < candidates.batches(); ++i) {
      grid->add(candidates.batch(i), placement);
    }
    benchmark::DoNotOptimize(grid->size());
  }
  count_offers(state, kBatch * candidates.batches());
}
BENCHMARK(growing_grid)
    ->ArgName("side")
    ->Arg(100)
    ->Arg(500)
    ->Arg(1'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
