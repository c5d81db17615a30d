#include "cambrian/configuration/detail/toml_depth.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/configuration/configuration_fixture.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

std::string key(const std::string& part, int parts) {
  std::string all = part;
  for (int i = 1; i < parts; ++i) all += "." + part;
  return all;
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(TomlDepth, CountsThePartsOfAKeyWhateverStandsInItsQuotes) {
  for (const std::string part : {"a", "\"a\"", "\"#\"", "'='", "\"\\\"=#\"", "'[{,'", "\"\\\\\""}) {
    EXPECT_FALSE(too_deep(key(part, 32) + " = 1")) << part;
    const auto deep = too_deep("x = 1\n\n" + key(part, 33) + " = 1");
    ASSERT_TRUE(deep) << part;
    EXPECT_EQ(deep->line, 3U);
    EXPECT_EQ(deep->what, "a key of more than 32 parts");
    EXPECT_TRUE(too_deep("[" + key(part, 33) + "]")) << part;
    EXPECT_TRUE(too_deep("x = {" + key(part, 33) + " = 1}")) << part;
  }
}

TEST(TomlDepth, CountsBrackets) {
  EXPECT_FALSE(too_deep("x = " + repeated("[", 32) + repeated("]", 32)));
  EXPECT_TRUE(too_deep("x = " + repeated("[", 33)));
  EXPECT_TRUE(too_deep("x = " + repeated("{a = ", 33)));
  EXPECT_FALSE(too_deep(repeated("[[a]]\nb = [[1], [2]]\n", 1000)));
}

TEST(TomlDepth, TakesNothingInACommentOrAStringForABracketOrADot) {
  const std::string noise = repeated("[{.", 100);
  EXPECT_FALSE(too_deep("# " + noise + " \"\nx = 1"));
  EXPECT_FALSE(too_deep("x = \"" + noise + "\\\"" + noise + "\""));
  EXPECT_FALSE(too_deep("x = '" + noise + "\\'\ny = 1"));
  EXPECT_FALSE(too_deep("x = \"\"\"" + noise + "\n\"" + noise + "\"\"\"\"\"\ny = 1"));
  EXPECT_FALSE(too_deep("x = '''" + noise + "\n''" + noise + "'''\ny = 1"));
  EXPECT_TRUE(too_deep("x = \"\"\"" + noise + "\"\"\"\n" + key("a", 33)));
  EXPECT_FALSE(too_deep("x = [" + repeated("0.5, ", 1000) + "]"));
}

TEST(TomlDepth, AKeyOfFortyThousandQuotedPartsIsOneLine) {
  const std::string deep = key("\"a#=\"", 40'000);
  EXPECT_EQ(complaint([&] { text("[x]\n" + deep + " = 1\n"); }),
            "a.toml:2: a key of more than 32 parts");
  EXPECT_EQ(complaint([&] { text("[" + deep + "]\n"); }), "a.toml:1: a key of more than 32 parts");
}

TEST(TomlDepth, AlsoFlagsAreLimited) {
  Configuration configuration = text("");
  EXPECT_EQ(complaint([&] { configuration.set(key("a", 33) + "=1"); }),
            "--set " + key("a", 33) + "=1: is a key of more than 32 parts");
  configuration.set("archive.label=" + key("a", 40'000));  // no TOML: a string
  EveryKind grid;
  configuration.read("archive", grid);
  EXPECT_EQ(grid.label, key("a", 40'000));
  configuration.set("archive.shape=" + repeated("[", 40'000));
  EXPECT_THAT(complaint([&] { configuration.read("archive", grid); }),
              HasSubstr("is a string ('[["));
}

}  // namespace
}  // namespace cambrian
