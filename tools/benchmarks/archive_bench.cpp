// Archives of cells: what an offer costs, by cells, contents and dimensions.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/archive/elites.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/neighbours/k_means.hpp"

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

std::unique_ptr<Archive> make_grid(std::int64_t side, Contents contents = Contents::elite) {
  GridParameters parameters;
  parameters.contents = contents;
  // So that a full grid refuses whatever comes.
  if (contents == Contents::threshold) parameters.learning_rate = 1;
  parameters.shape = {side, side};
  const DescriptorSpace plane = {{"x", "y"}, {"", ""}, {0, 0}, {1, 1}};
  return cell_archive(parameters, {.space = plane, .key = [](std::string_view purpose) {
                                     return stream_key(1, purpose);
                                   }});
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
  const auto grid = make_grid(state.range(0), static_cast<Contents>(state.range(1)));
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
BENCHMARK(refused_offers)->ArgNames({"side", "contents"})->ArgsProduct({{100, 500, 1'000}, {0, 1}});

/// From an empty grid: 1.08 million candidates, of which many enter.
void growing_grid(benchmark::State& state) {
  const Candidates candidates(2'000, 1);
  Placement placement;
  for (auto step : state) {
    static_cast<void>(step);
    const auto grid = make_grid(state.range(0), static_cast<Contents>(state.range(1)));
    for (std::size_t i = 0; i < candidates.batches(); ++i) {
      grid->add(candidates.batch(i), placement);
    }
    benchmark::DoNotOptimize(grid->size());
  }
  count_offers(state, kBatch * candidates.batches());
}
BENCHMARK(growing_grid)
    ->ArgNames({"side", "contents"})
    ->ArgsProduct({{100, 500, 1'000}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

/// With what lies beside an archive that has met all of these before: genomes of 20 numbers, ids,
/// objectives and descriptors.
void offers_to_elites(benchmark::State& state) {
  const Candidates candidates(2'000, 1);
  std::vector<Individuals> batches(candidates.batches());
  for (std::size_t i = 0; i < batches.size(); ++i) {
    const Offers offers = candidates.batch(i);
    batches[i].start(kBatch, i * kBatch, 1, 2);
    batches[i].objectives.assign(offers.objectives.begin(), offers.objectives.end());
    batches[i].descriptors.assign(offers.descriptors.begin(), offers.descriptors.end());
  }
  RealPopulation genomes(20);
  genomes.resize(kBatch);
  Elites elites(make_grid(state.range(0), static_cast<Contents>(state.range(1))),
                std::make_unique<RealPopulation>(20));
  for (int pass = 0; pass < 3; ++pass)
    for (const Individuals& batch : batches) elites.add(batch, genomes);
  std::size_t i = 0;
  for (auto step : state) {
    static_cast<void>(step);
    elites.add(batches[i++ % batches.size()], genomes);
  }
  count_offers(state, kBatch);
}
BENCHMARK(offers_to_elites)
    ->ArgNames({"side", "contents"})
    ->ArgsProduct({{100, 500, 1'000}, {0, 1}});

std::unique_ptr<Archive> make_cvt(std::size_t dimensions, std::int64_t cells) {
  DescriptorSpace space;
  for (std::size_t d = 0; d < dimensions; ++d) {
    space.names.push_back("m" + std::to_string(d));
    space.units.emplace_back();
    space.min.push_back(0);
    space.max.push_back(1);
  }
  CvtParameters parameters;
  parameters.cells = cells;
  parameters.samples = 2 * parameters.cells;
  parameters.iterations = 2;
  parameters.start = KMeansStart::random;
  return cell_archive(parameters, {.space = space, .key = [](std::string_view purpose) {
                                     return stream_key(1, purpose);
                                   }});
}

/// 50,000 offers with genomes of 20 numbers into an empty CVT archive, 1,000 at a time: what
/// tools/compare has pyribs do.
void cvt_insertion(benchmark::State& state) {
  constexpr std::size_t kOffers = 1'000;
  const auto dimensions = static_cast<std::size_t>(state.range(0));
  Elites elites(make_cvt(dimensions, 10'000), std::make_unique<RealPopulation>(20));
  RealPopulation genomes(20);
  genomes.resize(kOffers);
  Stream stream(stream_key(1, "bench.cvt"), 0);
  std::vector<Individuals> batches(51);
  for (std::size_t b = 0; b < batches.size(); ++b) {
    batches[b].start(kOffers, b * kOffers, 1, dimensions);
    for (double& objective : batches[b].objectives) objective = stream.uniform();
    for (double& measure : batches[b].descriptors) measure = stream.uniform();
  }
  elites.add(batches.front(), genomes);  // the centroids are found now
  std::size_t i = 0;
  for (auto step : state) {
    static_cast<void>(step);
    elites.add(batches[++i], genomes);
  }
  count_offers(state, kOffers);
}
BENCHMARK(cvt_insertion)->ArgName("dimensions")->Arg(2)->Arg(10)->Iterations(50)->UseRealTime();

/// A CVT archive that holds something in most cells.
void cvt_offers(benchmark::State& state) {
  const auto dimensions = static_cast<std::size_t>(state.range(0));
  const auto archive = make_cvt(dimensions, state.range(1));
  Stream stream(stream_key(1, "bench.cvt"), 0);
  std::vector<double> objectives(100 * kBatch), descriptors(dimensions * objectives.size());
  for (double& objective : objectives) objective = stream.uniform();
  for (double& measure : descriptors) measure = stream.uniform();
  const std::vector<std::uint8_t> valid(kBatch, 1);
  Placement placement;
  std::size_t i = 0;
  const auto add = [&] {
    const std::size_t first = i++ % 100 * kBatch;
    archive->add({std::span(objectives).subspan(first, kBatch),
                  std::span(descriptors).subspan(first * dimensions, kBatch * dimensions), valid},
                 placement);
  };
  for (int batch = 0; batch < 100; ++batch) add();
  for (auto step : state) {
    static_cast<void>(step);
    add();
  }
  count_offers(state, kBatch);
}
BENCHMARK(cvt_offers)
    ->ArgNames({"dimensions", "cells"})
    ->ArgsProduct({{2, 6, 10}, {10'000, 100'000}});

/// CVT's centroids: 10,000 cells from 100,000 points.
void centroids(benchmark::State& state) {
  const auto dimensions = static_cast<std::size_t>(state.range(0));
  std::vector<double> points(100'000 * dimensions);
  Stream stream(stream_key(1, "bench.centroids"), 0);
  for (double& x : points) x = stream.uniform();
  for (auto step : state) {
    static_cast<void>(step);
    const KMeans found = k_means(points, dimensions, {10'000, 100}, stream_key(1, "start"));
    state.counters["iterations"] = static_cast<double>(found.iterations);
    state.counters["converged"] = found.converged ? 1 : 0;
  }
}
BENCHMARK(centroids)->ArgName("dimensions")->Arg(2)->Arg(10)->Unit(benchmark::kMillisecond);

}  // namespace
