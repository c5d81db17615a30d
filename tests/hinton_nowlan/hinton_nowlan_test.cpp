#include "environments/hinton_nowlan/hinton_nowlan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/experiment.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

struct Life {
  double fitness = 0;
  std::array<double, 4> measures{};  ///< zeros, ones, open, trials
  bool found = false;
  std::vector<float> learned;
};

Life live(const std::vector<float>& genes, std::uint64_t ordinal = 0, std::int64_t trials = 1000) {
  HintonNowlanParameters parameters;
  parameters.loci = static_cast<std::int64_t>(genes.size());
  parameters.trials = trials;
  static const RecordedInputs inputs{std::vector<std::filesystem::path>{}};
  const auto environment = hinton_nowlan_environment().make(parameters, inputs);
  Stream stream(stream_key(1, "life"), ordinal);
  Life life;
  std::array<double, 1> fitness{};
  std::array<std::uint8_t, 1> solved{};
  life.learned = genes;
  environment->evaluate({genes.data(), 1, genes.size(), {&stream, 1}},
                        {fitness, life.measures, solved, {}, life.learned});
  life.fitness = fitness[0];
  life.found = solved[0] != 0;
  return life;
}

TEST(HintonNowlan, AllelesAreTheNearestOf0And1And2) {
  EXPECT_EQ(allele_of(-3.0F), Allele::zero);
  EXPECT_EQ(allele_of(0.49F), Allele::zero);
  EXPECT_EQ(allele_of(0.5F), Allele::one);
  EXPECT_EQ(allele_of(1.49F), Allele::one);
  EXPECT_EQ(allele_of(1.5F), Allele::open);
  EXPECT_EQ(allele_of(9.0F), Allele::open);
}

TEST(HintonNowlan, OnesScore20AndA0NeverFindsTheString) {
  const Life ones = live(std::vector<float>(20, 1.0F));
  EXPECT_EQ(ones.fitness, 20);
  EXPECT_EQ(ones.measures, (std::array<double, 4>{0, 1, 0, 1}));
  std::vector<float> genes(20, 2.0F);
  genes[7] = 0;
  genes[8] = 1;
  for (std::uint64_t i = 0; i < 100; ++i) {
    const Life life = live(genes, i);
    EXPECT_EQ(life.fitness, 1);
    EXPECT_FALSE(life.found);
    EXPECT_EQ(life.measures, (std::array<double, 4>{0.05, 0.05, 0.9, 1000}));
    EXPECT_EQ(life.learned, genes);
  }
}

TEST(HintonNowlan, FitnessCountsTheTrialsThatAreLeftAndWhatIsFoundIsLearned) {
  std::vector<float> genes(20, 1.0F);
  std::fill_n(genes.begin(), 5, 2.0F);
  for (std::uint64_t i = 0; i < 100; ++i) {
    const Life life = live(genes, i);
    if (!life.found) continue;
    EXPECT_DOUBLE_EQ(life.fitness, 1 + 19 * (1000 - (life.measures[3] - 1)) / 1000);
    EXPECT_EQ(life.learned, std::vector<float>(20, 1.0F));
  }
}

TEST(HintonNowlan, TheFirstSuccessIsDistributedAsThatOfCoinsThatAreThrown) {
  // Against a life lived trial by trial: q coins each, with at most 50 trials.
  constexpr int kLives = 40'000;
  constexpr std::size_t kOpen = 4;
  std::array<double, 52> drawn{}, thrown{};
  for (std::uint64_t i = 0; i < kLives; ++i) {
    Stream stream(stream_key(1, "drawn"), i);
    ++drawn[static_cast<std::size_t>(first_success(kOpen, 50, stream))];
    Stream coins(stream_key(1, "thrown"), i);
    std::size_t trial = 1;
    for (; trial <= 50; ++trial) {
      bool all = true;
      for (std::size_t k = 0; k < kOpen; ++k) all = coins.chance(0.5) && all;
      if (all) break;
    }
    ++thrown[trial];
  }
  EXPECT_EQ(drawn[0], 0);
  const double p = std::ldexp(1.0, -static_cast<int>(kOpen));
  for (std::size_t t = 1; t <= 51; ++t) {
    const double chance = t <= 50 ? p * std::pow(1 - p, t - 1) : std::pow(1 - p, 50);
    const double deviation = std::sqrt(kLives * chance * (1 - chance));
    EXPECT_NEAR(drawn[t], kLives * chance, 5 * deviation) << t;
    EXPECT_NEAR(thrown[t], kLives * chance, 5 * deviation) << t;
  }
}

