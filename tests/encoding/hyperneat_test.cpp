#include "cambrian/encoding/hyperneat.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/cppn_compile.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/network/feed_forward.hpp"
#include "cambrian/network/wiring.hpp"
#include "tests/encoding/bodies.hpp"
#include "tests/encoding/slow_cppn.hpp"
#include "tests/network/allocations.hpp"
#include "tests/network/birth.hpp"

namespace cambrian {
namespace {

double expressed(double answer) {
  if (std::abs(answer) <= 0.2) return 0.0;
  return std::copysign((std::abs(answer) - 0.2) / 0.8 * 3.0, answer);
}

/// The kind of the source is asked for in links only; a CPPN of 4 inputs is asked for x and y.
double slow_weight(const Graph& cppn, SubstratePoint source, SubstratePoint target) {
  return expressed(slow_output(
      cppn, 0, {source.x, source.y, target.x, target.y, target.layer, source.kind}, 1.0));
}

double slow_bias(const Graph& cppn, SubstratePoint target) {
  return 3.0 * slow_output(cppn, 1, {0.0, 0.0, target.x, target.y, target.layer, 0.0}, 1.0);
}

NetworkInterface two_kinds() {
  NetworkInterface body = maze_body();
  for (std::size_t i = 0; i < 10; ++i) body.sensors[i].kind = i < 6 ? "rangefinder" : "radar";
  return body;
}

TEST(Hyperneat, TheMazeSubstrateHasTenSensorsTenHiddenNeuronsAndTwoMotors) {
  const Hyperneat encoding({}, maze_body());
  const auto& sheets = encoding.sheets();
  ASSERT_EQ(sheets.size(), 3U);
  ASSERT_EQ(sheets[0].size(), 10U);
  ASSERT_EQ(sheets[1].size(), 10U);
  ASSERT_EQ(sheets[2].size(), 2U);
  EXPECT_EQ(sheets[0][6].y, -1.2F);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_FLOAT_EQ(sheets[1][i].x, -1.0F + 2.0F * static_cast<float>(i) / 9.0F);
    EXPECT_EQ(sheets[1][i].y, 0.0F);
  }
  EXPECT_EQ(sheets[2][1].x, 1.0F);
}

TEST(Hyperneat, ComputesWhatItsRulesSayForRandomCppns) {
  const Hyperneat encoding({}, two_kinds());
  const auto decoder = encoding.make_decoder(two_kinds());
  GraphPopulation population;
  population.resize(1);
  const std::vector<float> sensors = {0.0F, 0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 1.0F, 0.0F, 1.0F, 0.0F};
  int silent = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    population[0] = random_cppn(seed, 6, 2);
    Network& network = decoder->decode(population, 0);
    EXPECT_FALSE(network.stateful());
    network.reset(1, birth());
    std::vector<float> motors(2);
    network.activate(sensors, motors);
    std::vector<double> values(sensors.begin(), sensors.end());
    std::size_t links = 0;
    for (std::size_t layer = 1; layer < 3; ++layer) {
      std::vector<double> next;
      for (const SubstratePoint target : encoding.sheets()[layer]) {
        double sum = slow_bias(population[0], target);
        links += sum != 0.0 ? 1 : 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
          const SubstratePoint source = encoding.sheets()[layer - 1][i];
          const double weight = slow_weight(population[0], source, target);
          links += weight != 0.0 ? 1 : 0;
          sum += weight * values[i];
        }
        next.push_back(formula(Activation::steep_sigmoid, sum));
      }
      values = next;
    }
    for (std::size_t o = 0; o < 2; ++o) ASSERT_NEAR(motors[o], values[o], 2e-3) << seed;
    ASSERT_NEAR(static_cast<double>(network.links()), static_cast<double>(links), 1.0) << seed;
    silent += network.links() == 0 ? 1 : 0;
  }
  EXPECT_LT(silent, 30);
}

TEST(Hyperneat, ExpressesAnswersBeyondTheThresholdLinearly) {
  std::vector<float> weights = {0.0F, 0.2F, -0.2F, 0.6F, -0.6F, 1.0F, -1.0F, 0.1F};
  express({}, weights);
  const float expected[] = {0.0F, 0.0F, 0.0F, 1.5F, -1.5F, 3.0F, -3.0F, 0.0F};
  for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(weights[i], expected[i], 1e-6);
  std::vector<float> poison = {std::numeric_limits<float>::quiet_NaN()};
  express({}, poison);
  EXPECT_TRUE(std::isnan(poison[0]));
}

