// A run's archive is bitwise the same with any number of threads, with and without checkpoints,
// stopped and resumed.
#include "cambrian/run/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "cambrian/catalogue/describe.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/genome/graph/graph.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/stored_run.hpp"
#include "cambrian/run_file/run_file.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

std::unique_ptr<Assembly> assembled(const std::string& file, const std::vector<std::string>& sets,
                                    const Inputs& inputs) {
  Configuration configuration = Configuration::from_file(data_folder() + "/experiments/" + file);
  for (const std::string& assignment : sets) configuration.set(assignment);
  return assemble(configuration, make_catalogue(environments()), inputs);
}

/// The state of a run after its budget, without the one column that may differ.
StateTree state_after(const std::string& file, std::vector<std::string> sets, int saves = 0) {
  sets.push_back("run.log_interval=300");
  const RecordedInputs inputs({data_folder()});
  Experiment experiment(assembled(file, sets, inputs));
  int steps = 0;
  while (!experiment.done()) {
    experiment.step(0.0);
    if (saves > 0 && ++steps % saves == 0) {
      StateTree ignored;
      experiment.save(*ignored.writer(), {});
    }
  }
  experiment.add_closing_row(0.0);
  StateTree tree;
  experiment.save(*tree.writer(), {});
  return tree;
}

class EveryExperiment : public testing::TestWithParam<std::string> {
 protected:
  static std::vector<std::string> sets(int threads, int evaluations = 900) {
    return {"run.threads=" + std::to_string(threads),
            "run.evaluations=" + std::to_string(evaluations)};
  }
};

TEST_P(EveryExperiment, IsTheSameWithOneTwoAndSevenThreads) {
  const StateTree one = state_after(GetParam(), sets(1));
  EXPECT_TRUE(one == state_after(GetParam(), sets(2)));
  EXPECT_TRUE(one == state_after(GetParam(), sets(7)));
}

TEST_P(EveryExperiment, IsTheSameWithAndWithoutCheckpoints) {
  EXPECT_TRUE(state_after(GetParam(), sets(2)) == state_after(GetParam(), sets(2), 2));
}

TEST_P(EveryExperiment, DiffersWithAnotherSeed) {
  auto other = sets(2);
  other.emplace_back("run.seed=2");
  EXPECT_FALSE(state_after(GetParam(), sets(2)) == state_after(GetParam(), other));
}

TEST_P(EveryExperiment, ResumedRunEqualsUninterruptedRun) {
  const RecordedInputs inputs({data_folder()});
  auto short_sets = sets(2, 433);
  short_sets.emplace_back("run.log_interval=300");
  StateTree half;
  {
    Experiment experiment(assembled(GetParam(), short_sets, inputs));
    while (!experiment.done()) experiment.step(0.0);
    experiment.add_closing_row(0.0);
    experiment.save(*half.writer(), {});
  }
  short_sets.emplace_back("run.evaluations=900");
  Experiment resumed(assembled(GetParam(), short_sets, inputs));
  resumed.load(*half.reader());
  while (!resumed.done()) resumed.step(0.0);
  resumed.add_closing_row(0.0);
  StateTree whole;
  resumed.save(*whole.writer(), {});
  EXPECT_TRUE(whole == state_after(GetParam(), sets(2)));
}

TEST_P(EveryExperiment, KeepsItsInvariants) {
  const RecordedInputs inputs({data_folder()});
  Experiment experiment(assembled(GetParam(), sets(2), inputs));
  while (!experiment.done()) {
    experiment.step(0.0);
    ASSERT_NO_THROW(experiment.check());
  }
}

std::vector<std::string> experiment_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(data_folder() + "/experiments")) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().filename().string());
  }
  // Their images are not in the repository.
  std::erase_if(files, [](const std::string& name) { return name.starts_with("digits_"); });
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(All, EveryExperiment, testing::ValuesIn(experiment_files()),
                         [](const auto& info) {
                           return info.param.substr(0, info.param.find('.'));
                         });

TEST(Run, WritesARunFileThatResumeGoesOnWith) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "cambrian_run_test";
  std::filesystem::create_directories(folder);
  const auto run = [&](const std::string& name, const std::string& budget) {
    Configuration configuration =
        Configuration::from_file(data_folder() + "/experiments/hard_maze_novelty.toml");
    configuration.set("run.evaluations=" + budget);
    start_run(std::move(configuration), make_catalogue(environments()),
              {.run_file = folder / name, .quiet = true});
  };
  run("whole.h5", "800");
  run("parts.h5", "400");
  resume_run(make_catalogue(environments()), 800, {.run_file = folder / "parts.h5", .quiet = true});

  const RunFileReader whole(folder / "whole.h5");
  const RunFileReader parts(folder / "parts.h5");
  const auto archive = whole.root().group("archive");
  const auto other = parts.root().group("archive");
  EXPECT_EQ(archive->column<std::uint64_t>("id"), other->column<std::uint64_t>("id"));
  EXPECT_EQ(archive->column<double>("objective"), other->column<double>("objective"));
  EXPECT_EQ(archive->column<double>("descriptor"), other->column<double>("descriptor"));
  EXPECT_EQ(whole.root().attribute_as<std::string>("config"),
            parts.root().attribute_as<std::string>("config"));
  EXPECT_EQ(parts.root().attribute_as<std::string>("status"), "finished");
  std::filesystem::remove_all(folder);
}

/// An environment that forgot its objective.
struct Aimless final : Environment {
  Aimless(const NoParameters&, const Inputs&) {
    environment.takes_vectors = true;
    environment.vector_length = 3;
  }
  const EnvironmentDescription& description() const override { return environment; }
  EnvironmentDescription environment;
};

