// Minimised objectives: the search is that of the negated function, and what is stored and shown is
// what the environment gave.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/query/query.hpp"
#include "cambrian/query/run_summary.hpp"
#include "cambrian/replay/replay.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/run.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using Given = std::vector<double>;

struct BowlParameters final : Parameters {
  double centre = 0;
  double sign = 1;
  void visit(ParameterVisitor& visitor) override {
    visitor.real("centre", centre, {-10, 10}, {"of every coordinate", "", "our choice"});
    visitor.real("sign", sign, {-1, 1}, {"of the value", "", "our choice"});
  }
};

/// Vectors of 3: sign times the squared distance from a flat ground of half-width 0.3, which is
/// exactly 0.
class Bowl : public Environment {
 public:
  Bowl(const BowlParameters& parameters, const Inputs&) : parameters_(parameters) {
    description_.objectives = {{"height", "m", 0, "above the ground"}};
    description_.measures = {{"x", "", -2, 2, ""}, {"y", "", -2, 2, ""}};
    description_.descriptor = {"x", "y"};
    description_.takes_vectors = true;
    description_.vector_length = 3;
    description_.block = 16;
  }
  const EnvironmentDescription& description() const override { return description_; }
  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      double sum = 0;
      for (const float gene : vectors.row(i)) {
        const double off = std::abs(static_cast<double>(gene) - parameters_.centre) - 0.3;
        sum += off > 0 ? off * off : 0;
      }
      rows.objectives[i] = parameters_.sign < 0 ? 0.0 - sum : sum;
      rows.measures[2 * i] = static_cast<double>(vectors.row(i)[0]);
      rows.measures[2 * i + 1] = static_cast<double>(vectors.row(i)[1]);
      rows.solved[i] = 0;
    }
  }

 protected:
  EnvironmentDescription description_;

 private:
  BowlParameters parameters_;
};

/// Declares itself that lower is better, and what the highest value is.
class Cost final : public Bowl {
 public:
  Cost(const BowlParameters& parameters, const Inputs& inputs) : Bowl(parameters, inputs) {
    description_.objectives.front().direction = ObjectiveDirection::minimise;
    description_.objectives.front().worst = 50;
  }
};

Catalogue with_bowls() {
  std::vector<EnvironmentComponent> known = environments();
  known.push_back(
      component<Environment, Bowl, BowlParameters, const Inputs&>("bowl", "for tests", "us"));
  known.push_back(
      component<Environment, Cost, BowlParameters, const Inputs&>("cost", "for tests", "us"));
  return make_catalogue(known);
}

constexpr const char* kMapElites =
    "[archive]\nname = 'grid'\nshape = [12, 12]\n[algorithm]\nname = 'map_elites'\n";
constexpr const char* kLowest = "[environment]\nname = 'bowl'\ndirection = 'minimise'\n";

std::unique_ptr<Assembly> assembled(const std::string& text) {
  static const RecordedInputs inputs({data_folder()});
  Configuration configuration = Configuration::from_text(
      "[run]\nevaluations = 3000\nlog_interval = 500\nthreads = 2\n" + text, "test.toml");
  return assemble(configuration, with_bowls(), inputs);
}

void save_without_clock(Experiment& experiment, StateTree& tree) {
  experiment.save(*tree.writer(), {});
}

StateTree state_after(const std::string& text) {
  Experiment experiment(assembled(text));
  while (!experiment.done()) experiment.step(0.0);
  StateTree tree;
  save_without_clock(experiment, tree);
  return tree;
}

Given column(const StateTree& tree, const std::string& table, const std::string& name) {
  return tree.reader()->group(table)->column<double>(name);
}

Given negated(Given values) {
  for (double& value : values) value = 0.0 - value;
  return values;
}

