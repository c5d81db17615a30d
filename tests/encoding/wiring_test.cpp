#include "cambrian/network/wiring.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/direct_graph.hpp"
#include "cambrian/encoding/direct_vector.hpp"
#include "cambrian/encoding/hyperneat.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/network/recurrent.hpp"
#include "tests/encoding/bodies.hpp"
#include "tests/encoding/slow_cppn.hpp"

namespace cambrian {
namespace {

TEST(Wiring, HyperneatShowsWhatItsCppnPaintsWhereItPaintsIt) {
  const Hyperneat encoding({}, maze_body());
  GraphPopulation population;
  population.resize(1);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    population[0] = random_cppn(seed, 5, 2);
    const Wiring wiring = encoding.wiring(maze_body(), population, 0);
    ASSERT_EQ(wiring.nodes.size(), 22U);
    std::map<std::pair<std::uint32_t, std::uint32_t>, float> weights;
    for (const Wiring::Link& link : wiring.links) weights[{link.source, link.target}] = link.weight;
    EXPECT_EQ(weights.size(), wiring.links.size());
    for (std::uint32_t s = 0; s < 22; ++s) {
      for (std::uint32_t t = 0; t < 22; ++t) {
        const Wiring::Place from = wiring.nodes[s].place;
        const Wiring::Place to = wiring.nodes[t].place;
        const double z = wiring.nodes[t].layer == 1 ? 0.0 : 1.0;
        const double answer = slow_output(population[0], 0, {from.x, from.y, to.x, to.y, z}, 1.0);
        const bool linked = wiring.nodes[t].layer == wiring.nodes[s].layer + 1;
        const double beyond = std::abs(answer) - 0.2;
        const double expected =
            linked && beyond > 0 ? std::copysign(beyond / 0.8 * 3.0, answer) : 0.0;
        const auto found = weights.find({s, t});
        EXPECT_NEAR(found == weights.end() ? 0.0 : found->second, expected, 2e-4);
      }
      if (s < 10) continue;
      const Wiring::Place place = wiring.nodes[s].place;
      const double z = wiring.nodes[s].layer == 1 ? 0.0 : 1.0;
      EXPECT_NEAR(wiring.nodes[s].bias,
                  3.0 * slow_output(population[0], 1, {0.0, 0.0, place.x, place.y, z}, 1.0), 2e-4);
    }
  }
}

TEST(Wiring, LayersOfAVectorAreItsGenesAndHaveNoPlaces) {
  DirectVectorParameters parameters;
  parameters.hidden = {2};
  NetworkInterface body;
  body.sensors.resize(1);
  body.motors.resize(1);
  const DirectVector encoding(parameters, body);
  RealPopulation population(7);
  population.resize(1);
  const std::vector<float> genes = {1, 10, 2, 20, 3, 0, 30};
  std::copy(genes.begin(), genes.end(), population.row(0).begin());
  const Wiring wiring = encoding.wiring(body, population, 0);
  ASSERT_EQ(wiring.nodes.size(), 4U);
  EXPECT_EQ(wiring.nodes[1].kind, NodeKind::hidden);
  EXPECT_EQ(wiring.nodes[3].kind, NodeKind::output);
  EXPECT_EQ(wiring.nodes[3].layer, 2U);
  EXPECT_EQ(wiring.nodes[2].bias, 20.0F);
  EXPECT_EQ(wiring.nodes[3].bias, 30.0F);
  EXPECT_TRUE(std::isnan(wiring.nodes[0].place.x));
  ASSERT_EQ(wiring.links.size(), 3U);  // the gene 0 makes no link
  EXPECT_EQ(wiring.links[1].target, 2U);
  EXPECT_EQ(wiring.links[1].weight, 2.0F);
  EXPECT_EQ(wiring.links[2].source, 1U);
  EXPECT_EQ(wiring.links[2].target, 3U);
}

TEST(Wiring, LinksThatLearnShowTheirRuleAndModulatoryOnesHaveNone) {
  DirectVectorParameters parameters;
  parameters.hidden = {};
  parameters.apply_preset("ahni_risi");
  NetworkInterface body;
  body.sensors.resize(2);
  body.motors.resize(1);
  const DirectVector encoding(parameters, body);
  RealPopulation population(13);
  population.resize(1);
  // 2 weights and a bias; A, B, C, the rate, and whether it modulates, of both links.
  const std::vector<float> genes = {1, 2, 3, 0.5F, 0.5F, -4, 1, 0.05F, 1, 0.25F, 1, -1, 1};
  std::copy(genes.begin(), genes.end(), population.row(0).begin());
  const Wiring wiring = encoding.wiring(body, population, 0);
  ASSERT_EQ(wiring.links.size(), 2U);
  EXPECT_EQ(wiring.links[0].rule, (std::array<float, 5>{0.5F, -1, 0, 0, 2}));
  EXPECT_FALSE(wiring.links[0].modulates);
  EXPECT_EQ(wiring.links[1].rule, (std::array<float, 5>{}));
  EXPECT_TRUE(wiring.links[1].modulates);
}

TEST(Wiring, AGraphLeavesOutItsDisabledLinks) {
  NetworkInterface body;
  body.sensors.resize(1);
  body.motors.resize(1);
  const DirectGraph encoding({}, body);
  GraphPopulation population;
  population.resize(1);
  population[0].nodes = {node(NodeKind::input), node(NodeKind::bias),
                         node(NodeKind::output, Activation::tanh)};
  population[0].edges = {edge(0, 2, 0.3F), edge(1, 2, 5.0F, false), edge(2, 2, -0.7F)};
  const Wiring wiring = encoding.wiring(body, population, 0);
  ASSERT_EQ(wiring.links.size(), 2U);
  EXPECT_EQ(wiring.links[1].source, 2U);
  EXPECT_EQ(wiring.nodes[2].function, Activation::tanh);
}

class Closed final : public Encoding {
  class Recurrent final : public Decoder {
   public:
    Network& decode(const Population&, std::size_t) override { return network_; }

   private:
    RecurrentNetwork network_{{}, {}};
  };

 public:
  std::vector<GenomePart> genome() const override {
    return {{.name = {}, .kind = "real", .make = {}}};
  }
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface&) const override {
    return std::make_unique<Recurrent>();
  }
};

TEST(Wiring, AnEncodingThatCannotShowItSaysSo) {
  EXPECT_THROW(Closed().wiring({}, RealPopulation(1), 0), Error);
}

}  // namespace
}  // namespace cambrian
