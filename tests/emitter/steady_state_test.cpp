#include "cambrian/emitter/neat/steady_state.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

/// Genomes are single numbers; their distance is that of the numbers.
class OnALine final : public Variation {
 public:
  explicit OnALine(double mating_share = 0.7, double scale = 1.0)
      : mating_share_(mating_share), scale_(scale) {}
  double mating_share() const override { return mating_share_; }
  void vary_rows(const Population&, std::span<const Mating>, Population&, std::size_t, std::size_t,
                 StreamKey, std::uint64_t) const override {
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

RealPopulation line(const std::vector<float>& genomes) {
  RealPopulation population(1);
  population.resize(genomes.size());
  std::ranges::copy(genomes, population.matrix().begin());
  return population;
}

std::unique_ptr<Population> empty() { return std::make_unique<RealPopulation>(1); }

float genome(const SteadyState& state, std::size_t row) {
  return dynamic_cast<const RealPopulation&>(state.population()).row(row)[0];
}

std::vector<Mating> select(const SteadyState& state, std::size_t count, std::uint64_t first = 0) {
  std::vector<Mating> matings(count);
  state.select(matings, stream_key(1, "select"), first);
  return matings;
}

/// The same rules, written as plainly as can be: no ranks are kept, everything is searched for.
struct Model {
  struct Individual {
    float genome;
    double fitness;
    std::uint32_t species;
    std::uint64_t joined;
  };
  SteadyStateParameters parameters;
  double threshold = 0;
  std::vector<Individual> living;  // by row
  std::uint64_t joined = 0;
  std::uint32_t next_species = 0;

  /// Species numbers in order, each with its champion's genome.
  std::map<std::uint32_t, float> champions() const {
    std::map<std::uint32_t, const Individual*> best;
    for (const Individual& one : living) {
      const Individual*& champion = best[one.species];
      if (champion == nullptr || one.fitness > champion->fitness ||
          (one.fitness == champion->fitness && one.joined < champion->joined)) {
        champion = &one;
      }
    }
    std::map<std::uint32_t, float> genomes;
    for (const auto& [number, champion] : best) genomes[number] = champion->genome;
    return genomes;
  }
  static std::uint32_t species_for(float genome, std::map<std::uint32_t, float>& champions,
                                   double threshold, std::uint32_t& next_species) {
    for (const auto& [number, champion] : champions) {
      if (std::abs(genome - champion) < threshold) return number;
    }
    champions[next_species] = genome;
    return next_species++;
  }
  void assign(std::map<std::uint32_t, float> champions) {
    for (Individual& one : living) {
      one.species = species_for(one.genome, champions, threshold, next_species);
    }
  }
  void found(const std::vector<float>& genomes, const std::vector<double>& fitness) {
    threshold = parameters.threshold;
    for (std::size_t i = 0; i < genomes.size(); ++i) {
      living.push_back({genomes[i], fitness[i], 0, joined++});
    }
    assign({});
  }
  double size(std::uint32_t species, const std::vector<Individual>& all) const {
    return static_cast<double>(std::ranges::count(all, species, &Individual::species));
  }
  std::optional<std::uint32_t> replace(float genome, double fitness) {
    auto known = champions();
    std::uint32_t next = next_species;
    const std::uint32_t species = species_for(genome, known, threshold, next);
    std::vector<Individual> all = living;
    all.push_back({genome, fitness, species, joined});
    double zero = 0;
    for (const Individual& one : all) zero = std::min(zero, one.fitness);
    std::size_t worst = 0;
    const auto share = [&](std::size_t i) {
      return (all[i].fitness - zero) / size(all[i].species, all);
    };
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (share(i) < share(worst) ||
          (share(i) == share(worst) && all[i].joined < all[worst].joined)) {
        worst = i;
      }
    }
    if (worst == living.size()) return std::nullopt;
    next_species = next;
    living[worst] = all.back();
    ++joined;
    return static_cast<std::uint32_t>(worst);
  }
  void adapt() {
    const auto count = static_cast<std::int64_t>(champions().size());
    const std::int64_t target = parameters.target_species > 0
                                    ? parameters.target_species
                                    : std::max<std::int64_t>(1, parameters.population / 15);
    if (count < target) threshold -= parameters.threshold_step;
    if (count > target) threshold += parameters.threshold_step;
    threshold = std::max(threshold, parameters.threshold_floor);
    assign(champions());
  }
};

void expect_equal(const SteadyState& state, const Model& model) {
  ASSERT_EQ(state.size(), model.living.size());
  ASSERT_EQ(state.threshold(), model.threshold);
  ASSERT_EQ(state.species(), model.champions().size());
  for (std::size_t row = 0; row < state.size(); ++row) {
    ASSERT_EQ(genome(state, row), model.living[row].genome) << row;
    ASSERT_EQ(state.fitness()[row], model.living[row].fitness) << row;
    ASSERT_EQ(state.species_of()[row], model.living[row].species) << row;
  }
}

/// Fitness in steps, so that there are ties; around zero, above it, or below it.
double some_fitness(Stream& stream, double low) {
  return low + static_cast<double>(stream.below(12)) * 0.5;
}

TEST(SteadyState, AgreesWithAPlainModelThroughARandomLife) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    Stream stream(stream_key(seed, "life"), 0);
    const double low = seed % 3 == 0 ? -3.0 : seed % 3 == 1 ? 0.0 : -8.0;
    SteadyStateParameters parameters;
    parameters.population = 60;
    parameters.threshold = 1.0;
    parameters.target_species = seed % 2 == 0 ? 0 : 9;
    const OnALine variation;
    SteadyState state(parameters, empty(), variation);
    Model model{.parameters = parameters, .living = {}};
    std::vector<float> genomes(60);
    std::vector<double> fitness(60);
    for (float& one : genomes) one = 10 * stream.uniform_float();
    for (double& one : fitness) one = some_fitness(stream, low);
    state.found(line(genomes), fitness);
    model.found(genomes, fitness);
    expect_equal(state, model);
    int refused = 0;
    for (int step = 1; step <= 1500; ++step) {
      const float near = genomes[stream.below(60)] + stream.uniform_float(-1.5F, 1.5F);
      const double value = some_fitness(stream, low);
      const auto row = state.replace(line({0.0F, near, 0.0F}), 1, value);
      ASSERT_EQ(row, model.replace(near, value)) << step;
      refused += row ? 0 : 1;
      if (step % 12 == 0) {
        for (double& one : fitness) one = some_fitness(stream, low);
        for (std::size_t i = 0; i < fitness.size(); ++i) model.living[i].fitness = fitness[i];
        state.adapt_species(fitness);
        model.adapt();
      }
      expect_equal(state, model);
      if (HasFatalFailure()) return;
    }
    EXPECT_GT(refused, 0);
    EXPECT_LT(refused, 1500);
  }
}

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