TEST(Assemble, RefusesAnEnvironmentThatIsNotRight) {
  const Catalogue catalogue =
      make_catalogue({component<Environment, Aimless, NoParameters, const Inputs&>(
          "aimless", "wants nothing", "our choice")});
  const std::string wanted = "environment 'aimless': has no objective";
  Configuration configuration = Configuration::from_text(
      "[environment]\nname = 'aimless'\n[algorithm]\nname = 'map_elites'\n", "a.toml");
  const RecordedInputs inputs({""});
  try {
    assemble(configuration, catalogue, inputs);
    FAIL() << "it was assembled";
  } catch (const ConfigError& error) {
    EXPECT_EQ(error.what(), wanted);
  }
  EXPECT_NE(describe_text(catalogue, "aimless").find(wanted), std::string::npos);
  const std::unique_ptr<Executor> executor = make_executor(1);
  const auto make = [] { return std::make_unique<Aimless>(NoParameters(), RecordedInputs({""})); };
  EXPECT_THROW(make_evaluator(*executor, {{"aimless", make, nullptr}}, {}, {}), ConfigError);
}

TEST(StoredRun, OfAnEnvironmentThatTheProgramDoesNotHaveSaysSo) {
  const auto path = std::filesystem::temp_directory_path() / "cambrian_foreign_environment.h5";
  RunControl options;
  options.run_file = path;
  options.quiet = true;
  start_run(Configuration::from_text("[run]\nevaluations = 500\n[environment]\nname = 'sphere'\n"
                                     "[archive]\nshape = [5, 5]\n[algorithm]\nname = "
                                     "'map_elites'\n",
                                     "a.toml"),
            make_catalogue(environments()), options);
  const Catalogue others = make_catalogue({});
  const std::string wanted =
      path.string() +
      ": this run is of environment 'sphere', which this program does not have; "
      "use the program that made it";
  const auto message_of = [](const auto& act) -> std::string {
    try {
      act();
    } catch (const FileError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message_of([&] { StoredRun(path, others, 1); }), wanted);
  EXPECT_EQ(message_of([&] { resume_run(others, 1000, options); }), wanted);
  EXPECT_EQ(message_of([&] { StoredRun(path, make_catalogue(environments()), 1); }), "");
  std::filesystem::remove(path);
}

TEST(Lineage, HoldsTheElitesAndAllTheirAncestors) {
  const RecordedInputs inputs({data_folder()});
  Experiment experiment(assembled("hard_maze_map_elites.toml", {"run.evaluations=3000"}, inputs));
  while (!experiment.done()) experiment.step(0.0);
  StateTree tree;
  experiment.save(*tree.writer(), {});
  const auto& ids = experiment.record().lineage().individuals().ids;
  const std::set<std::uint64_t> known(ids.begin(), ids.end());
  for (const std::uint64_t id : experiment.record().result().individuals().ids)
    EXPECT_TRUE(known.contains(id));
  for (const ParentIds& parents : experiment.record().lineage().individuals().parents) {
    for (const std::uint64_t parent : parents)
      EXPECT_TRUE(parent == kNoParent || known.contains(parent));
  }
}

TEST(Descriptor, MayNameMeasuresOfTheNetwork) {
  const RecordedInputs inputs({data_folder()});
  Experiment experiment(
      assembled("hard_maze_neat_novelty.toml",
                {"run.evaluations=2000", "result_archive.descriptor=['x', 'network.links']",
                 "result_archive.shape=[10, 200]", "result_archive.min=[0, 0]",
                 "result_archive.max=[210, 200]"},
                inputs));
  while (!experiment.done()) experiment.step(0.0);
  const Elites& result = experiment.record().result();
  const auto& genomes = dynamic_cast<const GraphPopulation&>(result.population());
  ASSERT_GT(result.size(), 20U);
  const auto decoder =
      experiment.parts().encoding->make_decoder(experiment.parts().description.body);
  for (std::size_t row = 0; row < result.size(); ++row) {
    EXPECT_EQ(result.individuals().descriptor(row)[1],
              static_cast<double>(decoder->decode(genomes, row).links()));
  }
}

TEST(Descriptor, OfAGridWithoutEndNeedsBounds) {
  const RecordedInputs inputs({data_folder()});
  try {
    assembled("hard_maze_neat_novelty.toml", {"result_archive.descriptor=['x', 'network.links']"},
              inputs);
    FAIL() << "a grid without end was made";
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what())
                  .find("max: is needed, because 'network.links' declares no finite bound"),
              std::string::npos)
        << error.what();
  }
}

TEST(Lineage, OfARunThatKeepsNoneIsNotAskedForWhenItGoesOn) {
  const RecordedInputs inputs({data_folder()});
  const auto make = [&] {
    return Experiment(assembled("hard_maze_vector_map_elites.toml",
                                {"run.lineage=none", "run.evaluations=600"}, inputs));
  };
  Experiment whole = make();
  for (int i = 0; i < 4; ++i) whole.step(0.0);
  StateTree half;
  whole.save(*half.writer(), {});
  Experiment resumed = make();
  resumed.load(*half.reader());
  for (Experiment* each : {&whole, &resumed}) {
    while (!each->done()) each->step(0.0);
    EXPECT_EQ(each->record().lineage().individuals().size(), 0U);
  }
  EXPECT_EQ(whole.record().result().individuals().ids, resumed.record().result().individuals().ids);
}

TEST(Inputs, AreHashedByFnv1a) {
  // From the authors' test vectors (Fowler, Noll, Vo).
  EXPECT_EQ(content_hash(""), "fnv1a64:cbf29ce484222325");
  EXPECT_EQ(content_hash("a"), "fnv1a64:af63dc4c8601ec8c");
  EXPECT_EQ(content_hash("foobar"), "fnv1a64:85944171f73967e8");
}

}  // namespace
}  // namespace cambrian
