#include "cambrian/genome/real/real_population.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

RealPopulation random_population(std::size_t rows, std::size_t length, std::uint64_t seed) {
  RealPopulation population(length);
  population.resize(rows);
  RealSpace({}, length).initialise(population, 0, population.size(), stream_key(seed, "genome"), 0);
  return population;
}

std::vector<std::vector<float>> rows_of(const RealPopulation& population) {
  std::vector<std::vector<float>> rows;
  for (std::size_t i = 0; i < population.size(); ++i) {
    rows.emplace_back(population.row(i).begin(), population.row(i).end());
  }
  return rows;
}

TEST(RealPopulation, FollowsEditsAsAColumnDoes) {
  Stream stream(stream_key(1, "edits"), 0);
  RealPopulation population(3);
  std::vector<std::vector<float>> column;
  for (std::uint64_t round = 0; round < 200; ++round) {
    const RealPopulation offered = random_population(5, 3, round);
    std::vector<RowEdit> edits;
    auto size = static_cast<std::uint32_t>(population.size());
    for (int i = 0; i < 6; ++i) {
      const std::uint32_t kind = stream.below(4);
      if (kind <= 1 || size == 0) {
        const std::uint32_t row = stream.below(size + 1);
        edits.push_back({RowEdit::Kind::put, row, stream.below(5)});
        size = std::max(size, row + 1);
      } else if (kind == 2) {
        edits.push_back({RowEdit::Kind::move, stream.below(size), stream.below(size)});
      } else {
        size -= stream.below(2);
        edits.push_back({RowEdit::Kind::shrink, size, 0});
      }
    }
    population.apply(edits, offered);
    apply_edits<std::vector<float>>(column, rows_of(offered), edits);
    ASSERT_EQ(rows_of(population), column) << round;
    ASSERT_EQ(population.matrix().size(), 3 * population.size());
  }
}

TEST(RealPopulation, ComesBackFromItsColumns) {
  const RealPopulation population = random_population(7, 4, 1);
  StateTree tree;
  population.save(*tree.writer());
  RealPopulation loaded(4);
  loaded.load(*tree.reader());
  EXPECT_EQ(rows_of(loaded), rows_of(population));
}

TEST(RealPopulation, EmptyOneComesBackEmpty) {
  StateTree tree;
  RealPopulation(4).save(*tree.writer());
  RealPopulation loaded = random_population(2, 4, 1);
  loaded.load(*tree.reader());
  EXPECT_EQ(loaded.size(), 0U);
}

TEST(RealPopulation, RefusesGenomesOfAnotherLength) {
  StateTree tree;
  random_population(7, 4, 1).save(*tree.writer());
  RealPopulation loaded(5);
  try {
    loaded.load(*tree.reader());
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("rows of 4 genes, but the configuration's genomes have 5"));
  }
}

TEST(RealSpace, RowDependsOnItsOrdinalAlone) {
  const RealSpace space({}, 6);
  RealPopulation all(6);
  all.resize(10);
  space.initialise(all, 0, all.size(), stream_key(1, "genome"), 100);
  RealPopulation some(6);
  some.resize(3);
  space.initialise(some, 0, some.size(), stream_key(1, "genome"), 104);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rows_of(some)[i], rows_of(all)[4 + i]);
}

TEST(RealSpace, InitialisesTheRowsThatWereAskedAlone) {
  const RealSpace space({}, 6);
  const RealPopulation all = random_population(4, 6, 1);
  RealPopulation some(6);
  some.resize(4);
  space.initialise(some, 1, 2, stream_key(1, "genome"), 0);
  for (const std::size_t i : {1U, 2U}) EXPECT_EQ(rows_of(some)[i], rows_of(all)[i]);
  for (const std::size_t i : {0U, 3U}) EXPECT_EQ(rows_of(some)[i], std::vector<float>(6));
}

