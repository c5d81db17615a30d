// AGENTS.md says what is there: every verb, component, table and key, no others, and commands that run.
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/configuration/parameter_sheet.hpp"
#include "cambrian/core/text_file.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"
#include "tests/program/call.hpp"
#include "tests/program/help.hpp"

namespace cambrian {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Names = std::set<std::string>;

std::string agents_page() { return read_text_file(source_folder() + "/AGENTS.md", 1'000'000); }

/// The part under a heading.
std::string agents_section(const std::string& heading) {
  const std::string page = agents_page();
  const std::size_t start = page.find("\n## " + heading + "\n");
  EXPECT_NE(start, std::string::npos) << heading;
  return page.substr(start + 1, page.find("\n## ", start + 1) - start);
}

/// What stands between `backticks`.
Names quoted_names(const std::string& text) {
  const std::regex name("`([^`]+)`");
  Names names;
  for (std::sregex_iterator match(text.begin(), text.end(), name), end; match != end; ++match)
    names.insert((*match)[1]);
  return names;
}

/// The rows of a section's tables, cell by cell.
std::vector<std::vector<std::string>> table_rows(const std::string& section) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : lines_of(section)) {
    if (!line.starts_with("| ") || line.starts_with("| ---")) continue;
    rows.emplace_back();
    std::istringstream rest(line.substr(2));
    for (std::string cell; std::getline(rest, cell, '|');) rows.back().push_back(cell);
  }
  return rows;
}

/// All blocks of a language in their order, as one text.
std::string blocks(const std::string& language) {
  std::string text;
  bool inside = false;
  for (const std::string& line : lines_of(agents_page())) {
    if (line.starts_with("```"))
      inside = line == "```" + language;
    else if (inside)
      text += line + "\n";
  }
  return text;
}

const std::vector<CatalogueEntry>& all_entries() {
  static const Catalogue catalogue = make_catalogue(environments());
  static const std::vector<CatalogueEntry> entries = catalogue_entries(catalogue);
  return entries;
}

TEST(AgentsPage, NamesEveryVerb) {
  Names named;
  for (const auto& row : table_rows(agents_section("Verbs"))) named.merge(quoted_names(row[0]));
  const std::vector<std::string> verbs = verbs_of_help();
  EXPECT_EQ(named, Names(verbs.begin(), verbs.end()));
}

TEST(AgentsPage, NamesOptionsThatTheirVerbsHave) {
  std::size_t found = 0;
  for (const auto& row : table_rows(agents_section("Verbs"))) {
    const Names verb = quoted_names(row[0]);
    if (verb.empty()) continue;
    const std::vector<std::string> options = options_of_help(*verb.begin());
    const std::regex option("--?[a-z][a-z-]*");
    for (const std::string& words : quoted_names(row[2])) {
      for (std::sregex_iterator match(words.begin(), words.end(), option), end; match != end;
           ++match) {
        EXPECT_THAT(options, testing::Contains(match->str())) << *verb.begin();
        ++found;
      }
    }
  }
  EXPECT_GT(found, 12U);
}

TEST(AgentsPage, NamesEveryComponentUnderItsTable) {
  std::map<std::string, Names> components;
  std::map<std::string, std::string> tables;
  for (const CatalogueEntry& entry : all_entries()) {
    if (entry.room == "tables") continue;
    components[entry.room].insert(entry.name);
    tables[entry.room] = entry.header();
  }
  std::map<std::string, Names> named;
  for (const auto& row : table_rows(agents_section("Configuration"))) {
    if (row.size() < 3 || row[0] == "room ") continue;
    const std::string room = row[0].substr(0, row[0].find(' '));
    named[room] = quoted_names(row[2]);
    EXPECT_THAT(quoted_names(row[1]), testing::Contains(tables[room])) << room;
  }
  EXPECT_EQ(named, components);
}

