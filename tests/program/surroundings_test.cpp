// What surrounds the program: closed streams, limits, folders that vanish, memory that is written
// over once it is freed.
#include <gmock/gmock.h>

#include <cstdlib>
#include <cstring>

#include "tests/program/call.hpp"
#include "tests/program/run_folder.hpp"
#include "tests/run_file/fixture.hpp"

namespace cambrian {
namespace {

using run_file_tests::Outcome;
using run_file_tests::read_bytes;
using run_file_tests::run_command;
using run_file_tests::write_bytes;
using testing::HasSubstr;
using testing::Not;

class Surroundings : public RunFolder {
 protected:
  void SetUp() override {}  // most need no terminal

  std::string program(const std::string& arguments) const {
    return "'" + program_path() + "' " + arguments;
  }
  std::string status_of(const std::string& run_file) const {
    return RunFileReader(run_file).root().attribute_as<std::string>("status");
  }
};

TEST_F(Surroundings, NoVerbUsesMemoryThatIsFreed) {
  const std::string file = path("run.h5");
  for (const std::string& arguments :
       {"run " + sphere() + " --check -o " + file, "resume " + file + " --evaluations 4000",
        "info " + file, "info --json " + file, "query " + file + " --sort objective",
        "query " + file + " --best", "evaluate " + file, "evaluate " + file + " --best",
        "run " + maze(50) + " --evaluations 200 -o " + path("maze.h5"),
        "replay " + path("maze.h5") + " --best -o " + path("film.gif"), std::string("list"),
        std::string("describe map_elites")}) {
    const Outcome outcome = run_command("MALLOC_PERTURB_=165 " + program(arguments));
    EXPECT_EQ(outcome.status, 0) << arguments << ": " << outcome.output;
  }
}

TEST_F(Surroundings, ASignalHarmsNoRunFileWhereStreamsAreClosed) {
  for (const std::string closed : {"<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"}) {
    const std::string file = path("run.h5");
    std::filesystem::remove(file);
    const Outcome outcome =
        run_command(program("run " + sphere() + " --evaluations 0 -o " + file) + " " + closed +
                    " & until test -s " + file + "; do :; done; kill -TERM $!; wait $!");
    EXPECT_EQ(outcome.status, 128 + SIGTERM) << closed << outcome.output;
    EXPECT_EQ(status_of(file), "interrupted") << closed;
  }
}

TEST_F(Surroundings, StandardOutputThatIsClosedIsStillAFailure) {
  ASSERT_EQ(call("run " + sphere() + " -o " + path("run.h5")).status, 0);
  const Outcome outcome = run_command("(" + program("info " + path("run.h5")) + " >&-)");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, HasSubstr("standard output: cannot be written"));
}

TEST_F(Surroundings, AFileThatMayNotGrowIsAFullDisk) {
  const std::string arguments = "run " + sphere() + " --set archive.shape=[90,90] -o ";
  // 32 or 64 kB, by the shell: the first write fits, the last does not.
  const Outcome outcome =
      run_command("sh -c \"ulimit -f 64; " + program(arguments + path("run.h5")) + "\"");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_THAT(outcome.output,
              HasSubstr("File too large; its checkpoint at 0 evaluations is whole"));
  EXPECT_EQ(call("resume " + path("run.h5")).status, 0);
}

TEST_F(Surroundings, ACheckpointThatIsGoneIsNotCalledWhole) {
  if (!TerminalChild::possible()) GTEST_SKIP() << "there are no pseudo-terminals here";
  const std::string file = path("sub/run.h5");
  std::filesystem::create_directory(path("sub"));
  TerminalChild run({"run", maze(1000), "-o", file});
  ASSERT_TRUE(run.wait_for(" 0 evaluations")) << run.output();
  std::filesystem::remove_all(path("sub"));
  run.signal(SIGINT);
  EXPECT_EQ(run.wait(), 1) << run.output();
  EXPECT_THAT(run.output(), HasSubstr("and its checkpoint is lost: " + file + ": there is no"));
  EXPECT_THAT(run.output(), Not(HasSubstr("is whole")));
}

TEST_F(Surroundings, DamageWithoutASealEndsInOneLine) {
  setenv("ASAN_OPTIONS", "detect_leaks=0", 1);  // HDF5 itself leaks where it stops reading
  const std::string file = path("run.h5");
  ASSERT_EQ(call("run " + sphere() + " -o " + file).status, 0);
  const std::string bytes = read_bytes(file);
  std::size_t end = 0;  // of what lies in front of the seal
  std::memcpy(&end, bytes.data() + bytes.size() - 48, sizeof end);
  int damaged = 0;
  for (std::size_t at = 0; (at = bytes.find("OHDR", at)) < end; ++at) {
    std::string changed = bytes.substr(0, end);
    changed[at + 8] = static_cast<char>(changed[at + 8] ^ 1);  // HDF5's checksum does not fit
    write_bytes(file, changed);
    for (const std::string verb : {"info ", "evaluate "}) {
      const Result result = call(verb + file);
      EXPECT_THAT(result.output, Not(HasSubstr("infinite loop"))) << at;
      if (result.status == 0) continue;  // what it does not look at
      ++damaged;
      EXPECT_EQ(std::count(result.output.begin(), result.output.end(), '\n'), 1) << result.output;
    }
  }
  EXPECT_GT(damaged, 10);
}

TEST_F(Surroundings, WhatUsersAddStaysWhenARunIsContinued) {
  SKIP_WITHOUT_H5PY();
  const std::string file = path("run.h5");
  ASSERT_EQ(call("run " + sphere() + " -o " + file).status, 0);
  const auto python = [&](const std::string& program) {
    const Outcome outcome = run_file_tests::run_python(program, {file});
    ASSERT_EQ(outcome.status, 0) << outcome.output;
  };
  python(
      "with h5py.File(args[0], 'r+') as f:\n"
      "    f['archive'].attrs['note'] = 'mine'; f['notes/reward'] = np.arange(9)\n");
  ASSERT_EQ(call("resume " + file + " --evaluations 5000 --check").status, 0);
  python(
      "with h5py.File(args[0], 'r') as f:\n"
      "    assert f['archive'].attrs['note'] == 'mine' and f['notes/reward'][8] == 8\n"
      "    assert f.attrs['evaluations'] == 5000\n");
  ASSERT_EQ(call("run " + sphere() + " --force -o " + file).status, 0);  // another run
  python("assert 'notes' not in h5py.File(args[0], 'r')\n");
}

TEST_F(Surroundings, ANotebookThatHoldsTheFileOpenKeepsNobodyOut) {
  SKIP_WITHOUT_H5PY();
  const std::string file = path("run.h5");
  ASSERT_EQ(call("run " + sphere() + " -o " + file).status, 0);
  const Outcome outcome = run_file_tests::run_python(
      "import subprocess\n"
      "f = h5py.File(args[0], 'r+')\n"
      "for verb in ['info'], ['query', '--best'], ['evaluate', '--best'], ['resume', "
      "'--evaluations', '4000', '--quiet']:\n"
      "    r = subprocess.run([args[1], verb[0], args[0], *verb[1:]], capture_output=True)\n"
      "    assert r.returncode == 0, r\n"
      "    lines = r.stderr.decode().splitlines()\n"
      "    assert '`h5clear -s ' in lines[0], r\n"
      "    assert len(lines) == 1 or verb[0] == 'resume' and len(lines) == 2 and 'is lost' in "
      "lines[1], r\n",
      {file, program_path()});
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_EQ(call("info " + file).output.find("h5clear"), std::string::npos);
}

TEST_F(Surroundings, OneEliteIsEvaluatedAsAmongAll) {
  for (const std::string encoding : {"direct_vector", "direct_graph", "hyperneat"}) {
    const std::string file = path(encoding + ".h5");
    ASSERT_EQ(call("run " + maze(50) + " --evaluations 200 --set encoding.name=" + encoding +
                   " -o " + file)
                  .status,
              0);
    std::istringstream all(call("evaluate " + file + " --format csv").output);
    std::string header;
    std::getline(all, header);
    std::size_t rows = 0;
    for (std::string row; rows < 5 && std::getline(all, row); ++rows) {
      const std::string id = row.substr(0, row.find(','));
      EXPECT_EQ(call("evaluate " + file + " --format csv --id " + id).output,
                header + "\n" + row + "\n");
    }
    EXPECT_GT(rows, 1U) << encoding;
  }
}

}  // namespace
}  // namespace cambrian
