// Networks through the evaluator: the episode, the ranges, failures, threads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "doubles.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;

struct NetworkFixture {
  explicit NetworkFixture(bool recurrent = false, std::size_t threads = 1, std::size_t lanes = 1,
                          bool noisy = false, std::size_t inputs = 2, int steps = 2,
                          int scenarios = 1)
      : encoding(recurrent, threads == 1 ? &log : nullptr, inputs),
        executor(make_executor(threads)),
        evaluator(evaluator_of(
            *executor,
            [=, this] {
              auto environment = std::make_unique<CountingEnvironment>(
                  steps, threads == 1 ? &log : nullptr, lanes, noisy);
              environment->scenarios = scenarios;
              return environment;
            },
            &encoding, stream_key(1, "evaluation"))) {}
  Batch run(const std::vector<float>& genes) {
    const RealPopulation candidates = population(1, genes);
    Batch batch;
    batch.fill(candidates.size(), 0);
    evaluator->evaluate(candidates, batch);
    return batch;
  }
  Log log;
  GeneEncoding encoding;
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Evaluator> evaluator;
};

TEST(EvaluateNetworks, AFeedForwardNetworkIsUpdatedOnceAStepWithoutWarmUp) {
  NetworkFixture f(false);
  f.run({0});
  EXPECT_THAT(f.log, ElementsAre("reset", "network reset", "observe", "activate", "act", "observe",
                                 "activate", "act", "finish"));
}

TEST(EvaluateNetworks, ARecurrentNetworkWarmsUpOnTheFirstObservation) {
  NetworkFixture f(true);
  f.run({0});
  EXPECT_THAT(f.log, ElementsAre("reset", "network reset", "observe", "activate", "activate",
                                 "activate", "activate",         // warm-up
                                 "activate", "activate", "act",  // first step
                                 "observe", "activate", "activate", "act", "finish"));
}

TEST(EvaluateNetworks, EachScenarioIsALifeOfItsOwn) {
  NetworkFixture f(true, 1, 1, false, 2, 1, 2);
  f.run({0});
  EXPECT_THAT(
      f.log, ElementsAre("reset", "network reset", "observe", "activate", "activate", "activate",
                         "activate", "activate", "activate", "act", "next scenario",
                         "network reset", "observe", "activate", "activate", "activate", "activate",
                         "activate", "activate", "act", "finish"));
}

TEST(EvaluateNetworks, RangesAreMappedLinearly) {
  // Sensors 10 + step of [10, 20] and 20 + step of [20, 40] onto [0, 1]: means 0 and 0.075; the
  // output of [0, 1] onto [-1, 3].
  NetworkFixture f;
  const Batch batch = f.run({0.25F});
  EXPECT_NEAR(batch.evaluations.objectives[0], (4 * 0.25 - 1) + (4 * 0.325 - 1), 1e-6);
  EXPECT_EQ(batch.evaluations.measures[0], 2);
  EXPECT_EQ(batch.evaluations.valid[0], 1);
  EXPECT_EQ(batch.evaluations.solved[0], 0);
}

TEST(EvaluateNetworks, TheNetworksMeasuresStandBehindTheEnvironments) {
  NetworkFixture f;
  std::vector<std::string> names;
  for (const Measure& measure : f.evaluator->description().measures) names.push_back(measure.name);
  EXPECT_THAT(names, ElementsAre("steps", "network.nodes", "network.links"));
  const Batch batch = f.run({0.25F, 0.5F});
  EXPECT_THAT(batch.evaluations.measures, ElementsAre(2, 3, 2, 2, 3, 2));
}

TEST(EvaluateNetworks, ANetworkIsLaidOpenOnlyForMeasuresThatAreNamed) {
  Log log;
  GeneEncoding encoding(false, &log);
  const auto executor = make_executor(1);
  const auto evaluated = [&](const std::vector<NetworkMeasure>& named) {
    log.clear();
    EvaluationParameters parameters;
    parameters.network_measures = named;
    const auto evaluator = evaluator_of(
        *executor, [] { return std::make_unique<CountingEnvironment>(2, nullptr); }, &encoding, {},
        parameters);
    Batch batch;
    batch.fill(2, 0);
    evaluator->evaluate(population(1, {0.25F, 0.5F}), batch);
    EXPECT_EQ(evaluator->description().measures.size(), 3 + named.size());
    return batch.evaluations.measures;
  };
  EXPECT_THAT(evaluated({}), ElementsAre(2, 3, 2, 2, 3, 2));
  EXPECT_EQ(std::ranges::count(log, "wiring"), 0);
  using enum NetworkMeasure;
  EXPECT_THAT(evaluated({connection_cost}), ElementsAre(2, 3, 2, 13, 2, 3, 2, 13));
  EXPECT_EQ(std::ranges::count(log, "wiring"), 2);
  const double q = 18.0 / 49.0;
  EXPECT_THAT(evaluated({modularity, connection_cost}),
              ElementsAre(2, 3, 2, testing::DoubleEq(q), 13, 2, 3, 2, testing::DoubleEq(q), 13));
  EXPECT_EQ(std::ranges::count(log, "wiring"), 2);
}

TEST(EvaluateNetworks, LanesAreMappedAlike) {
  NetworkFixture one(false, 1, 1);
  NetworkFixture three(false, 1, 3);
  EXPECT_NEAR(three.run({0.25F}).evaluations.objectives[0],
              3 * one.run({0.25F}).evaluations.objectives[0], 1e-6);
}

