#include "cambrian/network/cosine_transform.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

double wave(std::size_t i, std::size_t m, std::size_t length) {
  const auto n = static_cast<double>(length);
  return std::sqrt((i == 0 ? 1.0 : 2.0) / n) *
         std::cos(std::numbers::pi * (2.0 * static_cast<double>(m) + 1.0) * static_cast<double>(i) /
                  (2.0 * n));
}

// The forward transform by its formula, in the order of the anti-diagonals.
std::vector<double> forward(const std::vector<double>& matrix, std::size_t rows,
                            std::size_t columns) {
  std::vector<double> coefficients;
  for (std::size_t sum = 0; sum + 1 < rows + columns; ++sum) {
    for (std::size_t i = 0; i <= sum; ++i) {
      if (i >= rows || sum - i >= columns) continue;
      double value = 0.0;
      for (std::size_t m = 0; m < rows; ++m) {
        for (std::size_t n = 0; n < columns; ++n) {
          value += matrix[m * columns + n] * wave(i, m, rows) * wave(sum - i, n, columns);
        }
      }
      coefficients.push_back(value);
    }
  }
  return coefficients;
}

std::vector<double> normals(std::size_t count, std::uint64_t seed) {
  Stream stream(stream_key(seed, "dct"), 0);
  std::vector<double> values(count);
  for (double& value : values) value = stream.normal();
  return values;
}

double energy(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value * value;
  return sum;
}

struct Size {
  std::size_t rows, columns;
};
constexpr Size kSizes[] = {{1, 1}, {1, 7}, {6, 1}, {8, 11}, {32, 115}, {5, 5}};

TEST(CosineTransform, ReachesAnyMatrixWithAllCoefficients) {
  for (const Size size : kSizes) {
    const std::vector<double> matrix = normals(size.rows * size.columns, 1);
    CosineTransform transform(size.rows, size.columns, matrix.size());
    std::vector<double> painted(matrix.size());
    transform.inverse(forward(matrix, size.rows, size.columns), painted);
    for (std::size_t i = 0; i < matrix.size(); ++i) ASSERT_NEAR(painted[i], matrix[i], 1e-12);
  }
}

TEST(CosineTransform, OneCoefficientPaintsAConstantMatrix) {
  CosineTransform transform(32, 115, 1);
  std::vector<double> painted(32 * 115);
  transform.inverse(std::vector<double>{2.0}, painted);
  for (const double weight : painted) ASSERT_NEAR(weight, 2.0 / std::sqrt(32.0 * 115.0), 1e-15);
}

TEST(CosineTransform, KeepsTheEnergy) {
  for (const Size size : kSizes) {
    const std::size_t weights = size.rows * size.columns;
    for (const std::size_t count : {std::size_t{1}, (weights + 1) / 2, weights}) {
      const std::vector<double> coefficients = normals(count, count);
      CosineTransform transform(size.rows, size.columns, count);
      std::vector<double> painted(weights);
      transform.inverse(coefficients, painted);
      EXPECT_NEAR(energy(painted) / energy(coefficients), 1.0, 1e-11);
    }
  }
}

TEST(CosineTransform, MoreCoefficientsOfASmoothMatrixNeverFitWorse) {
  std::vector<double> matrix;
  for (int m = 0; m < 9; ++m) {
    for (int n = 0; n < 12; ++n) matrix.push_back(std::exp(-0.05 * (m * m + 0.5 * n * n)));
  }
  const std::vector<double> coefficients = forward(matrix, 9, 12);
  double last = energy(matrix);
  const double first = last;
  for (std::size_t count = 1; count <= matrix.size(); ++count) {
    CosineTransform transform(9, 12, count);
    std::vector<double> painted(matrix.size());
    transform.inverse(std::span(coefficients).first(count), painted);
    for (std::size_t i = 0; i < matrix.size(); ++i) painted[i] -= matrix[i];
    EXPECT_LE(energy(painted), last + 1e-12);
    last = energy(painted);
    if (count == 20) {
      EXPECT_LT(last, 1e-2 * first);
    }
  }
  EXPECT_LT(last, 1e-20);
}

TEST(CosineTransform, PlacesCoefficientsAlongAntiDiagonalsFromTheCorner) {
  // 2 x 3: places (0,0) (0,1) (1,0) (0,2) (1,1) (1,2)
  constexpr Size places[] = {{0, 0}, {0, 1}, {1, 0}, {0, 2}, {1, 1}, {1, 2}};
  for (std::size_t c = 0; c < 6; ++c) {
    std::vector<double> coefficients(6, 0.0);
    coefficients[c] = 1.0;
    CosineTransform transform(2, 3, 6);
    std::vector<double> painted(6);
    transform.inverse(coefficients, painted);
    for (std::size_t m = 0; m < 2; ++m) {
      for (std::size_t n = 0; n < 3; ++n) {
        EXPECT_NEAR(painted[m * 3 + n], wave(places[c].rows, m, 2) * wave(places[c].columns, n, 3),
                    1e-15);
      }
    }
  }
}