TEST(AgentsPage, NamesEveryTableWithTheKeysThatAreNoComponents) {
  std::map<std::string, Names> keys;
  for (const CatalogueEntry& entry : all_entries()) {
    if (entry.room != "tables") continue;
    for (const ParameterLine& one : parameter_sheet(entry.parameters).lines)
      keys[entry.header()].insert(one.name);
  }
  std::map<std::string, Names> named;
  for (const auto& row : table_rows(agents_section("Configuration"))) {
    if (row.size() == 2 && row[0] != "table ")
      named[*quoted_names(row[0]).begin()] = quoted_names(row[1]);
  }
  EXPECT_EQ(named, keys);
}

TEST(AgentsPage, ShowsCommandsThatRun) {
  const fs::path folder =
      fs::temp_directory_path() / ("cambrian_agents_" + std::to_string(getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "first.toml") << blocks("toml");
  std::ofstream(folder / "commands.sh") << blocks("sh");
  const std::vector<std::string> lines = lines_of(blocks("sh"));
  EXPECT_GT(lines.size(), 10U);
  for (const std::string& line : lines) EXPECT_THAT(line, testing::StartsWith("cambrian "));
  const Result result = call_shell("cd " + folder.string() +
                                   " && PATH=" + fs::path(program_path()).parent_path().string() +
                                   ":$PATH sh -e -x commands.sh 2>&1");
  EXPECT_EQ(result.status, 0) << result.output;
  for (const char* file : {"coarse.h5", "series/seed_3.h5", "path.png", "brain.json"})
    EXPECT_TRUE(fs::exists(folder / file)) << file;
  fs::remove_all(folder);
}

TEST(AgentsPage, NamesHeadersThatHaveWhatItSays) {
  const std::regex header("(cambrian|apps)/[a-z_/]+\\.hpp");
  std::size_t found = 0;
  for (const auto& row : table_rows(agents_section("C++"))) {
    std::string texts;
    const std::string line = row[0] + row[1];
    for (std::sregex_iterator match(line.begin(), line.end(), header), end; match != end; ++match) {
      const std::string name = match->str();
      texts += read_text_file(source_folder() + (name.starts_with("apps/") ? "/" : "/lib/") + name,
                              1'000'000);
      ++found;
    }
    if (texts.empty()) continue;
    for (const std::string& name : quoted_names(row[1]))
      EXPECT_TRUE(std::regex_search(texts, std::regex("\\b" + name + "\\b"))) << row[0] << name;
  }
  EXPECT_GT(found, 8U);
}

/// "MapElites" of "map_elites"
std::string class_name(const std::string& component) {
  std::string name;
  for (std::size_t i = 0; i < component.size(); ++i) {
    if (component[i] == '_') continue;
    const bool first = i == 0 || component[i - 1] == '_';
    name += first ? static_cast<char>(std::toupper(component[i])) : component[i];
  }
  return name;
}

TEST(AgentsPage, NamesEveryNameOfThePythonPackage) {
  const fs::path package = source_folder() + "/lib/python/cambrian";
  const std::string init = read_text_file((package / "__init__.py").string(), 1'000'000);
  std::string all;  // what stands in the lists of __all__, of which a second one may be added
  for (std::size_t list = 0; (list = init.find("__all__ ", list)) != std::string::npos; ++list)
    all += init.substr(list, init.find(']', list) - list);
  Names names;
  const std::regex word("\"([A-Za-z_]+)\"");
  for (std::sregex_iterator match(all.begin(), all.end(), word), end; match != end; ++match)
    names.insert("cambrian." + (*match)[1].str());
  for (const CatalogueEntry& entry : all_entries())
    if (entry.room == "algorithms") names.insert("cambrian." + class_name(entry.name));
  Names named;
  for (const auto& row : table_rows(agents_section("Python"))) {
    for (const std::string& name : quoted_names(row[0] + row[1])) {
      if (!name.starts_with("cambrian.")) continue;
      const std::string module = name.substr(9);
      const bool is_module = fs::exists(package / module) || fs::exists(package / (module + ".py"));
      if (!is_module || names.contains(name)) named.insert(name);
    }
  }
  EXPECT_EQ(named, names);
}

}  // namespace
}  // namespace cambrian