Sheet grid_of(std::int64_t width, std::int64_t height) {
  return make_grid(std::vector<std::int64_t>{width, height}, 2, 0.0F);
}

TEST(Hyperneat, PaintsGridsAsTheFormulaDoes) {
  const Sheet grid = grid_of(5, 4);
  ASSERT_EQ(grid.size(), 20U);
  EXPECT_EQ(grid[0].x, -1.0F);
  EXPECT_EQ(grid[1].x, -0.5F);
  EXPECT_EQ(grid[19].y, 1.0F);
  Substrate substrate({grid, grid_of(3, 3)}, {});
  EXPECT_EQ(substrate.links(), 180U);
  const Graph cppn = random_cppn(5, 4, 2);
  CppnCompiler compiler;
  CppnProgram program;
  FeedForwardNetwork network(20, {{9, Activation::steep_sigmoid}}, {0.0F, 1.0F});
  const std::vector<std::uint32_t> weight_output = {0};
  const std::vector<std::uint32_t> bias_output = {1};
  const SubstrateOutputs outputs = {{LinkNumber::weight}, false, {LinkNumber::weight}};
  for (int round = 0; round < 2; ++round) {  // the second time with coordinates that are kept
    compiler.compile(cppn, weight_output, 1.0F, program);
    substrate.paint_links(program, outputs, {}, network);
    compiler.compile(cppn, bias_output, 1.0F, program);
    substrate.paint_neurons(program, outputs, 3.0F, network);
    for (std::size_t t = 0; t < 9; ++t) {
      const SubstratePoint target = substrate.sheets()[1][t];
      EXPECT_NEAR(network.biases(0)[t], slow_bias(cppn, target), 1e-4);
      for (std::size_t s = 0; s < 20; ++s) {
        EXPECT_NEAR(network.weights_from(0, s)[t], slow_weight(cppn, grid[s], target), 1e-4);
      }
    }
  }
}

Graph seed_of(const HyperneatParameters& parameters) {
  const auto space =
      Hyperneat(parameters, two_kinds()).genome().front().make(GraphGenomeParameters{});
  const auto population = space->make_population();
  population->resize(1);
  space->initialise(*population, 0, population->size(), stream_key(1, "seed"), 0);
  return dynamic_cast<const GraphPopulation&>(*population)[0];
}

void expect_outputs(const Graph& seed, Activation activation) {
  for (const NodeGene& gene : seed.nodes) {
    if (gene.kind == NodeKind::output) {
      EXPECT_EQ(gene.activation, activation);
    }
  }
}

TEST(Hyperneat, SeedCppnsLinkEveryInputToBothOutputs) {
  const Graph seed = seed_of({});
  EXPECT_EQ(seed.nodes.size(), 9U);  // x1, y1, x2, y2, l2, k1, bias; weight, bias of a neuron
  EXPECT_EQ(seed.edges.size(), 14U);
  expect_outputs(seed, Activation::tanh);
}

TEST(Hyperneat, ThePublishedCppnHasFourInputsAndSteeperOutputs) {
  HyperneatParameters published;
  published.layer_coordinate = false;
  published.kind_coordinate = false;
  published.cppn.cppn_output = Activation::bipolar_sigmoid;
  const Graph seed = seed_of(published);
  EXPECT_EQ(seed.nodes.size(), 7U);
  EXPECT_EQ(seed.edges.size(), 10U);
  expect_outputs(seed, Activation::bipolar_sigmoid);
}

TEST(Hyperneat, LayersAndKindsOfSensorsHaveCoordinatesOfTheirOwn) {
  HyperneatParameters parameters;
  parameters.hidden = {{3}, {4}, {5}};
  const std::vector<Sheet> sheets = Hyperneat(parameters, two_kinds()).sheets();
  ASSERT_EQ(sheets.size(), 5U);
  for (std::size_t layer = 0; layer < 5; ++layer) {
    for (std::size_t i = 0; i < sheets[layer].size(); ++i) {
      EXPECT_EQ(sheets[layer][i].layer, -1.0F + 0.5F * static_cast<float>(layer));
      EXPECT_EQ(sheets[layer][i].kind, layer > 0 ? 0.0F : (i < 6 ? -1.0F : 1.0F));
    }
  }
}

