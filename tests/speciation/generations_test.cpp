// The rules of NEAT's generation loop, one by one, over genomes that are numbers on a line.
#include "cambrian/speciation/generations.hpp"

#include <gmock/gmock.h>

#include <numeric>
#include <set>

#include "cambrian/core/error.hpp"
#include "tests/speciation/steady_state_fixtures.hpp"

namespace cambrian {
namespace {

using testing::Each;
using testing::ElementsAre;

const StreamKey kKey = stream_key(1, "represent");

/// Species by distance on a line, of any size.
struct Line {
  explicit Line(GenerationsParameters parameters, double mating_share = 0.7)
      : variation(mating_share), generations(parameters, empty(), variation) {}

  /// The next generation, with its fitness.
  void next(const std::vector<float>& genomes, const std::vector<double>& fitness) {
    std::vector<std::uint32_t> rows(genomes.size());
    std::iota(rows.begin(), rows.end(), 0U);
    generations.replace(line(genomes), rows, kKey);
    generations.rank(fitness);
  }
  std::vector<std::uint32_t> species_of() const {
    return {generations.species_of().begin(), generations.species_of().end()};
  }
  std::vector<std::uint32_t> offspring() const {
    std::vector<std::uint32_t> all;
    for (const SpeciesRecord& record : generations.records()) all.push_back(record.offspring);
    return all;
  }
  std::vector<Mating> select(std::uint64_t first_id = 0) {
    const std::vector<std::uint32_t> counts = offspring();
    std::vector<Mating> matings(std::accumulate(counts.begin(), counts.end(), std::size_t{0}));
    generations.select(matings, copies, stream_key(1, "select"), first_id);
    return matings;
  }

