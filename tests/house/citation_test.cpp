// CITATION.cff: what CFF 1.2 demands is there, and it is true.
#include <gmock/gmock.h>

#include <sstream>

#include "cambrian/core/text_file.hpp"
#include "cambrian/record/version.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

std::string text_of_file(const std::string& name) {
  return read_text_file(source_folder() + "/" + name, 1'000'000);
}

TEST(Citation, HasTheKeysOfItsFormatAndNoOthers) {
  std::istringstream lines(text_of_file("CITATION.cff"));
  std::vector<std::string> keys;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.front() != ' ') keys.push_back(line.substr(0, line.find(':')));
  }
  EXPECT_THAT(keys, testing::IsSupersetOf({"cff-version", "message", "title", "authors"}));
  EXPECT_THAT(keys,
              testing::IsSubsetOf({"cff-version", "message", "type", "title", "abstract", "authors",
                                   "version", "date-released", "license", "keywords", "references",
                                   "repository-code", "url", "doi"}));
}

TEST(Citation, IsOfThisVersionAndItsLicence) {
  const std::string citation = text_of_file("CITATION.cff");
  EXPECT_THAT(citation, testing::HasSubstr("\nversion: " + program_version() + "\n"));
  EXPECT_THAT(citation, testing::HasSubstr("\nlicense: MIT\n"));
  EXPECT_THAT(text_of_file("LICENSE"), testing::StartsWith("MIT License"));
  EXPECT_THAT(text_of_file("LICENSE"), testing::HasSubstr("Cambrian contributors"));
  EXPECT_THAT(citation, testing::HasSubstr("name: Cambrian contributors\n"));
}

}  // namespace
}  // namespace cambrian
