// Bare vectors through the evaluator.
#include <gtest/gtest.h>

#include "cambrian/core/shape.hpp"
#include "cambrian/environment/check.hpp"
#include "cambrian/evaluation/failure.hpp"
#include "doubles.hpp"

namespace cambrian {
namespace {

struct VectorFixture {
  explicit VectorFixture(std::size_t threads = 1)
      : executor(make_executor(threads)),
        evaluator(evaluator_of(
            *executor, [] { return std::make_unique<VectorEnvironment>(); }, nullptr,
            stream_key(1, "evaluation"))) {}
  Batch run(const RealPopulation& candidates) {
    Batch batch;
    batch.fill(candidates.size(), 0);
    evaluator->evaluate(candidates, batch);
    return batch;
  }
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Evaluator> evaluator;
};

RealPopulation counted(std::size_t rows) {
  std::vector<float> genes;
  for (std::size_t i = 0; i < 3 * rows; ++i) genes.push_back(static_cast<float>(i % 97) * 0.25F);
  return population(3, genes);
}

TEST(EvaluateVectors, ResultsStandInTheRowOfTheirJob) {
  VectorFixture f;
  const RealPopulation candidates = counted(300);
  const Batch batch = f.run(candidates);
  ASSERT_EQ(batch.evaluations.size(), 300U);
  EXPECT_EQ(batch.evaluations.shape.measures, 2U);
  for (std::size_t i = 0; i < 300; ++i) {
    const auto x = candidates.row(i);
    EXPECT_EQ(batch.evaluations.objectives[i], x[0] + x[1] + x[2]);
    EXPECT_EQ(batch.evaluations.measures[2 * i], x[0]);
    EXPECT_EQ(batch.evaluations.measures[2 * i + 1], x[0] * x[1] * x[2]);
    EXPECT_EQ(batch.evaluations.valid[i], 1);
    EXPECT_EQ(batch.evaluations.solved[i], x[2] == 7 ? 1 : 0);
  }
  EXPECT_EQ(f.evaluator->invalid(), 0U);
}

TEST(EvaluateVectors, JobsOfNoCandidateOrOfAnotherEnvironmentAreRefused) {
  VectorFixture f;
  const RealPopulation candidates = counted(3);
  const auto refused = [&](std::size_t count, const Job& job, const std::string& why) {
    Batch batch;
    batch.candidates = count;
    batch.jobs = {job};
    try {
      f.evaluator->evaluate(candidates, batch);
      ADD_FAILURE() << "expected: " << why;
    } catch (const ShapeError& error) {
      EXPECT_EQ(error.what(), why);
    }
  };
  refused(4, {}, "genomes of a batch: there are 3; expected 4");
  refused(3, {.candidate = 3}, "a job names candidate 3, but the batch has 3, counted from 0");
  refused(3, {.environment = 1}, "a job names environment 1, but there is 1, counted from 0");
  refused(3, {.wants = 64}, "a job wants 0x40, of which only gradients (0x1) are known");
  EXPECT_THROW(f.evaluator->description(1), ShapeError);
  EXPECT_THROW(f.evaluator->submit(nullptr), Error);
  EXPECT_THROW(f.evaluator->submit(std::make_unique<Proposal>()), Error);
}

/// Vectors of 2: sum; a gene of 9 gives a gradient that is not finite, where one is wanted.
class SlopeEnvironment final : public Environment {
 public:
  SlopeEnvironment() {
    description_.objectives = {{"sum", "", 0, ""}};
    description_.takes_vectors = true;
    description_.vector_length = 2;
    description_.block = 4;
    description_.gives_gradients = true;
  }
  const EnvironmentDescription& description() const override { return description_; }
  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    check_rows(description_, vectors, rows);
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const auto x = vectors.row(i);
      rows.objectives[i] = static_cast<double>(x[0] + x[1]);
      rows.solved[i] = 0;
      if (rows.gradients.empty()) continue;
      rows.gradients[2 * i] = x[0] == 9 ? INFINITY : 1;
      rows.gradients[2 * i + 1] = 1;
    }
  }

