// The house stands: reads the #include lines of lib/, environments/ and apps/, and fails when a
// room includes one of its own floor or a higher one, or when two rooms form a circle.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/paths.hpp"

namespace cambrian {
namespace {

namespace fs = std::filesystem;

/// The table of floors. Environments stand on environment/, the program on everything.
const std::map<std::string, int>& floors() {
  static const std::map<std::string, int> table{
      {"core", 0},          {"genome", 1},      {"network", 1},      {"neighbours", 1},
      {"configuration", 1}, {"run_file", 1},    {"query", 2},        {"encoding", 2},
      {"archive", 2},       {"environment", 2}, {"emitter", 3},      {"speciation", 3},
      {"evaluation", 3},    {"picture", 3},     {"environments", 3}, {"algorithm", 4},
      {"record", 5},        {"catalogue", 5},   {"run", 6},          {"replay", 7},
      {"apps", 8}};
  return table;
}

struct Include {
  std::string file;  ///< relative to the tree's top
  int line = 0;
  std::string from;    ///< room
  std::string target;  ///< as written between quotes or angle brackets
};

/// What an #include line names; nothing for other lines.
std::optional<std::string> included(const std::string& line) {
  const auto hash = line.find_first_not_of(" \t");
  if (hash == std::string::npos || line[hash] != '#') return std::nullopt;
  const auto word = line.find("include", hash);
  if (word == std::string::npos || line.find_first_not_of(" \t", hash + 1) != word) {
    return std::nullopt;
  }
  const auto open = line.find_first_of("\"<", word);
  if (open == std::string::npos) return std::nullopt;
  const auto close = line.find_first_of("\">", open + 1);
  if (close == std::string::npos) return std::nullopt;
  return line.substr(open + 1, close - open - 1);
}

/// The room of an included path or of a file under lib/; empty for what is not ours.
std::string room_of(const std::string& path) {
  std::vector<std::string> parts;
  for (const auto& part : fs::path(path)) parts.push_back(part.string());
  if (parts.size() > 2 && parts[0] == "lib") parts.erase(parts.begin());
  if (parts.size() > 2 && parts[0] == "cambrian") return parts[1];
  if (parts.size() > 1 && (parts[0] == "environments" || parts[0] == "apps")) return parts[0];
  return {};
}

std::vector<Include> all_includes() {
  const fs::path top = cambrian::source_folder();
  std::vector<Include> includes;
  for (const char* folder : {"lib/cambrian", "environments", "apps"}) {
    for (const auto& entry : fs::recursive_directory_iterator(top / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp" && extension != ".h") continue;
      const std::string file = fs::relative(entry.path(), top).generic_string();
      std::ifstream stream(entry.path());
      std::string line;
      for (int number = 1; std::getline(stream, line); ++number) {
        if (const auto target = included(line)) {
          includes.push_back({file, number, room_of(file), *target});
        }
      }
    }
  }
  return includes;
}

std::string place(const Include& include) {
  return include.file + ":" + std::to_string(include.line) + " includes " + include.target;
}

/// "file:line includes target" for each arrow between rooms that does not go down.
std::vector<std::string> arrows_that_do_not_go_down(const std::vector<Include>& includes) {
  std::vector<std::string> wrong;
  for (const Include& include : includes) {
    const std::string to = room_of(include.target);
    if (to.empty() || to == include.from) continue;
    const auto upper = floors().find(include.from);
    const auto lower = floors().find(to);
    if (upper == floors().end() || lower == floors().end() || lower->second >= upper->second) {
      wrong.push_back(place(include));
    }
  }
  return wrong;
}

/// A circle of rooms, as "a b c a"; empty if there is none.
std::string circle(const std::vector<Include>& includes) {
  std::map<std::string, std::set<std::string>> arrows;
  for (const Include& include : includes) {
    const std::string to = room_of(include.target);
    if (!to.empty() && to != include.from) arrows[include.from].insert(to);
  }
  std::set<std::string> done;
  std::vector<std::string> path;
  const std::function<std::string(const std::string&)> walk = [&](const std::string& room) {
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (path[i] != room) continue;
      std::string found;
      for (std::size_t j = i; j < path.size(); ++j) found += path[j] + " ";
      return found + room;
    }
    if (done.count(room) != 0) return std::string();
    path.push_back(room);
    for (const std::string& next : arrows[room]) {
      const std::string found = walk(next);
      if (!found.empty()) return found;
    }
    path.pop_back();
    done.insert(room);
    return std::string();
  };
  for (const auto& entry : floors()) {
    const std::string found = walk(entry.first);
    if (!found.empty()) return found;
  }
  return {};
}

TEST(Floors, EveryFolderOfTheLibraryIsARoomOfTheTable) {
  for (const auto& entry :
       fs::directory_iterator(fs::path(cambrian::source_folder()) / "lib/cambrian")) {
    if (!entry.is_directory()) continue;
    EXPECT_EQ(floors().count(entry.path().filename().string()), 1u) << entry.path();
  }
}

TEST(Floors, NoArrowGoesUpOrAlongAFloor) {
  const std::vector<Include> includes = all_includes();
  ASSERT_GT(includes.size(), 50u) << "the sources were not found";
  for (const std::string& arrow : arrows_that_do_not_go_down(includes)) ADD_FAILURE() << arrow;
}

TEST(Floors, NoRoomsFormACircle) { EXPECT_EQ(circle(all_includes()), ""); }

TEST(Floors, EnvironmentsKnowOnlyTheEnvironmentAndWhatIsBelowIt) {
  const std::set<std::string> allowed{"core", "network", "neighbours", "environment"};
  for (const Include& include : all_includes()) {
    const std::string to = room_of(include.target);
    if (include.from != "environments" || to.empty() || to == "environments") continue;
    EXPECT_EQ(allowed.count(to), 1u) << place(include);
  }
}

TEST(Floors, OnlyTheirOwnRoomIncludesPrivateHeaders) {
  for (const Include& include : all_includes()) {
    if (include.target.find("/detail/") == std::string::npos) continue;
    EXPECT_EQ(include.from, room_of(include.target)) << place(include);
  }
}

TEST(Floors, OnlyElitesKnowsGenomesAmongTheArchives) {
  for (const Include& include : all_includes()) {
    if (include.from != "archive" || room_of(include.target) != "genome") continue;
    EXPECT_EQ(fs::path(include.file).stem(), "elites") << place(include);
  }
}

TEST(Floors, OnlyRunFileKnowsHdf5) {
  for (const Include& include : all_includes()) {
    const bool hdf5 = include.target == "hdf5.h" || include.target.rfind("H5", 0) == 0;
    if (hdf5) {
      EXPECT_EQ(include.from, "run_file") << place(include);
    }
  }
}

TEST(Floors, OnlyPictureKnowsLibpngAndGiflib) {
  for (const Include& include : all_includes()) {
    if (include.target == "png.h" || include.target == "gif_lib.h") {
      EXPECT_EQ(include.from, "picture") << place(include);
    }
  }
}

TEST(Floors, AnArrowUpAndOneAlongAFloorAreFound) {
  const std::vector<Include> includes{
      {"lib/cambrian/genome/a.hpp", 1, "genome", "cambrian/archive/archive.hpp"},
      {"lib/cambrian/genome/a.hpp", 2, "genome", "cambrian/network/network.hpp"},
      {"lib/cambrian/genome/a.hpp", 3, "genome", "cambrian/core/stream.hpp"},
      {"lib/cambrian/genome/a.hpp", 4, "genome", "cambrian/genome/population.hpp"},
      {"lib/cambrian/catalogue/b.hpp", 5, "catalogue", "environments/environments.hpp"},
      {"lib/cambrian/core/c.hpp", 6, "core", "apps/verbs.hpp"}};
  EXPECT_EQ(arrows_that_do_not_go_down(includes).size(), 3u);
}

TEST(Floors, ACircleIsFoundAndNamed) {
  EXPECT_EQ(circle({{"", 0, "encoding", "cambrian/genome/x.hpp"},
                    {"", 0, "genome", "cambrian/network/x.hpp"},
                    {"", 0, "network", "cambrian/encoding/x.hpp"}}),
            "encoding genome network encoding");
}

TEST(Floors, IncludeLinesAreReadInEveryForm) {
  EXPECT_EQ(included("#include \"cambrian/core/stream.hpp\"  // why"), "cambrian/core/stream.hpp");
  EXPECT_EQ(included("  #  include <vector>"), "vector");
  EXPECT_EQ(included("// #include <vector>"), std::nullopt);
  EXPECT_EQ(included("#ifdef __has_include"), std::nullopt);
}

}  // namespace
}  // namespace cambrian
