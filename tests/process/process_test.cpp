#include "environments/process/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "cambrian/core/line_process.hpp"
#include "cambrian/core/stop_request.hpp"
#include "cambrian/evaluation/evaluator.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// No files: the environment names none.
class NoInputs final : public Inputs {
 public:
  std::string read(const std::string& name) const override { throw Error(name); }
};

constexpr const char* kDescription =
    R"({"cambrian":1,"vector_length":2,"block":4,"objectives":[{"name":"f"}],)"
    R"("measures":[{"name":"m","min":0,"max":1}]})";

std::string said_of(const std::string& description) { return "echo '" + description + "'; "; }

/// An environment whose process is a few words of shell.
struct Shell {
  EnvironmentComponent component = process_environment();
  ProcessParameters parameters;
  explicit Shell(const std::string& script) { parameters.command = {"sh", "-c", script}; }
  std::unique_ptr<Environment> make() const { return component.make(parameters, NoInputs()); }
};

/// What four vectors give in an environment, and what is said of the first that is invalid.
struct Outcome {
  Evaluations evaluations;
  std::uint64_t invalid = 0;
  std::string first;
};

Outcome evaluated(const Shell& shell) {
  const auto executor = make_executor(1);
  const auto evaluator = make_evaluator(
      *executor, {{.name = "process", .make = [&] { return shell.make(); }}}, {}, {});
  RealGenomeParameters genome;
  const RealSpace space(genome, 2);
  const auto population = space.make_population();
  population->resize(4);
  auto& vectors = dynamic_cast<RealPopulation&>(*population);
  for (std::size_t i = 0; i < 4; ++i) {
    vectors.row(i)[0] = static_cast<float>(i);
    vectors.row(i)[1] = 0.1F;
  }
  Batch batch;
  batch.fill(4, 0);
  evaluator->evaluate(*population, batch);
  return {batch.evaluations, evaluator->invalid(), evaluator->first_failure()};
}

