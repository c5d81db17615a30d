// What substrates can have beyond the maze's: dimensions, inputs, link expression, learning,
// recurrence, any size.
#include "cambrian/encoding/substrate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/cppn_compile.hpp"
#include "cambrian/encoding/es_hyperneat.hpp"
#include "cambrian/encoding/hyperneat.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "cambrian/network/feed_forward.hpp"
#include "cambrian/network/wiring.hpp"
#include "tests/encoding/bodies.hpp"
#include "tests/encoding/slow_cppn.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// Three sensors and three motors in rows, at x = -1, 0 and 1.
NetworkInterface three_to_three() {
  NetworkInterface body;
  for (int i = -1; i <= 1; ++i) {
    body.sensors.push_back({"s", {0.0F, 1.0F}, {1.0 * i, -1.0}});
    body.motors.push_back({"m", {0.0F, 1.0F}, {1.0 * i, 1.0}});
  }
  return body;
}

GraphPopulation with(Graph cppn) {
  GraphPopulation population;
  population.resize(1);
  population[0] = std::move(cppn);
  return population;
}

GraphPopulation first_cppn(const Encoding& encoding) {
  const auto space = encoding.genome().front().make(GraphGenomeParameters{});
  GraphPopulation population;
  population.resize(1);
  space->initialise(population, 0, 1, stream_key(3, "first"), 0);
  space->check(population, 0);
  return population;
}

TEST(Substrate, GridsSpanTheirOwnDimensionsAndLieAtTheirHeightInTheNext) {
  HyperneatParameters parameters;
  parameters.hidden = {{3}, {2, 2}, {2, 1, 2}};
  const Hyperneat encoding(parameters, three_to_three());
  EXPECT_EQ(encoding.inputs().dimensions, 3U);
  const std::vector<Sheet>& sheets = encoding.sheets();
  ASSERT_EQ(sheets.size(), 5U);
  EXPECT_EQ(sheets[1][0].y, -0.5F);  // a row lies at its y
  EXPECT_EQ(sheets[1][2].x, 1.0F);
  EXPECT_EQ(sheets[1][2].z, 0.0F);
  ASSERT_EQ(sheets[2].size(), 4U);
  EXPECT_EQ(sheets[2][2].x, -1.0F);  // x is fastest
  EXPECT_EQ(sheets[2][2].y, 1.0F);
  EXPECT_EQ(sheets[2][2].z, 0.0F);  // a grid lies at its z, here in the middle
  ASSERT_EQ(sheets[3].size(), 4U);
  EXPECT_EQ(sheets[3][3].z, 1.0F);
  EXPECT_EQ(sheets[3][3].y, 0.0F);
  parameters.heights = {0.25, -0.75, 0.0};
  const Hyperneat other(parameters, three_to_three());
  EXPECT_EQ(other.sheets()[1][0].y, 0.25F);
  EXPECT_EQ(other.sheets()[2][0].z, -0.75F);
}

TEST(Substrate, HiddenNeuronsMayBePutAnywhere) {
  HyperneatParameters parameters;
  parameters.hidden = {{2}, {1}};
  parameters.hidden_points = {0.5, -0.25, 0.0, 1.5, -1.0, 0.75};
  const Hyperneat encoding(parameters, three_to_three());
  const std::vector<Sheet>& sheets = encoding.sheets();
  ASSERT_EQ(sheets.size(), 4U);
  EXPECT_EQ(sheets[1][0].x, 0.5F);
  EXPECT_EQ(sheets[1][0].y, -0.25F);
  EXPECT_EQ(sheets[1][1].x, 0.0F);
  EXPECT_EQ(sheets[1][1].y, 1.5F);
  EXPECT_EQ(sheets[2][0].x, -1.0F);
  EXPECT_EQ(sheets[2][0].y, 0.75F);
  EXPECT_FLOAT_EQ(sheets[2][0].layer, 1.0F / 3);
}

TEST(Substrate, SensorsAndMotorsMayBePutWhereTheConfigurationSays) {
  HyperneatParameters parameters;
  parameters.places.sensor_points = {-1.0, 0.0, 0.25, 0.5, -0.75, 1.0};
  const Hyperneat sensors(parameters, three_to_three());
  EXPECT_EQ(sensors.sheets().front()[1].x, 0.25F);
  EXPECT_EQ(sensors.sheets().front()[2].y, 1.0F);
  const Sheet motors = Hyperneat({}, three_to_three()).sheets().back();
  EXPECT_EQ(sensors.sheets().back()[2].x, motors[2].x) << "only what is given moves";
  parameters.places.sensor_points = {-1.0, 0.0, 1.0};
  parameters.places.motor_points = {-0.5, 0.0, 0.5};
  const Hyperneat line(parameters, three_to_three());
  EXPECT_EQ(line.inputs().dimensions, 1U);
  EXPECT_EQ(line.sheets().back()[2].x, 0.5F);
}

