// Random words and normals, and the children that are made of them.
#include <benchmark/benchmark.h>

#include <vector>

#include "cambrian/core/stream.hpp"
#include "cambrian/genome/real/gaussian.hpp"
#include "cambrian/genome/real/iso_line.hpp"

namespace cambrian {
namespace {

const StreamKey kKey = stream_key(1, "benchmark");

/// The calibration that other figures are read against: words of one stream, one after another.
void philox_words(benchmark::State& state) {
  Stream stream(kKey, 0);
  for (auto _ : state) benchmark::DoNotOptimize(stream());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(philox_words);

void philox_new_stream_and_word(benchmark::State& state) {
  std::uint64_t ordinal = 0;
  for (auto _ : state) benchmark::DoNotOptimize(Stream(kKey, ordinal++)());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(philox_new_stream_and_word);

/// Rows of their own stream each, as genomes are; items are normals.
void normals(benchmark::State& state) {
  std::vector<float> row(static_cast<std::size_t>(state.range(0)));
  std::uint64_t ordinal = 0;
  for (auto _ : state) {
    Stream(kKey, ordinal++).fill_normal(row);
    benchmark::DoNotOptimize(row.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(normals)->Arg(20)->Arg(32)->Arg(100)->Arg(1000);

/// Children of `parents` elites drawn at random, in batches of 540; items are children.
void vary(benchmark::State& state, const Variation& variation, const RealSpace& space) {
  constexpr std::size_t kBatch = 540;
  constexpr std::size_t kBatches = 64;  // of matings drawn beforehand
  RealPopulation parents(space.length());
  parents.resize(static_cast<std::size_t>(state.range(1)));
  space.initialise(parents, 0, parents.size(), kKey, 0);
  std::vector<Mating> matings(kBatch * kBatches);
  Stream stream(kKey, 1);
  const auto size = static_cast<std::uint32_t>(parents.size());
  for (Mating& mating : matings) mating = {stream.below(size), stream.below(size)};
  RealPopulation children(space.length());
  children.resize(kBatch);
  std::uint64_t first_id = 0;
  for (auto _ : state) {
    const std::size_t batch = (first_id / kBatch) % kBatches;
    variation.vary(parents, std::span(matings).subspan(batch * kBatch, kBatch), children,
                   {0, kBatch}, kKey, first_id);
    first_id += kBatch;
    benchmark::DoNotOptimize(children.matrix().data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBatch));
}

void iso_line_children(benchmark::State& state) {
  const RealSpace space({}, static_cast<std::size_t>(state.range(0)));
  vary(state, IsoLine({}, space), space);
}
BENCHMARK(iso_line_children)
    ->ArgNames({"genes", "parents"})
    ->ArgsProduct({{20, 100}, {10'000, 1'000'000}});

void gaussian_children(benchmark::State& state) {
  const RealSpace space({}, static_cast<std::size_t>(state.range(0)));
  vary(state, Gaussian({}, space), space);
}
BENCHMARK(gaussian_children)->ArgNames({"genes", "parents"})->ArgsProduct({{20, 100}, {10'000}});

}  // namespace
}  // namespace cambrian
