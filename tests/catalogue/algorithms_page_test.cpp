// ALGORITHMS.md against what can be named, and against the experiment files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/core/text_file.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

const std::filesystem::path kSource = source_folder();

std::string algorithms_page() {
  return read_text_file((kSource / "lib/cambrian/ALGORITHMS.md").string(), 1'000'000);
}

/// The rows of the page's table, cell by cell.
std::vector<std::vector<std::string>> algorithm_rows() {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(algorithms_page());
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ") || line.starts_with("| algorithm") || line.starts_with("| ---"))
      continue;
    std::vector<std::string> cells;
    std::istringstream rest(line.substr(1));
    for (std::string cell; std::getline(rest, cell, '|');) cells.push_back(cell);
    rows.push_back(cells);
  }
  return rows;
}

TEST(AlgorithmsPage, NamesEveryArchiveEmitterAndAlgorithm) {
  const std::string page = algorithms_page();
  for (const CatalogueEntry& entry : catalogue_entries(make_catalogue(environments()))) {
    if (entry.room != "archives" && entry.room != "emitters" && entry.room != "algorithms")
      continue;
    EXPECT_THAT(page, testing::HasSubstr("`" + entry.name + "`"));
  }
}

TEST(AlgorithmsPage, NamesExperimentFilesThatAreThere) {
  const auto rows = algorithm_rows();
  ASSERT_GT(rows.size(), 20U);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 6U) << row.front();
    const std::string name = row[4].substr(2, row[4].rfind('`') - 2);
    EXPECT_TRUE(std::filesystem::exists(kSource / "data/experiments" / (name + ".toml"))) << name;
  }
}

TEST(AlgorithmsPage, NamesComponentsThatTheExperimentFilesName) {
  for (const auto& row : algorithm_rows()) {
    const std::string name = row[4].substr(2, row[4].rfind('`') - 2);
    const std::string text =
        read_text_file((kSource / "data/experiments" / (name + ".toml")).string(), 1'000'000);
    const std::string algorithm = row[1].substr(2, row[1].find('`', 2) - 2);
    EXPECT_THAT(text, testing::HasSubstr("name = \"" + algorithm + "\"")) << name;
    if (row[2].find('`') == std::string::npos) continue;
    const std::string archive = row[2].substr(2, row[2].find('`', 2) - 2);
    EXPECT_THAT(text, testing::HasSubstr("name = \"" + archive + "\"")) << name;
  }
}

}  // namespace
}  // namespace cambrian
