// Runs an optimiser by itself on a function: what tests of strategies share.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

#include "cambrian/emitter/es/optimiser.hpp"

namespace cambrian {

using Function = std::function<double(std::span<const float>)>;

/// A batch of an optimiser with its ranking, the lowest value first.
struct RankedSample {
  std::vector<float> genomes;
  std::vector<double> values;  // higher is better
  std::vector<std::uint32_t> order;
  RankedBatch batch(std::size_t parents) const {
    return {.genomes = genomes, .order = order, .parents = parents, .values = values};
  }
};

inline RankedSample sample(Optimiser& optimiser, std::size_t dimensions, std::size_t batch,
                           std::uint64_t first_id, const Function& function,
                           std::uint64_t seed = 1) {
  RankedSample made;
  made.genomes.resize(batch * dimensions);
  optimiser.ask(made.genomes, 0, stream_key(seed, "test"), first_id);
  for (std::size_t i = 0; i < batch; ++i) {
    made.values.push_back(-function(std::span(made.genomes).subspan(i * dimensions, dimensions)));
  }
  made.order.resize(batch);
  std::iota(made.order.begin(), made.order.end(), 0U);
  std::ranges::stable_sort(made.order, [&](std::uint32_t a, std::uint32_t b) {
    return made.values[a] > made.values[b];
  });
  return made;
}

/// @return the lowest value that was seen in so many batches, with half of each as parents
inline double minimise(Optimiser& optimiser, std::size_t dimensions, std::size_t batch,
                       std::size_t batches, const Function& function, std::uint64_t seed = 1) {
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t b = 0; b < batches && !optimiser.stop(); ++b) {
    const RankedSample made = sample(optimiser, dimensions, batch, b * batch, function, seed);
    best = std::min(best, -made.values[made.order.front()]);
    optimiser.tell(made.batch(batch / 2));
  }
  return best;
}

inline double sphere(std::span<const float> genome) {
  double sum = 0;
  for (const float gene : genome) sum += static_cast<double>(gene) * static_cast<double>(gene);
  return sum;
}

/// Axes of lengths 1 to 1000.
inline double ellipsoid(std::span<const float> genome) {
  double sum = 0;
  for (std::size_t g = 0; g < genome.size(); ++g) {
    const double scaled =
        std::pow(1e3, static_cast<double>(g) / static_cast<double>(genome.size() - 1)) *
        static_cast<double>(genome[g]);
    sum += scaled * scaled;
  }
  return sum;
}

/// Saves an optimiser into another, and compares what both ask next.
inline bool resumes_bit_for_bit(const Optimiser& from, Optimiser& to, Optimiser& again,
                                std::size_t dimensions, std::size_t batch) {
  StateTree tree;
  from.save(*tree.writer());
  to.load(*tree.reader());
  StateTree second;
  to.save(*second.writer());
  again.load(*second.reader());
  if (!(tree == second)) return false;
  for (std::uint64_t step = 0; step < 7; ++step) {
    const RankedSample a = sample(to, dimensions, batch, 1000 + step * batch, ellipsoid);
    const RankedSample b = sample(again, dimensions, batch, 1000 + step * batch, ellipsoid);
    if (a.genomes != b.genomes) return false;
    to.tell(a.batch(batch / 2));
    again.tell(b.batch(batch / 2));
  }
  return true;
}

}  // namespace cambrian
