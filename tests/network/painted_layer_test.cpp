#include "cambrian/network/painted_layer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

struct Layer {
  std::vector<std::size_t> axes;
  std::size_t neuron_axes;
  std::vector<std::size_t> corner;
};

std::size_t product(const std::vector<std::size_t>& lengths) {
  std::size_t all = 1;
  for (const std::size_t length : lengths) all *= length;
  return all;
}

template <class T>
std::vector<T> normals(std::size_t count, std::uint64_t seed) {
  Stream stream(stream_key(seed, "painted"), 0);
  std::vector<T> values(count);
  for (T& value : values) value = static_cast<T>(stream.normal());
  return values;
}

CosineTransform transform_of(const Layer& layer, std::size_t coefficients) {
  CosineTransform transform(layer.axes);
  transform.hold(lowest_frequencies(layer.axes, layer.corner, coefficients));
  return transform;
}

const std::vector<Layer> kLayers = {{{256, 4096}, 1, {14, 14}},
                                    {{7, 5}, 1, {7, 5}},
                                    {{800, 28, 28}, 1, {24, 8, 8}},
                                    {{20, 40, 9}, 2, {4, 5, 3}},
                                    {{4, 6, 5, 7, 3}, 2, {2, 3, 2, 4, 3}},
                                    {{32, 115}, 1, {6, 7}},
                                    {{1, 1}, 1, {1, 1}}};

// Both in double precision: sum of products of the painted matrix, and the factors.
TEST(PaintedLayer, GivesInFactorsWhatThePaintedMatrixGives) {
  for (const Layer& layer : kLayers) {
    for (const std::size_t lanes : {1U, 3U, 32U}) {
      const std::size_t count = (product(layer.corner) + 1) / 2;
      CosineTransform transform = transform_of(layer, count);
      const auto coefficients = normals<double>(count, 1);
      PaintedLayer<double> painted;
      painted.load(transform, layer.neuron_axes, coefficients, PaintedProduct::factorised);
      ASSERT_TRUE(painted.factorised());
      const auto x = normals<double>(lanes * painted.sources(), 2);
      std::vector<double> y(lanes * painted.neurons());
      painted.multiply(x, lanes, y);
      std::vector<double> matrix(transform.size());
      transform.inverse(coefficients, matrix);
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t n = 0; n < painted.neurons(); ++n) {
          double sum = 0.0;
          for (std::size_t s = 0; s < painted.sources(); ++s) {
            sum += matrix[n * painted.sources() + s] * x[lane * painted.sources() + s];
          }
          ASSERT_NEAR(y[lane * painted.neurons() + n], sum, 1e-10);
        }
      }
    }
  }
}

// A layer of Elman in double precision: h = tanh(W x + U h), W and U in factors and dense.
TEST(PaintedLayer, KeepsARecurrentLayerWithinRoundingErrorsForManyUpdates) {
  const std::vector<Layer> matrices = {{{5, 8, 6, 7}, 2, {3, 3, 4, 3}},
                                       {{5, 8, 5, 8}, 2, {3, 3, 3, 3}}};
  std::vector<std::vector<double>> lives;
  for (const auto product : {PaintedProduct::factorised, PaintedProduct::dense}) {
    std::vector<PaintedLayer<double>> painted(2);
    for (std::size_t m = 0; m < 2; ++m) {
      CosineTransform transform = transform_of(matrices[m], 80);
      painted[m].load(transform, 2, normals<double>(80, 10 + m), product);
      ASSERT_EQ(painted[m].factorised(), product == PaintedProduct::factorised);
    }
    std::vector<double> h(40), from_below(40), from_itself(40);
    for (std::uint64_t update = 0; update < 20; ++update) {
      painted[0].multiply(normals<double>(42, 20 + update), 1, from_below);
      painted[1].multiply(h, 1, from_itself);
      for (std::size_t n = 0; n < 40; ++n) h[n] = std::tanh(from_below[n] + from_itself[n]);
    }
    lives.push_back(h);
  }
  for (std::size_t n = 0; n < 40; ++n) ASSERT_NEAR(lives[0][n], lives[1][n], 1e-10);
}

TEST(PaintedLayer, GivesInFactorsWhatItGivesDenseInSinglePrecision) {
  for (const Layer& layer : kLayers) {
    const std::size_t count = product(layer.corner);
    CosineTransform transform = transform_of(layer, count);
    const auto coefficients = normals<double>(count, 3);
    PaintedLayer<float> factors;
    PaintedLayer<float> dense;
    factors.load(transform, layer.neuron_axes, coefficients, PaintedProduct::factorised);
    dense.load(transform, layer.neuron_axes, coefficients, PaintedProduct::dense);
    ASSERT_FALSE(dense.factorised());
    const auto x = normals<float>(2 * dense.sources(), 4);
    std::vector<float> y(2 * dense.neurons());
    std::vector<float> expected(y.size());
    factors.multiply(x, 2, y);
    dense.multiply(x, 2, expected);
    for (std::size_t i = 0; i < y.size(); ++i) ASSERT_NEAR(y[i], expected[i], 1e-4);
  }
}

TEST(PaintedLayer, CountsTheMultiplyAddsOfTheReference) {
  const CosineTransform transform = transform_of(kLayers.front(), 14 * 14);
  EXPECT_EQ(dense_multiply_adds(transform), 1'048'576U);
  EXPECT_EQ(factorised_multiply_adds(transform, 1), 14U * 4096 + 14 * 14 + 256 * 14);
  const CosineTransform digits = transform_of(kLayers[2], 24 * 8 * 8);
  EXPECT_EQ(factorised_multiply_adds(digits, 1), 28U * 28 * 8 + 28 * 8 * 8 + 24 * 64 + 24 * 800);
}

TEST(PaintedLayer, IsFactorisedWhereThatTakesAtMostHalfTheMultiplyAdds) {
  EXPECT_TRUE(is_factorised(transform_of(kLayers[0], 196), 1, PaintedProduct::automatic));
  EXPECT_FALSE(is_factorised(transform_of(kLayers[1], 35), 1, PaintedProduct::automatic));
}

}  // namespace
}  // namespace cambrian
