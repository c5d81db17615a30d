#include "cambrian/evaluation/jobs.hpp"

#include <gtest/gtest.h>

#include "cambrian/core/shape.hpp"

namespace cambrian {
namespace {

TEST(ExpandJobs, EachBecomesOnePerEnvironmentAndSampleOneAfterAnother) {
  Batch batch;
  batch.fill(2, 10);
  expand(batch, 2, 3);
  ASSERT_EQ(batch.jobs.size(), 12U);
  for (std::uint32_t i = 0; i < 12; ++i) {
    EXPECT_EQ(batch.jobs[i].id, 10 + i / 6);
    EXPECT_EQ(batch.jobs[i].noise, 10 + i / 6);
    EXPECT_EQ(batch.jobs[i].candidate, i / 6);
    EXPECT_EQ(batch.jobs[i].environment, i / 3 % 2);
    EXPECT_EQ(batch.jobs[i].sample, i % 3);
  }
  EXPECT_EQ(batch.candidates, 2U);
}

TEST(ExpandJobs, NeitherNoEnvironmentNorNoSampleIsAllowed) {
  Batch batch;
  batch.fill(2, 0);
  EXPECT_THROW(expand(batch, 0, 1), ShapeError);
  EXPECT_THROW(expand(batch, 1, 0), ShapeError);
  EXPECT_EQ(batch.jobs.size(), 2U);
}

TEST(ExpandJobs, OneEnvironmentAndOneSampleLeaveThemAsTheyAre) {
  Batch batch;
  batch.candidates = 1;
  batch.jobs = {{.id = 4, .sample = 7}, {.id = 4, .sample = 2}};
  expand(batch, 1, 1);
  ASSERT_EQ(batch.jobs.size(), 2U);
  EXPECT_EQ(batch.jobs[0].sample, 7U);
}

TEST(ExpandJobs, FurtherSamplesOfACandidateAreOthers) {
  Batch batch;
  batch.candidates = 1;
  batch.jobs = {{.id = 4, .sample = 0}, {.id = 4, .sample = 1}};
  expand(batch, 1, 3);
  for (std::uint32_t i = 0; i < 6; ++i) EXPECT_EQ(batch.jobs[i].sample, i);
}

TEST(ExpandJobs, AJobThatNamesAnEnvironmentOfASuiteIsRefused) {
  Batch batch;
  batch.candidates = 1;
  batch.jobs = {{.environment = 1}};
  EXPECT_THROW(expand(batch, 2, 1), ShapeError);
}

TEST(NameNoise, OwnStaysSharedIsThatOfTheFirstAndFixedIsNone) {
  Batch batch;
  batch.fill(3, 10);
  name_noise(batch, Noise::own);
  EXPECT_EQ(batch.jobs[2].noise, 12U);
  name_noise(batch, Noise::shared);
  for (const Job& job : batch.jobs) EXPECT_EQ(job.noise, 10U);
  name_noise(batch, Noise::fixed);
  for (const Job& job : batch.jobs) EXPECT_EQ(job.noise, 0U);
}

}  // namespace
}  // namespace cambrian
