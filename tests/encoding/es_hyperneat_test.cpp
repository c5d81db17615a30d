#include "cambrian/encoding/es_hyperneat.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/cppn_compile.hpp"
#include "cambrian/encoding/es_network.hpp"
#include "cambrian/encoding/quadtree.hpp"
#include "tests/encoding/bodies.hpp"
#include "tests/network/allocations.hpp"
#include "tests/network/birth.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr SubstratePoint kMiddle = {};

/// 1 where 1/4 < input <= 1/2, otherwise 0; a second output that is y2.
CppnProgram stripe(std::uint32_t input, bool expression = false) {
  const std::vector<CppnNode> nodes = {{Activation::step, -0.25F, 1},
                                       {Activation::step, -0.5F, 1},
                                       {Activation::identity, 0.0F, 2},
                                       {Activation::identity, 0.0F, 1}};
  const std::vector<CppnLink> links = {
      {input, 1.0F}, {input, 1.0F}, {4, 1.0F}, {5, -1.0F}, {3, 1.0F}};
  std::vector<std::uint32_t> outputs = {6};
  if (expression) outputs.push_back(7);
  CppnProgram program;
  program.compile(4, nodes, links, outputs);
  return program;
}

/// 1 where x2 > 0.
CppnProgram step_in_x() {
  const std::vector<CppnNode> nodes = {{Activation::step, 0.0F, 1}};
  const std::vector<CppnLink> links = {{2, 1.0F}};
  CppnProgram program;
  program.compile(4, nodes, links, std::vector<std::uint32_t>{4});
  return program;
}

std::vector<std::pair<float, float>> places(const std::vector<QuadtreeLink>& links) {
  std::vector<std::pair<float, float>> places;
  for (const QuadtreeLink& link : links) places.emplace_back(link.x, link.y);
  return places;
}

std::vector<QuadtreeLink> links_of(CppnProgram program, const QuadtreeRules& rules,
                                   bool outgoing = true) {
  Quadtree quadtree(rules, {});
  return quadtree.search(program, kMiddle, outgoing);
}

TEST(Quadtree, DepthThreeSamplesTheOddEighths) {
  CppnProgram program = step_in_x();
  Quadtree quadtree({}, {});
  quadtree.search(program, kMiddle, true);
  std::set<float> x;
  std::set<float> y;
  std::size_t leaves = 0;
  for (const QuadtreeCell& cell : quadtree.tree()) {
    if (cell.parts != 0) continue;
    ++leaves;
    x.insert(cell.x);
    y.insert(cell.y);
    EXPECT_EQ(cell.value, cell.x > 0 ? 1.0F : 0.0F);
    EXPECT_EQ(cell.variance, 0.0);
  }
  EXPECT_EQ(leaves, 64U);
  EXPECT_EQ(quadtree.tree().size(), 85U);
  EXPECT_EQ(quadtree.tree()[0].variance, 0.25);
  EXPECT_THAT(x, ElementsAre(-0.875F, -0.625F, -0.375F, -0.125F, 0.125F, 0.375F, 0.625F, 0.875F));
  EXPECT_EQ(x, y);
}

TEST(Quadtree, AStepIsNoBandAndAStripeIsOne) {
  EXPECT_TRUE(links_of(step_in_x(), {}).empty());  // on one side of each place nothing differs
  const std::vector<QuadtreeLink> links = links_of(stripe(2), {});
  EXPECT_THAT(places(links),
              testing::UnorderedElementsAre(std::pair(0.375F, -0.875F), std::pair(0.375F, -0.625F),
                                            std::pair(0.375F, -0.375F), std::pair(0.375F, -0.125F),
                                            std::pair(0.375F, 0.125F), std::pair(0.375F, 0.375F),
                                            std::pair(0.375F, 0.625F), std::pair(0.375F, 0.875F)));
  for (const QuadtreeLink& link : links) EXPECT_EQ(link.value, 1.0F);
}

