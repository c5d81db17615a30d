// Runs that begin with the elites of another run, or with the genomes of a file.
#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/genome/graph/graph_json.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/run.hpp"
#include "cambrian/run/stored_run.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

constexpr const char* kSphere = R"(
[run]
evaluations = 1000
lineage = "all"
[environment]
name = "sphere"
[archive]
shape = [20, 20]
[algorithm]
name = "map_elites"
batch = 100
)";

constexpr const char* kStartMaze = R"(
[run]
evaluations = 600
lineage = "all"
[environment]
name = "maze"
maze = "mazes/medium_maze.maze"
[encoding]
name = "direct_graph"
[algorithm]
name = "novelty_search"
population = 100
)";

/// Vectors of which only those that begin with a positive number are valid.
class Picky final : public Environment {
 public:
  Picky(const NoParameters&, const Inputs&) {
    description_.objectives = {{"height", "", -10.0, "the first number"}};
    description_.measures = {{"x", "", -4, 4, "second number"}, {"y", "", -4, 4, "third number"}};
    description_.descriptor = {"x", "y"};
    description_.takes_vectors = true;
    description_.vector_length = 3;
  }
  const EnvironmentDescription& description() const override { return description_; }
  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const float first = vectors.row(i)[0];
      rows.objectives[i] = first > 0 ? first : std::numeric_limits<double>::quiet_NaN();
      rows.measures[2 * i] = vectors.row(i)[1];
      rows.measures[2 * i + 1] = vectors.row(i)[2];
      rows.solved[i] = 0;
    }
  }

 private:
  EnvironmentDescription description_;
};

class StartedRun : public testing::Test {
 protected:
  StartedRun() {
    std::filesystem::create_directories(folder_);
    std::vector<EnvironmentComponent> all = environments();
    all.push_back(component<Environment, Picky, NoParameters, const Inputs&>(
        "picky", "half of all vectors", "our choice"));
    catalogue_ = make_catalogue(all, {data_folder()});
  }
  ~StartedRun() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path run(const char* toml, const std::string& name,
                            const std::vector<std::string>& sets = {},
                            std::optional<double> wall_seconds = {}) {
    Configuration configuration = Configuration::from_text(toml, name + ".toml");
    for (const std::string& set : sets) configuration.set(set);
    const std::filesystem::path file = folder_ / (name + ".h5");
    start_run(std::move(configuration), catalogue_,
              {.run_file = file, .wall_seconds = wall_seconds, .quiet = true});
    return file;
  }
  std::string complaint(const char* toml, const std::vector<std::string>& sets) {
    try {
      run(toml, "refused", sets);
    } catch (const Error& error) {
      EXPECT_FALSE(std::filesystem::exists(folder_ / "refused.h5"));
      return error.what();
    }
    return "none";
  }
  std::string from(const std::filesystem::path& file) const {
    return "start.from=" + file.string();
  }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_start_" + std::to_string(getpid()));
  Catalogue catalogue_;
};

template <class T>
std::vector<T> column(const std::filesystem::path& file, const std::string& table,
                      const char* name) {
  return RunFileReader(file).group(table)->column<T>(name);
}

/// Objectives of candidates 0 .. count - 1, of a run whose lineage holds all that were valid.
std::vector<double> first_objectives(const std::filesystem::path& file, std::size_t count) {
  const auto ids = column<std::uint64_t>(file, "lineage", "id");
  const auto objectives = column<double>(file, "lineage", "objective");
  std::vector<double> first;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (ids[i] < count) first.push_back(objectives[i]);
  return first;
}

TEST_F(StartedRun, PlacesTheElitesOfAnotherInItsOwnGrid) {
  const auto other = run(kSphere, "other");
  const auto objectives = column<double>(other, "archive", "objective");
  ASSERT_GT(objectives.size(), 20U);
  const auto started = run(kSphere, "started",
                           {from(other), "archive.shape=[1, 1]", "algorithm.initial=0",
                            "run.evaluations=" + std::to_string(objectives.size())});
  EXPECT_EQ(RunFileReader(started).root().attribute_as<std::uint64_t>("evaluations"),
            objectives.size());
  EXPECT_EQ(column<double>(started, "archive", "objective"),
            std::vector<double>{std::ranges::max(objectives)});
}

