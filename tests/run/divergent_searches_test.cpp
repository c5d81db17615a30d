// Searches without cells, or that draw parents by a score: stopped and resumed, and with any number of
// threads, each gives the same bits; for vectors and for graphs.
#include <gtest/gtest.h>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/run/experiment.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

struct SearchSetUp {
  std::string name;
  std::string algorithm;  ///< the table [algorithm] and what is below it
  std::string archive;    ///< keys of [archive]; empty: it has none
};

const std::vector<SearchSetUp>& set_ups() {
  static const std::string steady = "population = 40\nbatch = 10\n";
  static const std::string emitter =
      "name = \"map_elites\"\nbatch = 20\ninitial = 60\n[[algorithm.emitters]]\nselection = ";
  static const std::vector<SearchSetUp> all = {
      {"dominated_novelty", "name = \"map_elites\"\nbatch = 20\ninitial = 60\n",
       "name = \"dominated_novelty\"\ncapacity = 50\n"},
      {"local_competition", "name = \"map_elites\"\nbatch = 20\ninitial = 60\n",
       "name = \"unstructured\"\npreset = \"pyribs\"\nthreshold = 2\nlocal_competition = true\n"},
      {"objective", emitter + "\"objective\"\n", "shape = [20, 20]\n"},
      {"novelty", emitter + "\"novelty\"\n", "shape = [20, 20]\n"},
      {"curiosity", emitter + "\"curiosity\"\n", "shape = [20, 20]\n"},
      {"minimal_criterion",
       "name = \"minimal_criterion_novelty_search\"\ncriterion_min = 85\n" + steady,
       "name = \"unstructured\"\n"},
      {"surprise", "name = \"surprise_search\"\nclusters = 20\n" + steady, ""},
      {"generational", "name = \"generational_search\"\npopulation = 40\n", ""},
  };
  return all;
}

/// A set-up and whether genomes are graphs.
class DivergentSearch : public testing::TestWithParam<std::tuple<std::size_t, bool>> {
 protected:
  static std::unique_ptr<Experiment> experiment(int evaluations, int threads) {
    const SearchSetUp& one = set_ups()[std::get<0>(GetParam())];
    const bool graphs = std::get<1>(GetParam());
    std::string text =
        "[run]\nseed = 3\nlog_interval = 100\nevaluations = " + std::to_string(evaluations) +
        "\n[environment]\n" +
        (graphs ? "name = \"maze\"\n[encoding]\nname = \"direct_graph\"\n"
                : "name = \"sphere\"\n") +
        "[algorithm]\n" + one.algorithm;
    if (!one.archive.empty()) text += "[archive]\n" + one.archive;
    if (one.archive.empty() || one.archive.starts_with("name"))
      text += "[result_archive]\nshape = [20, 20]\n";
    Configuration configuration = Configuration::from_text(text, "search.toml");
    static const RecordedInputs inputs{{data_folder()}};
    return std::make_unique<Experiment>(
        assemble(configuration, make_catalogue(environments()), inputs, threads));
  }
  static StateTree finished(Experiment& experiment) {
    while (!experiment.done()) experiment.step(0.0);
    experiment.check();
    StateTree tree;
    experiment.save(*tree.writer(), {});
    return tree;
  }
};

TEST_P(DivergentSearch, ResumedWithOtherThreadsEqualsTheUninterruptedRun) {
  const StateTree whole = finished(*experiment(1200, 1));
  const StateTree half = finished(*experiment(600, 2));
  const auto resumed = experiment(1200, 2);
  resumed->load(*half.reader());
  EXPECT_TRUE(finished(*resumed) == whole);
  EXPECT_GT(whole.reader()->group("archive")->column<std::uint64_t>("id").size(), 10U);
}

INSTANTIATE_TEST_SUITE_P(All, DivergentSearch,
                         testing::Combine(testing::Range<std::size_t>(0, 8), testing::Bool()),
                         [](const auto& info) {
                           return set_ups()[std::get<0>(info.param)].name +
                                  (std::get<1>(info.param) ? "_graphs" : "_vectors");
                         });

}  // namespace
}  // namespace cambrian
