// What a life has learned, written back into its genome.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "doubles.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;

EvaluationParameters lamarckian() {
  EvaluationParameters parameters;
  parameters.lamarckian = true;
  return parameters;
}

/// Vectors of 3 in blocks.
struct Lives {
  explicit Lives(std::size_t block, const EvaluationParameters& parameters = lamarckian(),
                 std::size_t threads = 1)
      : executor(make_executor(threads)) {
    evaluator = evaluator_of(
        *executor,
        [block] {
          auto made = std::make_unique<VectorEnvironment>();
          made->set_block(block);
          return made;
        },
        nullptr, {}, parameters);
  }
  std::vector<float> lived(const std::vector<float>& genes) {
    auto asked = std::make_unique<Proposal>();
    asked->population = std::make_unique<RealPopulation>(population(3, genes));
    asked->batch.fill(genes.size() / 3, 0);
    evaluator->submit(std::move(asked));
    const auto told = evaluator->next();
    objectives = told->batch.evaluations.objectives;
    const auto matrix = dynamic_cast<const RealPopulation&>(*told->population).matrix();
    return {matrix.begin(), matrix.end()};
  }
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Evaluator> evaluator;
  std::vector<double> objectives;
};

TEST(Lamarckian, GenomesBecomeWhatTheirLivesMadeOfThemAfterTheyWereJudged) {
  for (const std::size_t block : {1, 4}) {
    Lives lives(block);
    EXPECT_THAT(lives.lived({1, 2, 3, 4, 5, 6, 7, 8, 9}), ElementsAre(1, 2, 4, 4, 5, 7, 7, 8, 10));
    EXPECT_THAT(lives.objectives, ElementsAre(6, 15, 24));
  }
}

TEST(Lamarckian, WhatIsLearnedStaysWithinTheBoundsOfGenomesHoweverTheyTreatVariation) {
  for (const auto bounds :
       {RealGenomeParameters::Bounds::none, RealGenomeParameters::Bounds::clip,
        RealGenomeParameters::Bounds::reflect, RealGenomeParameters::Bounds::resample}) {
    RealGenomeParameters genome;
    genome.bounds = bounds;
    genome.range = {0, 3.5};
    const RealSpace space(genome, 3);
    const auto executor = make_executor(1);
    const auto evaluator = make_evaluator(
        *executor, {{"only", [] { return std::make_unique<VectorEnvironment>(); }, nullptr}},
        lamarckian(), {}, &space);
    auto asked = std::make_unique<Proposal>();
    asked->population = std::make_unique<RealPopulation>(population(3, {1, 2, 3, 1, 2, 2}));
    asked->batch.fill(2, 0);
    evaluator->submit(std::move(asked));
    const auto told = evaluator->next();
    const float fourth = space.bounded() ? 3.5F : 4.0F;
    EXPECT_THAT(dynamic_cast<const RealPopulation&>(*told->population).matrix(),
                ElementsAre(1, 2, fourth, 1, 2, 3));
  }
}

TEST(Lamarckian, WithoutItGenomesStayWhatTheyWere) {
  Lives lives(4, {});
  EXPECT_THAT(lives.lived({1, 2, 3, 4, 5, 6}), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(Lamarckian, InvalidCandidatesStayWhatTheyWereAndTheOthersOfTheirBlockLearnOnce) {
  // The second throws, so that each is evaluated once more; the third learns what is not finite.
  Lives lives(4);
  EXPECT_THAT(lives.lived({1, 2, 3, 1000, 0, 0, 1006, 0, 0, 4, 5, 6}),
              ElementsAre(1, 2, 4, 1000, 0, 0, 1006, 0, 0, 4, 5, 7));
  EXPECT_EQ(lives.evaluator->invalid(), 2);
}

TEST(Lamarckian, ManyThreadsWriteTheSame) {
  std::vector<float> genes(300);
  for (std::size_t i = 0; i < genes.size(); ++i) genes[i] = static_cast<float>(i);
  EXPECT_EQ(Lives(7).lived(genes), Lives(1, lamarckian(), 4).lived(genes));
}

std::string refusal(std::vector<SuiteMember> members, const EvaluationParameters& parameters) {
  const auto executor = make_executor(1);
  try {
    make_evaluator(*executor, std::move(members), parameters, {});
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(Lamarckian, IsRefusedWhereACandidateHasSeveralLivesOrNothingIsLearned) {
  const auto vectors = [] { return std::make_unique<VectorEnvironment>(); };
  EvaluationParameters twice = lamarckian();
  twice.samples = 2;
  EXPECT_EQ(refusal({{"a", vectors}}, twice),
            "evaluation.lamarckian: is true, but a candidate has 2 evaluations; expected one");
  EXPECT_EQ(refusal({{"a", vectors}, {"b", vectors}}, lamarckian()),
            "evaluation.lamarckian: is true, but a candidate has 2 evaluations; expected one");
  const auto ignorant = [] {
    auto made = std::make_unique<VectorEnvironment>();
    made->forget();
    return made;
  };
  EXPECT_EQ(refusal({{"a", ignorant}}, lamarckian()),
            "evaluation.lamarckian: is true, but nothing is learned in 'a'");
  const GeneEncoding networks;
  EXPECT_EQ(
      refusal({{"a", [] { return std::make_unique<CountingEnvironment>(); }, &networks}},
              lamarckian()),
      "evaluation.lamarckian: is true, but these networks cannot write back what they learn; "
      "expected [encoding] name = \"direct_vector\" with learning and without random_weights");
}

}  // namespace
}  // namespace cambrian
