#include "cambrian/configuration/configuration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <ostream>

#include "tests/configuration/configuration_fixture.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

struct BadInput {
  const char* toml;
  const char* message;
};

std::ostream& operator<<(std::ostream& out, const BadInput& one) { return out << one.message; }

class BadInputTest : public testing::TestWithParam<BadInput> {};

TEST_P(BadInputTest, GivesOneLineWithPlaceAndKey) {
  const std::string message = complaint([] {
    Configuration configuration = text(GetParam().toml);
    use(configuration);
  });
  EXPECT_EQ(message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Configuration, BadInputTest,
    testing::Values(
        // Wrong types.
        BadInput{"[archive]\ncells = 'many'",
                 "a.toml:2:9: archive.cells: is a string ('many'), but a whole number is expected"},
        BadInput{
            "[archive]\ncells = 2.5",
            "a.toml:2:9: archive.cells: is a real number (2.5), but a whole number is expected"},
        BadInput{
            "[archive]\ncells = 2e1",
            "a.toml:2:9: archive.cells: is a real number (20.0), but a whole number is expected; "
            "write 20"},
        BadInput{"[archive]\ncells = [3]",
                 "a.toml:2:9: archive.cells: is a list, but a whole number is expected"},
        BadInput{"[archive.cells]\nx = 1",
                 "a.toml:1:1: archive.cells: is a table, but a whole number is expected"},
        BadInput{"[archive]\ncells = 1979-05-27",
                 "a.toml:2:9: archive.cells: is a date or time, but a whole number is expected"},
        BadInput{"[archive]\nclip = 1",
                 "a.toml:2:8: archive.clip: is a whole number (1), but true or false is expected"},
        BadInput{"[archive]\nrate = '0.5'",
                 "a.toml:2:8: archive.rate: is a string ('0.5'), but a number is expected"},
        BadInput{"[archive]\nlabel = true",
                 "a.toml:2:9: archive.label: is true, but a string is expected"},
        BadInput{
            "[archive]\nmode = 3",
            "a.toml:2:8: archive.mode: is a whole number (3), but one of 'fast', 'thorough' is "
            "expected"},
        BadInput{
            "[archive]\nshape = 50",
            "a.toml:2:9: archive.shape: is a whole number (50), but a list of whole numbers is "
            "expected, in [brackets]"},
        BadInput{"[archive]\nshape = [5,\n 'x']",
                 "a.toml:3:2: archive.shape: entry 2 is a string ('x'), but a whole number is "
                 "expected"},
        BadInput{"[archive]\nnames = ['x', 2]",
                 "a.toml:2:15: archive.names: entry 2 is a whole number (2), but a string is "
                 "expected"},
        BadInput{"[archive]\nname = 3",
                 "a.toml:2:8: archive.name: is a whole number (3), but a string is expected"},
        BadInput{"[archive]\nname = ''",
                 "a.toml:2:8: archive.name: is empty, but a name is expected"},
        BadInput{"[archive]\npreset = []",
                 "a.toml:2:10: archive.preset: is a list, but a string is expected"},
        BadInput{"archive = 3",
                 "a.toml:1:11: archive: is a whole number (3), but a table is expected, such as "
                 "[archive]"},
        BadInput{
            "[[archive]]\ncells = 3",
            "a.toml:1:1: archive: is a list of tables, but a table is expected, such as [archive]"},
        // Out of range.
        BadInput{"[archive]\ncells = -3",
                 "a.toml:2:9: archive.cells: is -3, but at least 1 is expected"},
        BadInput{"[archive]\ncells = 101",
                 "a.toml:2:9: archive.cells: is 101, but at most 100 is expected"},
        BadInput{"[archive]\nrate = 1.5",
                 "a.toml:2:8: archive.rate: is 1.5, but at most 1 is expected"},
        BadInput{"[archive]\nrate = nan",
                 "a.toml:2:8: archive.rate: is nan, but a finite number is expected"},
        BadInput{"[archive]\nrange = [0, -inf]",
                 "a.toml:2:13: archive.range: entry 2 is -inf, but a finite number is expected"},
        BadInput{"[archive]\nshape = [5, 0]",
                 "a.toml:2:13: archive.shape: entry 2 is 0, but at least 1 is expected"},
        BadInput{
            "[archive]\nmode = 'fsat'",
            "a.toml:2:8: archive.mode: is 'fsat', but one of 'fast', 'thorough' is expected; did "
            "you mean 'fast'?"},
        // What nobody knows.
        BadInput{"[archive]\nshap = [3]",
                 "a.toml:2:8: archive.shap: is unknown; did you mean 'shape'?"},
        BadInput{"[archive]\nzzzzzz = 3",
                 "a.toml:2:10: archive.zzzzzz: is unknown; known here: 'cells', 'clip', 'label', "
                 "'mode', 'name', 'names', 'offset', 'preset' and 3 more: `cambrian describe "
                 "grid`"},
        BadInput{"[archive]\ncells = 3\n[archve]\nx = 1",
                 "a.toml:3:1: archve: is unknown; did you mean 'archive'?"},
        BadInput{"cells = 3", "a.toml:1:9: cells: is unknown; it belongs under [archive]"},
        BadInput{"[archive.deep]\nx = 3",
                 "a.toml:1:1: archive.deep: is unknown; known here: 'cells', 'clip', 'label', "
                 "'mode', 'name', 'names', 'offset', 'preset' and 3 more: `cambrian describe "
                 "grid`"},
        BadInput{"[[environments]]\nx = 3",
                 "a.toml:1:1: environments: is unknown; known here: 'archive'"},
        BadInput{"[archive]\npreset = 'as_publishd'",
                 "a.toml:2:10: archive.preset: there is no preset 'as_publishd'; did "
                 "you mean 'as_published'? There are: as_published, textbook"}));

TEST(Configuration, SaysWhyATableIsNotRead) {
  Configuration configuration = text("[archive]\nzzz = 1\n");
  configuration.explain("archive", "there is no archive here");
  EXPECT_EQ(complaint([&] { use(configuration); }),
            "a.toml:2:7: archive.zzz: is unknown: there is no archive here");
}

TEST(Configuration, SendsAKeyToAnotherTableOnlyWhereItsValueWouldFitThere) {
  const auto said = [](const std::string& value) {
    Configuration configuration = text("[grid]\noffset = " + value + "\n");
    ScoreOnly score;
    EveryKind grid;
    configuration.read("score", score);
    configuration.read("grid", grid);
    return complaint([&] { configuration.check_all_read(); });
  };
  EXPECT_THAT(said("3"), testing::EndsWith("; [score] has one"));
  EXPECT_THAT(said("'abcd'"), testing::Not(HasSubstr("has one")));
}

TEST(Configuration, RefusesAKeyThatIsWrittenInVain) {
  struct Idle final : Parameters {
    bool active = false;
    double rate = 0.1;
    void visit(ParameterVisitor& visitor) override {
      visitor.boolean("active", active, {"whether"});
      visitor.real("rate", rate, {}, {"how often"});
    }
    std::vector<std::string_view> presets() const override { return {"textbook", "quick"}; }
    void apply_preset(std::string_view name) override {
      if (name == "quick") rate = 0.9;
    }
    std::vector<IdleKey> idle_keys() const override {
      return {{"rate", !active, "unless active is true"}};
    }
  };
  const auto said = [](const std::string& keys) {
    return complaint([&] {
      Configuration configuration = text("[archive]\n" + keys);
      Idle idle;
      configuration.read("archive", idle);
      configuration.refuse_idle("archive", idle.idle_keys());
    });
  };
  EXPECT_EQ(said("rate = 0.5\n"),
            "a.toml:2:8: archive.rate: has no effect unless active is true; leave it out");
  for (const char* keys : {"rate = 0.5\nactive = true\n", "rate = 0.1\n", "active = false\n",
                           "preset = 'quick'\n", "preset = 'quick'\nrate = 0.9\n"}) {
    EXPECT_EQ(said(keys), "no complaint") << keys;
  }
}

TEST(Configuration, BlamesAnOverrideForATableThatItMade) {
  Configuration configuration = text("[archive]\ncells = 3\n");
  configuration.set("archve.deep.x=1");
  EXPECT_EQ(complaint([&] { use(configuration); }),
            "--set archve.deep.x=1: archve: is unknown; did you mean 'archive'?");
}

TEST(Configuration, KnowsItsLargestSizes) {
  Configuration configuration = text("[archive]\nshape = [20, 30]\ncells = 90\nrate = 0.5\n");
  use(configuration);
  EXPECT_THAT(configuration.largest_sizes(),
              testing::StartsWith("archive.shape = [20, 30], archive.cells = 90"));
  EXPECT_THAT(configuration.largest_sizes(), testing::Not(HasSubstr("rate")));
}

TEST(Configuration, NamesTheFirstUnknownKeyOfTheText) {
  Configuration configuration = text("[archive]\nzzz = 1\naaa = 2\n");
  EXPECT_THAT(complaint([&] { use(configuration); }), HasSubstr("a.toml:2:7: archive.zzz"));
}

TEST(Configuration, MalformedTomlNamesLineAndColumn) {
  for (const char* toml : {"[archive\nx = 1", "x = ", "x = 1\nx = 2", "[a]\n[a]", "x = 'a\n'",
                           "\xff\xfe", "x = [1, 2"}) {
    const std::string message = complaint([&] { text(toml); });
    EXPECT_THAT(message, testing::MatchesRegex("a\\.toml:[0-9]+:[0-9]+: .+")) << toml;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

TEST(Configuration, AMissingFileAndAFolderAreFileErrors) {
  EXPECT_THROW(Configuration::from_file("no/such/file.toml"), FileError);
  EXPECT_THROW(Configuration::from_file(testing::TempDir()), FileError);
}

TEST(Configuration, AFileKnowsItsFolder) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "folder.toml";
  std::ofstream(path) << "[archive]\r\ncells = 'x'\r\n";
  Configuration configuration = Configuration::from_file(path);
  EXPECT_EQ(configuration.folder(), path.parent_path());
  EXPECT_THAT(complaint([&] { use(configuration); }), HasSubstr(path.string() + ":2:9: "));
  std::remove(path.c_str());
  EXPECT_TRUE(text("").folder().empty());
}

TEST(Configuration, ReadsEveryKindOfValue) {
  Configuration configuration = text(
      "[archive]\nclip = false\ncells = 3\nrate = 1\nlabel = 'it'\nmode = 'thorough'\n"
      "shape = [2, 3, 4]\nrange = [0, 2.5]\nnames = ['x', 'y']\n");
  EveryKind grid;
  configuration.read("archive", grid);
  EXPECT_FALSE(grid.clip);
  EXPECT_EQ(grid.cells, 3);
  EXPECT_EQ(grid.rate, 1.0);
  EXPECT_EQ(grid.label, "it");
  EXPECT_EQ(grid.mode, EveryKind::Mode::thorough);
  EXPECT_EQ(grid.shape, (std::vector<std::int64_t>{2, 3, 4}));
  EXPECT_EQ(grid.range, (std::vector<double>{0.0, 2.5}));
  EXPECT_EQ(grid.names, (std::vector<std::string>{"x", "y"}));
}

TEST(Configuration, KeysBesideAPresetWin) {
  Configuration configuration = text("[archive]\npreset = 'as_published'\nrate = 0.25\n");
  EveryKind grid;
  configuration.read("archive", grid);
  EXPECT_EQ(grid.cells, 7);
  EXPECT_EQ(grid.rate, 0.25);
}

TEST(Configuration, ADefaultPresetStandsWhereTheTableNamesNone) {
  for (const char* toml : {"", "[archive]\nrate = 0.25\n"}) {
    Configuration configuration = text(toml);
    configuration.default_preset("archive", "as_published");
    EveryKind grid;
    configuration.read("archive", grid);
    EXPECT_EQ(grid.cells, 7);
    EXPECT_EQ(grid.rate, std::string_view(toml).empty() ? 0.7 : 0.25);
    EXPECT_THAT(configuration.effective(), HasSubstr("preset = \"as_published\"\n"));
    EXPECT_NO_THROW(configuration.check_all_read());
  }
}

TEST(Configuration, ANamedPresetWinsOverTheDefaultOne) {
  Configuration configuration = text("[archive]\npreset = 'textbook'\n");
  configuration.default_preset("archive", "as_published");
  EveryKind grid;
  configuration.read("archive", grid);
  EXPECT_EQ(grid.cells, 10);
  EXPECT_THAT(configuration.effective(), HasSubstr("preset = \"textbook\"\n"));
}

TEST(Configuration, ADefaultPresetThatAStructDoesNotHaveLeavesItAlone) {
  Configuration configuration = text("");
  configuration.default_preset("archive", "cppn");
  EveryKind grid;
  configuration.read("archive", grid);
  EXPECT_EQ(grid.cells, 10);
  EXPECT_THAT(configuration.effective(), testing::Not(HasSubstr("preset")));
}

TEST(Configuration, APresetOfOneStructIsNoErrorForAnotherOfTheSameTable) {
  Configuration configuration = text("[archive]\npreset = 'as_published'\n");
  ScoreOnly score;
  configuration.read("archive", score);
  EXPECT_NO_THROW(use(configuration));
}

TEST(Configuration, KeepsWhatTheCallerSetWhereNoKeyStands) {
  Configuration configuration = text("[archive]\n");
  ScoreOnly score;
  score.offset = -300.0;
  configuration.read("archive", score);
  EXPECT_EQ(score.offset, -300.0);
  EXPECT_THAT(configuration.effective(), HasSubstr("offset = -300.0\n"));
}

TEST(Configuration, ReadsEntriesOfAListOfTables) {
  Configuration configuration = text(
      "[[algorithm.emitters]]\nname = 'a'\ncells = 1\n[[algorithm.emitters]]\nname = 'b'\nsells = "
      "2\n");
  EveryKind grid;
  EXPECT_TRUE(configuration.has("algorithm.emitters.1"));
  EXPECT_FALSE(configuration.has("algorithm.emitters.2"));
  EXPECT_EQ(configuration.name("algorithm.emitters.0", ""), "a");
  configuration.read("algorithm.emitters.0", grid);
  EXPECT_EQ(complaint([&] { configuration.check_all_read(); }),
            "a.toml:4:1: algorithm.emitters.1: is unknown: nothing in this configuration reads it");
  configuration.name("algorithm.emitters.1", "");
  configuration.read("algorithm.emitters.1", grid);
  EXPECT_EQ(complaint([&] { configuration.check_all_read(); }),
            "a.toml:6:9: algorithm.emitters.1.sells: is unknown; did you mean 'cells'?");
}

TEST(Effective, WritesNameAndPresetFirstAndFillsDefaults) {
  Configuration configuration =
      text("[archive]\nrate = 0.3\npreset = 'as_published'\nlabel = \"a\\\"b\\\\\\n\\u0001\"\n");
  use(configuration);
  EXPECT_EQ(configuration.effective(),
            "[archive]\nname = \"grid\"\npreset = \"as_published\"\nclip = true\ncells = 7\n"
            "rate = 0.3\nlabel = \"a\\\"b\\\\\\n\\u0001\"\nmode = \"fast\"\nshape = [10, 10]\n"
            "range = [-1.0, 1.0]\nnames = []\noffset = 0.0\n");
}

TEST(Effective, ReadAgainGivesTheSame) {
  const auto read_all = [](std::string_view toml) {
    Configuration configuration = text(toml);
    EveryKind archive;
    configuration.name("archive", "grid");
    configuration.read("archive", archive);
    for (const char* entry : {"algorithm.emitters.0", "algorithm.emitters.1"}) {
      EveryKind grid;
      configuration.name(entry, "gaussian");
      configuration.read(entry, grid);
    }
    configuration.check_all_read();
    return configuration.effective();
  };
  const std::string once = read_all(
      "[archive]\nrate = 0.30000000000000004\nrange = [1e300, 5e-324, -1e20, 12345678901234567]\n"
      "label = 'tab\t\"quoted\" ünïcode'\n[[algorithm.emitters]]\ncells = 5\n"
      "[[algorithm.emitters]]\npreset = 'as_published'\n");
  EXPECT_EQ(read_all(once), once);
  EXPECT_THAT(once, HasSubstr("rate = 0.30000000000000004\n"));
  EXPECT_THAT(once, HasSubstr("range = [1e+300, 5e-324, -1e+20, "));
}

TEST(Effective, HoldsATableThatWasReadTwiceOnce) {
  Configuration configuration = text("");
  use(configuration);
  use(configuration);
  const std::string effective = configuration.effective();
  EXPECT_EQ(effective.find("[archive]"), effective.rfind("[archive]"));
  EXPECT_EQ(effective.find("cells"), effective.rfind("cells"));
}

TEST(FindComponent, SuggestsTheNearestName) {
  struct Named {
    std::string name;
  };
  const std::vector<Named> components = {{"grid"}, {"unstructured"}};
  EXPECT_EQ(find_component(components, "grid", "archive.name").name, "grid");
  EXPECT_EQ(complaint([&] { find_component(components, "gird", "archive.name"); }),
            "archive.name: there is no 'gird'; did you mean 'grid'?");
  EXPECT_EQ(complaint([&] { find_component(components, "x", "archive.name"); }),
            "archive.name: there is no 'x'; there are grid, unstructured");
}

TEST(Where, NamesFileFlagOrKey) {
  Configuration configuration = text("[archive]\ncells = 3\n");
  EXPECT_EQ(configuration.where("archive.cells"), "a.toml:2:9: archive.cells");
  EXPECT_EQ(configuration.where("archive.rate"), "archive.rate");
  configuration.set("archive.cells=4");
  EXPECT_EQ(configuration.where("archive.cells"), "--set archive.cells=4");
}

}  // namespace
}  // namespace cambrian