TEST(Quadtree, DividesBelowTheInitialDepthOnlyWhereFourValuesDiffer) {
  const auto cells = [](CppnProgram program, int initial, int deepest) {
    Quadtree quadtree({.initial_depth = initial, .max_depth = deepest}, {});
    quadtree.search(program, kMiddle, true);
    return quadtree.tree().size();
  };
  // The square's parts are 0 and, at x = 1/2, 1: all four are divided; their parts, at x = 1/4 and
  // 3/4, are all 0.
  EXPECT_EQ(cells(stripe(2), 0, 5), 1U + 4U + 16U);
  EXPECT_EQ(cells(stripe(2), 0, 1), 5U);
  EXPECT_EQ(cells(stripe(2), 1, 5), 21U);
  EXPECT_EQ(cells(stripe(2), 2, 2), 21U);
  EXPECT_EQ(cells(stripe(3), 3, 3), 85U);
  EXPECT_EQ(cells(stripe(0), 0, 5), 5U);  // nothing differs
}

TEST(Quadtree, SearchesToAPlaceAskForLinksFromCells) {
  EXPECT_TRUE(links_of(stripe(0), {}, true).empty());
  EXPECT_EQ(links_of(stripe(0), {}, false).size(), 8U);
  EXPECT_TRUE(links_of(stripe(2), {}, false).empty());
}

TEST(Quadtree, LinkExpressionLeavesOutLinksBelowZero) {
  const std::vector<QuadtreeLink> links = links_of(stripe(2, true), {});
  ASSERT_EQ(links.size(), 4U);
  for (const QuadtreeLink& link : links) EXPECT_GT(link.y, 0.0F);
}

TEST(Quadtree, CutsAndScalesValuesBeforeTheThresholds) {
  EXPECT_TRUE(links_of(stripe(2), {.band_threshold = 1.5}).empty());
  const std::vector<QuadtreeLink> links =
      links_of(stripe(2), {.band_threshold = 1.5, .cut = 0.2F, .scale = 5.0F});
  ASSERT_EQ(links.size(), 8U);
  EXPECT_FLOAT_EQ(links[0].value, 5.0F);
}

/// The algorithm as it is written, by recursion, one query at a time.
class SlowSearch {
 public:
  SlowSearch(const QuadtreeRules& rules, const Graph& cppn) : rules_(rules) {
    CppnCompiler compiler;
    compiler.compile(cppn, std::vector<std::uint32_t>{0}, 1.0F, program_);
  }
  struct Cell {
    float x, y, half;
    int level;
    float value = 0.0F;
    std::vector<Cell> parts = {};
  };
  std::vector<std::array<float, 3>> search(SubstratePoint neuron, bool outgoing) {
    neuron_ = neuron;
    outgoing_ = outgoing;
    links_.clear();
    Cell root{0, 0, 1, 1};
    divide(root);
    extract(root);
    return links_;
  }

 private:
  float query(float x, float y) {
    const std::array<float, 4> in =
        outgoing_ ? std::array{neuron_.x, neuron_.y, x, y} : std::array{x, y, neuron_.x, neuron_.y};
    std::array<const float*, 4> columns{};
    for (std::size_t i = 0; i < 4; ++i) columns[i] = &in[i];
    float answer = 0.0F;
    program_.evaluate(columns, 1, std::array{&answer});
    return answer;
  }
  static void leaves_of(const Cell& cell, std::vector<double>& values) {
    if (cell.parts.empty()) values.push_back(static_cast<double>(cell.value));
    for (const Cell& part : cell.parts) leaves_of(part, values);
  }
  static double variance(const Cell& cell) {
    std::vector<double> values;
    leaves_of(cell, values);
    double mean = 0.0;
    for (const double value : values) mean += value / static_cast<double>(values.size());
    double sum = 0.0;
    for (const double value : values) sum += (value - mean) * (value - mean);
    return sum / static_cast<double>(values.size());
  }
  void divide(Cell& cell) {
    for (const float dy : {-0.5F, 0.5F}) {
      for (const float dx : {-0.5F, 0.5F}) {
        Cell part{cell.x + dx * cell.half, cell.y + dy * cell.half, cell.half / 2, cell.level + 1};
        part.value = query(part.x, part.y);
        cell.parts.push_back(part);
      }
    }
    if (cell.level < rules_.initial_depth ||
        (cell.level < rules_.max_depth && variance(cell) > rules_.division_threshold)) {
      for (Cell& part : cell.parts) divide(part);
    }
  }
  void extract(const Cell& cell) {
    for (const Cell& part : cell.parts) {
      if (!part.parts.empty() && variance(part) >= rules_.variance_threshold) {
        extract(part);
        continue;
      }
      const auto difference = [&](float x, float y) {
        return std::abs(part.value - query(part.x + x, part.y + y));
      };
      const float band = std::max(std::min(difference(0, cell.half), difference(0, -cell.half)),
                                  std::min(difference(cell.half, 0), difference(-cell.half, 0)));
      if (static_cast<double>(band) > rules_.band_threshold) {
        links_.push_back({part.x, part.y, part.value});
      }
    }
  }