TEST(RealSpace, ChecksThatGenesAreFiniteAndWithinItsBounds) {
  RealGenomeParameters parameters;
  parameters.bounds = RealGenomeParameters::Bounds::clip;
  parameters.range = {-1.0, 1.0};
  RealPopulation two(3);
  two.resize(2);
  two.row(1)[2] = 1.5F;
  const RealSpace clipped(parameters, 3);
  EXPECT_NO_THROW(clipped.check(two, 0));
  EXPECT_NO_THROW(RealSpace({}, 3).check(two, 1));
  EXPECT_THAT([&] { clipped.check(two, 1); },
              ThrowsMessage<Error>(HasSubstr("gene 2 is 1.500000, outside the bounds")));
  two.row(0)[1] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THAT([&] { RealSpace({}, 3).check(two, 0); },
              ThrowsMessage<Error>(HasSubstr("gene 1 is nan")));
}

TEST(RealSpace, FirstGenesHaveTheMeanAndDeviationThatWereAsked) {
  RealGenomeParameters parameters;
  parameters.initial_mean = 3.0;
  parameters.initial_sd = 0.5;
  constexpr std::size_t kRows = 20'000;
  RealPopulation population(10);
  population.resize(kRows);
  RealSpace(parameters, 10, 4.0)
      .initialise(population, 0, population.size(), stream_key(1, "genome"), 0);
  double sum = 0;
  double squares = 0;
  for (const float gene : population.matrix()) {
    sum += gene;
    squares += (gene - 3.0) * (gene - 3.0);
  }
  const double n = kRows * 10;
  EXPECT_NEAR(sum / n, 3.0, 5 * 2.0 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 4.0, 5 * 4.0 * std::sqrt(2 / n));
}