TEST(HintonNowlan, ASingleTrialSucceedsWithTheProbabilityOfItsGuess) {
  std::vector<float> genes(20, 1.0F);
  std::fill_n(genes.begin(), 3, 2.0F);
  int found = 0;
  for (std::uint64_t i = 0; i < 8000; ++i) {
    const Life life = live(genes, i, 1);
    EXPECT_EQ(life.fitness, life.found ? 20 : 1);
    found += life.found ? 1 : 0;
  }
  EXPECT_NEAR(found, 1000, 5 * std::sqrt(8000 * 0.125 * 0.875));
}

/// Trace rows of a life, and what its evaluation says. Columns: trial, right, most, alleles, guesses.
struct TracedLife {
  Life life;
  std::vector<std::vector<double>> rows;
  std::unique_ptr<Environment> environment;
};

TracedLife traced(const std::vector<float>& genes, std::uint64_t ordinal = 0,
                  std::int64_t trials = 1000) {
  TracedLife made;
  made.life = live(genes, ordinal, trials);
  HintonNowlanParameters parameters;
  parameters.loci = static_cast<std::int64_t>(genes.size());
  parameters.trials = trials;
  made.environment = hinton_nowlan_environment().make(
      parameters, RecordedInputs(std::vector<std::filesystem::path>{}));
  Stream stream(stream_key(1, "life"), ordinal);
  made.environment->trace_vector(genes, stream, [&](std::span<const double> row) {
    made.rows.emplace_back(row.begin(), row.end());
  });
  return made;
}

std::span<const double> guesses_of(const std::vector<double>& row) {
  return std::span(row).last((row.size() - 3) / 2);
}

TEST(HintonNowlanTrace, EndsWithTheTrialThatWasCountedAndNoneBeforeItIsAllOnes) {
  std::vector<float> genes(20, 1.0F);
  for (const std::size_t open : {3U, 7U, 8U, 11U, 19U}) genes[open] = 2.0F;
  int found = 0;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const auto [life, rows, environment] = traced(genes, i, 50);
    ASSERT_EQ(rows.size(), static_cast<std::size_t>(life.measures[3]) + 1);
    found += life.found ? 1 : 0;
    double most = 0;
    for (std::size_t trial = 1; trial < rows.size(); ++trial) {
      const std::vector<double>& row = rows[trial];
      ASSERT_EQ(row.size(), environment->description().trace.size());
      EXPECT_EQ(row[0], static_cast<double>(trial));
      const auto guesses = guesses_of(row);
      for (std::size_t k = 0; k < genes.size(); ++k) {
        EXPECT_EQ(row[3 + k], static_cast<double>(genes[k]));
        EXPECT_TRUE(genes[k] == 2.0F ? guesses[k] == 0 || guesses[k] == 1 : guesses[k] == 1);
      }
      EXPECT_EQ(row[1], static_cast<double>(std::ranges::count(guesses, 1.0)));
      most = std::max(most, row[1]);
      EXPECT_EQ(row[2], most);
      EXPECT_EQ(row[1] == 20, life.found && trial + 1 == rows.size());
    }
  }
  EXPECT_NEAR(found, 200 * (1 - std::pow(31.0 / 32, 50)), 30);
}

TEST(HintonNowlanTrace, GuessesBeforeTheFirstSuccessAreCoinsThatAreNotAllOnes) {
  // Each of the 7 patterns of 3 coins that are not all ones is as likely.
  std::array<int, 8> times{};
  int all = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const std::vector<std::vector<double>> rows = traced({2, 1, 2, 2}, i).rows;
    for (std::size_t trial = 1; trial + 1 < rows.size(); ++trial, ++all) {
      const auto guess = guesses_of(rows[trial]);
      ++times[static_cast<std::size_t>(guess[0] + 2 * guess[2] + 4 * guess[3])];
    }
  }
  EXPECT_EQ(times[7], 0);
  for (std::size_t pattern = 0; pattern < 7; ++pattern) {
    EXPECT_NEAR(times[pattern], all / 7.0, 5 * std::sqrt(all / 7.0)) << pattern;
  }
}