 private:
  EnvironmentDescription description_;
};

Batch slopes(const std::vector<float>& genes, std::uint8_t wants) {
  const auto executor = make_executor(2);
  const auto evaluator =
      evaluator_of(*executor, [] { return std::make_unique<SlopeEnvironment>(); }, nullptr, {});
  EXPECT_EQ(evaluator->shape(), (EvaluationShape{.objectives = 1, .measures = 0, .gradient = 2}));
  Batch batch;
  batch.fill(genes.size() / 2, 0);
  batch.jobs.back().wants = wants;
  evaluator->evaluate(population(2, genes), batch);
  return batch;
}

TEST(EvaluateVectors, GiveGradientsOfEveryRowWhereSomeJobWantsThem) {
  EXPECT_TRUE(slopes({1, 2, 3, 4}, kNothingMore).evaluations.gradients.empty());
  EXPECT_EQ(slopes({1, 2, 3, 4}, kGradients).evaluations.gradients, std::vector<float>(4, 1.0F));
}

TEST(EvaluateVectors, AGradientThatIsNotFiniteMakesItsCandidateInvalid) {
  const Evaluations rows = slopes({1, 2, 9, 4, 5, 6}, kGradients).evaluations;
  EXPECT_EQ(rows.valid, (std::vector<std::uint8_t>{1, 0, 1}));
  EXPECT_EQ(rows.gradients, (std::vector<float>{1, 1, 0, 0, 1, 1}));
  EXPECT_EQ(slopes({9, 4}, kNothingMore).evaluations.valid.front(), 1);
}

TEST(EvaluateVectors, GradientsOfAnEnvironmentThatGivesNoneAreRefused) {
  VectorFixture f;
  const RealPopulation candidates = counted(1);
  Batch batch;
  batch.fill(1, 0);
  batch.jobs.front().wants = kGradients;
  try {
    f.evaluator->evaluate(candidates, batch);
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(), "environment: gives no gradients, but a job asks for them");
  }
}

TEST(EvaluateVectors, JobsMayNameCandidatesInAnyOrderAndSeveralTimes) {
  VectorFixture f;
  const RealPopulation candidates = counted(10);
  Batch batch;
  batch.candidates = 10;
  for (std::uint32_t i = 0; i < 400; ++i) {
    batch.jobs.push_back({.id = i, .candidate = (i * 7) % 10, .sample = i});
  }
  f.evaluator->evaluate(candidates, batch);
  for (std::size_t i = 0; i < 400; ++i) {
    EXPECT_EQ(batch.evaluations.measures[2 * i], candidates.row((i * 7) % 10)[0]);
  }
}

TEST(EvaluateVectors, AFailingCandidateIsInvalidAndPoisonsNoOther) {
  for (const float command : {1000.0F, 1001.0F, 1002.0F, 1003.0F}) {
    VectorFixture f;
    RealPopulation candidates = counted(300);
    const Batch sound = f.run(candidates);
    for (const std::size_t bad : {5U, 130U, 131U}) candidates.row(bad)[0] = command;
    const Batch batch = f.run(candidates);
    for (std::size_t i = 0; i < 300; ++i) {
      const bool bad = i == 5 || i == 130 || i == 131;
      ASSERT_EQ(batch.evaluations.valid[i], bad ? 0 : 1) << command << " " << i;
      ASSERT_EQ(batch.evaluations.objectives[i], bad ? 0 : sound.evaluations.objectives[i]);
      ASSERT_EQ(batch.evaluations.measures[2 * i + 1],
                bad ? 0 : sound.evaluations.measures[2 * i + 1]);
    }
    EXPECT_EQ(f.evaluator->invalid(), 3U);
  }
}

