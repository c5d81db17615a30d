#include "cambrian/core/objective_direction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/core/individuals.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
constexpr auto kUp = ObjectiveDirection::maximise;
constexpr auto kDown = ObjectiveDirection::minimise;

Individuals two_rows(std::vector<double> objectives) {
  Individuals rows;
  rows.start(2, 0, objectives.size() / 2, 1);
  rows.objectives.assign(objectives.begin(), objectives.end());
  return rows;
}

TEST(ObjectiveDirection, ZeroHasNoSignInEitherDirection) {
  for (const double zero : {0.0, -0.0}) {
    EXPECT_FALSE(std::signbit(higher_is_better(zero, kDown)));
    EXPECT_FALSE(std::signbit(as_given(zero, kDown)));
  }
  EXPECT_EQ(as_given(higher_is_better(0.1, kDown), kDown), 0.1);
}

TEST(ObjectiveDirection, IndividualsAreStoredAsGivenAndReadBack) {
  const Individuals rows = two_rows({-1, 4, 0, 3});
  StateTree tree;
  const std::vector<ObjectiveDirection> directions = {kDown, kUp};
  rows.save(*tree.writer(), {}, directions);
  EXPECT_THAT(tree.reader()->column<double>("objective"), ElementsAre(1, 0));
  EXPECT_THAT(tree.reader()->column<double>("objectives"), ElementsAre(1, 4, 0, 3));
  Individuals read;
  read.load(*tree.reader(), 1, "archive");
  EXPECT_EQ(read.objectives, rows.objectives);
}

TEST(ObjectiveDirection, ATableWithoutDirectionsIsMaximised) {
  const Individuals rows = two_rows({-1, 2});
  StateTree tree;
  rows.save(*tree.writer());
  EXPECT_FALSE(tree.reader()->has_attribute("directions"));
  Individuals read;
  read.load(*tree.reader(), 1, "archive");
  EXPECT_THAT(read.objectives, ElementsAre(-1, 2));
}

TEST(ObjectiveDirection, AnEmptyTableOfTwoObjectivesIsReadBack) {
  StateTree tree;
  Individuals empty;
  empty.dimensions = 1;
  const std::vector<ObjectiveDirection> directions = {kDown, kUp};
  empty.save(*tree.writer(), {}, directions);
  Individuals read;
  read.load(*tree.reader(), 1, "archive");
  EXPECT_EQ(read.size(), 0U);
}

TEST(ObjectiveDirection, DirectionsThatDoNotFitAreRefused) {
  const auto refused = [](const std::vector<std::string>& words) -> std::string {
    StateTree tree;
    tree.writer()->attribute("directions", words);
    try {
      load_directions(*tree.reader(), 1, "/archive");
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing";
  };
  EXPECT_EQ(refused({"down"}),
            "/archive: its attribute 'directions' says 'down'; expected 'maximise' or 'minimise'");
  EXPECT_EQ(refused({"minimise", "maximise"}),
            "/archive: its attribute 'directions' has 2 entries, but there is 1 objective");
}

}  // namespace
}  // namespace cambrian
