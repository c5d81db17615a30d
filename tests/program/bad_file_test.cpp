// Files that are in the way, damaged or on a full disk: bad_input.hpp says what is promised.
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "tests/program/bad_input.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

class BadFile : public BadInput {};

TEST_F(BadFile, AnOutputThatTakesNothingSaysWhy) {
  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  for (const char* format : {"table", "csv", "json"}) {
    const Result full = call("query " + run_file + " --format " + format + " 2>&1 >/dev/full #");
    expect_one_line(full, 1, "standard output: cannot be written: No space left on device");
  }
}

TEST_F(BadFile, ExistingOutputIsLeftAlone) {
  const std::string output = file("a.h5", "precious");
  expect_one_line(call("run " + file("a.toml", good_) + " -o " + output), 2, "--force");
  EXPECT_EQ(bytes(output), "precious");
  expect_one_line(call("run " + file("a.toml", good_) + " --set archive.shap=3 -o " + output), 2,
                  "did you mean 'shape'");
}

TEST_F(BadFile, ForceReplacesOnlyRunFiles) {
  const std::string configuration = file("a.toml", good_);
  const std::string notes = file("notes.txt", "precious");
  for (const std::string& other : {configuration, notes}) {
    const std::string before = bytes(other);
    expect_one_line(call("run " + configuration + " --force -o " + other), 2, "is not a run file");
    EXPECT_EQ(bytes(other), before);
  }
  for (const std::string& remains : {file("empty.h5", ""), path("cut.h5")}) {
    if (remains == path("cut.h5")) {
      ASSERT_EQ(call("run " + configuration + " -o " + remains).status, 0);
      std::filesystem::resize_file(remains, std::filesystem::file_size(remains) / 2);
    }
    EXPECT_EQ(call("run " + configuration + " --force -o " + remains).status, 0);
    EXPECT_EQ(call("info " + remains).status, 0);
  }
}

TEST_F(BadFile, ForceKeepsTheOldRunUntilThereIsANewOne) {
  const std::string run = "run " + file("a.toml", good_) + " -o " + path("a.h5");
  ASSERT_EQ(call(run).status, 0);
  const std::string before = bytes(path("a.h5"));
  const Result none = call(run + " --force --wall-time 0s");
  EXPECT_THAT(none.output, HasSubstr("a.h5 is left as it was"));
  EXPECT_EQ(call(run + " --force --wall-time 0s --quiet").output, "");
  EXPECT_EQ(bytes(path("a.h5")), before);
  EXPECT_EQ(call(run + " --force --seed 5").status, 0);
  EXPECT_NE(bytes(path("a.h5")), before);
}

TEST_F(BadFile, OutputFolderThatIsNotThere) {
  const Result result = call("run " + file("a.toml", good_) + " -o " + path("none/a.h5"));
  expect_one_line(result, 1, "none");
}

TEST_F(BadFile, ForeignAndTruncatedRunFiles) {
  const std::string foreign = file("a.h5", "this is no HDF5 file");
  for (const std::string verb : {"info ", "query ", "resume ", "evaluate "}) {
    expect_one_line(call(verb + foreign), 1, "a.h5");
    expect_one_line(call(verb + path("none.h5")), 2, "none.h5");
  }
  EXPECT_EQ(bytes(foreign), "this is no HDF5 file");

  const std::string run_file = path("b.h5");
  ASSERT_EQ(call("run " + file("b.toml", good_) + " -o " + run_file).status, 0);
  const std::string whole = bytes(run_file);
  const std::string half = file("c.h5", whole.substr(0, whole.size() / 2));
  for (const std::string verb : {"info ", "query ", "resume ", "evaluate "}) {
    expect_one_line(call(verb + half), 1, "c.h5");
  }
  EXPECT_EQ(bytes(half), whole.substr(0, whole.size() / 2));
}

TEST_F(BadFile, AFullDiskLeavesTheOldFile) {
  const std::string run_file = path("b.h5");
  const std::string configuration = file("b.toml", good_);
  ASSERT_EQ(call("run " + configuration + " -o " + run_file).status, 0);
  const std::string before = bytes(run_file);
  // A file size limit makes writing fail as a full disk does.
  const std::string command = "sh -c 'trap \"\" XFSZ; ulimit -f 8; exec " +
                              cambrian::program_path() + " run " + configuration + " -o " +
                              run_file + " --force' 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  std::array<char, 4096> buffer;
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), n);
  EXPECT_NE(WEXITSTATUS(pclose(pipe)), 0) << output;
  EXPECT_EQ(bytes(run_file), before);
}

TEST_F(BadFile, ADiskThatFillsUpLaterLeavesTheCheckpointAndSaysHowToContinue) {
  const std::string run_file = path("b.h5");
  const std::string configuration = file("b.toml", good_);
  Result result;
  // Room for the first file, not for the elites.
  const std::string command = "sh -c 'trap \"\" XFSZ; ulimit -f 60; exec " +
                              cambrian::program_path() + " run " + configuration + " -o " +
                              run_file +
                              " --quiet --evaluations 5000 --set archive.shape=[50,50]' 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer;
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
    result.output.append(buffer.data(), n);
  result.status = WEXITSTATUS(pclose(pipe));
  expect_one_line(result, 1,
                  "File too large; its checkpoint at 0 evaluations is "
                  "whole: `cambrian resume " +
                      run_file + "`");
  EXPECT_EQ(call("resume --quiet " + run_file).status, 0);
}

}  // namespace
}  // namespace cambrian
