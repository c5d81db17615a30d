// `--set table.key=value`, over what a file says.
#include <gtest/gtest.h>

#include "tests/configuration/configuration_fixture.hpp"

namespace cambrian {
namespace {

TEST(Set, OverridesAndCreates) {
  Configuration configuration = text("[archive]\ncells = 3\n");
  configuration.set("archive.cells=4");
  configuration.set("archive.shape=[50, 50]");
  configuration.set("archive.label=plain word");
  configuration.set("archive.clip = false");
  configuration.set("other.offset=2");
  EveryKind grid;
  ScoreOnly score;
  configuration.read("archive", grid);
  configuration.read("other", score);
  configuration.check_all_read();
  EXPECT_EQ(grid.cells, 4);
  EXPECT_EQ(grid.shape, (std::vector<std::int64_t>{50, 50}));
  EXPECT_EQ(grid.label, "plain word");
  EXPECT_FALSE(grid.clip);
  EXPECT_EQ(score.offset, 2.0);
}

TEST(Set, TheLastOfTwoWins) {
  Configuration configuration = text("");
  configuration.set("archive.cells=4");
  configuration.set("archive.cells=5");
  EveryKind grid;
  configuration.read("archive", grid);
  EXPECT_EQ(grid.cells, 5);
}

TEST(Set, ReachesIntoAListOfTables) {
  Configuration configuration = text("[[emitters]]\ncells = 1\n[[emitters]]\ncells = 2\n");
  configuration.set("emitters.1.cells=9");
  EveryKind grid;
  configuration.read("emitters.1", grid);
  EXPECT_EQ(grid.cells, 9);
  EXPECT_EQ(complaint([&] { configuration.set("emitters.5.cells=9"); }),
            "--set emitters.5.cells=9: there is no emitters.5 in the configuration");
  EXPECT_EQ(complaint([&] { configuration.set("emitters.cells=9"); }),
            "--set emitters.cells=9: emitters is a list; name an entry, such as emitters.0");
}

TEST(Set, ATextThatGoesOnWithAnotherKeyIsAString) {
  Configuration configuration = text("");
  configuration.set("archive.label=1\ncells = 2");
  EveryKind grid;
  configuration.read("archive", grid);
  EXPECT_EQ(grid.label, "1\ncells = 2");
  EXPECT_EQ(grid.cells, 10);
}

TEST(Set, ErrorsNameTheFlag) {
  const auto after = [](const char* assignment) {
    return complaint([&] {
      Configuration configuration = text("[archive]\ncells = 3\n");
      configuration.set(assignment);
      use(configuration);
    });
  };
  EXPECT_EQ(after("archive.cells=x"),
            "--set archive.cells=x: is a string ('x'), but a whole number is expected");
  EXPECT_EQ(after("archive.shape=[1, 0]"),
            "--set archive.shape=[1, 0]: entry 2 is 0, but at least 1 is expected");
  EXPECT_EQ(after("archive.shap=3"), "--set archive.shap=3: is unknown; did you mean 'shape'?");
  EXPECT_EQ(
      after("archive.cells.x=3"),
      "--set archive.cells.x=3: archive.cells is a whole number (3), but a table is expected");
  for (const char* malformed :
       {"cells=3", "archive.cells", "=3", "archive.=3", ".cells=3", "a b.c=3", ""}) {
    EXPECT_EQ(after(malformed), std::string("--set ") + malformed +
                                    ": is not of the form table.key=value, such as run.seed=3");
  }
}

}  // namespace
}  // namespace cambrian