TEST(RealSpace, UniformGenesFillTheirRange) {
  RealGenomeParameters parameters;
  parameters.initial = RealGenomeParameters::Initial::uniform;
  parameters.initial_range = {-3.0, 1.0};
  RealPopulation population(10);
  population.resize(10'000);
  RealSpace(parameters, 10)
      .initialise(population, 0, population.size(), stream_key(1, "genome"), 0);
  double sum = 0;
  for (const float gene : population.matrix()) {
    ASSERT_GE(gene, -3.0F);
    ASSERT_LE(gene, 1.0F);
    sum += gene;
  }
  EXPECT_NEAR(sum / 1e5, -1.0, 5 * 4 / std::sqrt(12e5));
}

TEST(RealSpace, ChosenFirstGenesHaveTheSharesOfTheirValues) {
  RealGenomeParameters parameters;
  parameters.initial = RealGenomeParameters::Initial::choice;
  parameters.initial_values = {0.0, 1.0, 2.0, 2.0};
  RealPopulation population(10);
  population.resize(4000);
  const RealSpace space(parameters, 10);
  space.initialise(population, 0, population.size(), stream_key(1, "genome"), 0);
  const auto count = [&](float value) {
    return static_cast<double>(std::ranges::count(population.matrix(), value));
  };
  const double deviation = std::sqrt(40'000 * 0.25 * 0.75);
  EXPECT_NEAR(count(0), 10'000, 5 * deviation);
  EXPECT_NEAR(count(1), 10'000, 5 * deviation);
  EXPECT_EQ(count(2), 40'000 - count(0) - count(1));
  parameters.initial_values = {};
  EXPECT_THROW(RealSpace(parameters, 10), ConfigError);
}

TEST(RealSpace, ClipsFirstGenes) {
  RealGenomeParameters parameters;
  parameters.bounds = RealGenomeParameters::Bounds::clip;
  parameters.range = {-0.5, 0.25};
  RealPopulation population(10);
  population.resize(100);
  RealSpace(parameters, 10)
      .initialise(population, 0, population.size(), stream_key(1, "genome"), 0);
  EXPECT_EQ(*std::ranges::min_element(population.matrix()), -0.5F);
  EXPECT_EQ(*std::ranges::max_element(population.matrix()), 0.25F);
}

RealSpace space_of_bounds(RealGenomeParameters::Bounds bounds, std::vector<double> range) {
  RealGenomeParameters parameters;
  parameters.bounds = bounds;
  parameters.range = std::move(range);
  return {parameters, 8};
}

TEST(RealSpace, KeepsGenesWithinByClippingOrReflectingAndOtherwiseLeavesThem) {
  using Bounds = RealGenomeParameters::Bounds;
  const std::vector<float> genes = {-1, 0.5F, 3, 3.5F, -1.25F, 8, -1000.5F, 1e30F};
  const auto kept = [&](Bounds bounds) {
    std::vector<float> made = genes;
    Stream stream(stream_key(1, "bounds"), 0);
    Stream untouched = stream;
    space_of_bounds(bounds, {-1, 3}).keep_within(made, stream);
    EXPECT_EQ(stream(), untouched()) << "drew from the stream";
    return made;
  };
  EXPECT_EQ(kept(Bounds::none), genes);
  EXPECT_EQ(kept(Bounds::clip), (std::vector<float>{-1, 0.5F, 3, 3, -1, 3, -1, 3}));
  std::vector<float> reflected = kept(Bounds::reflect);
  EXPECT_GE(reflected[7], -1);
  EXPECT_LE(reflected[7], 3);
  reflected.pop_back();
  // 8 = 3 + 5 comes back to -2, which comes back to 0; -1000.5 lies 999.5 = 124 * 8 + 7.5 below -1.
  EXPECT_EQ(reflected, (std::vector<float>{-1, 0.5F, 3, 2.5F, -0.75F, 0, -0.5F}));
}

TEST(RealSpace, ResamplesOnlyGenesOutsideAndTheseUniformly) {
  const RealSpace space = space_of_bounds(RealGenomeParameters::Bounds::resample, {-1, 3});
  Stream stream(stream_key(1, "bounds"), 0);
  double sum = 0, squares = 0;
  constexpr int kRows = 20'000;
  for (int i = 0; i < kRows; ++i) {
    std::vector<float> genes = {-1, 3.25F, 0.5F, 3};
    space.keep_within(genes, stream);
    ASSERT_EQ(genes[0], -1);
    ASSERT_EQ(genes[2], 0.5F);
    ASSERT_EQ(genes[3], 3);
    ASSERT_TRUE(genes[1] >= -1 && genes[1] <= 3);
    sum += genes[1];
    squares += (genes[1] - 1) * (genes[1] - 1);
  }
  EXPECT_NEAR(sum / kRows, 1, 5 * std::sqrt(16.0 / 12 / kRows));
  EXPECT_NEAR(squares / kRows, 16.0 / 12, 0.05);
}

TEST(RealSpace, ResamplesByTheOperatorWhereThatGivesAGeneWithinAndElseUniformly) {
  const RealSpace space = space_of_bounds(RealGenomeParameters::Bounds::resample, {-1, 3});
  Stream stream(stream_key(1, "bounds"), 0);
  std::vector<float> genes = {7, 0, 9};
  int draws = 0;
  space.keep_within(genes, stream, [&](std::size_t g, Stream&) {
    ++draws;
    return g == 0 && draws > 5 ? 2.5F : 4.0F;
  });
  EXPECT_EQ(genes[0], 2.5F);
  EXPECT_EQ(genes[1], 0);
  EXPECT_TRUE(genes[2] >= -1 && genes[2] <= 3);
  EXPECT_EQ(draws, 6 + RealSpace::kRedraws);
}

TEST(RealSpace, GenesThatAreNotFiniteGoToAnEndOrStayNotANumber) {
  using Bounds = RealGenomeParameters::Bounds;
  Stream stream(stream_key(1, "bounds"), 0);
  const float infinity = std::numeric_limits<float>::infinity();
  for (const Bounds bounds : {Bounds::clip, Bounds::reflect, Bounds::resample}) {
    std::vector<float> genes = {infinity, -infinity, std::numeric_limits<float>::quiet_NaN()};
    space_of_bounds(bounds, {-1, 3}).keep_within(genes, stream);
    EXPECT_TRUE(genes[0] >= -1 && genes[0] <= 3);
    EXPECT_TRUE(genes[1] >= -1 && genes[1] <= 3);
    EXPECT_TRUE(std::isnan(genes[2]));
  }
}

TEST(RealSpace, RefusesEmptyAndMisshapenRanges) {
  RealGenomeParameters reversed;
  reversed.range = {1.0, -1.0};
  EXPECT_THROW(RealSpace(reversed, 3), ConfigError);
  RealGenomeParameters short_one;
  short_one.initial_range = {1.0};
  try {
    RealSpace space(short_one, 3);
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(), "initial_range: has 1 numbers, but must have 2: [min, max]");
  }
}

}  // namespace
}  // namespace cambrian
