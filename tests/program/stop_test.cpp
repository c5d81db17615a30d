// Ctrl-C, SIGTERM, SIGHUP and what can be done afterwards: nothing is lost.
#include <gmock/gmock.h>

#include <chrono>

#include "tests/program/call.hpp"
#include "tests/program/run_folder.hpp"
#include "tests/program/terminal_child.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::Not;
using Stopping = RunFolder;

/// The signal may come before the first batch has begun or, on a busy machine, after it.
void expect_whole_batches(const RunFileReader& file, std::uint64_t batch) {
  const auto evaluations = file.root().attribute_as<std::uint64_t>("evaluations");
  EXPECT_EQ(evaluations % batch, 0U) << evaluations;
}

TEST_F(Stopping, IsAnsweredAtOnceAndTheStateIsSavedAfterTheBatch) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    std::filesystem::remove(path("run.h5"));
    TerminalChild run({"run", maze(3000), "-o", path("run.h5")});
    ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();  // shown before any batch ends
    run.signal(number);
    EXPECT_EQ(run.wait(), 128 + number) << run.output();
    const std::size_t answer = run.output().find("stopping after this batch");
    EXPECT_LT(answer, run.output().find("interrupted after ")) << run.output();
    EXPECT_THAT(run.output(), HasSubstr("continue with: cambrian resume " + path("run.h5")));
    EXPECT_THAT(run.output(), Not(HasSubstr("inf")));
    const RunFileReader file(path("run.h5"));
    EXPECT_EQ(file.root().attribute_as<std::string>("status"), "interrupted");
    expect_whole_batches(file, 3000);
  }
}

TEST_F(Stopping, ATerminalThatClosesStopsItAndTheStateIsSaved) {
  TerminalChild run({"run", maze(3000), "-o", path("run.h5")});
  ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
  run.hang_up();
  EXPECT_EQ(run.wait(), 128 + SIGHUP) << run.output();
  const RunFileReader file(path("run.h5"));
  EXPECT_EQ(file.root().attribute_as<std::string>("status"), "interrupted");
  expect_whole_batches(file, 3000);
}

TEST_F(Stopping, WhatIsIgnoredAtTheStartStaysIgnored) {  // nohup; a script's background
  for (const int number : {SIGHUP, SIGINT}) {
    std::signal(number, SIG_IGN);
    TerminalChild run(
        {"run", maze(3000), "--evaluations", "3000", "--force", "-o", path("run.h5")});
    std::signal(number, SIG_DFL);
    ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
    run.signal(number);
    EXPECT_EQ(run.wait(), 0) << run.output();
    EXPECT_THAT(run.output(), HasSubstr("finished after 3000 evaluations"));
  }
}

TEST_F(Stopping, SecondSignalEndsItAtOnceAndTheLastCheckpointStays) {
  bool in_a_batch = false;  // rather than before the first has begun
  for (int i = 0; i < 20 && !in_a_batch; ++i) {
    TerminalChild run({"run", maze(1000000), "--force", "-o", path("run.h5")});
    ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
    run.signal(SIGINT);
    ASSERT_TRUE(run.wait_for("press Ctrl-C again to stop at once")) << run.output();
    EXPECT_EQ(run.insist(SIGINT), 128 + SIGINT);
    in_a_batch = run.output().find("interrupted after") == std::string::npos;
  }
  ASSERT_TRUE(in_a_batch);
  EXPECT_EQ(call("info " + path("run.h5")).status, 0);
  const Result resumed = call("resume " + path("run.h5") + " --evaluations 0 --wall-time 0s");
  EXPECT_EQ(resumed.status, 0) << resumed.output;  // --wall-time is no failure
  EXPECT_THAT(resumed.output, HasSubstr("interrupted after 0 evaluations"));
}

TEST_F(Stopping, ALongBatchIsShownAndASignalSaysWhatIsWaitedFor) {
  TerminalChild run({"run", maze(1000000), "-o", path("run.h5")});
  ASSERT_TRUE(run.wait_for("in the first batch, ")) << run.output();
  EXPECT_THAT(run.output(), testing::ContainsRegex("[0-9]+ of 1000000 evaluations done "));
  run.signal(SIGINT);
  ASSERT_TRUE(run.wait_for("press Ctrl-C again")) << run.output();
  EXPECT_THAT(run.output(), testing::ContainsRegex("stopping after this batch: [0-9]+ of 1000000 "
                                                   "evaluations done; press Ctrl-C again"));
  EXPECT_EQ(run.insist(SIGINT), 128 + SIGINT);
  EXPECT_EQ(call("info " + path("run.h5")).status, 0);
}

TEST_F(Stopping, OneWishSignalledTwiceIsOneWish) {  // as timeout(1) does
  TerminalChild run({"run", maze(3000), "-o", path("run.h5")});
  ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
  const auto start = std::chrono::steady_clock::now();
  run.signal(SIGTERM);
  ASSERT_TRUE(run.wait_for("press Ctrl-C again to stop at once")) << run.output();
  run.signal(SIGTERM);
  if (std::chrono::steady_clock::now() - start > std::chrono::milliseconds(150))
    GTEST_SKIP() << "the machine is too busy to signal twice at once";
  EXPECT_EQ(run.wait(), 128 + SIGTERM);
  EXPECT_THAT(run.output(), HasSubstr("interrupted after "));
  expect_whole_batches(RunFileReader(path("run.h5")), 3000);
}

TEST_F(Stopping, EndsASeriesWhoseRunsAreOneBatch) {
  TerminalChild run(
      {"run", maze(2000), "--set", "run.evaluations=2000", "--seeds", "200", "-o", path("series")});
  ASSERT_TRUE(run.wait_for("seed_1.h5")) << run.output();
  run.signal(SIGINT);
  EXPECT_EQ(run.wait(), 128 + SIGINT) << run.output();
  EXPECT_LT(files("series"), 200U);
}

TEST_F(Stopping, ResumesAlsoStop) {
  ASSERT_EQ(call("run " + maze(3000) + " --evaluations 3000 -o " + path("run.h5")).status, 0);
  TerminalChild run({"resume", path("run.h5"), "--evaluations", "0", "--check"});
  ASSERT_TRUE(run.wait_for("3000 evaluations")) << run.output();
  run.signal(SIGTERM);
  EXPECT_EQ(run.wait(), 128 + SIGTERM) << run.output();
  EXPECT_THAT(call("info " + path("run.h5")).output, HasSubstr(" evaluations (no budget) in "));
}

TEST_F(Stopping, InfoSaysOfHowMany) {
  ASSERT_EQ(call("run " + maze(1000) + " --evaluations 1000000 --wall-time 1s -o " + path("run.h5"))
                .status,
            0);
  EXPECT_THAT(call("info " + path("run.h5")).output, HasSubstr(" of 1000000 evaluations in "));
}

TEST_F(Stopping, ResumeToFewerThanAreDoneSaysSo) {
  ASSERT_EQ(call("run " + sphere() + " -o " + path("run.h5")).status, 0);
  EXPECT_THAT(call("resume " + path("run.h5") + " --evaluations 900").output,
              HasSubstr("--evaluations 900 is fewer than the 3000 that are done"));
  EXPECT_THAT(call("resume " + path("run.h5")).output, HasSubstr("the run has finished (3000"));
}

}  // namespace
}  // namespace cambrian