TEST_F(StartedRun, FillsItsFirstPopulationWithTheRandomGenomesOfItsSeed) {
  const auto other = run(kSphere, "other");
  const std::size_t given = column<std::uint64_t>(other, "archive", "id").size();
  const std::vector<std::string> wide = {"algorithm.initial=300", "run.evaluations=300",
                                         "archive.shape=[1000, 1000]"};
  std::vector<std::string> sets = wide;
  sets.push_back(from(other));
  const auto started = run(kSphere, "started", sets);
  const auto without = run(kSphere, "without", wide);
  ASSERT_LT(given, 300U);
  std::map<std::uint64_t, double> expected;
  const auto ids = column<std::uint64_t>(without, "archive", "id");
  const auto values = column<double>(without, "archive", "objective");
  for (std::size_t i = 0; i < ids.size(); ++i) expected[ids[i]] = values[i];
  const auto found_ids = column<std::uint64_t>(started, "archive", "id");
  const auto found = column<double>(started, "archive", "objective");
  std::size_t random = 0;
  for (std::size_t i = 0; i < found_ids.size(); ++i) {
    if (found_ids[i] < given) continue;
    EXPECT_EQ(found[i], expected.at(found_ids[i]));
    ++random;
  }
  EXPECT_GT(random, 100U);
}

TEST_F(StartedRun, TakesTheBestGraphsOfAMazeRunIntoASteadyState) {
  const auto other = run(kStartMaze, "other", {"result_archive.shape=[40, 40]"});
  std::vector<double> best = column<double>(other, "archive", "objective");
  ASSERT_GT(best.size(), 100U);
  EXPECT_EQ(complaint(kStartMaze, {from(other)}),
            "refused.toml:12:14: algorithm.population: is 100, but the run starts from " +
                std::to_string(best.size()) + " genomes; start.limit = 100 takes only as many");
  const auto started = run(kStartMaze, "started", {from(other), "start.limit=100"});
  std::ranges::sort(best, std::greater());
  best.resize(100);
  std::vector<double> first = first_objectives(started, 100);
  std::ranges::sort(first, std::greater());
  EXPECT_EQ(first, best);
}

TEST_F(StartedRun, OfMinimisedObjectivesTheLowestAreTheBest) {
  const std::string toml = kSphere;
  const std::string minimised = toml.substr(0, toml.find("[archive]")) +
                                "direction = \"minimise\"\n" + toml.substr(toml.find("[archive]"));
  const auto other = run(minimised.c_str(), "other");
  const auto started = run(minimised.c_str(), "started",
                           {from(other), "start.limit=1", "algorithm.initial=0",
                            "run.evaluations=1", "archive.shape=[1, 1]"});
  EXPECT_EQ(column<double>(started, "archive", "objective"),
            std::vector<double>{std::ranges::min(column<double>(other, "archive", "objective"))});
}

TEST_F(StartedRun, TakesCsvAndJsonAsEvaluateDoes) {
  std::string csv = "id";
  for (int gene = 0; gene < 20; ++gene) csv += ",vector_" + std::to_string(gene);
  for (const char* value : {"0.25", "5.12"}) {
    csv += "\n7";
    for (int gene = 0; gene < 20; ++gene) csv += std::string(",") + value;
  }
  const std::string genomes = "start.genomes=" + write("two.csv", csv + "\n").string();
  const auto vectors = run(kSphere, "vectors", {genomes, "run.evaluations=100"});
  const RunFileReader file(vectors);
  RealPopulation elites(20);
  elites.load(*file.group("archive/genome"));
  const auto ids = column<std::uint64_t>(vectors, "archive", "id");
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] >= 2) continue;
    EXPECT_EQ(elites.row(i)[19], ids[i] == 0 ? 0.25F : 5.12F);
  }
  EXPECT_EQ(std::ranges::count_if(ids, [](std::uint64_t id) { return id < 2; }), 2);

  const auto other = run(kStartMaze, "other");
  GraphPopulation graphs;
  graphs.load(*RunFileReader(other).group("archive/genome"));
  const auto objectives = column<double>(other, "archive", "objective");
  const std::vector<IdentifiedGraph> two = {{3, graphs[0]}, {4, graphs[1]}};
  const auto json = write("two.json", graphs_to_json(two));
  const auto started = run(kStartMaze, "started", {"start.genomes=" + json.string()});
  EXPECT_EQ(first_objectives(started, 2), (std::vector<double>{objectives[0], objectives[1]}));
}

