// `cambrian man`: pages that man(1) shows, and that say what --help says.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <regex>

#include "tests/program/call.hpp"
#include "tests/program/help.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

class ManPages : public testing::Test {
 protected:
  ManPages() {
    std::filesystem::remove_all(folder_);
    const Result result = call("man -o " + folder_.string());
    EXPECT_EQ(result.status, 0) << result.output;
  }
  ~ManPages() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("cambrian_man_" + std::to_string(getpid()));
};

TEST_F(ManPages, NameEveryOptionOfEveryVerb) {
  std::size_t options = 0;
  for (const std::string& verb : verbs_of_help()) {
    ASSERT_TRUE(std::filesystem::exists(folder_ / ("cambrian-" + verb + ".1"))) << verb;
    const std::string page = call("man " + verb).output;
    for (const std::string& option : options_of_help(verb)) {
      const std::string written = std::regex_replace(option, std::regex("-"), "\\-");
      EXPECT_THAT(page, HasSubstr("\\fB" + written + "\\fR")) << verb;
      ++options;
    }
  }
  EXPECT_GT(options, 60U);
}

TEST_F(ManPages, NameEveryVerb) {
  const std::string page = call("man").output;
  for (const std::string& verb : verbs_of_help())
    EXPECT_THAT(page, HasSubstr("\\fB" + verb + "\\fR"));
  EXPECT_THAT(page, HasSubstr("EXIT STATUS"));
}

TEST_F(ManPages, AreShownWithoutWarnings) {
  if (!has_command("man") || !has_command("groff")) GTEST_SKIP() << "man is not installed";
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    const std::string name = file.path().string();
    EXPECT_EQ(call_shell("man --warnings -E UTF-8 -l " + name + " 2>&1 >/dev/null").output, "");
  }
  const std::string shown =
      call_shell("MANWIDTH=100 man -l " + (folder_ / "cambrian-query.1").string() + " | cat")
          .output;
  EXPECT_THAT(shown,
              HasSubstr("cambrian query maze.h5 --where 'objective > 280 && x < 100' --sort"));
  EXPECT_THAT(shown, HasSubstr("--where EXPR"));
}

TEST_F(ManPages, PleaseMandoc) {
  if (!has_command("mandoc")) GTEST_SKIP() << "mandoc is not installed";
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    // There is no date of a release yet.
    const Result lint = call_shell("mandoc -T lint -W warning " + file.path().string() +
                                   " 2>&1 | grep -v 'missing date'");
    EXPECT_EQ(lint.output, "");
  }
}

TEST(ManPage, OfAnotherWordIsRefused) {
  const Result result = call("man qury");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.output, HasSubstr("query"));
}

}  // namespace
}  // namespace cambrian
