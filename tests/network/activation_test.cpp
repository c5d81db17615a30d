#include "cambrian/network/activation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/network/formulas.hpp"

namespace cambrian {
namespace {

class ActivationTest : public testing::TestWithParam<int> {
 protected:
  Activation function() const { return static_cast<Activation>(GetParam()); }
};

TEST_P(ActivationTest, EqualsItsFormula) {
  std::vector<float> values;
  for (float x = -12.0F; x <= 12.0F; x += 0.00390625F) values.push_back(x);
  std::vector<float> results = values;
  apply_function(function(), results);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = formula(function(), values[i]);
    ASSERT_NEAR(results[i], expected, 1e-6 * std::max(1.0, std::abs(expected))) << values[i];
  }
}

TEST_P(ActivationTest, GivesAValueTheSameBitsWhereverItStands) {
  const float value = 0.7310585F;
  std::vector<float> alone = {value};
  apply_function(function(), alone);
  for (std::size_t size = 1; size < 40; ++size) {
    std::vector<float> row(size, value);
    apply_function(function(), row);
    for (const float result : row) ASSERT_EQ(result, alone[0]) << size;
  }
}

TEST_P(ActivationTest, TouchesNothingBehindTheRow) {
  std::vector<float> row(24, 0.5F);
  apply_function(function(), std::span(row).first(11));
  for (std::size_t i = 11; i < row.size(); ++i) ASSERT_EQ(row[i], 0.5F);
}

TEST_P(ActivationTest, StaysFiniteForLargeSums) {
  std::vector<float> values = {-1e4F, -300.0F, -40.0F, 40.0F, 300.0F, 1e4F};
  std::vector<float> results = values;
  apply_function(function(), results);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double expected = formula(function(), values[i]);
    ASSERT_NEAR(results[i], expected, 1e-6 * std::max(1.0, std::abs(expected))) << values[i];
    const bool subnormal = results[i] != 0.0F && !std::isnormal(results[i]);
    ASSERT_FALSE(subnormal) << values[i];
  }
}

TEST_P(ActivationTest, KeepsWhatIsNotANumber) {
  if (function() == Activation::step || function() == Activation::relu) return;
  std::vector<float> values(9, std::numeric_limits<float>::quiet_NaN());
  apply_function(function(), values);
  for (const float value : values) ASSERT_TRUE(std::isnan(value));
}

TEST_P(ActivationTest, BoundedFunctionsStayInTheirRange) {
  using enum Activation;
  if (function() == identity || function() == absolute || function() == relu ||
      function() == square) {
    return;
  }
  const SignalRange range = signal_range(function());
  std::vector<float> values;
  for (float x = -9.0F; x <= 9.0F; x += 0.01F) values.push_back(x);
  apply_function(function(), values);
  for (const float value : values) {
    ASSERT_GE(value, range.min - 1e-6F);
    ASSERT_LE(value, range.max + 1e-6F);
  }
}

INSTANTIATE_TEST_SUITE_P(AllFunctions, ActivationTest,
                         testing::Range(0, static_cast<int>(kActivations)));

}  // namespace
}  // namespace cambrian