// Fixture: scipy 1.10.1, scipy.fft.idctn(G, norm="ortho") of the 3 x 4 matrix G that these fill.
TEST(CosineTransform, EqualsScipysIdctn) {
  const std::vector<double> coefficients = {1.5, -2.0, 0.75, 0.5, 3.0, -1.25, 0.25};
  const std::vector<double> expected = {
      1.2578924141399983,  0.46595737050813457, 0.13141262149157318, -0.08317215295066471,
      0.372373617047856,   0.39223272363528766, 1.2057382717139955,  1.8029476474910529,
      -2.0440762692837726, -1.212423012477045,  0.7491328326969318,  2.1581363586932847};
  CosineTransform transform(3, 4, coefficients.size());
  std::vector<double> painted(12);
  transform.inverse(coefficients, painted);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_NEAR(painted[i], expected[i], 1e-13);
}

TEST(CosineTransform, OrdersThreeAxesBySimplexesAndReachesAnyArray) {
  const std::vector<std::size_t> axes = {2, 3, 4};
  // (0,0,0) (0,0,1) (0,1,0) (1,0,0) (0,0,2) (0,1,1) (0,2,0)
  EXPECT_EQ(lowest_frequencies(axes, axes, 7), (std::vector<std::uint32_t>{0, 1, 4, 12, 2, 5, 8}));
  // Below a corner of 2 x 1 x 2: (0,0,0) (0,0,1) (1,0,0) (1,0,1)
  EXPECT_EQ(lowest_frequencies(axes, std::vector<std::size_t>{2, 1, 2}, 4),
            (std::vector<std::uint32_t>{0, 1, 12, 13}));
  const std::vector<double> array = normals(24, 5);
  const std::vector<std::uint32_t> places = lowest_frequencies(axes, axes, 24);
  std::vector<double> coefficients;
  for (const std::uint32_t place : places) {
    double value = 0.0;
    for (std::size_t at = 0; at < 24; ++at) {
      value += array[at] * wave(place / 12, at / 12, 2) * wave(place / 4 % 3, at / 4 % 3, 3) *
               wave(place % 4, at % 4, 4);
    }
    coefficients.push_back(value);
  }
  CosineTransform transform(axes);
  transform.hold(places);
  std::vector<double> painted(24);
  transform.inverse(coefficients, painted);
  for (std::size_t i = 0; i < 24; ++i) EXPECT_NEAR(painted[i], array[i], 1e-12);
  EXPECT_NEAR(energy(coefficients) / energy(array), 1.0, 1e-11);
}

// Fixture: scipy 1.17.1, scipy.fft.idctn(G, norm="ortho") of the 2 x 3 x 4 array G in which these stand
// at the places above.
TEST(CosineTransform, EqualsScipysIdctnInThreeDimensions) {
  const std::vector<double> coefficients = {1.5, -2.0, 0.75, 0.5, 3.0, -1.25, 0.25};
  const std::vector<double> expected = {
      0.30250209466596456,  -0.37060591739366089, 0.40952641057850125,   2.185908141302054,
      0.4150498457167775,   -0.49723531157102924, -0.055350546190240102, 1.4818540393051316,
      0.74410394771369992,  -0.40735835480228788, -0.30372115201287186,  0.99430628825431855,
      0.098377949434032996, -0.57473006262559245, 0.20540226534656963,   1.9817839960701225,
      0.21092570048484593,  -0.70135945680296086, -0.25947469142217167,  1.2777298940732,
      0.53997980248176836,  -0.61148250003421944, -0.50784529724480354,  0.79018214302238698};
  CosineTransform transform(std::vector<std::size_t>{2, 3, 4});
  transform.hold(lowest_frequencies(transform.axes(), transform.axes(), coefficients.size()));
  std::vector<double> painted(24);
  transform.inverse(coefficients, painted);
  for (std::size_t i = 0; i < 24; ++i) EXPECT_NEAR(painted[i], expected[i], 1e-13);
}

TEST(CosineTransform, HoldsAnyFrequenciesOneAfterAnother) {
  CosineTransform once(std::vector<std::size_t>{6, 5});
  once.hold(std::vector<std::uint32_t>{29});
  CosineTransform often(std::vector<std::size_t>{6, 5});
  std::vector<double> painted(30), expected(30);
  often.inverse({}, painted);
  EXPECT_EQ(painted, expected);
  for (const std::uint32_t place : {7U, 3U, 29U}) often.hold(std::vector<std::uint32_t>{place});
  once.inverse(std::vector<double>{2.0}, expected);
  often.inverse(std::vector<double>{2.0}, painted);
  EXPECT_EQ(painted, expected);
}

}  // namespace
}  // namespace cambrian
