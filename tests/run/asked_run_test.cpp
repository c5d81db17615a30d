#include "cambrian/run/asked_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "environments/environments.hpp"

namespace cambrian {
namespace {

constexpr const char* kText = R"(
[run]
seed = 3
[environment]
name = "sphere"
dimensions = 4
[algorithm]
name = "map_elites"
batch = 50
initial = 50
[archive]
shape = [10, 10]
)";

const Catalogue& everything() {
  static const Catalogue all = make_catalogue(environments());
  return all;
}

AskedRun begun() { return {Configuration::from_text(kText, "text"), everything(), 1}; }

/// Evaluates batches as the program would: by the environment that the configuration names.
void advance(AskedRun& run, int batches) {
  const auto environment = run.experiment().parts().suite.front().make();
  for (int i = 0; i < batches; ++i) {
    Proposal& proposal = run.ask();
    const auto& genomes = population_of<const RealPopulation>(*proposal.population);
    Evaluations& evaluations = proposal.batch.evaluations;
    const std::size_t n = genomes.size(), most = environment->description().block;
    for (std::size_t first = 0; first < n; first += most) {
      const std::size_t count = std::min(most, n - first);
      environment->evaluate(
          {.data = genomes.row(first).data(), .rows = count, .length = genomes.length()},
          evaluations.rows(first, count));
    }
    std::ranges::fill(evaluations.valid, 1);
    run.tell();
  }
}

std::vector<double> objectives_of(const AskedRun& run) {
  const auto& column = run.experiment().record().result().individuals().objectives;
  return {column.begin(), column.end()};
}

class AskedRuns : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(file_); }
  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / ("asked_run_" + std::to_string(getpid()) + ".h5");
};

TEST_F(AskedRuns, FindWhatTheConfiguredLoopFinds) {
  AskedRun asked = begun();
  advance(asked, 10);
  AskedRun looped = begun();
  for (int i = 0; i < 10; ++i) looped.experiment().step(0);
  EXPECT_THAT(objectives_of(asked), testing::SizeIs(testing::Gt(10)));
  EXPECT_EQ(objectives_of(asked), objectives_of(looped));
}

TEST_F(AskedRuns, ContinueFromTheirFileBitForBit) {
  AskedRun whole = begun();
  advance(whole, 4);
  whole.save(file_, "interrupted");
  AskedRun resumed = AskedRun::resumed(file_, everything(), 1);
  advance(whole, 6);
  advance(resumed, 6);
  EXPECT_EQ(objectives_of(whole), objectives_of(resumed));
  EXPECT_EQ(resumed.experiment().record().evaluations(), 500);
}

TEST_F(AskedRuns, RefuseCallsOutOfTurn) {
  AskedRun run = begun();
  EXPECT_THROW(run.tell(), Error);
  run.ask();
  EXPECT_THROW(run.ask(), Error);
  EXPECT_THROW(run.save(file_, "finished"), Error);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(AskedRuns, WhatIsLeftUnevaluatedIsInvalid) {
  AskedRun run = begun();
  run.ask();
  run.tell();
  EXPECT_EQ(run.experiment().record().invalid(), 50);
  EXPECT_THAT(objectives_of(run), testing::IsEmpty());
}

}  // namespace
}  // namespace cambrian