  QuadtreeRules rules_;
  CppnProgram program_;
  SubstratePoint neuron_;
  bool outgoing_ = true;
  std::vector<std::array<float, 3>> links_;
};

Graph lively_cppn(std::uint64_t seed) {
  Graph cppn = random_cppn(seed, 4, 1);
  for (EdgeGene& edge : cppn.edges) edge.weight *= 6.0F;
  return cppn;
}

TEST(Quadtree, FindsWhatTheAlgorithmAsItIsWrittenFinds) {
  std::size_t found = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    QuadtreeRules rules;
    rules.initial_depth = static_cast<int>(seed % 4);
    rules.max_depth = 3 + static_cast<int>(seed % 2);
    const Graph cppn = lively_cppn(seed);
    SlowSearch slow(rules, cppn);
    CppnCompiler compiler;
    CppnProgram program;
    compiler.compile(cppn, std::vector<std::uint32_t>{0}, 1.0F, program);
    Quadtree quadtree(rules, {});
    for (const bool outgoing : {true, false}) {
      for (const SubstratePoint neuron : {SubstratePoint{.x = -0.7F, .y = -1}, kMiddle}) {
        const auto expected = slow.search(neuron, outgoing);
        const auto& links = quadtree.search(program, neuron, outgoing);
        ASSERT_EQ(links.size(), expected.size()) << seed;
        for (std::size_t i = 0; i < links.size(); ++i) {
          ASSERT_EQ((std::array{links[i].x, links[i].y, links[i].value}), expected[i]);
        }
        found += links.size();
      }
    }
  }
  EXPECT_GT(found, 300U);
}

using Link = RecurrentNetwork::Link;

/// Two sensors (0, 1), the bias (2), one motor (3), hidden neurons from 4 on.
std::vector<std::pair<std::uint32_t, std::uint32_t>> kept(const std::vector<Link>& given) {
  std::vector<Link> links = given;
  std::vector<std::uint32_t> incoming;
  std::vector<std::uint32_t> outgoing;
  delete_dead_ends(links, 2, 4, 10, incoming, outgoing);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  for (const Link& link : links) ends.emplace_back(link.source, link.target);
  return ends;
}

TEST(DeadEnds, AreDeletedUntilAllLinksLieOnAPath) {
  EXPECT_THAT(kept({{0, 4, 1}, {4, 3, 1}}), ElementsAre(std::pair(0, 4), std::pair(4, 3)));
  EXPECT_TRUE(kept({{0, 4, 1}}).empty());
  EXPECT_TRUE(kept({{0, 4, 1}, {4, 5, 1}, {5, 6, 1}}).empty());  // one after another
  EXPECT_TRUE(kept({{4, 5, 1}, {5, 3, 1}}).empty());             // nothing comes from a sensor
  EXPECT_TRUE(kept({{0, 4, 1}, {4, 4, 1}}).empty());             // leads to itself alone
  EXPECT_THAT(kept({{4, 4, 1}, {4, 3, 1}}),                      // its own link comes in
              ElementsAre(std::pair(4, 4), std::pair(4, 3)));
  EXPECT_THAT(kept({{0, 4, 1}, {4, 3, 1}, {0, 5, 1}, {6, 4, 1}}),
              ElementsAre(std::pair(0, 4), std::pair(4, 3)));
}

TEST(NormalisedWeights, OfOneSignSumToTheRange) {
  std::vector<Link> links = {{0, 4, 1}, {1, 4, 3}, {5, 4, -0.5F}, {0, 5, 0}, {1, 5, -2}};
  std::vector<float> positive;
  std::vector<float> negative;
  normalise_incoming(links, 6, 3.0F, positive, negative);
  EXPECT_FLOAT_EQ(links[0].weight, 0.75F);
  EXPECT_FLOAT_EQ(links[1].weight, 2.25F);
  EXPECT_FLOAT_EQ(links[2].weight, -3.0F);
  EXPECT_EQ(links[3].weight, 0.0F);
  EXPECT_FLOAT_EQ(links[4].weight, -3.0F);
}

using Ends = std::pair<std::array<float, 2>, std::array<float, 2>>;