TEST(Substrate, BodiesWithoutPlacesGetThemFromTheConfiguration) {
  NetworkInterface body = three_to_three();
  for (auto* terminals : {&body.sensors, &body.motors}) {
    for (Terminal& terminal : *terminals) terminal.position.clear();
  }
  HyperneatParameters parameters;
  EsHyperneatParameters quadtrees;
  EXPECT_THAT(
      [&] { Hyperneat(parameters, body); },
      ThrowsMessage<ConfigError>(HasSubstr("; sensor_points and motor_points of [encoding]")));
  EXPECT_THAT(
      [&] { EsHyperneat(quadtrees, body); },
      ThrowsMessage<ConfigError>(HasSubstr("; sensor_points and motor_points of [encoding]")));
  parameters.places.sensor_points = {-1.0, -1.0, 0.0, -1.0, 1.0, -1.0};
  parameters.places.motor_points = {-1.0, 1.0, 0.0, 1.0, 1.0, 1.0};
  quadtrees.places = parameters.places;
  const Hyperneat encoding(parameters, body);
  EXPECT_EQ(encoding.sheets().back()[2].y, 1.0F);
  const GraphPopulation cppns = first_cppn(encoding);
  EXPECT_EQ(encoding.make_decoder(body)->decode(cppns, 0).inputs(), 3U);
  const EsHyperneat divided(quadtrees, body);
  const GraphPopulation others = first_cppn(divided);
  const Wiring wiring = divided.wiring(body, others, 0);
  EXPECT_EQ(wiring.nodes[2].place.x, 1.0F);
  EXPECT_EQ(wiring.nodes[2].place.y, -1.0F);
  quadtrees.places.motor_points = {-1.0, 0.0, 1.0};
  EXPECT_THAT([&] { EsHyperneat(quadtrees, body); },
              ThrowsMessage<ConfigError>(HasSubstr("but motor 'm' has 1; sensor_points")));
}

TEST(Substrate, BodiesMayLieOnALineAndInSpace) {
  for (const std::size_t dimensions : {1U, 3U}) {
    NetworkInterface body = three_to_three();
    for (auto* terminals : {&body.sensors, &body.motors}) {
      for (Terminal& terminal : *terminals) terminal.position.resize(dimensions, 0.5);
    }
    const Hyperneat encoding({}, body);
    EXPECT_EQ(encoding.inputs().dimensions, dimensions);
    EXPECT_EQ(encoding.inputs().count(), 2 * dimensions + 1);
    const GraphPopulation population = first_cppn(encoding);
    const Wiring wiring = encoding.wiring(body, population, 0);
    EXPECT_EQ(wiring.nodes.front().place.x, -1.0F);
    EXPECT_EQ(std::isnan(wiring.nodes.front().place.z), dimensions == 1);
  }
}

TEST(Substrate, InputsAreCoordinatesThenWhatTheKeysAskFor) {
  HyperneatParameters parameters;
  parameters.cppn.delta_inputs = true;
  parameters.cppn.distance_input = true;
  parameters.recurrence = Recurrence::elman;
  NetworkInterface body = three_to_three();
  body.sensors[0].kind = "other";
  const CppnInputs inputs = Hyperneat(parameters, body).inputs();
  EXPECT_THAT(inputs.names(), ElementsAre("x1", "y1", "x2", "y2", "l2", "k1", "l1", "x2 - x1",
                                          "y2 - y1", "distance"));
  ASSERT_EQ(inputs.count(), 10U);
  std::vector<float> block(20, 99.0F);
  inputs.write({.x = 1, .y = 2, .layer = -1, .kind = 0.5F}, {.x = 4, .y = -2, .layer = 1},
               block.data(), 2, 1);
  std::vector<float> written;
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(block[2 * i], 99.0F);
    written.push_back(block[2 * i + 1]);
  }
  EXPECT_THAT(written, ElementsAre(1, 2, 4, -2, 1, 0.5F, -1, 3, -4, 5));
}

