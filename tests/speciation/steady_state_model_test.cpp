// The steady state against a plain model of it, against itself after loading, and against itself
// without looking up children beforehand.
#include <map>

#include "tests/speciation/steady_state_fixtures.hpp"

namespace cambrian {
namespace {

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