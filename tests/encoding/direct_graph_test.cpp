#include "cambrian/encoding/direct_graph.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "cambrian/genome/graph/graph_space.hpp"
#include "tests/encoding/bodies.hpp"
#include "tests/network/birth.hpp"
#include "tests/network/formulas.hpp"

namespace cambrian {
namespace {

double sigmoid(double x) { return formula(Activation::neat_sigmoid, x); }

TEST(DirectGraph, TheSeedTakesTwoUpdatesFromSensorToMotor) {
  const DirectGraph encoding({}, maze_body());
  const auto space = encoding.genome().front().make(GraphGenomeParameters{});
  const auto population = space->make_population();
  population->resize(1);
  space->initialise(*population, 0, population->size(), stream_key(1, "seed"), 0);
  const auto decoder = encoding.make_decoder(maze_body());
  Network& network = decoder->decode(*population, 0);
  EXPECT_EQ(network.inputs(), 10U);
  EXPECT_EQ(network.outputs(), 2U);
  EXPECT_EQ(network.nodes(), 14U);
  EXPECT_EQ(network.links(), 13U);
  EXPECT_TRUE(network.stateful());
  EXPECT_EQ(network.input_range(), (SignalRange{0.0F, 1.0F}));
  EXPECT_EQ(network.output_range(), (SignalRange{0.0F, 1.0F}));

  network.reset(1, birth());
  const std::vector<float> sensors(10, 0.5F);
  std::vector<float> motors(2);
  network.activate(sensors, motors);
  EXPECT_EQ(motors, std::vector<float>(2, 0.0F));
  network.activate(sensors, motors);

  const Graph& graph = dynamic_cast<const GraphPopulation&>(*population)[0];
  double sum = 0.0;
  for (const EdgeGene& link : graph.edges) {
    if (link.target != 13) continue;
    sum += static_cast<double>(link.weight) *
           (graph.nodes[link.source].kind == NodeKind::bias ? 1.0 : 0.5);
  }
  for (const EdgeGene& link : graph.edges) {
    if (link.source != 13) continue;
    EXPECT_NEAR(motors[link.target - 11], sigmoid(static_cast<double>(link.weight) * sigmoid(sum)),
                1e-6);
  }
}

TEST(DirectGraph, WithoutRecurrentLinksAnUpdateReachesTheMotors) {
  DirectGraphParameters parameters;
  parameters.recurrent = false;
  const DirectGraph encoding(parameters, maze_body());
  const auto space = encoding.genome().front().make(GraphGenomeParameters{});
  EXPECT_TRUE(dynamic_cast<const GraphSpace&>(*space).shape().acyclic);
  const auto population = space->make_population();
  population->resize(1);
  space->initialise(*population, 0, 1, stream_key(1, "seed"), 0);
  const auto recurrent = DirectGraph({}, maze_body());
  const auto other_space = recurrent.genome().front().make(GraphGenomeParameters{});
  const auto same = other_space->make_population();
  same->resize(1);
  other_space->initialise(*same, 0, 1, stream_key(1, "seed"), 0);
  const auto decoder = encoding.make_decoder(maze_body());
  const auto other = recurrent.make_decoder(maze_body());
  const std::vector<float> sensors(10, 0.5F);
  std::vector<float> once(2), twice(2);
  Network& network = decoder->decode(*population, 0);
  EXPECT_FALSE(network.stateful());
  network.reset(1, birth());
  network.activate(sensors, once);
  Network& stepped = other->decode(*same, 0);
  stepped.reset(1, birth());
  for (int update = 0; update < 2; ++update) stepped.activate(sensors, twice);
  EXPECT_EQ(once, twice);
}

TEST(DirectGraph, LeavesOutDisabledLinksAndKeepsLoops) {
  GraphPopulation population;
  population.resize(1);
  population[0].nodes = {node(NodeKind::input), node(NodeKind::bias),
                         node(NodeKind::output, Activation::neat_sigmoid)};
  population[0].edges = {edge(0, 2, 0.3F), edge(1, 2, 5.0F, false), edge(2, 2, -0.7F)};
  NetworkInterface body;
  body.sensors.resize(1);
  body.motors.resize(1);
  const auto decoder = DirectGraph({}, body).make_decoder(body);
  Network& network = decoder->decode(population, 0);
  EXPECT_EQ(network.links(), 2U);
  network.reset(1, birth());
  const std::vector<float> sensors = {0.8F};
  std::vector<float> motors(1);
  double expected = 0.0;
  for (int update = 0; update < 5; ++update) {
    network.activate(sensors, motors);
    expected = sigmoid(0.3 * 0.8 - 0.7 * expected);
    EXPECT_NEAR(motors[0], expected, 1e-6);
  }
}

TEST(DirectGraph, OneHiddenNodeInTheSeedIsAChoice) {
  DirectGraphParameters parameters;
  parameters.one_hidden = false;
  const auto space =
      DirectGraph(parameters, maze_body()).genome().front().make(GraphGenomeParameters{});
  EXPECT_FALSE(dynamic_cast<const GraphSpace&>(*space).shape().one_hidden);
  EXPECT_FALSE(dynamic_cast<const GraphSpace&>(*space).shape().acyclic);
}

}  // namespace
}  // namespace cambrian