TEST(EvaluateNetworks, AFailingCandidateIsInvalidAndPoisonsNoOther) {
  NetworkFixture f;
  const Batch batch = f.run({0.25F, 1.0F, 0.25F, 99.0F, NAN, 0.25F});
  EXPECT_THAT(batch.evaluations.valid, ElementsAre(1, 0, 1, 0, 0, 1));
  EXPECT_EQ(batch.evaluations.objectives[0], batch.evaluations.objectives[2]);
  EXPECT_EQ(batch.evaluations.objectives[0], batch.evaluations.objectives[5]);
  EXPECT_EQ(batch.evaluations.objectives[4], 0);
  EXPECT_EQ(f.evaluator->invalid(), 3U);
  EXPECT_EQ(f.evaluator->first_failure(), "motor at its end in step 0");
}

TEST(EvaluateNetworks, ANetworkThatDoesNotFitTheBodyIsInvalidAndSaysWhy) {
  NetworkFixture f(false, 1, 1, false, 3);
  EXPECT_EQ(f.run({0}).evaluations.valid[0], 0);
  EXPECT_EQ(f.evaluator->first_failure(),
            "the network has 3 inputs and 1 outputs, but the body has 2 sensors and 1 motors");
}

TEST(EvaluateNetworks, NoiseIsNamedByTheJobsNoiseAndSample) {
  NetworkFixture f(false, 1, 1, true);
  const RealPopulation candidates = population(1, {0.25F, 0.25F});
  Batch batch;
  batch.candidates = 2;
  batch.jobs = {{.id = 1, .noise = 7, .candidate = 0},
                {.id = 2, .noise = 7, .candidate = 1},
                {.id = 1, .noise = 8, .candidate = 0},
                {.id = 1, .noise = 7, .candidate = 0, .sample = 1}};
  f.evaluator->evaluate(candidates, batch);
  const auto& objectives = batch.evaluations.objectives;
  EXPECT_EQ(objectives[0], objectives[1]);
  EXPECT_NE(objectives[0], objectives[2]);
  EXPECT_NE(objectives[0], objectives[3]);
  EXPECT_NE(objectives[2], objectives[3]);
}

/// Objectives of networks that draw their weight at birth, in an environment that draws nothing, or
/// of a fixed weight in one that does.
std::vector<double> born(const std::vector<Job>& jobs, bool at_birth, bool noisy) {
  GeneEncoding encoding;
  encoding.draws_at_birth = at_birth;
  const auto executor = make_executor(1);
  const auto evaluator = evaluator_of(
      *executor, [=] { return std::make_unique<CountingEnvironment>(1, nullptr, 1, noisy); },
      &encoding, stream_key(1, "noise"));
  Batch batch;
  batch.candidates = 1;
  batch.jobs = jobs;
  evaluator->evaluate(population(1, {0.25F}), batch);
  return batch.evaluations.objectives;
}

TEST(EvaluateNetworks, DrawAtTheirBirthWhatNoiseAndSampleName) {
  const std::vector<Job> jobs = {
      {.noise = 7}, {.noise = 7}, {.noise = 8}, {.noise = 7, .sample = 1}};
  const std::vector<double> sums = born(jobs, true, false);
  EXPECT_EQ(sums[0], sums[1]);
  EXPECT_NE(sums[0], sums[2]);
  EXPECT_NE(sums[0], sums[3]);
}

TEST(EvaluateNetworks, BirthTakesNoNumberFromTheEnvironmentsStream) {
  const double still = born({{.noise = 7}}, false, false).front();
  const double noise = born({{.noise = 7}}, false, true).front() - still;
  const double drawn = born({{.noise = 7}}, true, false).front();
  EXPECT_DOUBLE_EQ(born({{.noise = 7}}, true, true).front(), drawn + noise);
  EXPECT_DOUBLE_EQ(noise, Stream(stream_key(1, "noise"), 7).uniform());
}

TEST(EvaluateNetworks, AreTheSameBitsOnAnyNumberOfThreads) {
  std::vector<float> genes;
  for (int i = 0; i < 1000; ++i) {
    genes.push_back(i % 50 == 13 ? 99.0F : static_cast<float>(i) * 0.001F);
  }
  NetworkFixture serial(true, 1, 2, true);
  const Batch one = serial.run(genes);
  for (const std::size_t threads : {2U, 7U}) {
    NetworkFixture parallel(true, threads, 2, true);
    const Batch many = parallel.run(genes);
    EXPECT_EQ(one.evaluations.objectives, many.evaluations.objectives);
    EXPECT_EQ(one.evaluations.measures, many.evaluations.measures);
    EXPECT_EQ(one.evaluations.valid, many.evaluations.valid);
    EXPECT_EQ(serial.evaluator->first_failure(), parallel.evaluator->first_failure());
    EXPECT_EQ(serial.evaluator->invalid(), parallel.evaluator->invalid());
  }
}

TEST(EvaluateNetworks, TheTraceHasARowBeforeTheFirstStepAndOneAfterEach) {
  NetworkFixture f;
  const RealPopulation candidates = population(1, {0.25F});
  Batch batch;
  batch.fill(1, 0);
  std::vector<std::vector<double>> rows;
  const TraceSink sink = [&](std::span<const double> row) {
    rows.emplace_back(row.begin(), row.end());
  };
  f.evaluator->evaluate(candidates, batch, &sink);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], (std::vector<double>{0, 0}));
  EXPECT_EQ(rows[1][0], 1);
  EXPECT_EQ(rows[2][0], 2);
  EXPECT_EQ(rows[2][1], batch.evaluations.objectives[0]);
  EXPECT_EQ(batch.evaluations.objectives, f.run({0.25F}).evaluations.objectives);
}

}  // namespace
}  // namespace cambrian
