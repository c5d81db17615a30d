#include "cambrian/core/error.hpp"
#include "tests/speciation/steady_state_fixtures.hpp"

namespace cambrian {
namespace {

TEST(SteadyState, FoundsSpeciesByDistanceToTheirFounders) {
  const OnALine variation;
  SteadyStateParameters parameters;
  parameters.threshold = 2.0;
  SteadyState state(parameters, empty(), variation);
  state.found(line({0.0F, 1.5F, 3.0F, -1.9F, 2.0F}), std::vector<double>(5, 1.0));
  EXPECT_EQ(std::vector<std::uint32_t>(state.species_of().begin(), state.species_of().end()),
            (std::vector<std::uint32_t>{0, 0, 1, 0, 1}));  // at the threshold is not within it
}

TEST(SteadyState, ChildJoinsTheFirstSpeciesWhoseChampionIsWithinTheThreshold) {
  const OnALine variation;
  SteadyStateParameters parameters;
  parameters.threshold = 2.0;
  SteadyState state(parameters, empty(), variation);
  // The champion of species 0 is 1.5, so 3.2 is within it though its founder is far.
  state.found(line({0.0F, 1.5F, 4.0F, 0.0F}), std::vector<double>{5, 9, 9, 1});
  const auto row = state.replace(line({3.2F}), 0, 8.0);
  ASSERT_EQ(row, 3U);
  EXPECT_EQ(state.species_of()[3], 0U);
}

TEST(SteadyState, LowestFitnessSharedByItsSpeciesLeaves) {
  const OnALine variation;
  SteadyStateParameters parameters;
  parameters.threshold = 1.0;
  SteadyState state(parameters, empty(), variation);
  // Shares with the child at 0.1: 4/4, 5/4, 6/4 in the crowd, 2/1 for the loner.
  state.found(line({0.0F, 0.0F, 0.0F, 9.0F}), std::vector<double>{4, 5, 6, 2});
  EXPECT_EQ(state.replace(line({0.1F}), 0, 9.0), 0U);
  EXPECT_EQ(state.replace(line({0.1F}), 0, 4.0), std::nullopt);
}

TEST(SteadyState, ALastMemberTakesItsSpeciesWithIt) {
  const OnALine variation;
  SteadyStateParameters parameters;
  parameters.threshold = 1.0;
  SteadyState state(parameters, empty(), variation);
  state.found(line({0.0F, 5.0F, 9.0F}), std::vector<double>{3, 1, 2});
  EXPECT_EQ(state.species(), 3U);
  EXPECT_EQ(state.replace(line({0.5F}), 0, 4.0), 1U);
  EXPECT_EQ(state.species(), 2U);
  EXPECT_EQ(state.replace(line({5.0F}), 0, 7.0), 0U);
  EXPECT_EQ(state.species_of()[0], 3U);  // a number is never used again
}

TEST(SteadyState, OfEqualsTheOldestLeaves) {
  const OnALine variation(0.7, 0.0);
  SteadyState state({}, empty(), variation);
  state.found(line({0, 1, 2}), std::vector<double>(3, 0.0));
  EXPECT_EQ(state.replace(line({3}), 0, 0.0), 0U);
  EXPECT_EQ(state.replace(line({4}), 0, 0.0), 1U);
  EXPECT_EQ(state.replace(line({5}), 0, 0.0), 2U);
  EXPECT_EQ(state.replace(line({6}), 0, 0.0), 0U);
}

TEST(SteadyState, WithoutADistanceAllAreOneSpecies) {
  const OnALine variation(1.0, 0.0);
  SteadyState state({}, empty(), variation);
  state.found(line({0, 10, 20, 30}), std::vector<double>{1, 2, 3, 4});
  for (int i = 0; i < 60; ++i) state.adapt_species();
  EXPECT_EQ(state.species(), 1U);
  EXPECT_EQ(state.threshold(), 0.3);
}

TEST(SteadyState, ThresholdMovesTowardTheWantedNumberOfSpecies) {
  const OnALine variation;
  SteadyStateParameters parameters;
  parameters.population = 100;
  parameters.target_species = 10;
  std::vector<float> genomes(100);
  for (std::size_t i = 0; i < genomes.size(); ++i) genomes[i] = static_cast<float>(i) * 0.5F;
  for (const double start : {0.5, 20.0}) {
    parameters.threshold = start;
    SteadyState state(parameters, empty(), variation);
    state.found(line(genomes), std::vector<double>(100, 1.0));
    const auto before = std::abs(static_cast<int>(state.species()) - 10);
    for (int i = 0; i < 300; ++i) state.adapt_species();
    EXPECT_LE(std::abs(static_cast<int>(state.species()) - 10), 2) << start;
    EXPECT_GT(before, 2);
  }
}

TEST(SteadyState, ParentsComeFromTheBestOfOneSpecies) {
  const OnALine variation;
  SteadyStateParameters parameters;
  parameters.threshold = 1.0;
  parameters.interspecies = 0.0;
  SteadyState state(parameters, empty(), variation);
  // Species 0: rows 0..5, of which floor(0.4 x 5) + 1 = 3 breed: the fittest, rows 5, 4, 3.
  // Species 1: rows 6, 7, of which one breeds: row 7, alone.
  state.found(line({0, 0, 0, 0, 0, 0, 5, 5}), std::vector<double>{1, 2, 3, 4, 5, 6, 2, 4});
  std::map<std::uint32_t, int> mothers;
  int fathers = 0;
  int first_species = 0;
  const int kChildren = 40'000;
  for (const Mating& mating : select(state, kChildren)) {
    ++mothers[mating.mother];
    if (mating.mother == 7) {
      ASSERT_EQ(mating.father, Mating::kNone);
      continue;
    }
    ++first_species;
    ASSERT_TRUE(mating.mother >= 3 && mating.mother <= 5);
    if (mating.father == Mating::kNone) continue;
    ++fathers;
    ASSERT_TRUE(mating.father >= 3 && mating.father <= 5);
    ASSERT_GE(state.fitness()[mating.mother], state.fitness()[mating.father]);
  }
  // Means 3.5 and 3.
  EXPECT_NEAR(first_species, kChildren * 3.5 / 6.5, 5 * std::sqrt(kChildren * 0.25));
  EXPECT_NEAR(fathers, 0.7 * first_species, 5 * std::sqrt(first_species * 0.21));
  // Of two uniform draws the fitter is the mother: 5/9, 3/9, 1/9; without a father 1/3 each.
  EXPECT_NEAR(mothers[5], first_species * (0.7 * 5 / 9 + 0.1), 5 * std::sqrt(first_species * 0.25));
  EXPECT_NEAR(mothers[3], first_species * (0.7 * 1 / 9 + 0.1), 5 * std::sqrt(first_species * 0.25));
}

TEST(SteadyState, TheShareThatSurvivesIsOfTheOthersBesideTheChampion) {
  const OnALine variation;
  SteadyState state({}, empty(), variation);
  // floor(0.4 x 4) + 1 = 2 of five breed.
  state.found(line({0, 0, 0, 0, 0}), std::vector<double>{1, 2, 3, 4, 5});
  std::map<std::uint32_t, int> mothers;
  for (const Mating& mating : select(state, 1000)) ++mothers[mating.mother];
  EXPECT_EQ(mothers.size(), 2U);
  EXPECT_GT(mothers[3], 100);
  EXPECT_GT(mothers[4], 500);
}

TEST(SteadyState, FathersFromElsewhereAreChampions) {
  const OnALine variation(1.0);
  SteadyStateParameters parameters;
  parameters.threshold = 1.0;
  parameters.interspecies = 1.0;
  SteadyState state(parameters, empty(), variation);
  state.found(line({0, 0, 0, 0, 5, 5, 5, 5, 9, 9, 9, 9}),
              std::vector<double>{1, 1, 1, 2, 1, 2, 1, 1, 2, 1, 1, 1});
  std::map<std::uint32_t, int> champions;
  for (const Mating& mating : select(state, 3000)) {
    const auto species = state.species_of();
    ASSERT_NE(mating.father, Mating::kNone);
    ASSERT_NE(species[mating.mother], species[mating.father]);
    // The two may have been exchanged, so one of them is a champion of another species.
    ASSERT_EQ(std::max(state.fitness()[mating.mother], state.fitness()[mating.father]), 2.0);
    ++champions[mating.mother];
  }
  for (const std::uint32_t row : {3U, 5U, 8U}) EXPECT_GT(champions[row], 500);
}

TEST(SteadyState, WithoutAnyFitnessSpeciesAreDrawnUniformly) {
  const OnALine variation;
  SteadyStateParameters parameters;
  parameters.threshold = 1.0;
  for (const double fitness : {0.0, -4.0}) {
    SteadyState state(parameters, empty(), variation);
    state.found(line({0, 0, 0, 0, 0, 5}), std::vector<double>(6, fitness));
    int loner = 0;
    for (const Mating& mating : select(state, 10'000)) loner += mating.mother == 5 ? 1 : 0;
    EXPECT_NEAR(loner, 5000, 5 * 50);
  }
}

TEST(SteadyState, NegativeFitnessIsCountedFromTheLowest) {
  const OnALine variation;
  SteadyStateParameters parameters;
  parameters.threshold = 1.0;
  SteadyState state(parameters, empty(), variation);
  state.found(line({0, 5, 9}), std::vector<double>{-5, -4, -2});
  std::map<std::uint32_t, int> mothers;
  for (const Mating& mating : select(state, 10'000)) ++mothers[mating.mother];
  EXPECT_EQ(mothers[0], 0);
  EXPECT_NEAR(mothers[1], 2500, 5 * std::sqrt(10'000 * 3 / 16.0));
  EXPECT_EQ(state.replace(line({20}), 0, -4.5), 0U);
}

TEST(SteadyState, SelectionDependsOnKeyAndOrdinalAlone) {
  const OnALine variation;
  SteadyState state({}, empty(), variation);
  std::vector<float> genomes(50);
  std::vector<double> fitness(50);
  for (std::size_t i = 0; i < 50; ++i) {
    genomes[i] = static_cast<float>(i);
    fitness[i] = static_cast<double>(i % 7);
  }
  state.found(line(genomes), fitness);
  const std::vector<Mating> whole = select(state, 30, 100);
  const std::vector<Mating> part = select(state, 10, 115);
  for (std::size_t i = 0; i < part.size(); ++i) {
    EXPECT_EQ(part[i].mother, whole[15 + i].mother);
    EXPECT_EQ(part[i].father, whole[15 + i].father);
  }
}

TEST(SteadyState, RefusesAStateOfAnotherLength) {
  const OnALine variation;
  SteadyState state({}, empty(), variation);
  state.found(line({1, 2, 3}), std::vector<double>{1, 2, 3});
  StateTree tree;
  state.save(*tree.writer());
  SteadyState other({}, empty(), variation);
  EXPECT_THROW(other.load(*tree.reader(), line({1, 2}), std::vector<double>{1, 2}), Error);
}

}  // namespace
}  // namespace cambrian
