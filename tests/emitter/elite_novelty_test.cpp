#include "cambrian/emitter/elite_novelty.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "cambrian/archive/cell_archive.hpp"
#include "tests/archive/tag_population.hpp"

namespace cambrian {
namespace {

/// The definition, with axes of widths 1 and 100.
double slow_novelty(const Elites& elites, std::span<const double> point, std::size_t k,
                    std::uint32_t own) {
  std::vector<double> distances;
  for (std::uint32_t row = 0; row < elites.size(); ++row) {
    const auto other = elites.individuals().descriptor(row);
    if (row != own)
      distances.push_back(std::hypot(point[0] - other[0], (point[1] - other[1]) / 100));
  }
  std::ranges::sort(distances);
  distances.resize(std::min(k, distances.size()));
  double sum = 0;
  for (const double distance : distances) sum += distance;
  return distances.empty() ? 0 : sum / static_cast<double>(distances.size());
}

TEST(EliteNovelty, IsTheMeanDistanceToTheNearestElitesInUnitsOfTheBoundsAsTheyComeAndGo) {
  GridParameters grid;
  grid.shape = {8, 8};
  Elites elites(grid_archive(grid, {{"x", "y"}, {"", ""}, {0, 0}, {1, 100}}),
                std::make_unique<TagPopulation>());
  EliteNovelty novelty(6);
  Stream stream(stream_key(3, "places"), 0);
  for (std::uint64_t step = 0; step < 10; ++step) {
    constexpr std::size_t kRows = 20;
    Individuals batch;
    batch.start(kRows, step * kRows, 1, 2);
    for (std::size_t i = 0; i < kRows; ++i) {
      batch.objectives[i] = stream.uniform();
      batch.descriptors[2 * i] = stream.uniform();
      batch.descriptors[2 * i + 1] = 100 * stream.uniform();
    }
    // Candidates are measured against the elites before them; one of them could not be evaluated.
    batch.valid[7] = 0;
    batch.descriptors[14] = std::numeric_limits<double>::quiet_NaN();
    novelty.follow(elites);
    std::vector<double> found(kRows, -1);
    novelty.of_others(batch.descriptors, batch.valid, found, nullptr);
    for (std::size_t i = 0; i < kRows; ++i) {
      const double expected = i == 7 ? 0 : slow_novelty(elites, batch.descriptor(i), 6, kNoRow);
      EXPECT_NEAR(found[i], expected, 1e-12);
    }
    elites.add(batch, TagPopulation(std::vector<std::uint64_t>(kRows)));
    novelty.follow(elites);
    found.resize(elites.size());
    novelty.of_elites(found, nullptr);
    for (std::uint32_t row = 0; row < elites.size(); ++row) {
      EXPECT_NEAR(found[row], slow_novelty(elites, elites.individuals().descriptor(row), 6, row),
                  1e-12);
      EXPECT_EQ(found[row], novelty.of_elite(row));
    }
    found.resize(kRows);
  }
}

}  // namespace
}  // namespace cambrian