/// Where all links begin and end, and their weights, by the algorithm as it is written.
std::map<Ends, float> slow_network(const Graph& cppn, const NetworkInterface& body,
                                   int iterations) {
  SlowSearch slow({}, cppn);
  std::map<Ends, float> links;
  std::vector<std::array<float, 2>> hidden;
  const auto at = [](const Terminal& terminal) {
    return std::array{static_cast<float>(terminal.position[0]),
                      static_cast<float>(terminal.position[1])};
  };
  const auto from = [&](std::array<float, 2> place) {
    for (const auto& [x, y, value] : slow.search({.x = place[0], .y = place[1]}, true)) {
      const std::array target = {x, y};
      if (std::ranges::find(hidden, target) == hidden.end()) hidden.push_back(target);
      links[{place, target}] = value * 3.0F;
    }
  };
  for (const Terminal& sensor : body.sensors) from(at(sensor));
  std::size_t explored = 0;
  for (int round = 0; round < iterations; ++round) {
    for (const std::size_t end = hidden.size(); explored < end; ++explored) from(hidden[explored]);
  }
  for (const Terminal& motor : body.motors) {
    for (const auto& [x, y, value] : slow.search({.x = at(motor)[0], .y = at(motor)[1]}, false)) {
      const std::array source = {x, y};
      if (std::ranges::find(hidden, source) == hidden.end()) continue;
      links[{source, at(motor)}] = value * 3.0F;
    }
  }
  const auto is = [&](const std::vector<Terminal>& terminals, std::array<float, 2> place) {
    return std::ranges::any_of(terminals, [&](const Terminal& t) { return at(t) == place; });
  };
  for (std::size_t before = links.size() + 1; links.size() < before;) {
    before = links.size();
    const auto all = links;
    std::erase_if(links, [&](const auto& link) {
      const auto& [source, target] = link.first;
      const bool reached =
          is(body.sensors, source) ||
          std::ranges::any_of(all, [&](const auto& in) { return in.first.second == source; });
      const bool leads = is(body.motors, target) || std::ranges::any_of(all, [&](const auto& out) {
                           return out.first.first == target && out.first.second != target;
                         });
      return !reached || !leads;
    });
  }
  return links;
}

GraphPopulation lively_cppns() {
  GraphPopulation population;
  population.resize(40);
  for (std::size_t i = 0; i < 40; ++i) population[i] = lively_cppn(i);
  return population;
}

