#include "cambrian/encoding/weight_change.hpp"

#include <gtest/gtest.h>

#include <array>

#include "cambrian/core/stream.hpp"
#include "cambrian/network/cosine_transform.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kRows = 32;
constexpr std::size_t kColumns = 115;
constexpr double kWeights = kRows * kColumns;

// What a change of one coefficient does to the matrix.
std::vector<double> change_of(std::size_t u, std::size_t v) {
  CosineTransform transform(std::vector<std::size_t>{kRows, kColumns});
  const std::array<std::uint32_t, 1> place = {static_cast<std::uint32_t>(u * kColumns + v)};
  transform.hold(place);
  std::vector<double> change(transform.size());
  transform.inverse(std::array<double, 1>{0.3}, change);
  return change;
}

TEST(WeightChange, TakesPartInBreadthAsItsFrequencySays) {
  EXPECT_NEAR(participation_ratio(change_of(0, 0)), kWeights, 1e-6);
  EXPECT_NEAR(participation_ratio(change_of(0, 5)), 2.0 * kWeights / 3.0, 1e-6);
  EXPECT_NEAR(participation_ratio(change_of(3, 0)), 2.0 * kWeights / 3.0, 1e-6);
  EXPECT_NEAR(participation_ratio(change_of(2, 5)), 4.0 * kWeights / 9.0, 1e-6);
}

TEST(WeightChange, OfOneWeightHasBreadthOneAndOfNormalNoiseAThird) {
  std::vector<double> change(10'000, 0.0);
  EXPECT_EQ(participation_ratio(change), 0.0);
  change[7] = -2.0;
  EXPECT_EQ(participation_ratio(change), 1.0);
  EXPECT_EQ(correlation_at_lag(change, 100, 1), 0.0);
  Stream stream(stream_key(1, "noise"), 0);
  for (double& d : change) d = stream.normal();
  EXPECT_NEAR(participation_ratio(change) / 10'000.0, 1.0 / 3.0, 0.02);
  EXPECT_NEAR(correlation_at_lag(change, 100, 3), 0.0, 0.03);
}

// Reference values for frequency (2, 5) of a 32 x 115 matrix.
TEST(WeightChange, CorrelatesOverDistanceAsItsFrequencySays) {
  const std::vector<double> change = change_of(2, 5);
  EXPECT_NEAR(correlation_at_lag(change, kColumns, 1), 0.982, 5e-4);
  EXPECT_NEAR(correlation_at_lag(change, kColumns, 4), 0.820, 5e-4);
  EXPECT_NEAR(correlation_at_lag(change, kColumns, 8), 0.399, 5e-4);
  EXPECT_NEAR(correlation_at_lag(change, kColumns, 16), -0.637, 5e-4);
  EXPECT_NEAR(correlation_at_lag(change_of(0, 0), kColumns, 50), 1.0, 1e-9);
}

}  // namespace
}  // namespace cambrian
