#include "cambrian/core/words.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

using WordList = std::vector<std::string>;

TEST(Joined, PutsWordsBetween) {
  EXPECT_EQ(joined(WordList{}), "");
  EXPECT_EQ(joined(WordList{"a"}, ", ", " or "), "a");
  EXPECT_EQ(joined(WordList{"a", "b", "c"}), "a, b, c");
  EXPECT_EQ(joined(WordList{"a", "b", "c"}, ", ", " or "), "a, b or c");
  EXPECT_EQ(joined(std::vector<std::uint64_t>{50, 20}, "x"), "50x20");
  EXPECT_EQ(all_quoted(WordList{"a", "b\n"}), "'a', 'b\\n'");
  EXPECT_EQ(all_quoted(WordList{"a", "b"}, " or "), "'a' or 'b'");
}

TEST(Counted, HasTheNounsNumber) {
  EXPECT_EQ(counted(0, "elite"), "0 elites");
  EXPECT_EQ(counted(1, "elite"), "1 elite");
  EXPECT_EQ(counted(2, "elite"), "2 elites");
  EXPECT_EQ(counted(1, "batch", "batches"), "1 batch");
  EXPECT_EQ(counted(2, "batch", "batches"), "2 batches");
}

TEST(Duration, IsShort) {
  EXPECT_EQ(duration(0), "0s");
  EXPECT_EQ(duration(0.04), "0s");
  EXPECT_EQ(duration(0.4), "0.4s");
  EXPECT_EQ(duration(5), "5s");
  EXPECT_EQ(duration(9.94), "9.9s");
  EXPECT_EQ(duration(9.96), "9s");
  EXPECT_EQ(duration(59.9), "59s");
  EXPECT_EQ(duration(125), "2m05s");
  EXPECT_EQ(duration(3725), "1h02m");
}

TEST(Duration, OfADamagedFileIsStillText) {
  EXPECT_EQ(duration(-5), "-5s");
  EXPECT_EQ(duration(std::numeric_limits<double>::quiet_NaN()), "nans");
  EXPECT_EQ(duration(std::numeric_limits<double>::infinity()), "infs");
}

TEST(Run, ReadsATimeWithItsUnit) {
  EXPECT_EQ(parse_duration("--every", "90"), 90.0);
  EXPECT_EQ(parse_duration("--every", "1.5s"), 1.5);
  EXPECT_EQ(parse_duration("--every", "30m"), 1800.0);
  EXPECT_EQ(parse_duration("--every", "2h"), 7200.0);
  EXPECT_EQ(parse_duration("--every", "1d"), 86400.0);
  EXPECT_EQ(parse_duration("--every", "0"), 0.0);
  for (const char* text : {"", "s", "m5", "5 m", "5x", "5ms", "-1", "nan", "1h30m"}) {
    EXPECT_THROW(parse_duration("--every", text), ConfigError) << text;
  }
}

TEST(NearestWord, FindsWhatWasProbablyMeant) {
  const WordList words = {"grid", "novelty_search", "map_elites", "k"};
  EXPECT_EQ(nearest_word("gird", words), "grid");
  EXPECT_EQ(nearest_word("Grid", words), "grid");
  EXPECT_EQ(nearest_word("novelty", words), "novelty_search");
  EXPECT_EQ(nearest_word("noveltysearch", words), "novelty_search");
  EXPECT_EQ(nearest_word("mapelites", words), "map_elites");
  EXPECT_EQ(nearest_word("tournament", words), "");
  EXPECT_EQ(nearest_word("n", words), "");
  EXPECT_EQ(nearest_word("", words), "");
  EXPECT_EQ(nearest_word("grid", {}), "");
}

TEST(Suggestion, NamesWhatIsNearOrWhatThereIs) {
  const WordList words = {"grid", "unstructured"};
  EXPECT_EQ(did_you_mean("gird", words), "; did you mean 'grid'?");
  EXPECT_EQ(did_you_mean("xyz", words), "");
  EXPECT_EQ(did_you_mean("xyz", words, "; there are two"), "; there are two");
  EXPECT_EQ(one_of_expected("gird", words),
            "one of 'grid', 'unstructured' is expected; did you mean 'grid'?");
  EXPECT_EQ(one_of_expected("xyz", {"grid"}), "'grid' is expected");
  EXPECT_EQ(unknown_name("archive", "gird", words),
            "there is no archive 'gird'; did you mean 'grid'? There are: grid, unstructured");
  EXPECT_EQ(unknown_name("archive", "xyz", words),
            "there is no archive 'xyz'. There are: grid, unstructured");
}

TEST(Suggestion, ListsNoMoreThanALineHolds) {
  const WordList words(41, "w");
  EXPECT_EQ(unknown_name("column", "zzzz", words),
            "there is no column 'zzzz'. There are: " + joined(WordList(40, "w")) + ", ...");
}

TEST(Percentage, IsRounded) {
  EXPECT_EQ(percentage(0.3214, 1), "32.1 %");
  EXPECT_EQ(percentage(0.3214, 2), "32.14 %");
  EXPECT_EQ(percentage(0.999, 1), "99.9 %");
}

TEST(Percentage, OnlyAFullShareIsAHundred) {
  EXPECT_EQ(percentage(1.0, 1), "100.0 %");
  EXPECT_EQ(percentage(2499.0 / 2500, 1), "> 99.9 %");
  EXPECT_EQ(percentage(2499.0 / 2500, 2), "99.96 %");
  EXPECT_EQ(percentage(1 - 1e-6, 2), "> 99.99 %");
}

TEST(Percentage, OnlyNoneAtAllIsZero) {
  EXPECT_EQ(percentage(0.0, 1), "0.0 %");
  EXPECT_EQ(percentage(1e-6, 1), "< 0.1 %");
  EXPECT_EQ(percentage(1e-6, 2), "< 0.01 %");
  EXPECT_EQ(percentage(1.0 / 2500, 2), "0.04 %");
}

}  // namespace
}  // namespace cambrian
