#include "cambrian/network/feed_forward.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "cambrian/core/stream.hpp"
#include "tests/network/allocations.hpp"
#include "tests/network/birth.hpp"
#include "tests/network/formulas.hpp"

namespace cambrian {
namespace {

using Shapes = std::vector<LayerShape>;

void randomise(FeedForwardNetwork& network, std::uint64_t seed) {
  Stream stream(stream_key(seed, "weights"), 0);
  for (std::size_t layer = 0; layer < network.layers(); ++layer) {
    for (std::size_t i = 0; i < network.layer_inputs(layer); ++i) {
      for (float& w : network.weights_from(layer, i)) w = stream.uniform_float(-1.0F, 1.0F);
    }
    for (float& b : network.biases(layer)) b = stream.uniform_float(-1.0F, 1.0F);
  }
}

std::vector<float> random_sensors(std::size_t count) {
  Stream stream(stream_key(3, "sensors"), 0);
  std::vector<float> sensors;
  for (std::size_t i = 0; i < count; ++i) sensors.push_back(stream.uniform_float(-1.0F, 1.0F));
  return sensors;
}

std::vector<double> by_formula(FeedForwardNetwork& network, const Shapes& shapes,
                               std::vector<double> values) {
  for (std::size_t layer = 0; layer < shapes.size(); ++layer) {
    std::vector<double> next(shapes[layer].neurons);
    for (std::size_t n = 0; n < next.size(); ++n) {
      double sum = network.biases(layer)[n];
      for (std::size_t i = 0; i < values.size(); ++i) {
        sum += static_cast<double>(network.weights_from(layer, i)[n]) * values[i];
      }
      next[n] = formula(shapes[layer].function, sum);
    }
    values = next;
  }
  return values;
}

TEST(FeedForwardNetwork, EqualsItsFormulaForLayersOfManySizes) {
  for (const std::size_t hidden : {1U, 7U, 8U, 9U, 24U, 40U, 57U}) {
    const Shapes shapes = {{hidden, Activation::tanh}, {5, Activation::steep_sigmoid}};
    FeedForwardNetwork network(10, shapes, {0.0F, 1.0F});
    randomise(network, hidden);
    network.reset(1, birth());
    const std::vector<float> sensors = random_sensors(10);
    std::vector<float> motors(5);
    network.activate(sensors, motors);
    const auto expected = by_formula(network, shapes, {sensors.begin(), sensors.end()});
    for (std::size_t o = 0; o < 5; ++o) EXPECT_NEAR(motors[o], expected[o], 1e-5) << hidden;
  }
}

TEST(FeedForwardNetwork, ALaneHasTheSameBitsAmongAnyNumberOfLanes) {
  const Shapes shapes = {{13, Activation::tanh}, {9, Activation::gaussian}, {3, Activation::tanh}};
  FeedForwardNetwork network(6, shapes, {-1.0F, 1.0F});
  randomise(network, 1);
  const std::size_t lanes = 21;
  const std::vector<float> sensors = random_sensors(lanes * 6);
  std::vector<float> together(lanes * 3);
  network.reset(lanes, birth());
  network.activate(sensors, together);
  network.reset(1, birth());
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    std::vector<float> alone(3);
    network.activate(std::span(sensors).subspan(lane * 6, 6), alone);
    for (std::size_t o = 0; o < 3; ++o) EXPECT_EQ(alone[o], together[lane * 3 + o]);
  }
}

TEST(FeedForwardNetwork, HasTheRangeOfItsLastFunction) {
  const FeedForwardNetwork sigmoid(1, {{1, Activation::steep_sigmoid}}, {0.0F, 1.0F});
  EXPECT_EQ(sigmoid.output_range(), (SignalRange{0.0F, 1.0F}));
  const FeedForwardNetwork tanh(1, {{1, Activation::tanh}}, {0.0F, 1.0F});
  EXPECT_EQ(tanh.output_range(), (SignalRange{-1.0F, 1.0F}));
}

TEST(FeedForwardNetwork, CountsLinksThatAreNotZero) {
  FeedForwardNetwork network(2, {{3, Activation::tanh}, {1, Activation::tanh}}, {0.0F, 1.0F});
  EXPECT_EQ(network.links(), 0U);
  EXPECT_EQ(network.nodes(), 2U + 1U + 3U + 1U);
  network.weights_from(0, 1)[2] = 0.5F;
  network.biases(1)[0] = -1.0F;
  EXPECT_EQ(network.links(), 2U);
}

TEST(FeedForwardNetwork, AllocatesNothingInAnEpisode) {
  FeedForwardNetwork network(10, {{300, Activation::tanh}, {2, Activation::tanh}}, {0.0F, 1.0F});
  network.reset(4, birth());
  std::vector<float> sensors(40, 0.5F);
  std::vector<float> motors(8);
  const std::size_t before = allocations();
  for (int step = 0; step < 400; ++step) network.activate(sensors, motors);
  EXPECT_EQ(allocations(), before);
}

}  // namespace
}  // namespace cambrian
