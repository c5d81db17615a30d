// data/slurm/cambrian_array.sh, run as SLURM would run it, by the shells that are /bin/sh somewhere.
#include <gmock/gmock.h>

#include <fstream>

#include "cambrian/core/text_file.hpp"
#include "tests/program/call.hpp"
#include "tests/program/run_folder.hpp"
#include "tests/program/terminal_child.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class SlurmArray : public RunFolder, public testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    RunFolder::SetUp();
    if (!IsSkipped() && !has_command(GetParam())) GTEST_SKIP() << GetParam() << " is missing";
    command("scontrol", "echo \"$@\" >>'" + path("scontrol.log") + "'");
    says("RUNNING");
  }
  ~SlurmArray() override { fs::remove_all(path("bin")); }

  void command(const std::string& name, const std::string& line) const {
    fs::create_directories(path("bin"));
    std::ofstream(folder_ / "bin" / name) << "#!/bin/sh\n" << line << "\n";
    fs::permissions(folder_ / "bin" / name, fs::perms::owner_all);
  }
  /// What squeue says of the task's state.
  void says(const std::string& state) const {
    command("squeue", "[ \"$*\" = '-h -j 42_7 -o %T' ] && echo " + state);
  }
  std::string asked_of_scontrol() const {
    return fs::exists(path("scontrol.log")) ? read_text_file(path("scontrol.log"), 10'000) : "";
  }
  /// The words of a call of the script as task 7 of the array, for /usr/bin/env.
  std::vector<std::string> task(const std::string& folder,
                                const std::string& restarts = "0") const {
    return {"PATH=" + path("bin") + ":" + std::getenv("PATH"),
            "CAMBRIAN=" + program_path(),
            "SLURM_ARRAY_JOB_ID=42",
            "SLURM_ARRAY_TASK_ID=7",
            "SLURM_CPUS_PER_TASK=2",
            "SLURM_RESTART_COUNT=" + restarts,
            GetParam(),
            data_folder() + "/slurm/cambrian_array.sh",
            maze(3000),
            path(folder),
            "--set",
            "run.evaluations=12000"};
  }
  /// Stops a task by SIGTERM in its first batches.
  void stop(const std::vector<std::string>& words) const {
    TerminalChild script(words, "/usr/bin/env");
    ASSERT_TRUE(script.wait_for(" 0 evaluations")) << script.output();
    script.signal(SIGTERM);
    EXPECT_EQ(script.wait(), 143) << script.output();
    EXPECT_THAT(script.output(), HasSubstr("interrupted after "));
    EXPECT_EQ(RunFileReader(path("series/seed_7.h5")).root().attribute_as<std::string>("status"),
              "interrupted");
  }
};

TEST_P(SlurmArray, TaskThatIsStoppedIsQueuedAgainAndContinuesBitForBit) {
  stop(task("series"));
  EXPECT_EQ(asked_of_scontrol(), "requeue 42_7\n");
  TerminalChild again(task("series", "1"), "/usr/bin/env");
  EXPECT_EQ(again.wait(), 0) << again.output();
  EXPECT_THAT(again.output(), HasSubstr("seed_7.h5: continues after "));
  EXPECT_EQ(asked_of_scontrol(), "requeue 42_7\n");  // not another time
  ASSERT_EQ(
      call("run " + maze(3000) + " --evaluations 12000 --seed 7 -o " + path("whole.h5")).status, 0);
  expect_equal_runs(path("series/seed_7.h5"), path("whole.h5"));
  TerminalChild third(task("series", "2"), "/usr/bin/env");
  EXPECT_EQ(third.wait(), 0);
  EXPECT_THAT(third.output(), HasSubstr("seed_7.h5: finished already"));
}

TEST_P(SlurmArray, TaskThatWasCancelledIsNotQueuedAgain) {
  says("CANCELLED");
  stop(task("series"));
  EXPECT_EQ(asked_of_scontrol(), "");
}

TEST_P(SlurmArray, TaskIsNotQueuedAgainForEver) {
  stop(task("series", "100"));
  EXPECT_EQ(asked_of_scontrol(), "");
}

TEST_P(SlurmArray, TaskThatFailsIsNotQueuedAgain) {
  std::vector<std::string> words = task("series");
  words.emplace_back("--set");
  words.emplace_back("algorithm.batch=0");
  TerminalChild script(words, "/usr/bin/env");
  EXPECT_EQ(script.wait(), 2);
  EXPECT_THAT(script.output(), HasSubstr("algorithm.batch=0"));
  EXPECT_EQ(asked_of_scontrol(), "");
}

TEST_P(SlurmArray, OutsideOfAnArrayTheScriptSaysHowItIsCalled) {
  const std::string script = data_folder() + "/slurm/cambrian_array.sh";
  const Result result = call_shell(std::string("env -u SLURM_ARRAY_TASK_ID ") + GetParam() + " " +
                                   script + " a b 2>&1");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("usage: sbatch --array=1-20 "));
}

INSTANTIATE_TEST_SUITE_P(, SlurmArray, testing::Values("dash", "bash"),
                         [](const auto& shell) { return std::string(shell.param); });

}  // namespace
}  // namespace cambrian
