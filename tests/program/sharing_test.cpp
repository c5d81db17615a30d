// Two processes on one run file: one of them works, the other says so or does something else.
#include <gmock/gmock.h>

#include "tests/program/call.hpp"
#include "tests/program/run_folder.hpp"
#include "tests/program/terminal_child.hpp"

namespace cambrian {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Sharing = RunFolder;

void expect_refused(const std::string& arguments, const std::string& file,
                    const TerminalChild& by) {
  const Result result = call(arguments);
  EXPECT_EQ(result.status, 1) << arguments;
  EXPECT_EQ(result.output, "cambrian: " + file + ": is being written by another process (" +
                               std::to_string(by.process()) + ")\n")
      << arguments;
}

TEST_F(Sharing, ARunFileInWorkIsRefusedToOthersHoweverItIsNamed) {
  fs::create_symlink("run.h5", path("link.h5"));
  TerminalChild run({"run", maze(1000), "-o", path("run.h5")});
  ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
  for (const std::string name : {"run.h5", "link.h5"}) {
    const std::string file = path(name);
    expect_refused("run " + maze(1000) + " --evaluations 1000 --force -o " + file, file, run);
    expect_refused("run " + maze(1000) + " --evaluations 1000 -o " + file, file, run);
    expect_refused("resume " + file + " --evaluations 1000", file, run);
  }
  EXPECT_EQ(call("info " + path("run.h5")).status, 0);  // readers need no lock
  run.signal(SIGINT);
  EXPECT_EQ(run.wait(), 128 + SIGINT);
  EXPECT_EQ(files("."), 3U);  // run.h5, link.h5, maze.toml

  TerminalChild resumed({"resume", path("link.h5")});
  ASSERT_TRUE(resumed.wait_for(" evaluations")) << resumed.output();
  expect_refused("resume " + path("run.h5") + " --wall-time 0s", path("run.h5"), resumed);
}

TEST_F(Sharing, WhatAKilledProcessHeldIsFree) {
  {
    TerminalChild run({"run", maze(1000), "-o", path("run.h5")});
    ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
  }  // SIGKILL
  ASSERT_TRUE(fs::exists(path(".run.h5.lock")));
  const Result result = call("resume " + path("run.h5") + " --wall-time 0s");
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_FALSE(fs::exists(path(".run.h5.lock")));
}

TEST_F(Sharing, TwoCallsOfASeriesShareIt) {
  const std::string set = "run.evaluations=20000";
  TerminalChild first({"run", maze(20000), "--set", set, "--seeds", "3", "-o", path("series")});
  ASSERT_TRUE(first.wait_for(" 0 evaluations")) << first.output();
  first.signal(SIGSTOP);  // for as long as the other takes
  const std::string holder = std::to_string(first.process());
  const Result second =
      call("run " + maze(20000) + " --set " + set + " --seeds 3 -o " + path("series"));
  EXPECT_EQ(second.status, 0) << second.output;
  EXPECT_THAT(second.output,
              HasSubstr("seed_1.h5: is being run by process " + holder + " and is left to it\n"));
  first.signal(SIGCONT);
  EXPECT_EQ(first.wait(), 0) << first.output();
  EXPECT_THAT(first.output(), HasSubstr("seed_2.h5: finished already"));
  EXPECT_THAT(first.output(), HasSubstr("seed_3.h5: finished already"));
  for (const std::string name : {"seed_1.h5", "seed_2.h5", "seed_3.h5"}) {
    const RunFileReader file(folder_ / "series" / name);
    EXPECT_EQ(file.root().attribute_as<std::string>("status"), "finished") << name;
    EXPECT_EQ(file.root().attribute_as<std::uint64_t>("evaluations"), 20000U) << name;
  }
  EXPECT_EQ(files("series"), 3U);
}

}  // namespace
}  // namespace cambrian