TEST(EvaluateVectors, SaysWhatTheFirstFailureWas) {
  for (const std::size_t threads : {1U, 2U, 7U}) {
    VectorFixture f(threads);
    RealPopulation candidates = counted(2000);
    for (std::size_t i = 200; i < 2000; i += 3) {
      candidates.row(i)[0] = 1000;
      candidates.row(i)[1] = static_cast<float>(i);
    }
    f.run(candidates);
    EXPECT_EQ(f.evaluator->first_failure(), "gene 200");
    EXPECT_EQ(f.evaluator->invalid(), 600U);
    candidates.row(0)[0] = 1001;
    f.run(candidates);
    EXPECT_EQ(f.evaluator->first_failure(), "gene 200");  // of the run, not of the last batch
    EXPECT_EQ(f.evaluator->invalid(), 1201U);
  }
}

TEST(EvaluateVectors, AFailureIsOneLineWhateverWasThrown) {
  Failure failure;
  failure.note(3, "row 7:\n\tno \x1b[31mwall\r\n\xc3\xa4");
  EXPECT_EQ(failure.text, "row 7:  no  [31mwall  \xc3\xa4");
  failure.note(4, "later");
  EXPECT_EQ(failure.job, 3U);
}

TEST(EvaluateVectors, NamesTheNumberThatIsNotFinite) {
  VectorFixture objective;
  objective.run(population(3, {1002, 0, 0}));
  EXPECT_EQ(objective.evaluator->first_failure(), "objective 'sum' is not finite");
  VectorFixture measure;
  measure.run(population(3, {1003, 0, 0}));
  EXPECT_EQ(measure.evaluator->first_failure(), "measure 'product' is not finite");
}

// Squares of such numbers are infinite: one of them would end in every score, and in the run file.
TEST(EvaluateVectors, TakesNoNumbersWhoseSquaresAreInfinite) {
  VectorFixture large;
  large.run(population(3, {1004, 0, 0}));
  EXPECT_EQ(large.evaluator->first_failure(),
            "measure 'first' is -1e+160, but numbers beyond 1e+100 are refused");
  VectorFixture just;
  just.run(population(3, {1005, 0, 0}));
  EXPECT_EQ(just.evaluator->invalid(), 0U);
}

TEST(EvaluateVectors, AreTheSameBitsOnAnyNumberOfThreads) {
  const RealPopulation candidates = counted(5000);
  const Batch one = VectorFixture(1).run(candidates);
  for (const std::size_t threads : {2U, 7U}) {
    const Batch many = VectorFixture(threads).run(candidates);
    EXPECT_EQ(one.evaluations.objectives, many.evaluations.objectives);
    EXPECT_EQ(one.evaluations.measures, many.evaluations.measures);
    EXPECT_EQ(one.evaluations.valid, many.evaluations.valid);
    EXPECT_EQ(one.evaluations.solved, many.evaluations.solved);
  }
}

TEST(EvaluateVectors, AnEmptyBatchGivesNoRows) {
  VectorFixture f;
  EXPECT_EQ(f.run(counted(0)).evaluations.size(), 0U);
}

TEST(EvaluateVectors, AnotherLengthIsAnErrorOfTheConfiguration) {
  VectorFixture f;
  const RealPopulation wrong = population(2, {1, 2});
  Batch batch;
  batch.fill(1, 0);
  try {
    f.evaluator->evaluate(wrong, batch);
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(), "genome.length: is 2, but the environment takes vectors of 3");
  }
}

TEST(EvaluateVectors, EncodingsThatDoNotFitAreErrorsOfTheConfiguration) {
  const auto executor = make_executor(1);
  const GeneEncoding encoding;
  EXPECT_THROW(
      evaluator_of(*executor, [] { return std::make_unique<VectorEnvironment>(); }, &encoding, {}),
      ConfigError);
  EXPECT_THROW(
      evaluator_of(*executor, [] { return std::make_unique<CountingEnvironment>(); }, nullptr, {}),
      ConfigError);
}

}  // namespace
}  // namespace cambrian