TEST_F(StartedRun, ContinuesBitForBitWithoutTheOtherFile) {
  for (const auto& [toml, more] : std::map<const char*, std::string>{
           {kSphere, "run.seed=3"}, {kStartMaze, "start.limit=100"}}) {
    for (const char* name : {"whole.h5", "stopped.h5"}) std::filesystem::remove(folder_ / name);
    const auto other = run(toml, "other");
    const auto whole = run(toml, "whole", {from(other), more});
    const auto stopped = run(toml, "stopped", {from(other), more}, 0.0);
    EXPECT_EQ(RunFileReader(stopped).root().attribute_as<std::uint64_t>("evaluations"), 0U);
    std::filesystem::remove(other);
    resume_run(catalogue_, {}, {.run_file = stopped, .quiet = true});
    for (const char* table : {"archive", "lineage"}) {
      EXPECT_EQ(column<std::uint64_t>(whole, table, "id"),
                column<std::uint64_t>(stopped, table, "id"));
      EXPECT_EQ(column<double>(whole, table, "descriptor"),
                column<double>(stopped, table, "descriptor"));
    }
    EXPECT_EQ(RunFileReader(whole).root().attribute_as<std::string>("config"),
              RunFileReader(stopped).root().attribute_as<std::string>("config"));
  }
}

/// Half of the given genomes are invalid, so that a search draws members of its first population anew
/// when the given ones are used up, or are not yet.
TEST_F(StartedRun, ContinuesBitForBitInTheMiddleOfItsFirstPopulation) {
  constexpr const char* kPicky =
      "[environment]\nname = \"picky\"\n[run]\nevaluations = 400\n[result_archive]\n"
      "shape = [9, 9]\n[algorithm]\nname = \"objective_search\"\npopulation = 100\n";
  std::string csv;
  for (int i = 0; i < 100; ++i)
    csv += std::to_string(i % 2 == 0 ? i + 1 : -i) + ",0." + std::to_string(i) + ",0\n";
  const std::string set = "start.genomes=" + write("given.csv", csv).string();
  const auto experiment = [&](const Inputs& inputs) {
    Configuration configuration = Configuration::from_text(kPicky, "picky.toml");
    configuration.set(set);
    return Experiment(assemble(configuration, catalogue_, inputs, 1));
  };
  const auto finish = [](Experiment& run) {
    while (!run.done()) run.step(0.0);
    StateTree tree;
    run.save(*tree.writer(), {});
    return tree;
  };
  const RecordedInputs inputs({data_folder()});
  Experiment whole = experiment(inputs);
  Experiment first = experiment(inputs);
  first.step(0.0);
  EXPECT_EQ(first.record().invalid(), 50U);
  StateTree stopped;
  first.save(*stopped.writer(), {});
  inputs.save(*stopped.writer()->group("inputs"));
  std::filesystem::remove(folder_ / "given.csv");
  const RecordedInputs kept(*stopped.reader()->group("inputs"));
  Experiment second = experiment(kept);
  second.load(*stopped.reader());
  EXPECT_TRUE(finish(whole) == finish(second));
}

TEST_F(StartedRun, WhatDoesNotFitIsRefusedBeforeAnythingRuns) {
  const auto sphere = run(kSphere, "sphere");
  const auto maze = run(kStartMaze, "maze");
  const auto nothing = run(kSphere, "nothing", {}, 0.0);
  using testing::HasSubstr;
  EXPECT_THAT(complaint(kSphere, {from(maze)}),
              HasSubstr("maze.h5: holds graphs, but these genomes are real vectors"));
  EXPECT_THAT(complaint(kStartMaze, {from(sphere)}),
              HasSubstr("sphere.h5: holds real vectors, but these genomes are graphs"));
  EXPECT_THAT(complaint(kSphere, {from(sphere), "environment.dimensions=10"}),
              HasSubstr("sphere.h5: holds vectors of 20 genes, but these genomes have 10"));
  EXPECT_THAT(complaint(kSphere, {from(sphere), "genome.bounds=clip"}),
              HasSubstr("outside the bounds"));
  EXPECT_THAT(complaint(kSphere, {from(nothing)}), HasSubstr("nothing.h5: holds no elites"));
  EXPECT_THAT(complaint(kSphere, {from(write("mine.csv", "1\n"))}),
              HasSubstr("does not end in .h5, but a run file is expected"));
  EXPECT_THAT(complaint(kSphere, {from(write("mine.h5", "1\n"))}), HasSubstr("not a run file"));
  EXPECT_THAT(complaint(kSphere, {from(sphere), "start.genomes=mine.csv"}),
              HasSubstr("is given, and start.from too"));
  EXPECT_THAT(complaint(kSphere, {"start.limit=3"}), HasSubstr("neither start.from nor"));
}

}  // namespace
}  // namespace cambrian