TEST(Substrate, BlocksOfALargeOneAreThoseOfTheFormula) {
  const Sheet sheet = make_grid(std::vector<std::int64_t>{13, 17}, 2, 0.0F);
  Substrate substrate({sheet, sheet}, {.distance = true});
  ASSERT_EQ(substrate.links(), 221U * 221U);  // more than those whose coordinates are kept
  const Graph cppn = random_cppn(12, 5, 1);
  FeedForwardNetwork network(221, {{221, Activation::tanh}}, {});
  CppnCompiler compiler;
  CppnProgram program;
  const std::vector<std::uint32_t> output = {0};
  compiler.compile(cppn, output, 1.0F, program);
  substrate.paint_links(program, {{LinkNumber::weight}, false, {}}, {0.2F, 3.0F}, network);
  std::size_t compared = 0;
  for (std::size_t s = 0; s < 221; s += 7) {
    for (std::size_t t = 0; t < 221; t += 5, ++compared) {
      const double distance = std::hypot(sheet[t].x - sheet[s].x, sheet[t].y - sheet[s].y);
      const double a =
          slow_output(cppn, 0, {sheet[s].x, sheet[s].y, sheet[t].x, sheet[t].y, distance}, 1.0);
      const double weight =
          std::abs(a) <= 0.2 ? 0.0 : std::copysign((std::abs(a) - 0.2) / 0.8 * 3.0, a);
      ASSERT_NEAR(network.weights_from(0, s)[t], weight, 1e-4) << s << " " << t;
    }
  }
  EXPECT_GT(compared, 1000U);
}

TEST(LinkExpression, DecidesAloneWhereThereAreLinks) {
  std::vector<float> weights = {0.1F, -0.5F, 1.0F, 0.1F};
  const std::vector<float> expressions = {0.0F, 1.0F, -1e-6F, std::nanf("")};
  express(2.0F, expressions, weights);
  EXPECT_FLOAT_EQ(weights[0], 0.2F);  // no threshold
  EXPECT_FLOAT_EQ(weights[1], -1.0F);
  EXPECT_EQ(weights[2], 0.0F);
  EXPECT_TRUE(std::isnan(weights[3]));
}

TEST(LinkExpression, ItsSeedLinksNeuronsThatDoNotDifferAlongTheAxis) {
  HyperneatParameters parameters;
  parameters.hidden = {{3}};
  parameters.cppn.leo = true;
  parameters.cppn.locality = {0};
  const Hyperneat encoding(parameters, three_to_three());
  EXPECT_THAT(encoding.outputs(), ElementsAre("weight", "bias", "link"));
  const GraphPopulation population = first_cppn(encoding);
  // 5 inputs, bias, 3 outputs, a Gaussian; 6 edges into weight and bias each, 2 + 2 of the seed.
  EXPECT_EQ(population[0].nodes.size(), 10U);
  EXPECT_EQ(population[0].edges.size(), 16U);
  EXPECT_EQ(population[0].nodes[8].activation, Activation::identity);
  EXPECT_EQ(population[0].nodes[9].activation, Activation::gaussian);
  const Wiring wiring = encoding.wiring(three_to_three(), population, 0);
  EXPECT_EQ(wiring.links.size(), 6U);
  for (const Wiring::Link& link : wiring.links) {
    EXPECT_EQ(wiring.nodes[link.source].place.x, wiring.nodes[link.target].place.x);
  }
}

TEST(LinkExpression, ItsSeedLinksTheSameNeuronsWhateverTheBiasOfTheCppnIs) {
  for (const double cppn_bias : {1.0, 0.3, -1.0, 0.7, -13.1}) {
    HyperneatParameters parameters;
    parameters.hidden = {{5}};
    parameters.cppn.leo = true;
    parameters.cppn.locality = {0};
    parameters.cppn.cppn_bias = cppn_bias;
    const Hyperneat encoding(parameters, three_to_three());
    const Wiring wiring = encoding.wiring(three_to_three(), first_cppn(encoding), 0);
    EXPECT_EQ(wiring.links.size(), 6U) << cppn_bias;
    for (const Wiring::Link& link : wiring.links) {
      EXPECT_EQ(wiring.nodes[link.source].place.x, wiring.nodes[link.target].place.x) << cppn_bias;
    }
  }
}