TEST(Minimise, GivesTheRunThatMaximisesTheNegatedFunction) {
  const StateTree low = state_after(std::string(kLowest) + kMapElites + "[result_archive]\n" +
                                    "name = 'grid'\nshape = [5, 5]\nqd_offset = 3.0\n");
  const StateTree high =
      state_after(std::string("[environment]\nname = 'bowl'\nsign = -1.0\n") + kMapElites +
                  "[result_archive]\nname = 'grid'\nshape = [5, 5]\nqd_offset = -3.0\n");
  for (const char* table : {"archive", "archives/driver", "lineage"}) {
    const std::string name = table;
    const auto of = [&](const StateTree& tree) -> const StateTree::Node& {
      if (name != "archives/driver") return tree.root().groups.at(name);
      return tree.root().groups.at("archives").groups.at("driver");
    };
    StateTree::Node one = of(low), other = of(high);
    const auto take = [](StateTree::Node& node) {
      const Given values = std::get<Given>(node.columns.at("objective").data);
      node.columns.erase("objective");
      node.attributes.erase("qd_offset");
      return std::pair(values,
                       std::get<std::vector<std::string>>(node.attributes.at("directions")));
    };
    const auto [given, minimise] = take(one);
    const auto [maximised, maximise] = take(other);
    EXPECT_EQ(given, negated(maximised)) << table;
    EXPECT_GT(*std::ranges::max_element(given), 0) << table;
    EXPECT_EQ(minimise, std::vector<std::string>{"minimise"});
    EXPECT_EQ(maximise, std::vector<std::string>{"maximise"});
    one.attributes.erase("directions");
    other.attributes.erase("directions");
    EXPECT_TRUE(one == other) << table;
  }
  EXPECT_EQ(column(low, "history", "objective_max"),
            negated(column(high, "history", "objective_max")));
  EXPECT_EQ(column(low, "history", "objective_mean"),
            negated(column(high, "history", "objective_mean")));
  EXPECT_EQ(column(low, "history", "qd_score"), column(high, "history", "qd_score"));
  EXPECT_EQ(low.reader()->attribute_as<std::vector<std::string>>("directions"),
            std::vector<std::string>{"minimise"});
}

TEST(Minimise, TheQdScoreIsTheOffsetMinusEachValue) {
  const StateTree tree = state_after(std::string(kLowest) + kMapElites +
                                     "[result_archive]\nname = 'grid'\nqd_offset = 7.0\n");
  double score = 0;
  for (const double height : column(tree, "archive", "objective")) score += 7 - height;
  EXPECT_EQ(column(tree, "history", "qd_score").back(), score);
  EXPECT_EQ(tree.reader()->group("archive")->attribute_as<double>("qd_offset"), 7.0);
}

TEST(Minimise, ZeroIsStoredWithoutASign) {
  const Given heights =
      column(state_after(std::string(kLowest) + kMapElites), "archive", "objective");
  EXPECT_GT(std::ranges::count(heights, 0.0), 0);
  EXPECT_FALSE(std::ranges::any_of(heights, [](double h) { return std::signbit(h); }));
}

class EverySearch : public testing::TestWithParam<std::string> {};

TEST_P(EverySearch, StoppedAndResumedGivesTheSameBits) {
  const std::string text = kLowest + GetParam();
  Experiment whole(assembled(text));
  Experiment first(assembled(text));
  while (first.record().evaluations() < 1200) {
    whole.step(0.0);
    first.step(0.0);
  }
  StateTree half;
  save_without_clock(first, half);
  Experiment second(assembled(text));
  second.load(*half.reader());
  while (!whole.done()) {
    whole.step(0.0);
    second.step(0.0);
  }
  second.check();
  StateTree expected, resumed;
  save_without_clock(whole, expected);
  save_without_clock(second, resumed);
  EXPECT_TRUE(expected == resumed);
}

INSTANTIATE_TEST_SUITE_P(
    All, EverySearch,
    testing::Values(kMapElites,
                    "[algorithm]\nname = 'objective_search'\n[result_archive]\nname = 'grid'\n",
                    "[algorithm]\nname = 'novelty_search'\n[result_archive]\nname = 'grid'\n"));

TEST(Minimise, TheWorstOfASuiteIsTheHighest) {
  const std::string suite =
      "[[environments]]\nname = 'bowl'\nlabel = 'left'\ncentre = -1.0\ndirection = 'minimise'\n"
      "[[environments]]\nname = 'bowl'\nlabel = 'right'\ncentre = 1.0\ndirection = 'minimise'\n";
  Experiment experiment(assembled(suite + "[evaluation]\nreduction = 'worst'\n" + kMapElites));
  experiment.step(0.0);
  StateTree tree;
  save_without_clock(experiment, tree);
  const Elites& elites = experiment.record().result();
  const auto& genomes = population_of<const RealPopulation>(elites.population());
  const Given stored = column(tree, "archive", "objective");
  ASSERT_GT(stored.size(), 3U);
  for (std::size_t row = 0; row < stored.size(); ++row) {
    double highest = 0;
    for (const double centre : {-1.0, 1.0}) {
      double sum = 0;
      for (const float gene : genomes.row(row)) {
        const double off = std::abs(static_cast<double>(gene) - centre) - 0.3;
        sum += off > 0 ? off * off : 0;
      }
      highest = std::max(highest, sum);
    }
    EXPECT_EQ(stored[row], highest);
  }
}

