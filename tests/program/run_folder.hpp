// What the tests of stopped, shared and continued runs have in common.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "cambrian/run_file/run_file.hpp"
#include "tests/paths.hpp"
#include "tests/program/terminal_child.hpp"

namespace cambrian {

/// Every column and attribute below a group but those that may differ between equal runs.
inline void expect_equal(const RunFileReader& a, const RunFileReader& b, const std::string& group) {
  for (const ColumnInfo& column : a.columns(group)) {
    if (column.name == "wall_seconds") continue;
    EXPECT_TRUE(a.column(group, column.name) == b.column(group, column.name))
        << group << "/" << column.name;
  }
  EXPECT_EQ(a.columns(group).size(), b.columns(group).size()) << group;
  const std::vector<std::string> children = a.group(group)->groups();
  EXPECT_EQ(children, b.group(group)->groups()) << group;
  for (const std::string& child : children) expect_equal(a, b, group + "/" + child);
}

inline void expect_equal_runs(const std::filesystem::path& a, const std::filesystem::path& b) {
  const RunFileReader first(a);
  const RunFileReader second(b);
  for (const char* name : {"config", "status", "evaluations", "generations"}) {
    EXPECT_TRUE(first.root().attribute(name) == second.root().attribute(name)) << name;
  }
  EXPECT_EQ(first.root().groups(), second.root().groups());
  for (const std::string& group : first.root().groups()) expect_equal(first, second, group);
}

/// A folder for runs that are stopped, and their configurations.
class RunFolder : public testing::Test {
 protected:
  RunFolder() {
    // What a script in the background ignores, its children would ignore too.
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) std::signal(number, SIG_DFL);
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void SetUp() override {
    if (!TerminalChild::possible()) GTEST_SKIP() << "there are no pseudo-terminals here";
  }
  ~RunFolder() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  /// A configuration of the maze, in batches of so many evaluations.
  std::string maze(int batch) const {
    const std::string size = std::to_string(batch);
    std::ofstream(path("maze.toml")) << "[run]\nevaluations = 100000000\n[environment]\n"
                                        "name = \"maze\"\nmaze = \"" +
                                            source_folder() +
                                            "/data/mazes/hard_maze.maze\"\n[encoding]\n"
                                            "name = \"direct_vector\"\n[algorithm]\n"
                                            "name = \"map_elites\"\nbatch = " +
                                            size + "\ninitial = " + size + "\n";
    return path("maze.toml");
  }
  /// One of the sphere, quick.
  std::string sphere() const {
    std::ofstream(path("sphere.toml")) << "[run]\nevaluations = 3000\nlog_interval = 700\n"
                                          "[environment]\nname = \"sphere\"\n[archive]\n"
                                          "shape = [10, 10]\n[algorithm]\nname = \"map_elites\"\n"
                                          "batch = 100\n";
    return path("sphere.toml");
  }
  std::size_t files(const std::string& folder) const {
    const std::filesystem::directory_iterator all(folder_ / folder);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  ("cambrian_runs_" + std::to_string(getpid()) + "_" +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
};

}  // namespace cambrian