TEST(LinkExpression, SeedsOfSeveralAxesAreGraphsThatPassTheCheck) {
  HyperneatParameters parameters;
  parameters.cppn.leo = true;
  parameters.cppn.locality = {0, 1};
  const Hyperneat encoding(parameters, three_to_three());
  const GraphPopulation population = first_cppn(encoding);
  EXPECT_EQ(population[0].nodes.size(), 11U);
  EXPECT_EQ(encoding.wiring(three_to_three(), population, 0).links.size(), 0U);  // no equal y
}

TEST(Hyperneat, PaintsHowLinksLearn) {
  HyperneatParameters parameters;
  parameters.hidden = {};
  parameters.learning.learning = LearningRule::abcd;
  parameters.learning.modulation = Modulation::bain;
  const Hyperneat encoding(parameters, three_to_three());
  EXPECT_THAT(encoding.outputs(), ElementsAre("weight", "bias", "A", "B", "C", "D", "rate",
                                              "modulates", "modulatory_bias"));
  const auto decoder = encoding.make_decoder(three_to_three());
  std::size_t learning = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const GraphPopulation population = with(random_cppn(seed, 4, 9));
    decoder->decode(population, 0);
    const Wiring wiring = decoder->wiring();
    for (const Wiring::Link& link : wiring.links) {
      EXPECT_NE(link.weight, 0.0F);  // links that are not expressed do not learn either
      const Wiring::Place from = wiring.nodes[link.source].place;
      const Wiring::Place to = wiring.nodes[link.target].place;
      const std::vector<double> at = {from.x, from.y, to.x, to.y};
      for (std::uint32_t n = 0; n < 5; ++n) {
        const double number = slow_output(population[0], 2 + n, at, 1.0);
        ASSERT_NEAR(link.rule[n], link.modulates ? 0.0 : number, 1e-4);
      }
      ASSERT_EQ(link.modulates, slow_output(population[0], 7, at, 1.0) > 0.0);
      learning += link.rule[4] != 0.0F ? 1 : 0;
    }
  }
  EXPECT_GT(learning, 20U);
}

TEST(Hyperneat, PaintsRecurrentLinks) {
  HyperneatParameters parameters;
  parameters.hidden = {{2}};
  parameters.recurrence = Recurrence::full;
  const Hyperneat encoding(parameters, three_to_three());
  EXPECT_EQ(encoding.inputs().count(), 6U);
  const auto decoder = encoding.make_decoder(three_to_three());
  std::size_t back = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const GraphPopulation population = with(random_cppn(seed, 6, 2));
    decoder->decode(population, 0);
    const Wiring wiring = decoder->wiring();
    ASSERT_EQ(wiring.nodes.size(), 8U);
    const auto layer = [](std::uint32_t node) { return node < 3 ? -1.0 : (node < 5 ? 0.0 : 1.0); };
    for (const Wiring::Link& link : wiring.links) {
      const Wiring::Place from = wiring.nodes[link.source].place;
      const Wiring::Place to = wiring.nodes[link.target].place;
      const double a =
          slow_output(population[0], 0,
                      {from.x, from.y, to.x, to.y, layer(link.target), layer(link.source)}, 1.0);
      ASSERT_NEAR(link.weight, std::copysign((std::abs(a) - 0.2) / 0.8 * 3.0, a), 1e-4);
      back += link.source >= 3 && link.source >= link.target ? 1 : 0;
    }
  }
  EXPECT_GT(back, 20U);
}

TEST(Hyperneat, EveryRecurrenceAndLearningRuleIsPainted) {
  for (const Recurrence recurrence :
       {Recurrence::none, Recurrence::elman, Recurrence::full, Recurrence::ctrnn}) {
    for (const bool random_weights : {false, true}) {
      HyperneatParameters parameters;
      parameters.recurrence = recurrence;
      if (recurrence != Recurrence::ctrnn) parameters.learning.learning = LearningRule::oja;
      parameters.learning.random_weights = random_weights && recurrence != Recurrence::ctrnn;
      const Hyperneat encoding(parameters, three_to_three());
      const GraphPopulation population = first_cppn(encoding);
      EXPECT_EQ(encoding.make_decoder(three_to_three())->decode(population, 0).outputs(), 3U);
    }
  }
}

