#include "cambrian/core/quoted.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iomanip>

namespace cambrian {
namespace {

using testing::EndsWith;
using testing::StartsWith;

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Quoted, PutsPlainTextInQuotesAsItIs) {
  EXPECT_EQ(quoted("gird"), "'gird'");
  EXPECT_EQ(quoted(""), "''");
}

TEST(Quoted, IsNotTakenForTheStandardsWhereThatIsIncluded) {
  const std::string constant = "gird";
  std::string variable = "gird";
  EXPECT_EQ(quoted(constant) + quoted(variable), "'gird''gird'");
}

TEST(Quoted, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(quoted(std::string_view("a\0b", 3)), "'a\\x00b'");
  EXPECT_EQ(quoted("\x1b[31mred\x7f"), "'\\x1b[31mred\\x7f'");
  EXPECT_EQ(quoted("two\nlines\tand\r"), "'two\\nlines\\tand\\r'");
  EXPECT_EQ(quoted("\xC2\x9B"), "'\\xc2\\x9b'");           // a control character beyond ASCII
  EXPECT_EQ(quoted("\xE2\x80\xAE"), "'\\xe2\\x80\\xae'");  // turns the direction of writing
}

TEST(Quoted, KeepsValidUtf8AndEscapesOtherBytes) {
  EXPECT_EQ(quoted("Überraum 迷路 🙂"), "'Überraum 迷路 🙂'");
  EXPECT_EQ(quoted("\xFF\xFE"), "'\\xff\\xfe'");
  EXPECT_EQ(quoted("\xC0\xAF"), "'\\xc0\\xaf'");                    // overlong
  EXPECT_EQ(quoted("\xED\xA0\x80"), "'\\xed\\xa0\\x80'");           // half of a pair of UTF-16
  EXPECT_EQ(quoted("\xF4\x90\x80\x80"), "'\\xf4\\x90\\x80\\x80'");  // beyond Unicode
  EXPECT_EQ(quoted("cut \xE8\xBF"), "'cut \\xe8\\xbf'");
}

TEST(Quoted, CutsALongTextInItsMiddle) {
  EXPECT_EQ(quoted(std::string(60, 'x')), "'" + std::string(60, 'x') + "'");
  const std::string cut = quoted("begin" + std::string(1000, 'x') + "end");
  EXPECT_EQ(cut.size(), 62U);
  EXPECT_THAT(cut, StartsWith("'beginx"));
  EXPECT_THAT(cut, EndsWith("xend'"));
  EXPECT_NE(cut.find("x...x"), std::string::npos);
}

TEST(Quoted, CutsNoCharacterApart) {
  const std::string cut = quoted(repeated("迷", 100));
  EXPECT_EQ(cut, "'" + repeated("迷", 38) + "..." + repeated("迷", 19) + "'");
}

TEST(Quoted, IsShortWhateverItQuotes) {
  EXPECT_LE(quoted(std::string(4'000'000, '\0')).size(), 62U);
  EXPECT_LE(quoted(repeated("\xF0\x9F\x99\x82", 1'000'000)).size(), 4 * 60 + 5U);
}

TEST(Printable, HasAtMostAsManyCharactersAsAskedFor) {
  for (std::size_t most = 3; most < 100; ++most)
    EXPECT_LE(printable(repeated("\x1b", 50), most).size(), most);
  EXPECT_EQ(printable("it is all there", 15), "it is all there");
}

}  // namespace
}  // namespace cambrian
