// What an evaluation may take: steps, which repeat, and time, which does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "doubles.hpp"

namespace cambrian {
namespace {

using testing::Each;
using testing::ElementsAre;

EvaluationParameters limits(std::int64_t max_steps, double time_limit) {
  EvaluationParameters parameters;
  parameters.max_steps = max_steps;
  parameters.time_limit = time_limit;
  return parameters;
}

/// Networks in episodes of 5 steps.
struct Episodes {
  explicit Episodes(const EvaluationParameters& parameters, std::size_t threads = 1)
      : executor(make_executor(threads)),
        evaluator(evaluator_of(
            *executor, [] { return std::make_unique<CountingEnvironment>(5); }, &encoding, {},
            parameters)) {}
  Batch run(const std::vector<float>& genes) {
    const RealPopulation candidates = population(1, genes);
    Batch batch;
    batch.fill(candidates.size(), 0);
    evaluator->evaluate(candidates, batch);
    return batch;
  }
  GeneEncoding encoding;
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Evaluator> evaluator;
};

TEST(EvaluationLimits, AnEpisodeOfMaxStepsIsValid) {
  Episodes f(limits(5, 0));
  EXPECT_THAT(f.run({0, 0.25F}).evaluations.valid, Each(1));
  EXPECT_EQ(f.evaluator->over_max_steps(), 0U);
}

TEST(EvaluationLimits, AnEpisodeThatIsNotOverAfterMaxStepsIsInvalidCountedAndSaid) {
  for (const std::size_t threads : {1U, 3U}) {
    Episodes f(limits(4, 0), threads);
    const Batch batch = f.run({0, 0.25F, 99});  // the last cannot be decoded
    EXPECT_THAT(batch.evaluations.valid, Each(0));
    EXPECT_THAT(batch.evaluations.objectives, Each(0));
    EXPECT_THAT(batch.evaluations.measures, Each(0));
    EXPECT_EQ(f.evaluator->invalid(), 3U);
    EXPECT_EQ(f.evaluator->over_max_steps(), 2U);
    EXPECT_EQ(f.evaluator->over_time_limit(), 0U);
    EXPECT_EQ(f.evaluator->first_failure(),
              "the episode is not over after evaluation.max_steps = 4");
  }
}

TEST(EvaluationLimits, ATimeLimitIsLookedAtBetweenSteps) {
  Episodes hasty(limits(0, 1e-9));
  EXPECT_THAT(hasty.run({0, 0.25F}).evaluations.valid, ElementsAre(0, 0));
  EXPECT_EQ(hasty.evaluator->over_time_limit(), 2U);
  EXPECT_EQ(hasty.evaluator->first_failure(), "takes longer than evaluation.time_limit = 1e-09 s");
  Episodes patient(limits(0, 1e6));
  EXPECT_THAT(patient.run({0, 0.25F}).evaluations.valid, ElementsAre(1, 1));
  EXPECT_EQ(patient.evaluator->over_time_limit(), 0U);
}

TEST(EvaluationLimits, ATimeLimitIsLookedAtAfterEachBareVector) {
  const auto executor = make_executor(1);
  const RealPopulation candidates = population(3, {1, 2, 3, 4, 5, 6});
  Batch batch;
  batch.fill(2, 0);
  const auto make = [] { return std::make_unique<VectorEnvironment>(); };
  const auto hasty = evaluator_of(*executor, make, nullptr, {}, limits(0, 1e-9));
  hasty->evaluate(candidates, batch);
  EXPECT_THAT(batch.evaluations.valid, ElementsAre(0, 0));
  EXPECT_EQ(hasty->over_time_limit(), 2U);
  const auto patient = evaluator_of(*executor, make, nullptr, {}, limits(0, 1e6));
  patient->evaluate(candidates, batch);
  EXPECT_THAT(batch.evaluations.valid, ElementsAre(1, 1));
  EXPECT_THAT(batch.evaluations.objectives, ElementsAre(6, 15));
}

}  // namespace
}  // namespace cambrian