TEST(Hyperneat, OneLayerOfLinksAndOneKindOfSensorNeedNoCoordinate) {
  HyperneatParameters parameters;
  parameters.hidden = {};
  EXPECT_EQ(seed_of(parameters).nodes.size(), 8U);  // x1, y1, x2, y2, k1, bias; two outputs
  parameters.kind_coordinate = false;
  EXPECT_EQ(seed_of(parameters).nodes.size(), 7U);
  parameters.hidden = {{10}};
  EXPECT_EQ(seed_of(parameters).nodes.size(), 8U);  // l2 instead
  const Hyperneat of_one_kind({}, maze_body());
  const auto space = of_one_kind.genome().front().make(GraphGenomeParameters{});
  EXPECT_EQ(dynamic_cast<const GraphSpace&>(*space).shape().inputs, 5U);
}

/// Two sensors of different kinds, and a hidden neuron and a motor, all at one place.
TEST(Hyperneat, NeuronsWhosePlacesCoincideAreToldApart) {
  NetworkInterface body;
  body.sensors = {{"near", {0.0F, 1.0F}, {0.0, 0.0}, "distance"},
                  {"lit", {0.0F, 1.0F}, {0.0, 0.0}, "light"}};
  body.motors = {{"motor", {0.0F, 1.0F}, {0.0, 0.0}}};
  HyperneatParameters parameters;
  parameters.hidden = {{1}};
  // Weights: tanh(0.5 bias - l2 + 2 k1); biases: tanh(2 l2). l2 is 0 into the hidden neuron and 1
  // into the motor; k1 is -1 and 1 for the sensors and 0 for the hidden neuron.
  GraphPopulation population;
  population.resize(1);
  for (int i = 0; i < 6; ++i) population[0].nodes.push_back(node(NodeKind::input));
  population[0].nodes.push_back(node(NodeKind::bias));
  for (int i = 0; i < 2; ++i) {
    population[0].nodes.push_back(node(NodeKind::output, Activation::tanh));
  }
  population[0].edges = {edge(4, 7, -1.0F), edge(4, 8, 2.0F), edge(5, 7, 2.0F), edge(6, 7, 0.5F)};
  const Wiring wiring = Hyperneat(parameters, body).wiring(body, population, 0);
  ASSERT_EQ(wiring.nodes.size(), 4U);
  ASSERT_EQ(wiring.links.size(), 3U);
  EXPECT_NEAR(wiring.links[0].weight, expressed(std::tanh(0.5 - 2.0)), 1e-5);
  EXPECT_NEAR(wiring.links[1].weight, expressed(std::tanh(0.5 + 2.0)), 1e-5);
  EXPECT_NEAR(wiring.links[2].weight, expressed(std::tanh(0.5 - 1.0)), 1e-5);
  EXPECT_NEAR(wiring.nodes[2].bias, 0.0, 1e-5);
  EXPECT_NEAR(wiring.nodes[3].bias, 3.0 * std::tanh(2.0), 1e-5);
}

TEST(Hyperneat, IteratedLearningAsksTheCppnForTheChangeOfEachWeight) {
  HyperneatParameters parameters;
  parameters.learning.learning = LearningRule::iterated;
  parameters.learning.rate_scale = 0.5;
  const Hyperneat encoding(parameters, maze_body());
  EXPECT_EQ(encoding.inputs().names(),
            (std::vector<std::string>{"x1", "y1", "x2", "y2", "l2", "pre", "post", "w"}));
  EXPECT_EQ(encoding.outputs(), (std::vector<std::string>{"weight", "bias", "change"}));
  const auto decoder = encoding.make_decoder(maze_body());
  GraphPopulation population;
  population.resize(1);
  std::size_t changed = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    population[0] = random_cppn(seed, 8, 3);
    auto& network = dynamic_cast<LayeredNetwork&>(decoder->decode(population, 0));
    network.reset(1, birth());
    const std::vector<float> sensors = {0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F, 1.0F};
    std::vector<float> motors(2);
    network.activate(sensors, motors);
    const auto& read = std::as_const(network);
    const auto& sheets = encoding.sheets();
    std::vector<double> hidden(10);
    const auto painted = [&](std::size_t l, std::size_t i, std::size_t n) {
      const SubstratePoint from = sheets[l][i], to = sheets[l + 1][n];
      return expressed(
          slow_output(population[0], 0, {from.x, from.y, to.x, to.y, to.layer, 0, 0, 0}, 1.0));
    };
    for (std::size_t n = 0; n < 10; ++n) {
      double sum = read.column(LinkNumber::weight, 0, 10)[n];
      for (std::size_t i = 0; i < 10; ++i)
        sum += static_cast<double>(sensors[i]) * painted(0, i, n);
      hidden[n] = 1.0 / (1.0 + std::exp(-4.9 * sum));
    }
    for (std::size_t i = 0; i < 10; ++i) {
      for (std::size_t o = 0; o < 2; ++o) {
        const double before = painted(1, i, o);
        const SubstratePoint from = sheets[1][i], to = sheets[2][o];
        const double change = 0.5 * slow_output(population[0], 2,
                                                {from.x, from.y, to.x, to.y, to.layer, hidden[i],
                                                 static_cast<double>(motors[o]), before},
                                                1.0);
        const double after = read.column(LinkNumber::weight, 1, i)[o];
        EXPECT_NEAR(after, before == 0.0 ? 0.0 : before + change, 2e-3) << seed;
        changed += before != 0.0 && std::abs(change) > 0.01 ? 1U : 0U;
      }
    }
  }
  EXPECT_GT(changed, 30U);
}