TEST(HintonNowlanTrace, ALifeWithAZeroGuessesToItsEnd) {
  const auto [life, rows, environment] = traced({0, 2, 1}, 0, 40);
  ASSERT_EQ(rows.size(), 41U);
  EXPECT_EQ(rows.front(), (std::vector<double>{0, 0, 0, 0, 2, 1, -1, -1, -1}));
  for (std::size_t trial = 1; trial <= 40; ++trial) EXPECT_EQ(guesses_of(rows[trial])[0], 0);
  EXPECT_FALSE(life.found);
  EXPECT_THROW(traced({0, 2, 1}, 0, 200'000), Error);
}

TEST(HintonNowlanTrace, ASceneShowsGenomeAndGuessAndHowMuchOfItIsRight) {
  const auto environment = traced({0, 2, 1}).environment;
  const std::array<double, 9> row = {10, 2, 2, 0, 2, 1, 0, 1, 1};
  const Scene scene = environment->scene(row).value();
  ASSERT_EQ(scene.cells.size(), 6U);
  const std::array<std::optional<SceneRole>, 6> roles = {SceneRole::goal,  std::nullopt,
                                                         SceneRole::start, SceneRole::goal,
                                                         SceneRole::start, SceneRole::start};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(scene.cells[i].role, roles[i]) << i;
  const auto says = [](const Scene& shown, const std::string& text) {
    return std::ranges::count(shown.labels, text, &SceneLabel::text);
  };
  EXPECT_EQ(says(scene, "?"), 1);
  EXPECT_EQ(says(scene, "trial 10: 2 of 3 right, at most 2 so far"), 1);
  const double top = scene.lines[1].points[0].y;  // all right
  ASSERT_EQ(scene.circles.size(), 1U);
  EXPECT_DOUBLE_EQ(scene.circles[0].centre.y, top * 2 / 3);
  EXPECT_DOUBLE_EQ(scene.circles[0].centre.x, scene.lines[1].points[1].x / 3);  // of 1,000 trials
  const std::array<double, 9> found = {2, 3, 3, 1, 2, 1, 1, 1, 1};
  EXPECT_EQ(says(environment->scene(found).value(), "trial 2: found, fitness 19.981"), 1);
  const std::array<double, 9> born = {0, 0, 0, 1, 2, 1, -1, -1, -1};
  EXPECT_TRUE(environment->scene(born).value().circles.empty());
}

/// The experiment file with changes, after a number of generations.
struct Evolution {
  explicit Evolution(std::int64_t seed, const std::vector<std::string>& changes = {},
                     int threads = 1) {
    std::ifstream file(source_folder() + "/data/experiments/hinton_nowlan.toml");
    std::ostringstream text;
    text << file.rdbuf();
    Configuration configuration = Configuration::from_text(text.str(), "hinton_nowlan.toml");
    configuration.set("run.seed=" + std::to_string(seed));
    for (const std::string& change : changes) configuration.set(change);
    static const RecordedInputs inputs{{data_folder()}};
    experiment = std::make_unique<Experiment>(
        assemble(configuration, make_catalogue(environments()), inputs, threads));
  }
  void generations(int n) const {
    for (int i = 0; i < n; ++i) experiment->step(0);
  }
  const NamedPopulation& living() const {
    held = experiment->parts().algorithm->populations();
    return held.front();
  }
  double share(Allele allele) const {
    const auto genes = dynamic_cast<const RealPopulation&>(*living().genomes).matrix();
    const auto is = [&](float gene) { return allele_of(gene) == allele; };
    return static_cast<double>(std::ranges::count_if(genes, is)) /
           static_cast<double>(genes.size());
  }
  double mean_fitness() const {
    const auto& fitness = living().individuals->objectives;
    double sum = 0;
    for (const double one : fitness) sum += one;
    return sum / static_cast<double>(fitness.size());
  }
  double best_fitness() const { return std::ranges::max(living().individuals->objectives); }
  std::unique_ptr<Experiment> experiment;
  mutable std::vector<NamedPopulation> held;
};

TEST(HintonNowlanRun, StartsWithTheExpectedSharesAndFinders) {
  constexpr int kSeeds = 100;
  double without_zero = 0, finders = 0;
  for (std::int64_t seed = 1; seed <= kSeeds; ++seed) {
    const Evolution run(seed);
    run.generations(1);
    EXPECT_NEAR(run.share(Allele::zero), 0.25, 0.02);
    EXPECT_NEAR(run.share(Allele::open), 0.5, 0.02);
    const Individuals& living = *run.living().individuals;
    const auto& genomes = dynamic_cast<const RealPopulation&>(*run.living().genomes);
    for (std::size_t i = 0; i < living.size(); ++i) {
      without_zero += std::ranges::count(genomes.row(i), 0.0F) == 0 ? 1 : 0;
      finders += living.solved[i];
    }
  }
  // 1000 x 0.75^20 = 3.17 and 0.558 per run; both are sums of rare events.
  EXPECT_NEAR(without_zero, kSeeds * 3.17, 5 * std::sqrt(kSeeds * 3.17));
  EXPECT_NEAR(finders, kSeeds * 0.558, 5 * std::sqrt(kSeeds * 0.558));
}

TEST(HintonNowlanRun, ZerosVanishWithinAbout20GenerationsAndOnesRiseWhileSomeRemainOpen) {
  for (std::int64_t seed = 1; seed <= 10; ++seed) {
    const Evolution run(seed);
    run.generations(25);
    EXPECT_LT(run.share(Allele::zero), 0.01) << seed;
    run.generations(25);
    EXPECT_GT(run.share(Allele::one), 0.65) << seed;
    EXPECT_GT(run.share(Allele::open), 0.1) << seed;
    EXPECT_GT(run.mean_fitness(), 18) << seed;
  }
}

TEST(HintonNowlanRun, WithoutLearningAny20IsLost) {
  for (std::int64_t seed = 1; seed <= 10; ++seed) {
    const Evolution run(seed, {"environment.trials=1"});
    run.generations(50);
    EXPECT_EQ(run.best_fitness(), 1) << seed;
  }
}

TEST(HintonNowlanRun, WithoutOpenAllelesAtTheStartNothingIsFound) {
  for (std::int64_t seed = 1; seed <= 5; ++seed) {
    const Evolution run(seed, {"genome.initial_values=[0, 1]"});
    run.generations(50);
    EXPECT_EQ(run.share(Allele::open), 0) << seed;
    EXPECT_EQ(run.best_fitness(), 1) << seed;
  }
}

TEST(HintonNowlanRun, InheritingWhatWasLearnedIsFaster) {
  for (std::int64_t seed = 1; seed <= 5; ++seed) {
    const Evolution darwin(seed), lamarck(seed, {"evaluation.lamarckian=true"});
    darwin.generations(20);
    lamarck.generations(20);
    EXPECT_GT(lamarck.mean_fitness(), darwin.mean_fitness()) << seed;
    EXPECT_LT(lamarck.share(Allele::open), 0.01) << seed;
  }
}

TEST(HintonNowlanRun, RandomSelectionLeavesTheSharesButForDrift) {
  double zeros = 0, open = 0;
  constexpr int kSeeds = 20;
  for (std::int64_t seed = 1; seed <= kSeeds; ++seed) {
    const Evolution run(seed, {"algorithm.selection=uniform"});
    run.generations(50);
    zeros += run.share(Allele::zero) / kSeeds;
    open += run.share(Allele::open) / kSeeds;
  }
  // A locus drifts by sqrt(p (1 - p) 50 / 1000) in 50 generations; 20 loci in each of 20 runs, and more
  // where neighbours hang together.
  EXPECT_NEAR(zeros, 0.25, 0.05);
  EXPECT_NEAR(open, 0.5, 0.05);
}

TEST(HintonNowlanRun, IsTheSameForAnyNumberOfThreads) {
  for (const char* change : {"evaluation.lamarckian=false", "evaluation.lamarckian=true"}) {
    const Evolution one(1, {change}, 1), two(1, {change}, 2);
    one.generations(10);
    two.generations(10);
    EXPECT_EQ(one.living().individuals->objectives, two.living().individuals->objectives);
    EXPECT_TRUE(
        std::ranges::equal(dynamic_cast<const RealPopulation&>(*one.living().genomes).matrix(),
                           dynamic_cast<const RealPopulation&>(*two.living().genomes).matrix()));
  }
}

}  // namespace
}  // namespace cambrian
