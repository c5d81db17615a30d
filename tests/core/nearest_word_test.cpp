#include "cambrian/core/nearest_word.hpp"

#include <gtest/gtest.h>

namespace cambrian {
namespace {

TEST(NearestWord, FindsWhatWasProbablyMeant) {
  const std::vector<std::string> words = {"grid", "novelty_search", "map_elites", "k"};
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

}  // namespace
}  // namespace cambrian