TEST(Hyperneat, ItsWiringHasTheCppnOfIteratedLearningAndWhereEveryNeuronLies) {
  HyperneatParameters parameters;
  EXPECT_FALSE(Hyperneat(parameters, two_kinds()).make_decoder(two_kinds())->wiring().changes);
  parameters.learning.learning = LearningRule::iterated;
  const Hyperneat encoding(parameters, two_kinds());
  const auto decoder = encoding.make_decoder(two_kinds());
  GraphPopulation population;
  population.resize(1);
  population[0] = random_cppn(3, encoding.inputs().count(), 3);
  decoder->decode(population, 0).reset(1, birth());
  const Wiring wiring = decoder->wiring();
  ASSERT_TRUE(wiring.changes);
  EXPECT_EQ(wiring.changes->inputs, encoding.inputs().names());
  std::vector<std::string> axes;
  for (const auto& [axis, places] : wiring.changes->coordinates) {
    axes.push_back(axis);
    ASSERT_EQ(places.size(), wiring.nodes.size());
    std::size_t node = 0;
    for (const Sheet& sheet : encoding.sheets()) {
      for (const SubstratePoint& point : sheet) {
        const float place = axis == "x"   ? point.x
                            : axis == "y" ? point.y
                            : axis == "l" ? point.layer
                                          : point.kind;
        EXPECT_EQ(places[node++], place) << axis;
      }
    }
  }
  EXPECT_EQ(axes, (std::vector<std::string>{"x", "y", "l", "k"}));
  ASSERT_EQ(wiring.changes->cppn.outputs.size(), 1U);
  // The rule as it is listed gives what the genome's output gives.
  CppnProgram listed;
  listed.compile(encoding.inputs().count(), wiring.changes->cppn.nodes, wiring.changes->cppn.links,
                 wiring.changes->cppn.outputs);
  std::vector<float> values(encoding.inputs().count());
  std::vector<const float*> inputs;
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.1F * static_cast<float>(i) - 0.3F;
  for (const float& value : values) inputs.push_back(&value);
  float change = 0;
  float* const result = &change;
  listed.evaluate(inputs, 1, {&result, 1});
  const std::vector<double> point(values.begin(), values.end());
  EXPECT_NEAR(static_cast<double>(change), slow_output(population[0], 2, point, 1.0), 1e-4);
}

TEST(Hyperneat, RefusesBodiesWhoseTerminalsHaveDifferentNumbersOfCoordinates) {
  NetworkInterface body = maze_body();
  body.motors[1].position = {0.5};
  EXPECT_THROW(Hyperneat({}, body), ConfigError);
}

TEST(Hyperneat, ADecoderReusesItsMemory) {
  const auto decoder = Hyperneat({}, two_kinds()).make_decoder(two_kinds());
  GraphPopulation population;
  population.resize(20);
  for (std::size_t i = 0; i < 20; ++i) population[i] = random_cppn(i, 6, 2);
  std::size_t before = 0;
  for (int round = 0; round < 2; ++round) {
    before = allocations();
    for (std::size_t i = 0; i < 20; ++i) decoder->decode(population, i).reset(1, birth());
  }
  EXPECT_EQ(allocations(), before);
}

}  // namespace
}  // namespace cambrian
