// README.md, CONTRIBUTING.md and AGENTS.md name files and folders that exist.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "tests/paths.hpp"

namespace cambrian {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The paths that a text names from the tree's top, whole words that begin with one of its folders;
/// what a glob or a placeholder (`<room>`, `NAME`) stands for is left out. An ellipsis of a
/// sentence does not belong to a path.
std::set<std::string> paths_in(const std::string& text) {
  const std::regex path(
      R"((^|[\s`(["'])((lib|environments|apps|data|tools|tests|\.ci)/[A-Za-z0-9_./-]*)([*<{]?))");
  std::set<std::string> paths;
  for (std::sregex_iterator match(text.begin(), text.end(), path), end; match != end; ++match) {
    std::string found = (*match)[2];
    while (!found.empty() && found.back() == '.') found.pop_back();
    if ((*match)[4].length() > 0) found = fs::path(found).parent_path().generic_string();
    paths.insert(found);
  }
  return paths;
}

class Documents : public testing::TestWithParam<const char*> {};

TEST_P(Documents, NameOnlyPathsThatExist) {
  const fs::path top = source_folder();
  const std::set<std::string> paths = paths_in(text_of(top / GetParam()));
  ASSERT_GT(paths.size(), 5u);
  for (const std::string& path : paths) EXPECT_TRUE(fs::exists(top / path)) << path;
}

INSTANTIATE_TEST_SUITE_P(, Documents, testing::Values("README.md", "CONTRIBUTING.md", "AGENTS.md"),
                         [](const auto& document) {
                           return fs::path(document.param).stem().string();
                         });

TEST(PathsOfADocument, AreFoundInSentencesCodeAndLinks) {
  EXPECT_EQ(paths_in("See lib/a.hpp. Then `tools/x y` and [tests/b](tests/c), tests/<room>/z, "
                     "environments/*, mylib/no, build/lib/no"),
            (std::set<std::string>{"lib/a.hpp", "tools/x", "tests/b", "tests/c", "tests",
                                   "environments"}));
}

}  // namespace
}  // namespace cambrian
