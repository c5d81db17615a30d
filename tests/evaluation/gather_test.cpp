// From rows of jobs to rows of candidates.
#include "cambrian/evaluation/gather.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "cambrian/core/shape.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;

/// Two candidates: jobs of candidate 0 with objectives 3, 1, 8, of candidate 1 with 5, 5, in an order
/// that mixes them. Measures: ten times the objective, and the number of the job.
Proposal mixed() {
  Proposal proposal;
  proposal.batch.candidates = 2;
  proposal.batch.first_evaluation = 101;
  proposal.batch.jobs = {
      {.candidate = 0}, {.candidate = 1}, {.candidate = 0}, {.candidate = 1}, {.candidate = 0}};
  Evaluations& rows = proposal.batch.evaluations;
  rows.resize(5, {.objectives = 1, .measures = 2});
  const std::vector<double> objectives = {3, 5, 1, 5, 8};
  for (std::size_t i = 0; i < 5; ++i) {
    rows.objectives[i] = objectives[i];
    rows.measures[2 * i] = 10 * objectives[i];
    rows.measures[2 * i + 1] = static_cast<double>(i);
    rows.valid[i] = rows.solved[i] = 1;
  }
  proposal.candidates.start(2, 0, 1, 2);
  return proposal;
}

const Descriptor kSwapped = {{{"job", "tenfold"}, {"", ""}, {0, 0}, {10, 100}}, {1, 0}};

TEST(Gather, MeanIsTakenPerColumn) {
  Proposal proposal = mixed();
  gather(proposal, kSwapped, Reduction::mean);
  EXPECT_THAT(proposal.candidates.objectives, ElementsAre(4, 5));
  EXPECT_THAT(proposal.candidates.descriptors, ElementsAre(2, 40, 2, 50));
}

TEST(Gather, MedianIsTakenPerColumnAndOfAnEvenNumberIsTheMiddleOfTwo) {
  Proposal proposal = mixed();
  gather(proposal, kSwapped, Reduction::median);
  EXPECT_THAT(proposal.candidates.objectives, ElementsAre(3, 5));
  EXPECT_THAT(proposal.candidates.descriptors, ElementsAre(2, 30, 2, 50));
}

TEST(Gather, WorstIsTheWholeRowOfTheLowestObjectiveAndTheFirstOfEquals) {
  Proposal proposal = mixed();
  gather(proposal, kSwapped, Reduction::worst);
  EXPECT_THAT(proposal.candidates.objectives, ElementsAre(1, 5));
  EXPECT_THAT(proposal.candidates.descriptors, ElementsAre(2, 10, 1, 50));
}

TEST(Gather, ACandidateIsValidAndSolvedOnlyIfAllItsJobsAre) {
  Proposal proposal = mixed();
  proposal.batch.evaluations.solved[4] = 0;
  proposal.batch.evaluations.valid[3] = 0;
  gather(proposal, kSwapped, Reduction::mean);
  EXPECT_THAT(proposal.candidates.valid, ElementsAre(1, 0));
  EXPECT_THAT(proposal.candidates.solved, ElementsAre(0, 0));
}

TEST(Gather, ItsEvaluationIsThatOfItsLastJobAndSamplesCountTheJobs) {
  Proposal proposal = mixed();
  gather(proposal, kSwapped, Reduction::mean);
  EXPECT_THAT(proposal.candidates.evaluations, ElementsAre(105, 104));
  EXPECT_THAT(proposal.candidates.samples, ElementsAre(3, 2));
}

TEST(Gather, OneJobPerCandidateIsTakenAsItIsWithoutSamples) {
  Proposal proposal = mixed();
  proposal.batch.candidates = 5;
  proposal.batch.fill(5, 7);
  proposal.candidates.start(5, 7, 1, 2);
  for (const Reduction reduction : {Reduction::mean, Reduction::median, Reduction::worst}) {
    gather(proposal, kSwapped, reduction);
    EXPECT_THAT(proposal.candidates.objectives, ElementsAre(3, 5, 1, 5, 8));
    EXPECT_THAT(proposal.candidates.evaluations, ElementsAre(101, 102, 103, 104, 105));
    EXPECT_TRUE(proposal.candidates.samples.empty());
  }
}

/// What gather refuses after `act`.
template <class Act>
std::string refused(const Act& act) {
  Proposal proposal = mixed();
  act(proposal);
  try {
    gather(proposal, kSwapped, Reduction::mean);
  } catch (const ShapeError& error) {
    return error.what();
  }
  return "nothing";
}

TEST(Gather, RowsOfAnotherWidthOrNumberAreRefused) {
  EXPECT_EQ(refused([](Proposal& p) { p.batch.evaluations.measures.resize(5); }),
            "measures of a batch: there are 5; expected 10");
  EXPECT_EQ(refused([](Proposal& p) {
              p.batch.evaluations.resize(2, {1, 2, 0});
            }),
            "evaluations of a batch: there are 2; expected 5");
  EXPECT_EQ(refused([](Proposal& p) {
              p.batch.evaluations.resize(5, {1, 1, 0});
            }),
            "the descriptor names measure 1, but evaluations have 1, counted from 0");
}

TEST(Gather, JobsWithoutACandidateAndCandidatesWithoutAJobAreRefused) {
  EXPECT_EQ(refused([](Proposal& p) { p.batch.jobs[2].candidate = 2; }),
            "a job names candidate 2, but the batch has 2, counted from 0");
  EXPECT_EQ(refused([](Proposal& p) { p.batch.jobs[1].candidate = p.batch.jobs[3].candidate = 0; }),
            "candidate 1 has no job");
  EXPECT_EQ(refused([](Proposal& p) { p.candidates.start(3, 0, 1, 2); }),
            "candidates of a batch: there are 3; expected 2");
}

}  // namespace
}  // namespace cambrian
