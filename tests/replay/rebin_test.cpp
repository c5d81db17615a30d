// Elites placed anew: by the archive's own rule, and measured again only where that is needed.
#include "cambrian/replay/rebin.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "cambrian/core/error.hpp"
#include "cambrian/query/run_summary.hpp"
#include "cambrian/replay/replay.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/run.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kGrid = R"(
[run]
evaluations = 3000
[environment]
name = "sphere"
[archive]
shape = [20, 20]
qd_offset = -5.0
[algorithm]
name = "map_elites"
)";

constexpr const char* kNoisyPole = R"(
[run]
evaluations = 600
[environment]
name = "cart_pole"
steps = 60
[encoding]
name = "direct_graph"
[variation]
preset = "maze"
[evaluation]
samples = 2
[algorithm]
name = "map_elites"
[archive]
shape = [8, 8]
)";

constexpr const char* kNovelMaze = R"(
[run]
evaluations = 800
[environment]
name = "maze"
maze = "mazes/medium_maze.maze"
[encoding]
name = "direct_graph"
[variation]
preset = "maze"
[algorithm]
name = "novelty_search"
population = 100
[result_archive]
shape = [30, 30]
)";

class RebinnedRun : public testing::Test {
 protected:
  RebinnedRun() {
    std::filesystem::create_directories(folder_);
    catalogue_ = make_catalogue(environments(), {data_folder()});
  }
  ~RebinnedRun() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path run(const char* toml) {
    start_run(Configuration::from_text(toml, "rebin.toml"), catalogue_,
              {.run_file = folder_ / "run.h5", .quiet = true});
    return folder_ / "run.h5";
  }
  Rebin rebinned(const std::vector<std::string>& sets) {
    return {folder_ / "run.h5", sets, catalogue_};
  }
  std::filesystem::path saved(const Rebin& made) {
    RunFileWriter file(folder_ / "new.h5");
    made.save(file.root());
    file.commit();
    return folder_ / "new.h5";
  }
  std::string complaint(const std::vector<std::string>& sets) {
    try {
      rebinned(sets);
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "none";
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_rebin_" + std::to_string(getpid()));
  Catalogue catalogue_;
};

template <class T>
std::vector<T> column(const std::filesystem::path& file, const char* name) {
  return RunFileReader(file).group("archive")->column<T>(name);
}

/// id -> cell of a run file's elites.
std::map<std::uint64_t, std::int64_t> cells_by_id(const std::filesystem::path& file) {
  std::map<std::uint64_t, std::int64_t> cells;
  const auto ids = column<std::uint64_t>(file, "id");
  const auto cell = column<std::int64_t>(file, "cell");
  for (std::size_t i = 0; i < ids.size(); ++i) cells[ids[i]] = cell[i];
  return cells;
}

TEST_F(RebinnedRun, IntoTheCellsThatItHadIsAsItWas) {
  const auto file = run(kGrid);
  const Rebin same = rebinned({"archive.shape=[20, 20]"});
  EXPECT_EQ(same.evaluations(), 0U);
  EXPECT_EQ(cells_by_id(saved(same)), cells_by_id(file));
  EXPECT_EQ(column<std::uint64_t>(folder_ / "new.h5", "parents").size(), 2 * same.offered());
  const auto offset = [](const std::filesystem::path& path) {
    return RunFileReader(path).group("archive")->attribute_as<double>("qd_offset");
  };
  EXPECT_EQ(offset(folder_ / "new.h5"), offset(file));
}

TEST_F(RebinnedRun, IntoLargerCellsKeepsTheBestOfEach) {
  const auto file = run(kGrid);
  std::map<std::int64_t, double> best;  // four cells become one
  const auto cells = column<std::int64_t>(file, "cell");
  const auto objectives = column<double>(file, "objective");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::int64_t larger = cells[i] / 20 / 2 * 10 + cells[i] % 20 / 2;
    const auto [place, is_new] = best.emplace(larger, objectives[i]);
    if (!is_new) place->second = std::max(place->second, objectives[i]);
  }
  const auto made = saved(rebinned({"archive.shape=[10, 10]"}));
  const auto new_cells = column<std::int64_t>(made, "cell");
  const auto kept = column<double>(made, "objective");
  std::map<std::int64_t, double> found;
  for (std::size_t i = 0; i < new_cells.size(); ++i) found[new_cells[i]] = kept[i];
  EXPECT_EQ(found, best);
}

TEST_F(RebinnedRun, OfMinimisedObjectivesTheLowestStaysAndIsStoredAsGiven) {
  const std::string toml = kGrid;
  const auto file = run((toml.substr(0, toml.find("[archive]")) + "direction = \"minimise\"\n" +
                         toml.substr(toml.find("[archive]")))
                            .c_str());
  const Rebin made = rebinned({"archive.shape=[1, 1]"});
  const double lowest = std::ranges::min(column<double>(file, "objective"));
  EXPECT_EQ(made.statistics().objective_max, lowest);
  EXPECT_EQ(column<double>(saved(made), "objective"), std::vector<double>{lowest});
  const auto directions = [](const StateReader& of) {
    return of.attribute_as<std::vector<std::string>>("directions");
  };
  const RunFileReader reader(folder_ / "new.h5");
  EXPECT_EQ(directions(reader.root()), std::vector<std::string>{"minimise"});
  EXPECT_EQ(directions(*reader.group("archive")), std::vector<std::string>{"minimise"});
}

TEST_F(RebinnedRun, OfEqualElitesTheFirstThatWasEvaluatedStays) {
  const auto file = run(kNoisyPole);
  const Rebin made = rebinned({"archive.shape=[1, 1]", "archive.descriptor=[\"sway\", \"place\"]"});
  ASSERT_EQ(made.elites().size(), 1U);
  EXPECT_EQ(made.evaluations(), 0U);  // the axes are stored, in another order
  const auto objectives = column<double>(file, "objective");
  const auto evaluations = column<std::uint64_t>(file, "evaluation");
  const double best = std::ranges::max(objectives);
  std::vector<std::uint64_t> equal;
  for (std::size_t i = 0; i < objectives.size(); ++i)
    if (objectives[i] == best) equal.push_back(evaluations[i]);
  ASSERT_GT(equal.size(), 1U);
  EXPECT_EQ(made.elites().individuals().evaluations[0], std::ranges::min(equal));
}

TEST_F(RebinnedRun, MeasuresThatAreNotStoredAreMeasuredAgainByTheElitesOwnStreams) {
  run(kNoisyPole);
  const Rebin made =
      rebinned({"archive.descriptor=[\"network.links\", \"sway\"]", "archive.min=[0, 0]",
                "archive.max=[50, 0.21]", "archive.shape=[50, 50]"});
  EXPECT_EQ(made.evaluations(), 2 * made.offered());  // samples
  EXPECT_THAT(made.warnings(), IsEmpty());
  const StoredRun again(saved(made), catalogue_);
  ASSERT_GT(made.elites().size(), 3U);
  for (std::uint32_t row = 0; row < made.elites().size(); ++row) {
    EXPECT_NO_THROW(replay(again, row)) << row;  // objective and descriptor come out as stored
    EXPECT_GT(made.elites().individuals().descriptor(row)[0], 0.0);
  }
}

TEST_F(RebinnedRun, AnObjectiveThatIsNotRepeatedIsAWarningAndIsKept) {
  // A run whose file says another seed than that from which its evaluations drew.
  Configuration configuration = Configuration::from_text(kNoisyPole, "rebin.toml");
  const RecordedInputs inputs({data_folder()});
  Experiment experiment(assemble(configuration, catalogue_, inputs, 1));
  while (!experiment.done()) experiment.step(0.0);
  configuration.set("run.seed=2");
  assemble(configuration, catalogue_, inputs, 1);
  {
    RunFileWriter file(folder_ / "run.h5");
    experiment.save(file.root(), {.config = configuration.effective()});
    inputs.save(*file.root().group("inputs"));
    file.commit();
  }
  const Rebin made = rebinned({"archive.descriptor=[\"network.nodes\", \"network.links\"]",
                               "archive.shape=[1, 1]", "archive.max=[50, 100]"});
  ASSERT_EQ(made.warnings().size(), 1U);
  EXPECT_THAT(made.warnings().front(),
              testing::MatchesRegex("warning: [0-9]+ elites \\(the first: [0-9]+\\) did not repeat "
                                    "the stored objective, which is kept"));
  EXPECT_EQ(made.statistics().objective_max,
            std::ranges::max(column<double>(folder_ / "run.h5", "objective")));
}

TEST_F(RebinnedRun, IsReadAsARunFileButNotResumed) {
  const auto file = run(kNovelMaze);
  const auto made = saved(rebinned({"archive.shape=[10, 10]"}));
  const RunFileReader reader(made);
  const RunSummary summary = summarise(reader);
  EXPECT_EQ(summary.status, "finished");
  EXPECT_EQ(summary.evaluations, summarise(RunFileReader(file)).evaluations);
  EXPECT_EQ(summary.archives.front().shape, (std::vector<std::int64_t>{10, 10}));
  EXPECT_EQ(summary.objective_best, summarise(RunFileReader(file)).objective_best);
  EXPECT_EQ(reader.root().attribute_as<std::string>("rebinned_from"), "run.h5");
  EXPECT_THAT(reader.root().attribute_as<std::string>("rebinned_seal"),
              testing::MatchesRegex("xxh3:[0-9a-f]+"));
  try {
    require_resumable(reader);
    FAIL();
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), HasSubstr("holds elites of 'run.h5', placed anew by"));
  }
  // Its configuration is one of which a run can be made, and it can be placed anew in turn.
  const StoredRun stored(made, catalogue_);
  EXPECT_EQ(stored.parts().result->archive().cell_count(), 100U);
  const Rebin twice(made, {"archive.shape=[5, 5]"}, catalogue_);
  EXPECT_EQ(twice.statistics().objective_max,
            rebinned({"archive.shape=[5, 5]"}).statistics().objective_max);
}

