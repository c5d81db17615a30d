// What is submitted, and comes back evaluated.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cambrian/core/shape.hpp"
#include "cambrian/evaluation/gather.hpp"
#include "doubles.hpp"

namespace cambrian {
namespace {

using testing::Each;
using testing::ElementsAre;

std::unique_ptr<Proposal> proposal(const std::vector<float>& genes, std::uint64_t first_id = 0) {
  auto made = std::make_unique<Proposal>();
  made->population = std::make_unique<RealPopulation>(population(1, genes));
  made->batch.fill(genes.size(), first_id);
  made->candidates.start(genes.size(), first_id, 1, 1);
  return made;
}

/// Networks of one gene in noisy environments of one step; one per entry of `steps`.
struct Submitted {
  explicit Submitted(const EvaluationParameters& parameters, std::size_t environments = 1)
      : executor(make_executor(2)) {
    std::vector<SuiteMember> members;
    for (std::size_t i = 0; i < environments; ++i) {
      const int steps = static_cast<int>(i) + 1;
      members.push_back(
          {"e" + std::to_string(i),
           [steps] { return std::make_unique<CountingEnvironment>(steps, nullptr, 1, true); },
           &encoding});
    }
    evaluator = make_evaluator(*executor, std::move(members), parameters, stream_key(1, "noise"));
  }
  std::unique_ptr<Proposal> evaluated(std::unique_ptr<Proposal> asked) const {
    evaluator->submit(std::move(asked));
    return evaluator->next();
  }
  GeneEncoding encoding;
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Evaluator> evaluator;
};

EvaluationParameters sampled(std::int64_t samples, Noise noise = Noise::own) {
  EvaluationParameters parameters;
  parameters.samples = samples;
  parameters.noise = noise;
  return parameters;
}

TEST(Submit, BatchesComeBackInOrderOfSubmission) {
  const Submitted f(sampled(1));
  f.evaluator->submit(proposal({0.25F}, 5));
  f.evaluator->submit(proposal({0.5F, 0.25F}, 6));
  EXPECT_EQ(f.evaluator->next()->batch.jobs.front().id, 5U);
  const auto second = f.evaluator->next();
  EXPECT_EQ(second->batch.jobs.front().id, 6U);
  EXPECT_THAT(second->batch.evaluations.valid, ElementsAre(1, 1));
}

TEST(Submit, ThereIsNoNextWhereNothingWasSubmitted) {
  const Submitted f(sampled(1));
  EXPECT_THROW(f.evaluator->next(), Error);
}

TEST(Submit, EachSampleDrawsFromItsOwnStreamAndIsCounted) {
  const Submitted f(sampled(3));
  auto told = f.evaluated(proposal({0.25F, 0.25F}));
  const std::vector<double>& sums = told->batch.evaluations.objectives;
  ASSERT_EQ(sums.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(sums[i], sums[j]);
  }
  gather(*told, {{{"steps"}, {""}, {0}, {10}}, {0}});
  EXPECT_THAT(told->candidates.samples, Each(3));
  EXPECT_DOUBLE_EQ(told->candidates.objectives[1], (sums[3] + sums[4] + sums[5]) / 3);
}

TEST(Submit, SharedNoiseIsOneForABatchAndItsOrdinalIsKept) {
  const Submitted f(sampled(2, Noise::shared));
  const auto told = f.evaluated(proposal({0.25F, 0.25F}, 40));
  const std::vector<double>& sums = told->batch.evaluations.objectives;
  EXPECT_EQ(sums[0], sums[2]);
  EXPECT_EQ(sums[1], sums[3]);
  EXPECT_NE(sums[0], sums[1]);
  EXPECT_THAT(told->candidates.noise, ElementsAre(40, 40));
  EXPECT_NE(f.evaluated(proposal({0.25F}, 50))->batch.evaluations.objectives[0], sums[0]);
}

TEST(Submit, FixedNoiseIsOneForAllBatches) {
  const Submitted f(sampled(1, Noise::fixed));
  const auto first = f.evaluated(proposal({0.25F, 0.25F}, 40));
  const auto second = f.evaluated(proposal({0.25F}, 50));
  EXPECT_EQ(first->batch.evaluations.objectives[1], first->batch.evaluations.objectives[0]);
  EXPECT_EQ(second->batch.evaluations.objectives[0], first->batch.evaluations.objectives[0]);
  EXPECT_TRUE(first->candidates.noise.empty());
}

TEST(Submit, ASuiteTriesEachCandidateInAllItsEnvironments) {
  const Submitted f(sampled(1), 3);
  const auto told = f.evaluated(proposal({0.25F, 0.5F}));
  // The first measure is the steps done, by which the environments differ.
  std::vector<double> steps;
  const Evaluations& rows = told->batch.evaluations;
  for (std::size_t i = 0; i < 6; ++i) steps.push_back(rows.measures[i * rows.shape.measures]);
  EXPECT_THAT(steps, ElementsAre(1, 2, 3, 1, 2, 3));
}

TEST(Submit, TwoJobsPerCandidateHaveARowEach) {
  const Submitted f(sampled(1));
  auto asked = proposal({0.25F, 0.5F});
  asked->batch.jobs.insert(asked->batch.jobs.end(), asked->batch.jobs.begin(),
                           asked->batch.jobs.begin() + 2);
  for (std::size_t i = 2; i < 4; ++i) asked->batch.jobs[i].sample = 1;
  auto told = f.evaluated(std::move(asked));
  EXPECT_EQ(told->batch.evaluations.size(), 4U);
  gather(*told, {{{"steps"}, {""}, {0}, {10}}, {0}});
  EXPECT_THAT(told->candidates.samples, ElementsAre(2, 2));
  EXPECT_EQ(told->candidates.objectives.size(), 2U);
}

TEST(Submit, JobsOfAnEnvironmentThatThereIsNotAreRefused) {
  const Submitted f(sampled(1));
  auto asked = proposal({0.25F});
  asked->batch.jobs.front().environment = 1;
  EXPECT_THROW(f.evaluator->submit(std::move(asked)), ShapeError);
}

TEST(Submit, VectorsOfASuiteAreEvaluatedInTheirOwnEnvironment) {
  const auto executor = make_executor(2);
  const auto make = [] { return std::make_unique<VectorEnvironment>(); };
  const auto evaluator =
      make_evaluator(*executor, {{"a", make, nullptr}, {"b", make, nullptr}}, sampled(2), {});
  auto asked = std::make_unique<Proposal>();
  asked->population = std::make_unique<RealPopulation>(population(3, {1, 2, 3, 4, 5, 6}));
  asked->batch.fill(2, 0);
  evaluator->submit(std::move(asked));
  EXPECT_THAT(evaluator->next()->batch.evaluations.objectives,
              ElementsAre(6, 6, 6, 6, 15, 15, 15, 15));
}

TEST(MakeEvaluator, RefusesASuiteWhoseRowsMeanDifferentThings) {
  struct Other final : Environment {
    Other() {
      description_.objectives = {{"sum", "", 0, ""}};
      description_.measures = {{"other", "", 0, 1, ""}, {"product", "", 0, 1, ""}};
      description_.takes_vectors = true;
      description_.vector_length = 3;
    }
    const EnvironmentDescription& description() const override { return description_; }
    EnvironmentDescription description_;
  };
  const auto executor = make_executor(1);
  try {
    make_evaluator(*executor,
                   {{"a", [] { return std::make_unique<VectorEnvironment>(); }, nullptr},
                    {"b", [] { return std::make_unique<Other>(); }, nullptr}},
                   {}, {});
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(), "environments: 'a' and 'b' differ in their measures");
  }
  EXPECT_THROW(make_evaluator(*executor, {}, {}, {}), ConfigError);
}

}  // namespace
}  // namespace cambrian