TEST(Hyperneat, FunctionsOfNeuronsAndOutputsAreKeys) {
  HyperneatParameters parameters;
  parameters.hidden_activation = Activation::tanh;
  parameters.output_activation = Activation::sigmoid;
  parameters.cppn.cppn_outputs = {Activation::sine, Activation::gaussian};
  const Hyperneat encoding(parameters, three_to_three());
  const GraphPopulation population = first_cppn(encoding);
  EXPECT_EQ(population[0].nodes[6].activation, Activation::sine);
  EXPECT_EQ(population[0].nodes[7].activation, Activation::gaussian);
  const auto decoder = encoding.make_decoder(three_to_three());
  const Network& network = decoder->decode(population, 0);
  EXPECT_EQ(network.input_range(), (SignalRange{-1.0F, 1.0F}));
  EXPECT_EQ(network.output_range(), (SignalRange{0.0F, 1.0F}));
}

TEST(Hyperneat, RefusesWhatDoesNotFitInOneLineThatNamesTheKey) {
  const auto refused = [](const auto& change, const std::string& message) {
    HyperneatParameters parameters;
    NetworkInterface body = three_to_three();
    change(parameters, body);
    EXPECT_THAT([&] { Hyperneat(parameters, body).genome(); },
                ThrowsMessage<ConfigError>(HasSubstr(message)));
  };
  using P = HyperneatParameters;
  using B = NetworkInterface;
  refused([](P&, B& body) { body.sensors.clear(); }, "name: 'hyperneat' paints links from sensors");
  refused([](P&, B& body) { body.motors[2].position.pop_back(); },
          "needs 2 coordinates, as of 's', for each sensor and motor, but motor 'm' has 1");
  refused([](P&, B& body) { body.sensors[0].position.clear(); }, "needs 1 to 3 coordinates for");
  refused([](P& p, B&) { p.hidden = {{2}, {0, 3}}; }, "hidden: entry 2 is 0, but at least 1");
  refused([](P& p, B&) { p.hidden = {{}}; }, "hidden: entry 1 is empty");
  refused([](P& p, B&) { p.hidden = {{1, 1, 1, 1}}; }, "hidden: entry 1 has 4 dimensions");
  refused([](P& p, B&) { p.hidden = {{100000, 100000}}; }, "hidden: entry 1 has more than");
  refused(
      [](P& p, B&) {
        p.heights = {0.0, 0.5};
      },
      "heights: has 2 numbers, but there is 1 hidden layer");
  refused(
      [](P& p, B&) {
        p.hidden_points = {0.5, 0.5, 0.5};
      },
      "hidden_points: has 3 numbers, but 10 hidden neurons of 2 coordinates need 20");
  refused(
      [](P& p, B&) {
        p.hidden = {{3}};
        p.hidden_points = {0.5, 0.25, 0.0, 0.0, 0.5, 0.25};
      },
      "hidden_points: puts two neurons of a layer at (0.5, 0.25)");
  refused(
      [](P& p, B&) {
        p.hidden = {{1}};
        p.heights = {0.5};
        p.hidden_points = {0.5, 0.5};
      },
      "hidden_points: says where hidden neurons are, but so does heights");
  refused(
      [](P& p, B&) {
        p.places.sensor_points = {0, 0, 0, 0};
      },
      "sensor_points: has 4 numbers, but 3 sensors of 1 to 3 coordinates need 3, 6 or 9");
  refused([](P& p, B&) { p.places.motor_points = std::vector<double>(12); },
          "motor_points: has 12 numbers, but 3 motors of 1 to 3 coordinates need 3, 6 or 9");
  refused([](P& p, B&) { p.places.motor_points = {0, 0, 1.5}; }, "motor_points: entry 3 is 1.5");
  refused([](P& p, B&) { p.cppn.cppn_outputs = {Activation::tanh}; },
          "cppn_outputs: has 1 function, but the CPPN has 2 outputs: weight, bias");
  refused([](P& p, B&) { p.cppn.locality = {0}; }, "locality: is a seed of link expression");
  refused(
      [](P& p, B&) {
        p.cppn.leo = true;
        p.cppn.locality = {2};
      },
      "locality: names an axis that a substrate of 2 dimensions");
  refused(
      [](P& p, B&) {
        p.cppn.leo = true;
        p.cppn.locality = {0};
        p.cppn.cppn_bias = 0.0;
      },
      "cppn_bias: is 0, but locality needs a bias");
  refused(
      [](P& p, B&) {
        p.cppn.leo = true;
        p.learning.learning = LearningRule::oja;
        p.learning.random_weights = true;
      },
      "leo: says which painted weights are links");
}

}  // namespace
}  // namespace cambrian
