#include "cambrian/core/percentage.hpp"

#include <gtest/gtest.h>

namespace cambrian {
namespace {

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
