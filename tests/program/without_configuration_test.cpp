// The run file of a search that was asked and told by hand: `info`, `query` and `export` read it, and
// what needs a configuration says in one line that there is none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "cambrian/algorithm/map_elites.hpp"
#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/record/run_record.hpp"
#include "tests/program/call.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

class WithoutConfiguration : public testing::Test {
 protected:
  WithoutConfiguration() {
    std::filesystem::create_directories(folder_);
    const DescriptorSpace square = {{"x", "y"}, {"m", "m"}, {-3, -3}, {3, 3}};
    const RealSpace space({}, 2);
    const auto variation = variations().front().make(*variations().front().parameters(), space);
    OwnParts parts(space, *variation, grid_archive({}, square), 1);
    MapElites search({}, parts);
    RunRecord record({.objectives = {{"height", "m", 0, ""}}}, search);
    Proposal batch;
    for (int i = 0; i < 5; ++i) {
      search.ask(batch);
      const auto& genomes = dynamic_cast<const RealPopulation&>(*batch.population);
      for (std::size_t row = 0; row < genomes.size(); ++row) {
        batch.candidates.objectives[row] = -genomes.row(row)[0] * genomes.row(row)[1];
        batch.candidates.descriptors[2 * row] = genomes.row(row)[0];
        batch.candidates.descriptors[2 * row + 1] = genomes.row(row)[1];
      }
      search.tell(batch);
      record.note(batch);
    }
    elites_ = record.result().size();
    save_run_file(file(), record, {.algorithm = "map_elites", .seed = 1});
  }
  ~WithoutConfiguration() override { std::filesystem::remove_all(folder_); }

  std::string file() const { return folder_ / "hand.h5"; }
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_by_hand_" + std::to_string(getpid()));
  std::size_t elites_ = 0;
};

TEST_F(WithoutConfiguration, InfoSaysWhatThereIs) {
  const Result info = call("info " + file(), true);
  EXPECT_EQ(info.status, 0) << info.output;
  EXPECT_THAT(info.output, HasSubstr("map_elites"));
  EXPECT_THAT(info.output, HasSubstr("finished, 2260 evaluations (no budget) in 5 batches"));
  EXPECT_THAT(info.output, HasSubstr("grid 100x100 over x, y: " + std::to_string(elites_)));
  EXPECT_THAT(info.output, HasSubstr("history"));
  EXPECT_EQ(call("info --json " + file()).status, 0);
}

TEST_F(WithoutConfiguration, QueryAndExportReadItsTables) {
  const Result archive = call("query " + file() + " --sort objective --limit 1 --format csv", true);
  EXPECT_EQ(archive.status, 0) << archive.output;
  const Result history =
      call("query " + file() + " --table history --format csv --select evaluations", true);
  EXPECT_EQ(history.status, 0) << history.output;
  EXPECT_THAT(history.output, testing::EndsWith("2260\n"));
  EXPECT_EQ(call("query " + file() + " --table lineage").status, 0);
  EXPECT_EQ(call("query " + file() + " --table archive/genome --best").status, 0);
}

TEST_F(WithoutConfiguration, WhatNeedsAConfigurationSaysThatThereIsNone) {
  const std::string said = "cambrian: " + file() +
                           ": was made without a configuration, so it can be read and queried, but "
                           "not evaluated, replayed or resumed\n";
  for (const std::string verb : {"evaluate", "replay", "resume", "config"}) {
    const Result refused =
        call(verb + " " + file() +
                 (verb == "replay" ? " --best -o " + (folder_ / "r.csv").string() : ""),
             true);
    EXPECT_EQ(refused.output, said) << verb;
    EXPECT_EQ(refused.status, 1) << verb;
  }
}

TEST_F(WithoutConfiguration, AFolderOfRunsThatHoldsOneLeavesItAlone) {
  std::filesystem::copy_file(file(), folder_ / "seed_1.h5");
  std::ofstream(folder_ / "a.toml") << "[run]\nevaluations = 500\n[environment]\nname = 'sphere'\n"
                                       "[algorithm]\nname = 'map_elites'\n";
  const Result refused =
      call("run " + (folder_ / "a.toml").string() + " --seeds 1 -o " + folder_.string(), true);
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.output, HasSubstr("was made without a configuration"));
}

}  // namespace
}  // namespace cambrian