TEST_F(RebinnedRun, AnotherKindOfArchiveTakesNoneOfTheFormerKeys) {
  run(kGrid);
  const Rebin made = rebinned({"archive.name=unstructured"});
  EXPECT_EQ(made.elites().archive().kind(), "unstructured");
  EXPECT_GT(made.elites().size(), 0U);
  EXPECT_LE(made.elites().size(), made.offered());
}

TEST_F(RebinnedRun, AnotherKindOfArchiveKeepsTheBoundsAndSaysWhatItLeavesOut) {
  std::string toml = kGrid;
  toml.replace(toml.find("shape = [20, 20]"), 16,
               "shape = [20, 20]\nmin = [-3, -4]\nmax = [3, 4]\ncontents = \"threshold\"\n"
               "learning_rate = 0.5");
  run(toml.c_str());
  const std::string left_out = "note: not of the new archive, so left out: ";
  const Rebin cvt = rebinned({"archive.name=cvt", "archive.cells=50", "archive.samples=500"});
  EXPECT_EQ(cvt.elites().archive().space().min, (std::vector<double>{-3, -4}));
  EXPECT_EQ(cvt.elites().archive().space().max, (std::vector<double>{3, 4}));
  EXPECT_THAT(cvt.warnings(),
              testing::ElementsAre(left_out + "archive.shape = [20, 20], archive.contents = "
                                              "\"threshold\", archive.learning_rate = 0.5"));
  const Rebin unbounded = rebinned({"archive.name=\"unstructured\""});
  EXPECT_THAT(unbounded.warnings().front(), HasSubstr("archive.min = [-3"));
  const Rebin plain = rebinned({"archive.contents=elite"});
  EXPECT_THAT(plain.warnings(), testing::ElementsAre(left_out + "archive.learning_rate = 0.5"));
  const Rebin other = rebinned({"archive.descriptor=[\"sum_second\", \"sum_first\"]"});
  EXPECT_THAT(other.warnings().front(),
              testing::AllOf(HasSubstr("archive.min = [-3"), HasSubstr("archive.max = [3"),
                             testing::Not(HasSubstr("shape"))));
  EXPECT_THAT(rebinned({"archive.shape=[5, 5]"}).warnings(), IsEmpty());
}

