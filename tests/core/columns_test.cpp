#include "cambrian/core/columns.hpp"

#include <gtest/gtest.h>

namespace cambrian {
namespace {

TEST(Columns, AreAsWideAsTheirWidestCell) {
  Columns columns({{Side::left, 0}, {Side::right, 4}});
  const TextRow head = {"run", "best"};
  const TextRow row = {"seed_10", "123.5"};
  columns.fit(head);
  columns.fit(row);
  std::string text;
  columns.write(head, text);
  columns.write(row, text);
  EXPECT_EQ(text,
            "run       best\n"
            "seed_10  123.5\n");
}

TEST(Columns, HaveALeastWidth) {
  const Columns columns({{Side::right, 4}, {Side::left, 3}});
  std::string text;
  columns.write(TextRow{"1", "a"}, text);
  EXPECT_EQ(text, "   1  a\n");
}

TEST(Columns, OfACellThatIsTooWideMoveOn) {
  const Columns columns({{Side::left, 2}, {Side::left, 0}});
  std::string text;
  columns.write(TextRow{"long name", "value"}, text);
  EXPECT_EQ(text, "long name  value\n");
}

TEST(Columns, AreMeasuredInCharacters) {
  EXPECT_EQ(sheet({{"\xc3\xa9", "accented"}, {"ab", "plain"}}),
            "  \xc3\xa9   accented\n"
            "  ab  plain\n");
}

TEST(Sheet, IndentsNamesAndAlignsWhatIsSaidOfThem) {
  EXPECT_EQ(sheet({{"k", "neighbours"}, {"", "whole number"}, {"threshold", "least novelty"}}),
            "  k          neighbours\n"
            "             whole number\n"
            "  threshold  least novelty\n");
  EXPECT_EQ(sheet({}), "");
}

}  // namespace
}  // namespace cambrian
