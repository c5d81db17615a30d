// A steady state over a line: what its tests share.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/speciation/steady_state.hpp"

namespace cambrian {

/// Genomes are single numbers; their distance is that of the numbers.
class OnALine final : public Variation {
 public:
  explicit OnALine(double mating_share = 0.7, double scale = 1.0)
      : mating_share_(mating_share), scale_(scale) {}
  double mating_share() const override { return mating_share_; }
  void vary_rows(const Population&, std::span<const Mating>, Population&, RowRange, StreamKey,
                 std::uint64_t) const override {
    FAIL() << "a steady state never varies";
  }
  double distance(const Population& a, std::size_t row_a, const Population& b,
                  std::size_t row_b) const override {
    return scale_ * std::abs(dynamic_cast<const RealPopulation&>(a).row(row_a)[0] -
                             dynamic_cast<const RealPopulation&>(b).row(row_b)[0]);
  }

 private:
  double mating_share_;
  double scale_;
};

inline RealPopulation line(const std::vector<float>& genomes) {
  RealPopulation population(1);
  population.resize(genomes.size());
  std::ranges::copy(genomes, population.matrix().begin());
  return population;
}

inline std::unique_ptr<Population> empty() { return std::make_unique<RealPopulation>(1); }

inline float genome(const SteadyState& state, std::size_t row) {
  return dynamic_cast<const RealPopulation&>(state.population()).row(row)[0];
}

inline std::vector<Mating> select(const SteadyState& state, std::size_t count,
                                  std::uint64_t first = 0) {
  std::vector<Mating> matings(count);
  state.select(matings, stream_key(1, "select"), first);
  return matings;
}

/// Fitness in steps, so that there are ties; around zero, above it, or below it.
inline double some_fitness(Stream& stream, double low) {
  return low + static_cast<double>(stream.below(12)) * 0.5;
}

}  // namespace cambrian