TEST(SteadyState, GoesOnAfterLoadingAsIfNothingHadHappened) {
  const OnALine variation;
  SteadyStateParameters parameters;
  parameters.population = 40;
  parameters.threshold = 1.0;
  Stream stream(stream_key(1, "resume"), 0);
  std::vector<float> genomes(40);
  std::vector<double> fitness(40);
  for (float& one : genomes) one = 10 * stream.uniform_float();
  for (double& one : fitness) one = some_fitness(stream, 0.0);
  SteadyState one(parameters, empty(), variation);
  one.found(line(genomes), fitness);
  const auto live = [](SteadyState& state, Stream draws) {
    for (int step = 1; step <= 200; ++step) {
      state.replace(line({10 * draws.uniform_float()}), 0, some_fitness(draws, 0.0));
      if (step % 9 == 0) state.adapt_species();
    }
  };
  live(one, Stream(stream_key(2, "resume"), 0));
  StateTree tree;
  one.save(*tree.writer());
  SteadyState other(parameters, empty(), variation);
  other.load(*tree.reader(), one.population(), one.fitness());
  StateTree again;
  other.save(*again.writer());
  EXPECT_EQ(tree, again);
  live(one, Stream(stream_key(3, "resume"), 0));
  live(other, Stream(stream_key(3, "resume"), 0));
  StateTree end_of_one;
  StateTree end_of_other;
  one.save(*end_of_one.writer());
  other.save(*end_of_other.writer());
  EXPECT_EQ(end_of_one, end_of_other);
  EXPECT_TRUE(std::ranges::equal(one.fitness(), other.fitness()));
  for (std::size_t row = 0; row < 40; ++row) EXPECT_EQ(genome(one, row), genome(other, row));
  const std::vector<Mating> matings = select(one, 50);
  const std::vector<Mating> others = select(other, 50);
  for (std::size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(matings[i].mother, others[i].mother);
    EXPECT_EQ(matings[i].father, others[i].father);
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

/// Batches of children, species founded and lost on the way, champions that change.
TEST(SteadyState, LookingUpABatchBeforehandChangesNothing) {
  const OnALine variation(0.7, 10.0);
  const auto executor = make_executor(3);
  SteadyStateParameters parameters;
  parameters.population = 60;
  SteadyState plain(parameters, empty(), variation);
  SteadyState looked_up(parameters, empty(), variation, executor.get());
  Stream stream(stream_key(1, "batches"), 0);
  const auto draw = [&stream](std::size_t n) {
    std::vector<float> genomes(n);
    for (float& genome : genomes) genome = stream.uniform_float(-3.0F, 3.0F);
    return line(genomes);
  };
  const RealPopulation first = draw(60);
  std::vector<double> fitness(60);
  for (double& one : fitness) one = stream.uniform();
  plain.found(first, fitness);
  looked_up.found(first, fitness);
  for (int batch = 0; batch < 60; ++batch) {
    const RealPopulation children = draw(40);
    looked_up.begin(children);
    for (std::uint32_t child = 0; child < 40; ++child) {
      if (stream.chance(0.1)) continue;  // an invalid one
      const double of_child = stream.uniform() * (1.0 + 0.05 * batch);
      ASSERT_EQ(looked_up.replace(children, child, of_child),
                plain.replace(children, child, of_child));
    }
    plain.adapt_species();
    looked_up.adapt_species();
    ASSERT_EQ(looked_up.threshold(), plain.threshold());
    ASSERT_TRUE(std::ranges::equal(looked_up.species_of(), plain.species_of()));
    ASSERT_TRUE(std::ranges::equal(looked_up.fitness(), plain.fitness()));
  }
  EXPECT_GT(plain.species(), 1U);
}

}  // namespace
}  // namespace cambrian
