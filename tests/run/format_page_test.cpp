// run_file/FORMAT.md says what a run file holds: held against files of real runs, both ways.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/run/assembly.hpp"
#include "cambrian/run/experiment.hpp"
#include "cambrian/run/run.hpp"
#include "cambrian/run_file/run_file.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

/// Type by column, of all tables of columns in the page.
std::map<std::string, std::set<std::string>> documented() {
  std::ifstream page(source_folder() + "/lib/cambrian/run_file/FORMAT.md");
  const std::regex row(R"(^\| (`[^|]*`) \| (u8|u32|u64|i64|f32|f64)\b.*)");
  const std::regex name("`(\\w+)`");
  std::map<std::string, std::set<std::string>> types;
  for (std::string line; std::getline(page, line);) {
    std::smatch parts;
    if (!std::regex_match(line, parts, row)) continue;
    const std::string names = parts[1];
    for (std::sregex_iterator one(names.begin(), names.end(), name), end; one != end; ++one) {
      types[(*one)[1]].insert(parts[2]);
    }
  }
  return types;
}

std::string type_of(const ColumnData& column) {
  constexpr std::array<const char*, 7> names = {"u8", "u32", "u64", "i32", "i64", "f32", "f64"};
  return names[column.index()];
}

/// Type by column, of all tables of a run file but those that are the program's own affair.
void collect(const RunFileReader& file, const std::string& group,
             std::map<std::string, std::set<std::string>>& types) {
  for (const ColumnInfo& column : file.columns(group)) {
    types[column.name].insert(type_of(file.column(group, column.name)));
  }
  for (const std::string& child : file.group(group)->groups()) {
    if (child != "state") collect(file, group + "/" + child, types);
  }
}

class FormatPage : public testing::Test {
 protected:
  FormatPage() { std::filesystem::create_directories(folder_); }
  ~FormatPage() override { std::filesystem::remove_all(folder_); }

  RunFileReader run(const std::string& name) {
    Configuration configuration =
        Configuration::from_file(source_folder() + "/data/experiments/" + name + ".toml");
    configuration.set("run.evaluations=600");
    return run(std::move(configuration), name);
  }
  RunFileReader run(Configuration configuration, const std::string& name) {
    const std::filesystem::path path = folder_ / (name + ".h5");
    start_run(std::move(configuration), make_catalogue(environments(), {source_folder() + "/data"}),
              {.run_file = path, .quiet = true});
    return RunFileReader(path);
  }

  /// A run whose configuration lists emitters, so that there are origins.
  RunFileReader run_of_emitters() {
    return run(Configuration::from_text("[run]\nevaluations = 600\n[environment]\nname = 'sphere'\n"
                                        "[algorithm]\nname = 'map_elites'\n[[algorithm.emitters]]\n"
                                        "[[algorithm.emitters]]\nbatch = 20\n",
                                        "emitters.toml"),
               "emitters");
  }

  /// One whose candidates are tried several times, with noise that they share.
  RunFileReader run_of_samples() {
    return run(Configuration::from_text("[run]\nevaluations = 600\n[environment]\nname = "
                                        "'cart_pole'\n[encoding]\nname = 'direct_graph'\n"
                                        "[evaluation]\nsamples = 2\nnoise = 'shared'\n"
                                        "[algorithm]\nname = 'map_elites'\n",
                                        "samples.toml"),
               "samples");
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_format_page_" + std::to_string(getpid()));
};

TEST_F(FormatPage, NamesEveryColumnOfRealRunsWithItsTypeAndNoOther) {
  std::map<std::string, std::set<std::string>> held;
  const auto collect_tables = [&held](const RunFileReader& file) {
    for (const std::string& group : file.root().groups()) {
      if (group != "checkpoint" && group != "inputs") collect(file, group, held);
    }
  };
  for (const char* name :
       {"hard_maze_neat_novelty", "sphere_20_map_elites", "hard_maze_dct_ragged"}) {
    collect_tables(run(name));
  }
  collect_tables(run_of_emitters());
  collect_tables(run_of_samples());
  auto page = documented();
  ASSERT_GT(page.size(), 30U);
  EXPECT_EQ(page.erase("objectives"), 1U);  // no run of today has several
  EXPECT_EQ(held, page);
}

/// Takes what is saved, and keeps the names of the columns of which nothing is said.
class Undescribed final : public StateWriter {
 public:
  Undescribed(std::string path, std::vector<std::string>& names)
      : path_(std::move(path)), names_(names) {}
  void attribute(std::string_view, const Attribute&) override {}
  std::unique_ptr<StateWriter> group(std::string_view name) override {
    return std::make_unique<Undescribed>(path_ + "/" + std::string(name), names_);
  }

 protected:
  void write(std::string_view name, const ColumnView&, std::size_t, bool,
             const ColumnDoc& doc) override {
    if (doc.description.empty()) names_.push_back(path_ + "/" + std::string(name));
  }

