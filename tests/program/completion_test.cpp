// `cambrian completion`: scripts that their shells evaluate, held against --help.
#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/paths.hpp"
#include "tests/program/call.hpp"
#include "tests/program/help.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using testing::UnorderedElementsAreArray;
using Words = std::vector<std::string>;

class Completion : public testing::Test {
 protected:
  Completion() {
    std::filesystem::create_directories(folder_ / "folder");
    for (const char* name : {"a.toml", "b.h5", "two words.h5", "c.csv"})
      std::ofstream(folder_ / name) << "\n";
    for (const char* shell : {"bash", "zsh", "fish"})
      std::ofstream(script(shell)) << call(std::string("completion ") + shell, false).output;
  }
  ~Completion() override { std::filesystem::remove_all(folder_); }

  std::string script(const std::string& shell) const { return folder_.string() + "." + shell; }
  std::string here() const { return "cd '" + folder_.string() + "' && "; }

  /// What bash offers for the last of these words.
  Words bash(const Words& words) const {
    std::string command =
        here() + "bash '" + source_folder() + "/tests/program/complete.bash' " + script("bash");
    for (const std::string& word : words) command += " '" + word + "'";
    const Result result = call_shell(command + " 2>&1");
    EXPECT_EQ(result.status, 0) << result.output;
    return lines_of(result.output);
  }
  /// What fish offers, without its descriptions.
  Words fish(const std::string& line) const {
    const Result result = call_shell(here() + "HOME=$PWD fish --no-config -c \"source " +
                                     script("fish") + "; complete -C '" + line + "'\" 2>&1");
    EXPECT_EQ(result.status, 0) << result.output;
    Words words;
    for (const std::string& one : lines_of(result.output))
      words.push_back(one.substr(0, one.find('\t')));
    return words;
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_completion_" + std::to_string(getpid()));
};

TEST_F(Completion, BashKnowsEveryVerbAndEveryOptionOfEach) {
  Words all = verbs_of_help();
  ASSERT_GT(all.size(), 10U);
  for (const std::string& verb : all) {
    EXPECT_THAT(bash({"cambrian", verb, "-"}), UnorderedElementsAreArray(options_of_help(verb)));
  }
  for (const std::string& option : options_of_help("")) all.push_back(option);
  EXPECT_THAT(bash({"cambrian", ""}), UnorderedElementsAreArray(all));
  EXPECT_THAT(bash({"cambrian", "res"}), ElementsAre("resume"));
  EXPECT_THAT(bash({"cambrian", "nothing", "-"}), IsEmpty());
}

TEST_F(Completion, BashOffersFilesWhereFilesAreExpected) {
  EXPECT_THAT(bash({"cambrian", "run", ""}), UnorderedElementsAre("folder", "a.toml"));
  EXPECT_THAT(bash({"cambrian", "run", "a.toml", "-o", ""}),
              UnorderedElementsAre("folder", "b.h5", "two words.h5"));
  EXPECT_THAT(bash({"cambrian", "config", ""}),
              UnorderedElementsAre("folder", "a.toml", "b.h5", "two words.h5"));
  EXPECT_THAT(bash({"cambrian", "evaluate", "b.h5", "--genomes", "c"}), ElementsAre("c.csv"));
  EXPECT_THAT(bash({"cambrian", "man", "-o", ""}), ElementsAre("folder"));
  EXPECT_THAT(bash({"cambrian", "run", "--output", "=", "b"}), ElementsAre("b.h5"));
  EXPECT_THAT(bash({"cambrian", "run", "--output", "="}),
              UnorderedElementsAre("folder", "b.h5", "two words.h5"));
}

TEST_F(Completion, BashOffersTheWordsThatAreKnown) {
  EXPECT_THAT(bash({"cambrian", "describe", "cma"}), ElementsAre("cma_es"));
  EXPECT_THAT(bash({"cambrian", "list", "a"}),
              UnorderedElementsAre("archives", "algorithms", "activations"));
  EXPECT_THAT(bash({"cambrian", "query", "b.h5", "--format", "j"}), ElementsAre("json", "jsonl"));
  EXPECT_THAT(bash({"cambrian", "query", "b.h5", "--format", "=", "c"}), ElementsAre("csv"));
  EXPECT_THAT(bash({"cambrian", "completion", ""}), ElementsAre("bash", "zsh", "fish"));
  EXPECT_THAT(bash({"cambrian", "man", "reb"}), ElementsAre("rebin"));
}

TEST_F(Completion, BashOffersNothingForFreeValuesAndOptionsAfterTheLastWord) {
  EXPECT_THAT(bash({"cambrian", "run", "--seed", ""}), IsEmpty());
  EXPECT_THAT(bash({"cambrian", "run", "--set", "run.seed", "=", ""}), IsEmpty());
  EXPECT_THAT(bash({"cambrian", "run", "--set", "run.seed", "=", "1", ""}),
              UnorderedElementsAre("folder", "a.toml"));
  EXPECT_THAT(bash({"cambrian", "query", "--sort", "x", ":", "desc", "b"}), ElementsAre("b.h5"));
  EXPECT_THAT(bash({"cambrian", "resume", "b.h5", ""}),
              UnorderedElementsAreArray(options_of_help("resume")));
  EXPECT_THAT(bash({"cambrian", "info", "b.h5", "b"}), ElementsAre("b.h5"));  // takes several
}

TEST_F(Completion, ScriptsAreOfTheNameByWhichTheProgramIsCalled) {
  std::filesystem::create_symlink(program_path(), folder_ / "my-maps");
  const Result script = call_shell(here() + "./my-maps completion bash");
  EXPECT_THAT(script.output, HasSubstr("complete -F _my_maps my-maps\n"));
}

TEST_F(Completion, AnotherShellIsRefused) {
  const Result result = call("completion tcsh");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("'tcsh'"));
  EXPECT_THAT(result.output, HasSubstr("bash"));
}