TEST(EsHyperneat, BuildsTheNetworkOfTheAlgorithmAsItIsWritten) {
  const GraphPopulation population = lively_cppns();
  std::size_t with_links = 0;
  for (const int iterations : {0, 1, 3}) {
    EsHyperneatParameters parameters;
    parameters.iterations = iterations;
    parameters.cppn.cppn_output = Activation::bipolar_sigmoid;
    const auto decoder = EsHyperneat(parameters, maze_body()).make_decoder(maze_body());
    for (std::size_t row = 0; row < 12; ++row) {
      const Network& network = decoder->decode(population, row);
      const Wiring wiring = decoder->wiring();
      std::map<Ends, float> links;
      for (const Wiring::Link& link : wiring.links) {
        const auto at = [&](std::uint32_t node) {
          return std::array{wiring.nodes[node].place.x, wiring.nodes[node].place.y};
        };
        links[{at(link.source), at(link.target)}] = link.weight;
      }
      ASSERT_EQ(links, slow_network(population[row], maze_body(), iterations)) << row;
      ASSERT_EQ(network.links(), links.size());
      with_links += links.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(with_links, 6U);
}

TEST(EsHyperneat, GivesTheSameNetworkAgainWithoutAllocating) {
  const GraphPopulation population = lively_cppns();
  const auto decoder = EsHyperneat({}, maze_body()).make_decoder(maze_body());
  const auto outputs_of_all = [&] {
    std::vector<float> outputs;
    std::vector<float> motors(2);
    const std::vector<float> sensors(10, 0.7F);
    for (std::size_t i = 0; i < 40; ++i) {
      Network& network = decoder->decode(population, i);
      network.reset(1, birth());
      for (int k = 0; k < 5; ++k) network.activate(sensors, motors);
      outputs.insert(outputs.end(), motors.begin(), motors.end());
    }
    return outputs;
  };
  const std::vector<float> first = outputs_of_all();
  EXPECT_EQ(outputs_of_all(), first);
  const std::size_t before = allocations();
  for (std::size_t i = 0; i < 40; ++i) decoder->decode(population, i);
  EXPECT_EQ(allocations(), before);
}

TEST(EsHyperneat, ACppnThatPaintsNothingMakesANetworkWithoutLinks) {
  GraphPopulation population;
  population.resize(1);
  population[0] = random_cppn(1, 4, 1);
  population[0].edges.clear();
  const auto decoder = EsHyperneat({}, maze_body()).make_decoder(maze_body());
  Network& network = decoder->decode(population, 0);
  EXPECT_EQ(network.links(), 0U);
  EXPECT_EQ(network.outputs(), 2U);
  network.reset(1, birth());
  std::vector<float> motors(2, 9.0F);
  network.activate(std::vector<float>(10, 1.0F), motors);
  EXPECT_THAT(motors, ElementsAre(0.0F, 0.0F));
}

TEST(EsHyperneat, PureplesIsFeedForwardByWeightsThatAreCut) {
  EsHyperneatParameters parameters;
  parameters.apply_preset("pureples");
  parameters.max_depth = 3;
  const auto decoder = EsHyperneat(parameters, maze_body()).make_decoder(maze_body());
  const GraphPopulation population = lively_cppns();
  std::size_t links = 0;
  for (std::size_t row = 0; row < 40; ++row) {
    EXPECT_FALSE(decoder->decode(population, row).stateful());
    const Wiring wiring = decoder->wiring();
    for (const Wiring::Link& link : wiring.links) {
      EXPECT_LT(wiring.nodes[link.source].place.y, wiring.nodes[link.target].place.y);
      EXPECT_NE(link.weight, 0.0F);
    }
    links += wiring.links.size();
  }
  EXPECT_GT(links, 100U);
}

// The CPPN's band lies at y2 = 0 for links from sensors of the second kind at y = -1 to hidden neurons,
// and at y1 = 0 for links from hidden neurons to motors, which it can only know by kind and layer.
TEST(EsHyperneat, TellsTheCppnLayerAndKindIfAsked) {
  NetworkInterface body = maze_body();
  body.sensors[0].kind = "other";
  EsHyperneatParameters parameters;
  parameters.iterations = 0;
  parameters.layer_coordinate = true;
  parameters.kind_coordinate = true;
  GraphPopulation population;
  population.resize(1);
  Graph& cppn = population[0];
  for (int i = 0; i < 7; ++i) cppn.nodes.push_back(node(NodeKind::input));  // x1 y1 x2 y2 l2 k1 l1
  cppn.nodes.push_back(node(NodeKind::bias));
  cppn.nodes.push_back(node(NodeKind::output, Activation::gaussian));
  cppn.edges = {edge(1, 8, 1.0F), edge(3, 8, 1.0F), edge(4, 8, -0.875F), edge(5, 8, 3.0F),
                edge(6, 8, 1.875F)};
  const auto decoder = EsHyperneat(parameters, body).make_decoder(body);
  decoder->decode(population, 0);
  const Wiring wiring = decoder->wiring();
  std::set<std::uint32_t> sources;
  for (const Wiring::Link& link : wiring.links) sources.insert(link.source);
  EXPECT_EQ(sources.count(0), 0U);
  for (std::uint32_t sensor = 1; sensor < 6; ++sensor) EXPECT_EQ(sources.count(sensor), 1U);
  for (const Wiring::Link& link : wiring.links) {
    EXPECT_TRUE(link.source > 5 || std::abs(wiring.nodes[link.target].place.y) < 0.7F);
  }
}

TEST(EsHyperneat, PaintsBiasesAsHyperneatDoesIfAsked) {
  EsHyperneatParameters parameters;
  parameters.biases = true;
  GraphPopulation population;
  population.resize(1);
  Graph& cppn = population[0];
  for (int i = 0; i < 4; ++i) cppn.nodes.push_back(node(NodeKind::input));
  cppn.nodes.push_back(node(NodeKind::bias));
  cppn.nodes.push_back(node(NodeKind::output, Activation::gaussian));
  cppn.nodes.push_back(node(NodeKind::output, Activation::identity));
  cppn.edges = {edge(3, 5, 1.0F), edge(1, 5, 1.0F), edge(4, 5, 1.0F), edge(2, 6, 0.5F),
                edge(4, 6, 0.25F)};
  const auto decoder = EsHyperneat(parameters, maze_body()).make_decoder(maze_body());
  decoder->decode(population, 0);
  std::size_t neurons = 0;
  for (const Wiring::Node& neuron : decoder->wiring().nodes) {
    if (neuron.kind == NodeKind::input) continue;
    ++neurons;
    EXPECT_FLOAT_EQ(neuron.bias, 3.0F * (0.5F * neuron.place.x + 0.25F));
  }
  EXPECT_GE(neurons, 2U);
}

TEST(EsHyperneat, ShowsItsQuadtrees) {
  const EsHyperneat encoding({}, maze_body());
  const auto tree = encoding.quadtree(lively_cppn(3), kMiddle, true);
  ASSERT_EQ(tree.size(), 85U);
  EXPECT_EQ(tree[0].depth, 0);
  EXPECT_EQ(tree[84].depth, 3);
  EXPECT_EQ(tree[0].parts, 1U);
}

TEST(EsHyperneat, RefusesWhatDoesNotFitInOneLineThatNamesTheKey) {
  NetworkInterface in_space = maze_body();
  for (auto* terminals : {&in_space.sensors, &in_space.motors}) {
    for (Terminal& terminal : *terminals) terminal.position.push_back(0.0);
  }
  EXPECT_THAT([&] { EsHyperneat({}, in_space); },
              ThrowsMessage<ConfigError>(
                  HasSubstr("name: 'es_hyperneat' divides a plane, but this body's sensors and "
                            "motors have 3 coordinates")));
  EsHyperneatParameters parameters;
  parameters.initial_depth = 4;
  EXPECT_THAT(
      [&] { EsHyperneat(parameters, maze_body()); },
      ThrowsMessage<ConfigError>(HasSubstr("initial_depth: is 4, but at most max_depth = 3")));
}

TEST(EsHyperneat, RefusesUpwardLinksWhereNoneReachesAMotor) {
  EsHyperneatParameters parameters;
  parameters.apply_preset("pureples");
  const auto with_motors_at = [&](double y) {
    NetworkInterface body = maze_body();
    for (Terminal& sensor : body.sensors) sensor.position[1] = 0.5;
    for (Terminal& motor : body.motors) motor.position[1] = y;
    return body;
  };
  for (const double y : {0.0, 0.5, 0.6}) {
    EXPECT_THAT([&] { EsHyperneat(parameters, with_motors_at(y)); },
                ThrowsMessage<ConfigError>(
                    HasSubstr("upward: is true, but no link that leads upward reaches a motor")))
        << y;
  }
  // The centres of depth 3 above 0.5 are 0.625 and 0.875.
  EXPECT_NO_THROW(EsHyperneat(parameters, with_motors_at(0.7)));
  EXPECT_NO_THROW(EsHyperneat(parameters, maze_body()));
  parameters.upward = false;
  EXPECT_NO_THROW(EsHyperneat(parameters, with_motors_at(0.0)));
}

TEST(EsHyperneat, RefusesThresholdsThatTheOutputsOfItsCppnCannotMeet) {
  using P = EsHyperneatParameters;
  const auto refused = [](const auto& change, const std::string& message) {
    P parameters;
    change(parameters);
    EXPECT_THAT([&] { EsHyperneat(parameters, maze_body()); },
                ThrowsMessage<ConfigError>(HasSubstr(message)));
    parameters.cppn.cppn_output = Activation::identity;  // has no bounds
    EXPECT_NO_THROW(EsHyperneat(parameters, maze_body()));
  };
  refused([](P& p) { p.band_threshold = 2.0; },
          "band_threshold: is 2, which nothing can exceed: outputs from -1 to 1 differ by 2 at");
  refused(
      [](P& p) { p.division_threshold = 1.0; },
      "division_threshold: is 1, which nothing can exceed: outputs from -1 to 1 have a variance "
      "of 1 at most");
  refused([](P& p) { p.variance_threshold = 3.0; }, "variance_threshold: is 3, which nothing");
  refused(
      [](P& p) {
        p.threshold_unit = P::Unit::weights;
        p.weight_range = 5.0;
        p.cppn.cppn_output = Activation::sigmoid;
        p.band_threshold = 5.0;
      },
      "band_threshold: is 5, which nothing can exceed: weights from 0 to 5 differ by 5 at most");
  P parameters;
  parameters.band_threshold = 1.99;
  parameters.division_threshold = 0.99;
  EXPECT_NO_THROW(EsHyperneat(parameters, maze_body()));
}

}  // namespace
}  // namespace cambrian