std::string failure_of(const std::string& script) {
  try {
    evaluated(Shell(script));
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// A process that answers each request by one line of a shell script.
std::string answering(const std::string& act) {
  return said_of(kDescription) + "while read -r line; do " + act + "; done";
}
constexpr const char* kFour =
    R"(echo '{"results":[{"objectives":[1],"measures":[0.1]},{"objectives":[2],"measures":[0.1]},)"
    R"({"objectives":[3],"measures":[0.1]},{"objectives":[4],"measures":[0.1]}]}')";
constexpr const char* kOne = R"(echo '{"results":[{"objectives":[7],"measures":[0.5]}]}')";

/// Four at once do `together`; what is asked alone is answered, but the vector that begins with 2,
/// for which `at_two` is done.
std::string but_for_one(const std::string& together, const std::string& at_two) {
  return answering("case \"$line\" in *'],['*) " + together + ";; *'[[2,'*) " + at_two + ";; *) " +
                   kOne + ";; esac");
}

TEST(Process, EvaluatesABlockWithOneRequest) {
  const Outcome outcome = evaluated(Shell(answering(kFour)));
  EXPECT_THAT(outcome.evaluations.objectives, testing::ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(outcome.invalid, 0);
}

TEST(Process, NumbersAreWrittenExactly) {
  // The answer holds the second gene as it was written; 0.1F is not 0.1.
  const Outcome outcome = evaluated(Shell(said_of(kDescription) +
                                          R"(while read -r line; do x=${line#*\[\[*,}; x=${x%%]*};
         r="{\"objectives\":[$x],\"measures\":[0]}"; echo "{\"results\":[$r,$r,$r,$r]}"; done)"));
  EXPECT_EQ(outcome.evaluations.objectives[0], static_cast<double>(0.1F));
}

TEST(Process, WhatTheProcessCallsInvalidIsInvalidWithItsReason) {
  const Outcome outcome = evaluated(Shell(
      answering(R"(echo '{"results":[{"objectives":[1],"measures":[0]},{"invalid":"it fell"},)"
                R"({"objectives":[3],"measures":[0]},{"objectives":[4],"measures":[0]}]}')")));
  EXPECT_THAT(outcome.evaluations.valid, testing::ElementsAre(1, 0, 1, 1));
  EXPECT_EQ(outcome.first, "the process calls it invalid: it fell");
}

TEST(Process, ACandidateAtWhichItDiesTwiceIsInvalidAndTheOthersAreNot) {
  const Outcome outcome =
      evaluated(Shell(but_for_one("echo no >&2; exit 3", "echo 'a wheel came off' >&2; exit 4")));
  EXPECT_THAT(outcome.evaluations.valid, testing::ElementsAre(1, 1, 0, 1));
  EXPECT_THAT(outcome.evaluations.objectives, testing::ElementsAre(7, 7, 0, 7));
  EXPECT_EQ(outcome.first, "the process exited with status 4: a wheel came off");
}

TEST(Process, ACandidateAtWhichItHangsTwiceIsInvalidAndTheOthersAreNot) {
  Shell shell(but_for_one("read -r never", "read -r never"));
  shell.parameters.time_limit = 0.2;
  const Outcome outcome = evaluated(shell);
  EXPECT_THAT(outcome.evaluations.valid, testing::ElementsAre(1, 1, 0, 1));
  EXPECT_EQ(outcome.first, "the process gave no answer in time");
}

TEST(Process, OneThatWasKilledByOthersIsAskedAgain) {
  const std::string once =
      testing::TempDir() + "cambrian_process_killed_" + std::to_string(getpid());
  const Outcome outcome =
      evaluated(Shell(but_for_one("kill -9 $$", "echo x >> " + once + "; [ $(wc -l < " + once +
                                                    ") -gt 3 ] || kill -9 $$; " + kOne)));
  std::filesystem::remove(once);
  EXPECT_EQ(outcome.invalid, 0);
}

TEST(Process, RubbishEndsTheRunWithALineThatQuotesIt) {
  const auto answered = [](const std::string& line) {
    return failure_of(answering("echo '" + line + "'"));
  };
  const std::string result = R"({"objectives":[1],"measures":[0]})";
  const auto three_and = [&](const std::string& last) {
    return answered(R"({"results":[)" + result + "," + result + "," + result + "," + last + "]}");
  };
  EXPECT_THAT(answered("hello"),
              AllOf(HasSubstr("process 'sh -c"), HasSubstr("answered what is not JSON: hello")));
  EXPECT_THAT(answered("[1]"), HasSubstr("is not an object: [1]"));
  EXPECT_THAT(answered("{}"), HasSubstr("has no 'results': {}"));
  EXPECT_THAT(answered(R"({"results":[]})"),
              HasSubstr("has 0 entries in 'results', but 4 are expected"));
  EXPECT_THAT(answered(R"({"results":[],"more":1})"), HasSubstr("an unknown member 'more'"));
  EXPECT_THAT(three_and(R"({"objectives":[NaN],"measures":[0]})"),
              HasSubstr("no NaN and no Infinity (at character 130; a result may be"));
  EXPECT_THAT(three_and(R"({"objectives":[null],"measures":[0]})"),
              HasSubstr("something else than numbers in 'objectives'"));
  EXPECT_THAT(three_and(R"({"objectives":[1,2],"measures":[0]})"),
              HasSubstr("has 2 entries in 'objectives', but 1 is expected"));
  EXPECT_THAT(three_and(R"({"objectives":[1]})"), HasSubstr("has no 'measures'"));
  EXPECT_THAT(three_and(R"({"objectives":[1],"measures":[0],"sovled":true})"),
              HasSubstr("an unknown member 'sovled'"));
  EXPECT_THAT(three_and(R"({"objectives":[1],"measures":[0],"solved":true})"),
              HasSubstr("is solved, although"));
}

TEST(Process, AnAnswerThatNobodyAskedForEndsTheRun) {
  // In one go, so that it is there when the first request is to be sent.
  const std::string script = "printf '%s\\n%s\\n' '" + std::string(kDescription) +
                             "' '{\"results\":[]}'; while read -r line; do " + kFour + "; done";
  EXPECT_THAT(failure_of(script), AllOf(HasSubstr("answered what it was not asked for"),
                                        HasSubstr("{\"results\":[]}")));
}

TEST(Process, OneThatClosesItsOutputHasDiedByItself) {
  const Outcome outcome = evaluated(Shell(but_for_one("exec >&-; sleep 20", "exec >&-; sleep 20")));
  EXPECT_EQ(outcome.invalid, 1);
  EXPECT_THAT(outcome.first, HasSubstr("closed its standard output"));
}

TEST(Process, OneThatClosesItsInputIsSaidToHaveDoneThat) {
  LineProcess process({{"sh", "-c", "exec <&-; echo ready; sleep 20"}, {}});
  std::string answer;
  ASSERT_EQ(process.ask({}, 0, answer), LineProcess::Answer::line);
  EXPECT_EQ(process.ask("request\n", 0, answer), LineProcess::Answer::ended);
  EXPECT_EQ(process.obituary(), "closed its standard input");
}

TEST(Process, AnAnswerWithoutAnEndEndsTheRunAtItsLargestLength) {
  EXPECT_THAT(failure_of(answering("cat /dev/zero")),
              HasSubstr("answered a line of more than 256 MiB"));
  EXPECT_THAT(failure_of("cat /dev/zero"), HasSubstr("answered a line of more than 256 MiB"));
}

TEST(Process, AStopOfTheProgramEndsTheWaitForADescription) {
  Shell shell("sleep 1000");
  request_stop(true);
  EXPECT_THROW(shell.make(), Stopped);
  request_stop(false);
  // Requests are answered all the same: the batch in flight is finished.
  Shell slow(answering("sleep 0.2; " + std::string(kFour)));
  const auto environment = slow.make();
  request_stop(true);
  const Outcome outcome = evaluated(slow);
  request_stop(false);
  EXPECT_EQ(outcome.invalid, 0);
}

TEST(Process, ALongAnswerIsQuotedShortened) {
  const std::string failure = failure_of(answering("printf '%04000d\\n' 0"));
  EXPECT_LT(failure.size(), 400);
}

TEST(Process, WhatCannotBeStartedSaysSo) {
  Shell shell("");
  shell.parameters.command = {"no-such-program-anywhere"};
  const auto failure = [&] {
    try {
      shell.make();
    } catch (const ConfigError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(failure(),
            "command: 'no-such-program-anywhere' cannot be started: No such file or directory");
  shell.parameters.command = {};
  EXPECT_THAT(failure(), HasSubstr("command: names no program"));
  shell.parameters.command = {"sh", "-c", "echo 'ImportError: numpy' >&2; exit 1"};
  EXPECT_THAT(failure(),
              HasSubstr("exited with status 1: ImportError: numpy (before its description)"));
  shell.parameters.command = {"sh", "-c", "read -r never"};
  shell.parameters.start_limit = 0.2;
  EXPECT_THAT(failure(), HasSubstr("did not describe itself within 0.2s"));
}

TEST(Process, ADescriptionNamesWhatIsWrongWithIt) {
  const auto failure = [](const std::string& description) {
    return failure_of(said_of(description) + "cat > /dev/null");
  };
  EXPECT_THAT(failure("hello"), HasSubstr("a line that is not JSON: hello"));
  EXPECT_THAT(failure(R"({"cambrian":1})"), HasSubstr("an object without 'objectives'"));
  EXPECT_THAT(failure(R"({"cambrian":2,"objectives":[{"name":"f"}]})"), HasSubstr("version 2"));
  EXPECT_THAT(failure(R"({"cambrian":1,"objectives":[{"nam":"f"}]})"),
              HasSubstr("an unknown member 'objectives[0].nam'; did you mean 'name'?"));
  EXPECT_THAT(failure(R"({"cambrian":1,"objectives":[{"name":"f"}],"vector_length":0})"),
              HasSubstr("'vector_length', which is not a whole number of at least 1"));
  EXPECT_THAT(failure(R"({"cambrian":1,"objectives":[{"name":"f"}],"direction":"up"})"),
              HasSubstr("'direction', which is not 'maximise' or 'minimise'"));
}

TEST(Process, AnotherDescriptionAfterARestartEndsTheRun) {
  const std::string twice =
      testing::TempDir() + "cambrian_process_twice_" + std::to_string(getpid());
  std::string other = kDescription;
  other.replace(other.find("\"f\""), 3, "\"g\"");
  const std::string failure =
      failure_of("if [ -e " + twice + " ]; then " + said_of(other) + "else " +
                 said_of(kDescription) + "fi; touch " + twice + "; read -r line; exit 1");
  std::filesystem::remove(twice);
  EXPECT_THAT(failure, HasSubstr("describes itself otherwise than when it was first started"));
}

TEST(Process, NothingIsLeftBehind) {
  const auto open_files = [] {
    const std::filesystem::directory_iterator files("/proc/self/fd");
    return std::distance(begin(files), end(files));
  };
  const auto before = open_files();
  evaluated(Shell(but_for_one("exit 3", "kill -9 $$")));
  EXPECT_EQ(open_files(), before);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Process, AnEpisodeInWhichItDiesIsLedToTheSamePlaceAgain) {
  // It counts its steps, and dies at the third of its first life.
  const std::string once =
      testing::TempDir() + "cambrian_process_steps_" + std::to_string(getpid());
  Shell shell(said_of(R"({"cambrian":1,"objectives":[{"name":"f"}],"trace":["step"],)"
                      R"("sensors":[{"name":"s","min":0,"max":9}],)"
                      R"("motors":[{"name":"m","min":0,"max":1}]})") +
              R"(while read -r line; do
                   case "$line" in *reset*) n=0;; *) n=$((n+1));; esac
                   [ $n = 3 ] && [ ! -e )" +
              once + R"( ] && { touch )" + once + R"(; exit 1; }
                   if [ $n = 5 ]; then echo "{\"result\":{\"objectives\":[5]},\"trace\":[5]}"
                   else echo "{\"observation\":[$n],\"trace\":[$n]}"; fi; done)");
  const auto environment = shell.make();
  Stream stream({}, 0);
  std::vector<float> sensed(1);
  std::vector<float> seen;
  environment->reset(stream);
  bool goes_on = true;
  while (goes_on) {
    environment->observe(sensed);
    seen.push_back(sensed[0]);
    goes_on = environment->act(std::vector<float>{0.5F});
  }
  std::vector<double> objective(1), step(1);
  std::vector<std::uint8_t> solved(1);
  environment->finish({objective, {}, solved, {}});
  environment->trace(step);
  std::filesystem::remove(once);
  EXPECT_THAT(seen, testing::ElementsAre(0, 1, 2, 3, 4));
  EXPECT_EQ(objective[0], 5);
  EXPECT_EQ(step[0], 5);
}

/// An episode of one body, whose sensor says this.
std::unique_ptr<Environment> sensing(const std::string& number) {
  return Shell(said_of(R"({"cambrian":1,"objectives":[{"name":"f"}],)"
                       R"("sensors":[{"name":"s","min":0,"max":9}],)"
                       R"("motors":[{"name":"m","min":0,"max":1}]})") +
               "while read -r line; do case $line in *nan*|*inf*) exit 1;; esac; "
               R"(echo '{"observation":[)" +
               number + "]}'; done")
      .make();
}

TEST(Process, WhatIsSensedIsFiniteInSinglePrecision) {
  Stream stream({}, 0);
  EXPECT_THAT([&] { sensing("1e300")->reset(stream); },
              testing::ThrowsMessage<FatalError>(
                  HasSubstr("answered what has 1e+300 in 'observation[0]', which is not finite in "
                            "single precision: {\"observation\":[1e300]}")));
  EXPECT_NO_THROW(sensing("3e38")->reset(stream));
}

TEST(Process, MotorsThatAreNotFiniteAreAFaultOfTheCandidateAndAreNotSent) {
  const auto environment = sensing("1");
  Stream stream({}, 0);
  environment->reset(stream);
  for (const float motor : {std::nanf(""), -INFINITY}) {
    try {
      environment->act(std::vector<float>{motor});
      ADD_FAILURE() << "nothing was thrown";
    } catch (const FatalError& error) {
      ADD_FAILURE() << error.what();
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("a motor a value that is not finite"));
    }
  }
  environment->reset(stream);
  EXPECT_TRUE(environment->act(std::vector<float>{1.0F}));
}

TEST(Process, SeedsComeWithRequestsOfANoisyEnvironmentAndAreWholeNumbers) {
  std::string noisy = kDescription;
  noisy.insert(1, "\"noisy\":true,");
  const Outcome outcome =
      evaluated(Shell(said_of(noisy) +
                      R"(while read -r line; do s=${line#*seeds\":\[}; s=${s%%,*};
         r="{\"objectives\":[$s],\"measures\":[0]}"; echo "{\"results\":[$r,$r,$r,$r]}"; done)"));
  const double seed = outcome.evaluations.objectives[0];
  EXPECT_EQ(seed, std::floor(seed));
  EXPECT_GT(seed, 0);
  EXPECT_LT(seed, 0x1p53);
}

}  // namespace
}  // namespace cambrian
