#include "cambrian/core/batch.hpp"

#include <gtest/gtest.h>

namespace cambrian {
namespace {

TEST(Batch, IsFilledWithOneJobPerCandidateWhoseNoiseIsItsOwn) {
  Batch batch;
  batch.fill(3, 40);
  ASSERT_EQ(batch.jobs.size(), 3U);
  for (std::uint32_t i = 0; i < 3; ++i) {
    EXPECT_EQ(batch.jobs[i].id, 40 + i);
    EXPECT_EQ(batch.jobs[i].noise, 40 + i);
    EXPECT_EQ(batch.jobs[i].candidate, i);
    EXPECT_EQ(batch.jobs[i].environment, 0U);
    EXPECT_EQ(batch.jobs[i].sample, 0U);
  }
}

TEST(Evaluations, RowsAreAsWideAsTheirShape) {
  Evaluations evaluations;
  evaluations.resize(5, {.objectives = 1, .measures = 2, .gradient = 7});
  const EvaluationRows rows = evaluations.rows(3, 2);
  EXPECT_EQ(rows.objectives.data(), evaluations.objectives.data() + 3);
  EXPECT_EQ(rows.measures.data(), evaluations.measures.data() + 6);
  EXPECT_EQ(rows.measures.size(), 4U);
  EXPECT_EQ(rows.solved.size(), 2U);
  EXPECT_TRUE(rows.gradients.empty());
}

TEST(Evaluations, GradientsHaveRowsOnlyWhereSomeJobWantsThem) {
  Evaluations evaluations;
  evaluations.resize(5, {.objectives = 1, .measures = 2, .gradient = 7}, kGradients);
  const EvaluationRows rows = evaluations.rows(1, 1);
  EXPECT_EQ(rows.gradients.data(), evaluations.gradients.data() + 21);
  EXPECT_EQ(rows.gradients.size(), 21U);
}

}  // namespace
}  // namespace cambrian