TEST(Minimise, ASuiteThatDisagreesIsRefusedInOneLine) {
  try {
    assembled(std::string("[[environments]]\nname = 'bowl'\nlabel = 'up'\n"
                          "[[environments]]\nname = 'bowl'\nlabel = 'down'\n"
                          "direction = 'minimise'\n") +
              kMapElites);
    FAIL() << "nothing was refused";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("'up' is to maximise and 'down' to minimise; give all entries the same "
                          "direction"));
  }
}

TEST(Minimise, WhatAnEnvironmentDeclaresIsTheDefaultAndItsWorstTheOffset) {
  const auto declared = assembled(std::string("[environment]\nname = 'cost'\n") + kMapElites);
  EXPECT_EQ(declared->description.objectives[0].direction, ObjectiveDirection::minimise);
  EXPECT_EQ(declared->qd_offset, 50);
  const auto turned =
      assembled(std::string("[environment]\nname = 'cost'\ndirection = 'maximise'\n") + kMapElites);
  EXPECT_EQ(turned->description.objectives[0].direction, ObjectiveDirection::maximise);
  EXPECT_EQ(turned->qd_offset, 0);
}

TEST(Minimise, GradientsPointTowardsTheBetter) {
  const auto slopes = [](const std::string& direction) {
    const auto parts = assembled("[environment]\nname = 'planar_arm'\ndirection = '" + direction +
                                 "'\n" + kMapElites);
    const auto genomes = parts->space->make_population();
    genomes->resize(2);
    parts->space->initialise(*genomes, 0, 2, stream_key(3, "test"), 0);
    Batch batch;
    batch.fill(2, 0);
    for (Job& job : batch.jobs) job.wants = kGradients;
    parts->evaluator->evaluate(*genomes, batch);
    return batch.evaluations;
  };
  const Evaluations up = slopes("maximise"), down = slopes("minimise");
  const std::size_t length = up.shape.gradient;
  for (std::size_t i = 0; i < up.gradients.size(); ++i) {
    const bool of_objective = i % ((1 + up.shape.measures) * length) < length;
    EXPECT_EQ(down.gradients[i], of_objective ? -up.gradients[i] : up.gradients[i]);
  }
  EXPECT_EQ(up.measures, down.measures);
}

class MinimisedFile : public testing::Test {
 protected:
  std::filesystem::path path_ = std::filesystem::temp_directory_path() /
                                ("cambrian_minimised_" + std::to_string(getpid()) + ".h5");
  void TearDown() override { std::filesystem::remove(path_); }
  void run(const std::string& text) const {
    start_run(Configuration::from_text(text, "test.toml"), with_bowls(),
              {.run_file = path_, .quiet = true});
  }
};

TEST_F(MinimisedFile, TheBestIsTheLowest) {
  run("[run]\nevaluations = 800\n" + std::string(kLowest) + kMapElites +
      "[result_archive]\nname = 'grid'\nshape = [5, 5]\nqd_offset = 20.0\n");
  const RunFileReader file(path_);
  const Given heights = file.root().group("archive")->column<double>("objective");
  const auto lowest = std::ranges::min_element(heights);
  const auto row = static_cast<std::size_t>(lowest - heights.begin());
  EXPECT_LT(*lowest, *std::ranges::max_element(heights));
  EXPECT_EQ(elite_row(file, "archive", {.best = true}), row);
  Query query;
  query.where = "objective >= 0";
  query.sort = "objective";
  const QueryResult sorted = run_query(file, query);
  EXPECT_EQ(sorted.rows.size(), heights.size());
  EXPECT_EQ(heights[sorted.rows.front()], *lowest);
  const ArchiveSummary summary = summarise(file).archives.front();
  EXPECT_EQ(summary.direction, ObjectiveDirection::minimise);
  EXPECT_EQ(summary.objective_max, *lowest);
  EXPECT_EQ(summary.best_id, file.root().group("archive")->column<std::uint64_t>("id")[row]);
  double score = 0;
  for (const double height : heights) score += 20 - height;
  EXPECT_EQ(summary.qd_score, score);
}

TEST_F(MinimisedFile, ReplayRepeatsTheStoredEvaluation) {
  run("[run]\nevaluations = 300\n[environment]\nname = 'cart_pole'\ndirection = 'minimise'\n"
      "[encoding]\nname = 'direct_graph'\n" +
      std::string(kMapElites));
  const StoredRun stored(path_, with_bowls(), 1);
  const Given values = stored.file().root().group("archive")->column<double>("objective");
  const Replay made = replay(stored, 0, 0);
  EXPECT_EQ(made.objective, values[0]);
  EXPECT_EQ(made.episode_objective, values[0]);
  EXPECT_GT(values[0], 0);
}

}  // namespace
}  // namespace cambrian
