// How a generation is shared out, with the numbers of NEAT 1.2's rules worked out by hand.
#include "cambrian/speciation/offspring.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;

std::vector<std::uint32_t> shares(const std::vector<double>& shared,
                                  const std::vector<std::size_t>& sizes, std::size_t total) {
  std::vector<std::uint32_t> offspring(sizes.size());
  share_offspring(shared, sizes, total, offspring);
  return offspring;
}

TEST(ShareOffspring, GivesSpeciesWholePartsInProportion) {
  EXPECT_THAT(shares({3, 3, 1, 1}, {2, 2}, 4), ElementsAre(3, 1));
}

TEST(ShareOffspring, CarriesFractionsToTheNextMemberAndTheNextSpecies) {
  // Each expects 0.75: carried 0.75, 1.5 -> one in the first species, 0.5 goes on; 1.25 -> one.
  EXPECT_THAT(shares({1, 1, 1, 1}, {2, 2}, 3), ElementsAre(1, 2));
  // 1.5, 0.5: the carried 1.0 is not above 1, so that one is missing, and goes to the most.
  EXPECT_THAT(shares({3, 1}, {1, 1}, 2), ElementsAre(2, 0));
}

TEST(ShareOffspring, GivesAMissingOneToTheSpeciesWithMostAndOfEqualsTheLast) {
  // 1.5 twice: 1 and 1, the carried 1.0 is not above 1.
  EXPECT_THAT(shares({1, 1}, {1, 1}, 3), ElementsAre(1, 2));
  // 0.5, 1.5, 1 and 1: the third gets none from the carried 1.0.
  EXPECT_THAT(shares({2, 6, 4, 4}, {1, 1, 1, 1}, 4), ElementsAre(0, 1, 1, 2));
}

TEST(ShareOffspring, GivesTheLastSpeciesAllWhereNoneHasAnyFitness) {
  EXPECT_THAT(shares({0, 0, 0}, {1, 1, 1}, 7), ElementsAre(0, 0, 7));
}

TEST(ShareOffspring, AlwaysAddsUpAndIsNeverFarFromProportion) {
  Stream stream(stream_key(1, "shares"), 0);
  for (int i = 0; i < 2000; ++i) {
    std::vector<double> shared;
    std::vector<std::size_t> sizes(1 + stream.below(20));
    std::vector<double> sums;
    for (std::size_t& size : sizes) {
      size = 1 + stream.below(10);
      sums.push_back(0);
      for (std::size_t k = 0; k < size; ++k) {
        shared.push_back(stream.uniform() * 5.0);
        sums.back() += shared.back();
      }
    }
    const std::size_t total = 1 + stream.below(300);
    const auto offspring = shares(shared, sizes, total);
    EXPECT_EQ(std::accumulate(offspring.begin(), offspring.end(), std::size_t{0}), total);
    const double sum = std::accumulate(sums.begin(), sums.end(), 0.0);
    for (std::size_t s = 0; s < sizes.size(); ++s) {
      EXPECT_NEAR(offspring[s], sums[s] / sum * static_cast<double>(total), 2.0);
    }
  }
}

TEST(AgeFactor, PunishesSpeciesThatHaveNotImprovedForOneGenerationLessThanTheLimit) {
  const AgeRules rules;
  EXPECT_EQ(age_factor({.age = 33, .improved = 20}, rules), 1.0);
  EXPECT_EQ(age_factor({.age = 34, .improved = 20}, rules), 0.01);
  EXPECT_EQ(age_factor({.age = 60, .improved = 20}, rules), 0.01);
}

TEST(AgeFactor, FavoursSpeciesUpToTenGenerationsOld) {
  const AgeRules rules{.young_factor = 1.5};
  EXPECT_EQ(age_factor({.age = 10, .improved = 9}, rules), 1.5);
  EXPECT_EQ(age_factor({.age = 11, .improved = 9}, rules), 1.0);
}

}  // namespace
}  // namespace cambrian