 private:
  std::string path_;
  std::vector<std::string>& names_;
};

TEST(FormatOfEveryColumn, HasADescription) {
  const RecordedInputs inputs({source_folder() + "/data"});
  for (const char* name : {"hard_maze_neat_novelty", "hard_maze_map_elites", "hard_maze_random",
                           "hard_maze_vector_objective", "sphere_20_map_elites"}) {
    Configuration configuration =
        Configuration::from_file(source_folder() + "/data/experiments/" + name + ".toml");
    configuration.set("run.evaluations=600");
    Experiment experiment(assemble(configuration, make_catalogue(environments()), inputs));
    while (!experiment.done()) experiment.step(0.0);
    std::vector<std::string> names;
    Undescribed writer("", names);
    experiment.save(writer, {});
    EXPECT_THAT(names, testing::IsEmpty()) << name;
  }
}

/// The attributes that the page's first table names.
std::set<std::string> documented_attributes() {
  std::ifstream page(source_folder() + "/lib/cambrian/run_file/FORMAT.md");
  const std::regex name("`(\\w+)`");
  std::set<std::string> names;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) inside = line.starts_with("## `/`");
    if (!inside || !line.starts_with("| `")) continue;
    const std::string cell = line.substr(0, line.find('|', 2));
    for (std::sregex_iterator one(cell.begin(), cell.end(), name), end; one != end; ++one) {
      names.insert((*one)[1]);
    }
  }
  return names;
}

TEST_F(FormatPage, NamesTheBodyOnlyWhereNetworksLive) {
  const RunFileReader maze = run("hard_maze_neat_novelty");
  const auto names = maze.root().attribute_as<std::vector<std::string>>("motor_names");
  EXPECT_EQ(names, (std::vector<std::string>{"turn", "drive"}));
  EXPECT_EQ(maze.root().attribute_as<std::vector<double>>("motor_positions"),
            (std::vector<double>{1, 0, 0, 1}));
  EXPECT_EQ(maze.root().attribute_as<std::vector<double>>("sensor_positions").size(), 2U * 10);
  EXPECT_EQ(maze.root().attribute_as<std::vector<std::string>>("sensor_kinds")[6], "radar");
  EXPECT_EQ(maze.root().attribute_as<std::vector<double>>("sensor_min"),
            std::vector<double>(10, 0.0));
  EXPECT_EQ(maze.root().attribute_as<std::vector<double>>("motor_max"),
            (std::vector<double>{1, 1}));
  const RunFileReader sphere = run("sphere_20_map_elites");
  for (const std::string& name : documented_attributes()) {
    const bool of_a_body = name.starts_with("sensor_") || name.starts_with("motor_");
    if (name == "solved_evaluation" || name == "plugins") continue;
    EXPECT_EQ(maze.root().has_attribute(name), name != "search") << name;  // of map_elites alone
    EXPECT_EQ(sphere.root().has_attribute(name), !of_a_body) << name;
  }
}

TEST_F(FormatPage, NamesTheAttributesThatRealRunsHave) {
  const RunFileReader file = run("hard_maze_neat_novelty");
  for (const char* name :
       {"format",         "format_version",   "program_version", "build",        "config",
        "environment",    "encoding",         "algorithm",       "seed",         "evaluations",
        "generations",    "wall_seconds",     "status",          "sensor_names", "sensor_min",
        "sensor_max",     "sensor_positions", "motor_names",     "motor_min",    "motor_max",
        "motor_positions"}) {
    EXPECT_TRUE(file.root().has_attribute(name)) << name;
    EXPECT_TRUE(documented_attributes().contains(name)) << name;
  }
  const auto archive = file.root().group("archive");
  for (const char* name :
       {"kind", "descriptor_names", "descriptor_units", "descriptor_min", "descriptor_max", "shape",
        "objective_names", "objective_units", "capacity", "qd_offset"}) {
    EXPECT_TRUE(archive->has_attribute(name)) << name;
  }
  for (const char* table : {"archive", "archives/driver", "population"}) {
    EXPECT_EQ(file.group(table)->attribute_as<std::vector<std::string>>("objective_units"),
              std::vector<std::string>{"maze units"})
        << table;
  }
  EXPECT_TRUE(file.group("archive/genome/node")->has_attribute("activation_names"));
  EXPECT_TRUE(file.root().group("lineage")->has_attribute("operator_names"));
  EXPECT_EQ(file.root().group("checkpoint")->attribute_as<std::uint64_t>("layout"), 2U);
  EXPECT_FALSE(archive->has_attribute("origin_names"));
}

TEST_F(FormatPage, NamesTheOriginsOfListedEmitters) {
  const RunFileReader file = run_of_emitters();
  for (const char* table : {"archive", "lineage"}) {
    EXPECT_THAT(file.group(table)->attribute_as<std::vector<std::string>>("origin_names"),
                testing::ElementsAre("initial", "elite", "elite_2"));
    EXPECT_TRUE(file.group(table)->has("solved")) << table;
  }
}

}  // namespace
}  // namespace cambrian