  OnALine variation;
  Generations generations;
  std::vector<std::uint32_t> copies;
};

GenerationsParameters of(std::int64_t population) {
  GenerationsParameters parameters;
  parameters.population = population;
  parameters.threshold = 2.0;
  return parameters;
}

TEST(Generations, ChildrenJoinTheFirstSpeciesWhoseLastChampionIsWithinTheThreshold) {
  Line line(of(4));
  line.next({0.0F, 1.5F, 10.0F, 0.5F}, {1, 5, 2, 1});
  EXPECT_EQ(line.species_of(), (std::vector<std::uint32_t>{0, 0, 1, 0}));
  // The champion of species 0 was 1.5: 3.4 is within it, -0.5 (at the threshold) founds species 2.
  line.next({3.4F, -0.5F, 10.5F, -1.0F}, {1, 1, 1, 1});
  EXPECT_EQ(line.species_of(), (std::vector<std::uint32_t>{0, 2, 1, 2}));
}

TEST(Generations, ASpeciesWithoutChildrenIsGoneAndItsNumberIsNeverUsedAgain) {
  Line line(of(2));
  line.next({0.0F, 10.0F}, {1, 1});
  line.next({0.0F, 0.5F}, {1, 1});
  EXPECT_EQ(line.generations.species().size(), 1U);
  line.next({0.0F, 10.0F}, {1, 1});
  EXPECT_EQ(line.species_of(), (std::vector<std::uint32_t>{0, 2}));
}

TEST(Generations, ARandomRepresentativeMayBeAnyMember) {
  GenerationsParameters parameters = of(3);
  parameters.representative = Representative::random;
  std::set<std::uint32_t> joined;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    Line line(parameters);
    line.next({0.0F, 1.5F, 1.5F}, {9, 1, 1});
    line.generations.replace(cambrian::line({3.0F}), std::vector<std::uint32_t>{0},
                             stream_key(seed, "represent"));
    joined.insert(line.species_of()[0]);  // 3.0 is within 1.5, but not within the champion
  }
  EXPECT_THAT(joined, ElementsAre(0, 1));
}

TEST(Generations, FitnessIsSharedWithinSpecies) {
  // Shares 4 + 4 (two of one species, 8 each) against 8 of a loner.
  Line line(of(12));
  line.next({0.0F, 0.0F, 10.0F}, {8, 8, 8});
  EXPECT_THAT(line.offspring(), ElementsAre(6, 6));
}

TEST(Generations, AStagnantSpeciesKeepsAHundredthOfItsFitness) {
  Line line(of(150));
  std::vector<double> fitness = {10, 10};
  for (int i = 1; i <= 14; ++i) {  // ages 1 to 14; the first improved at age 1
    line.next({0.0F, 10.0F}, fitness);
    EXPECT_NEAR(line.offspring()[0], 75, 1) << i;
    fitness[1] += 0.001;  // less than changes the shares
  }
  line.next({0.0F, 10.0F}, fitness);                   // age 15, 14 after its improvement
  EXPECT_THAT(line.offspring(), ElementsAre(1, 149));  // 0.1 of 10.1 shares, 1.5 of 150
}

TEST(Generations, WithoutOffspringForTheStagnantTheOthersGetAll) {
  GenerationsParameters parameters = of(100);
  parameters.stagnation_factor = 0.0;
  parameters.stagnation = 3;
  Line line(parameters);
  for (int i = 1; i <= 3; ++i) line.next({0.0F, 10.0F}, {1000.0, 1.0 * i});
  EXPECT_THAT(line.offspring(), ElementsAre(0, 100));
}

TEST(Generations, TheWorstOldSpeciesIsPunishedEverySoOften) {
  GenerationsParameters parameters = of(404);
  parameters.punish_every = 30;
  parameters.negative_fitness = NegativeFitness::shift;
  Line line(parameters);
  double fitness = 100.0;
  for (int i = 1; i <= 29; ++i) {  // both improve all the time
    fitness += 0.001;
    line.next({0.0F, 10.0F}, {fitness, fitness * 2.0});
    EXPECT_NEAR(line.offspring()[0], 134.7, 2.0) << i;
  }
  line.next({0.0F, 10.0F}, {fitness + 1, fitness * 2.0 + 1});
  EXPECT_NEAR(line.offspring()[0], 2.0, 1.0);
}

TEST(Generations, NegativeFitnessCountsAsNextToNothing) {
  Line line(of(10));
  line.next({0.0F, 10.0F, 20.0F}, {-5, -1, 1});
  EXPECT_THAT(line.offspring(), ElementsAre(0, 0, 10));
}

TEST(Generations, NegativeFitnessMayBeCountedFromTheLowest) {
  GenerationsParameters parameters = of(10);
  parameters.negative_fitness = NegativeFitness::shift;
  Line line(parameters);
  line.next({0.0F, 10.0F, 20.0F}, {-6, -2, 0});
  EXPECT_THAT(line.offspring(), ElementsAre(0, 4, 6));
}

TEST(Generations, ASpeciesThatExpectsMoreThanFiveHasACopyOfItsChampionFirst) {
  Line line(of(11));
  line.next({0.0F, 1.0F, 10.0F, 11.0F}, {1, 5, 2, 3});  // shares 3 and 2.5
  ASSERT_THAT(line.offspring(), ElementsAre(6, 5));
  const auto matings = line.select();
  EXPECT_THAT(line.copies, ElementsAre(0));
  EXPECT_EQ(matings[0].mother, 1U);
  EXPECT_EQ(matings[0].father, Mating::kNone);
}

TEST(Generations, ChampionsMayBeCopiedInSpeciesOfManyMembersInstead) {
  GenerationsParameters parameters = of(12);
  parameters.champion_rule = ChampionRule::members;
  Line line(parameters);
  line.next({0, 0, 0, 0, 0, 0, 10, 10, 10, 10, 10}, {1, 1, 9, 1, 1, 1, 2, 3, 2, 2, 2});
  line.select();
  ASSERT_EQ(line.copies.size(), 1U);
  EXPECT_EQ(line.copies[0], 0U);
}

TEST(Generations, ParentsAreTheBestOfTheirSpecies) {
  GenerationsParameters parameters = of(1000);
  parameters.interspecies = 0.0;
  Line line(parameters, 1.0);
  std::vector<float> genomes(10, 0.0F);
  line.next(genomes, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  std::set<std::uint32_t> mothers, fathers;
  for (const Mating& mating : line.select()) {
    mothers.insert(mating.mother);
    if (mating.father != Mating::kNone) fathers.insert(mating.father);
    EXPECT_TRUE(mating.father == Mating::kNone ||
                mating.father <= mating.mother);  // the fitter one
  }
  EXPECT_THAT(mothers, ElementsAre(7, 8, 9));  // floor(0.2 x 10 + 1)
  EXPECT_THAT(fathers, ElementsAre(7, 8, 9));
}

TEST(Generations, ChildrenOfOneParentAreAsManyAsTheVariationSays) {
  GenerationsParameters parameters = of(4000);
  Line line(parameters, 0.75);
  line.next(std::vector<float>(10, 0.0F), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  const auto matings = line.select();
  EXPECT_NEAR(std::ranges::count(matings, Mating::kNone, &Mating::father), 1000, 100);
}

TEST(Generations, ALoneParentNeverMates) {
  GenerationsParameters parameters = of(50);
  parameters.interspecies = 1.0;
  Line line(parameters, 1.0);
  line.next({0.0F, 10.0F}, {1, 1});
  const auto matings = line.select();
  EXPECT_EQ(std::ranges::count(matings, Mating::kNone, &Mating::father), 50);
}

TEST(Generations, FathersFromElsewhereAreChampionsOfBetterSpeciesMoreOften) {
  GenerationsParameters parameters = of(4000);
  parameters.interspecies = 1.0;
  parameters.survival = 1.0;
  Line line(parameters, 1.0);
  // Three species; the last has nearly all the offspring and the least champion.
  std::vector<float> genomes = {0, 10};
  std::vector<double> fitness = {0.003, 0.002};
  genomes.insert(genomes.end(), 10, 20.0F);
  fitness.insert(fitness.end(), 10, 0.001);
  line.next(genomes, fitness);
  std::vector<int> met(12);
  for (const Mating& mating : line.select()) {
    // The fitter parent became the mother.
    if (mating.father != Mating::kNone && mating.father >= 2) ++met[mating.mother];
  }
  EXPECT_GT(met[0],
            4 * met[1]);  // N(0, 1) must exceed 1 to reach the second of three: 16% of draws
  EXPECT_GT(met[1], 10);
}

/// Genomes on a line that are the larger, the farther to the right.
class Sized final : public Variation {
 public:
  double mating_share() const override { return 1.0; }
  void vary_rows(const Population&, std::span<const Mating>, Population&, RowRange, StreamKey,
                 std::uint64_t) const override {}
  std::size_t genes(const Population& population, std::size_t row) const override {
    return static_cast<std::size_t>(dynamic_cast<const RealPopulation&>(population).row(row)[0]);
  }
};

TEST(Generations, OfEqualParentsTheSmallerGenomeCountsAsTheFitter) {
  const Sized variation;
  GenerationsParameters parameters = of(200);
  parameters.survival = 1.0;
  Generations generations(parameters, empty(), variation);
  generations.replace(line({5, 3, 4}), std::vector<std::uint32_t>{0, 1, 2}, kKey);
  generations.rank(std::vector<double>{1, 1, 1});
  std::vector<Mating> matings(200);
  std::vector<std::uint32_t> copies;
  generations.select(matings, copies, stream_key(1, "select"), 0);
  const auto size = [&](std::uint32_t row) {
    return variation.genes(generations.population(), row);
  };
  int differ = 0;
  for (const Mating& mating : matings) {
    if (mating.father == Mating::kNone) continue;
    EXPECT_LE(size(mating.mother), size(mating.father));
    differ += size(mating.mother) < size(mating.father) ? 1 : 0;
  }
  EXPECT_GT(differ, 50);
}

TEST(Generations, TheThresholdIsFixedUnlessANumberOfSpeciesIsAimedAt) {
  Line line(of(3));
  for (int i = 0; i < 5; ++i) line.next({0, 10, 20}, {1, 1, 1});
  EXPECT_EQ(line.generations.threshold(), 2.0);
}

TEST(Generations, TheThresholdMovesTowardANumberOfSpeciesFromTheSecondGenerationOn) {
  GenerationsParameters parameters = of(3);
  parameters.target_species = 2;
  Line line(parameters);
  line.next({0, 10, 20}, {1, 1, 1});
  EXPECT_DOUBLE_EQ(line.generations.threshold(), 2.0);
  line.next({0, 10, 20}, {1, 1, 1});
  EXPECT_DOUBLE_EQ(line.generations.threshold(), 2.3);
  line.next({0, 10, 10}, {1, 1, 1});
  EXPECT_DOUBLE_EQ(line.generations.threshold(), 2.3);
  for (int i = 0; i < 20; ++i) line.next({0, 0, 0}, {1, 1, 1});
  EXPECT_DOUBLE_EQ(line.generations.threshold(), 0.3);
}

/// Generations without improvement until delta coding, the last of which is in `line`.
void stop_improving(Line& line, const std::vector<float>& genomes,
                    const std::vector<double>& fitness) {
  for (int i = 0; i < 20; ++i) {
    line.next(genomes, fitness);
    ASSERT_FALSE(line.generations.refines()) << i;
  }
  line.next(genomes, fitness);
}

TEST(Generations, DeltaCodingGivesTheTwoBestSpeciesHalfOfThePopulationEach) {
  Line line(of(9));
  stop_improving(line, {0, 10, 20, 10.5F}, {2, 1, 3, 1.5});
  EXPECT_TRUE(line.generations.refines());
  ASSERT_THAT(line.offspring(), ElementsAre(5, 0, 4));
  const auto matings = line.select();
  for (std::size_t i = 0; i < matings.size(); ++i) {
    EXPECT_EQ(matings[i].mother, i < 5 ? 0U : 2U);
    EXPECT_EQ(matings[i].father, Mating::kNone);
  }
  EXPECT_THAT(line.copies, ElementsAre(4, 8));  // one exact copy each
  EXPECT_EQ(line.generations.unimproved(), 0U);
  for (const std::size_t s : {0U, 2U}) {
    EXPECT_EQ(line.generations.records()[s].improved, line.generations.records()[s].age);
  }
  line.next({0, 20}, {2, 3});
  EXPECT_FALSE(line.generations.refines());
}

TEST(Generations, DeltaCodingOfOneSpeciesIsAllItsChampions) {
  Line line(of(7));
  stop_improving(line, {0, 1}, {2, 1});
  EXPECT_THAT(line.offspring(), ElementsAre(7));
  EXPECT_THAT(line.select(), Each(testing::Field(&Mating::mother, 0U)));
  EXPECT_THAT(line.copies, ElementsAre(6));
}

TEST(Generations, DeltaCodingMayLetTheTwoBestSpeciesBreedAsUsual) {
  GenerationsParameters parameters = of(9);
  parameters.delta_coding = DeltaCoding::species;
  Line line(parameters);
  for (int i = 0; i < 21; ++i) line.next({0, 10, 20}, {2, 1, 3});
  EXPECT_THAT(line.offspring(), ElementsAre(5, 0, 4));
  EXPECT_FALSE(line.generations.refines());
}

TEST(Generations, WithoutDeltaCodingAPopulationThatStaysTheSameBreedsAsBefore) {
  GenerationsParameters parameters = of(9);
  parameters.delta_coding = DeltaCoding::off;
  parameters.stagnation = 1000;
  Line line(parameters);
  for (int i = 0; i < 60; ++i) {
    line.next({0, 10, 20}, {2, 1, 3});
    EXPECT_GT(line.offspring()[1], 0U);
  }
}

TEST(Generations, RowsThatAreLeftOutDoNotLive) {
  Line line(of(5));
  line.generations.replace(cambrian::line({0, 50, 10, 60, 0.5F}),
                           std::vector<std::uint32_t>{0, 2, 4}, kKey);
  line.generations.rank(std::vector<double>{1, 1, 1});
  EXPECT_EQ(line.species_of(), (std::vector<std::uint32_t>{0, 1, 0}));
  EXPECT_EQ(line.generations.population().size(), 3U);
  EXPECT_EQ(line.select().size(), 5U);  // as many as ever
}

TEST(Generations, LoadedOnesContinueAsTheSavedOnesWould) {
  GenerationsParameters parameters = of(30);
  parameters.target_species = 4;
  parameters.representative = Representative::random;
  parameters.delta_coding_after = 4;
  Line one(parameters);
  Stream stream(stream_key(7, "test"), 0);
  const auto draw = [&](Line& line, Stream& from) {
    std::vector<float> genomes(30);
    std::vector<double> fitness(30);
    for (float& genome : genomes) genome = from.uniform_float(0.0F, 20.0F);
    for (double& each : fitness) each = from.uniform();
    line.next(genomes, fitness);
  };
  for (int i = 0; i < 25; ++i) {
    draw(one, stream);
    StateTree tree;
    one.generations.save(*tree.writer());
    Line other(parameters);
    other.generations.load(*tree.reader(), one.generations.population(), one.generations.fitness());
    Stream same = stream;
    Stream also = stream;
    Line third(parameters);
    third.generations.load(*tree.reader(), one.generations.population(), one.generations.fitness());
    draw(other, same);
    draw(third, also);
    StateTree a, b;
    other.generations.save(*a.writer());
    third.generations.save(*b.writer());
    EXPECT_EQ(a, b);
    draw(one, stream);
    StateTree c;
    one.generations.save(*c.writer());
    EXPECT_EQ(a, c) << i;
    const auto of_one = one.select();
    const auto of_other = other.select();
    for (std::size_t k = 0; k < of_one.size(); ++k) EXPECT_EQ(of_one[k].mother, of_other[k].mother);
    EXPECT_EQ(one.copies, other.copies);
  }
}

TEST(Generations, DamagedStateIsRefused) {
  Line one(of(4));
  one.next({0, 10, 20, 0}, {1, 2, 3, 4});
  const auto fails = [&](const std::function<void(StateTree::Node&)>& damage) {
    StateTree tree;
    one.generations.save(*tree.writer());
    damage(const_cast<StateTree::Node&>(tree.root()));
    Line other(of(4));
    EXPECT_THROW(other.generations.load(*tree.reader(), one.generations.population(),
                                        one.generations.fitness()),
                 Error);
  };
  const auto column = [](StateTree::Node& node, const char* name) -> std::vector<std::uint32_t>& {
    return std::get<std::vector<std::uint32_t>>(node.columns.at(name).data);
  };
  fails([&](StateTree::Node& root) { column(root, "species")[0] = 9; });
  fails([&](StateTree::Node& root) { column(root, "species").pop_back(); });
  fails(
      [&](StateTree::Node& root) { column(root.groups.at("species_table"), "offspring")[0] += 1; });
  fails([&](StateTree::Node& root) { column(root.groups.at("species_table"), "number")[2] = 0; });
  fails([&](StateTree::Node& root) { column(root.groups.at("species_table"), "improved")[0] = 5; });
  fails([&](StateTree::Node& root) { root.attributes["next_species"] = std::uint64_t{1}; });
}

}  // namespace
}  // namespace cambrian