TEST_F(RebinnedRun, CentroidsFromAFileTakeThePlaceOfTheKeysOfComputedOnes) {
  std::string toml = kGrid;
  toml.replace(toml.find("shape = [20, 20]"), 16,
               "name = \"cvt\"\ncells = 60\nsamples = 600\niterations = 3\nstart = \"random\"");
  run(toml.c_str());
  std::ofstream(folder_ / "three.csv") << "0 0\n-1 -1\n1 1\n";
  const Rebin made = rebinned({"archive.centroids=three.csv"});
  EXPECT_EQ(made.elites().archive().cell_count(), 3U);
  EXPECT_THAT(complaint({"archive.centroids=three.csv", "archive.samples=600"}),
              HasSubstr("--set archive.samples=600: has no effect where centroids names a file"));
}

TEST_F(RebinnedRun, WhatCannotBeIsSaidInTheWordsOfTheCall) {
  run(kGrid);
  EXPECT_THAT(complaint({"archive.shap=[5, 5]"}),
              HasSubstr("--set archive.shap=[5, 5]: is unknown; did you mean 'shape'?"));
  EXPECT_THAT(complaint({"result_archive.shape=[5]"}),
              HasSubstr("--set result_archive.shape=[5]: has 1 number"));
  EXPECT_THAT(complaint({"archive.descriptor=[\"z\"]"}), HasSubstr("there is no measure 'z'"));
  EXPECT_THAT(complaint({"run.seed=3"}), HasSubstr("rebin changes the archive alone"));
  EXPECT_THAT(complaint({"archive.shape"}), HasSubstr("is not of the form archive.key=value"));
}

}  // namespace
}  // namespace cambrian