TEST_F(Completion, FishKnowsVerbsOptionsFilesAndWords) {
  if (!has_command("fish")) GTEST_SKIP() << "fish is not installed";
  const Words verbs = verbs_of_help();
  EXPECT_THAT(fish("cambrian "), UnorderedElementsAreArray(verbs));
  for (const std::string& verb : verbs) {
    Words options = options_of_help(verb);
    std::erase_if(options, [](const std::string& name) { return !name.starts_with("--"); });
    EXPECT_THAT(fish("cambrian " + verb + " --"), UnorderedElementsAreArray(options));
  }
  EXPECT_THAT(fish("cambrian run "), UnorderedElementsAre("folder/", "a.toml"));
  EXPECT_THAT(fish("cambrian man -o "), ElementsAre("folder/"));
  EXPECT_THAT(fish("cambrian evaluate --genomes c"), ElementsAre("c.csv"));
  EXPECT_THAT(fish("cambrian describe cma"), ElementsAre("cma_es"));
  EXPECT_THAT(fish("cambrian query --format=j"), ElementsAre("--format=json", "--format=jsonl"));
  EXPECT_THAT(fish("cambrian run --seed "), IsEmpty());
}

TEST_F(Completion, ZshKnowsVerbsOptionsFilesAndWords) {
  if (!has_command("zsh")) GTEST_SKIP() << "zsh is not installed";
  std::string lines;
  Words completed;
  for (const std::string verb : {"run", "query"}) {  // half a second a line
    const Words options = options_of_help(verb);
    for (const std::string& option : options) {
      const std::string all_but_one = option.substr(0, option.size() - 1);
      const auto begin_so = [&](const std::string& name) { return name.starts_with(all_but_one); };
      if (!option.starts_with("--") || std::ranges::count_if(options, begin_so) > 1) continue;
      lines += " 'cambrian " + verb + " " + all_but_one + "'";
      completed.push_back("<cambrian " + verb + " " + option);
    }
  }
  ASSERT_GT(completed.size(), 15U);
  const Result shown = call_shell(
      here() + "TERM=xterm timeout 120 zsh -f '" + source_folder() +
      "/tests/program/complete.zsh' " + script("zsh") +
      " 'cambrian resu' 'cambrian run a' 'cambrian run a.toml -o b' 'cambrian describe cma'"
      " 'cambrian evaluate --genomes c' 'cambrian query --format cs' 'cambrian man -o f'"
      " 'cambrian query b.h5 --be' 'cambrian resume '" +
      lines + " 2>&1");
  EXPECT_EQ(shown.status, 0) << shown.output;
  for (const char* line : {"<cambrian resume >", "<cambrian run a.toml >",
                           "<cambrian run a.toml -o b.h5 >", "<cambrian describe cma_es >",
                           "<cambrian evaluate --genomes c.csv >", "<cambrian query --format csv >",
                           "<cambrian man -o folder/>", "<cambrian query b.h5 --best >"})
    EXPECT_THAT(shown.output, HasSubstr(line));
  for (const std::string& line : completed) EXPECT_THAT(shown.output, HasSubstr(line));
  EXPECT_THAT(shown.output, testing::ContainsRegex("b.h5 +folder/ +two.* words.h5"));
  EXPECT_THAT(shown.output, testing::Not(HasSubstr("_arguments:")));
}

}  // namespace
}  // namespace cambrian
