// Compressed network search as whole runs: ragged genomes in archives and living populations, and
// CoSyNE. Stopped and resumed, with any number of threads, each gives the same bits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/run/experiment.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

const std::string kRagged =
    "[environment]\nname = \"maze\"\n[encoding]\nname = \"dct\"\ngenome = \"ragged\"\n";
const std::string kCosyne =
    "[variation]\nname = \"cauchy\"\n[algorithm]\nname = \"cosyne\"\npopulation = 20\n";

struct SetUp {
  std::string name;
  std::string text;
};
const std::vector<SetUp>& set_ups() {
  static const std::vector<SetUp> all = {
      {"ragged_in_a_grid",
       kRagged + "[algorithm]\nname = \"map_elites\"\nbatch = 20\ninitial = 60\n"},
      {"ragged_by_novelty",
       kRagged + "[algorithm]\nname = \"novelty_search\"\npopulation = 40\nbatch = 10\n"},
      {"cosyne_of_weights",
       "[environment]\nname = \"cart_pole\"\n[encoding]\nname = \"direct_vector\"\n" + kCosyne},
      {"cosyne_of_coefficients",
       "[environment]\nname = \"cart_pole\"\n[encoding]\nname = \"dct\"\n" + kCosyne},
  };
  return all;
}

std::unique_ptr<Experiment> experiment_of(const std::string& set_up, int evaluations, int threads) {
  Configuration configuration = Configuration::from_text(
      "[run]\nseed = 3\nlog_interval = 100\nevaluations = " + std::to_string(evaluations) + "\n" +
          set_up,
      "search.toml");
  static const RecordedInputs inputs{{data_folder()}};
  return std::make_unique<Experiment>(
      assemble(configuration, make_catalogue(environments()), inputs, threads));
}

StateTree finished(Experiment& experiment) {
  while (!experiment.done()) experiment.step(0.0);
  experiment.check();
  StateTree tree;
  experiment.save(*tree.writer(), {});
  return tree;
}

class CompressedSearch : public testing::TestWithParam<std::size_t> {};

TEST_P(CompressedSearch, ResumedWithOtherThreadsEqualsTheUninterruptedRun) {
  const std::string& text = set_ups()[GetParam()].text;
  const StateTree whole = finished(*experiment_of(text, 1200, 1));
  const StateTree half = finished(*experiment_of(text, 600, 2));
  const auto resumed = experiment_of(text, 1200, 2);
  resumed->load(*half.reader());
  EXPECT_TRUE(finished(*resumed) == whole);
  EXPECT_GT(whole.reader()->group("archive")->column<std::uint64_t>("id").size(), 5U);
}

INSTANTIATE_TEST_SUITE_P(All, CompressedSearch, testing::Range<std::size_t>(0, 4),
                         [](const auto& info) { return set_ups()[info.param].name; });

TEST(RaggedSearch, EvolvesGenomesOfSeveralLengths) {
  const StateTree tree = finished(*experiment_of(set_ups()[0].text, 1200, 1));
  const auto genome = tree.reader()->group("archive")->group("genome");
  const auto offset = genome->column<std::uint64_t>("gene_offset");
  std::uint64_t fewest = offset.back();
  std::uint64_t most = 0;
  for (std::size_t i = 1; i < offset.size(); ++i) {
    fewest = std::min(fewest, offset[i] - offset[i - 1]);
    most = std::max(most, offset[i] - offset[i - 1]);
  }
  EXPECT_LT(fewest, 20U);
  EXPECT_GT(most, 20U);
}

TEST(RaggedSearch, RefusesWhatCannotVaryItsGenomes) {
  for (const std::string text :
       {kRagged + "[variation]\nname = \"iso_line\"\n[algorithm]\nname = \"map_elites\"\n",
        kRagged + "[algorithm]\nname = \"map_elites\"\n[[algorithm.emitters]]\nname = \"cma_es\"\n",
        kRagged + "[algorithm]\nname = \"cosyne\"\n"}) {
    EXPECT_THAT([&] { experiment_of(text, 100, 1); },
                testing::ThrowsMessage<ConfigError>(testing::HasSubstr("ragged")));
  }
}

}  // namespace
}  // namespace cambrian
