#include "cambrian/network/recurrent.hpp"

#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

#include "cambrian/core/stream.hpp"
#include "tests/network/allocations.hpp"
#include "tests/network/birth.hpp"
#include "tests/network/formulas.hpp"

namespace cambrian {
namespace {

using Node = RecurrentNetwork::Node;
using Link = RecurrentNetwork::Link;

struct Structure {
  std::size_t inputs = 0;
  std::size_t outputs = 0;
  std::vector<Node> nodes;
  std::vector<Link> links;
};

// The obvious model: flags and values of every node, links walked one by one.
class SlowNetwork {
 public:
  explicit SlowNetwork(const Structure& structure)
      : structure_(structure),
        values_(structure.inputs + 1 + structure.nodes.size(), 0.0),
        active_(values_.size(), false) {
    values_[structure.inputs] = 1.0;
    for (std::size_t i = 0; i <= structure.inputs; ++i) active_[i] = true;
  }
  void activate(std::span<const float> sensors) {
    const std::size_t first = structure_.inputs + 1;
    for (std::size_t i = 0; i < structure_.inputs; ++i) values_[i] = sensors[i];
    std::vector<double> values = values_;
    std::vector<bool> active = active_;
    for (std::size_t n = 0; n < structure_.nodes.size(); ++n) {
      double sum = structure_.nodes[n].bias;
      for (const Link& link : structure_.links) {
        if (link.target != first + n || !active_[link.source]) continue;
        active[first + n] = true;
        sum += static_cast<double>(link.weight) * values_[link.source];
      }
      if (active[first + n]) values[first + n] = formula(structure_.nodes[n].function, sum);
    }
    values_ = values;
    active_ = active;
  }
  double output(std::size_t o) const { return values_[structure_.inputs + 1 + o]; }

 private:
  const Structure& structure_;
  std::vector<double> values_;
  std::vector<bool> active_;
};

Structure random_structure(std::uint64_t seed) {
  Stream stream(stream_key(seed, "structure"), 0);
  Structure structure{1 + stream.below(10), 1 + stream.below(3), {}, {}};
  const auto hidden = stream.below(25);
  const auto nodes = static_cast<std::uint32_t>(structure.outputs) + hidden;
  constexpr Activation functions[] = {Activation::neat_sigmoid, Activation::tanh,
                                      Activation::plain_sine, Activation::plain_gaussian};
  for (std::uint32_t n = 0; n < nodes; ++n) {
    structure.nodes.push_back({functions[stream.below(4)], stream.uniform_float(-0.2F, 0.2F)});
  }
  const auto first = static_cast<std::uint32_t>(structure.inputs) + 1;
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t k = 0; k < 2 * nodes; ++k) {
    const std::uint32_t source = stream.below(first + nodes);
    const std::uint32_t target = first + stream.below(nodes);
    const float weight = stream.uniform_float(-0.5F, 0.5F);
    if (pairs.emplace(source, target).second) structure.links.push_back({source, target, weight});
  }
  return structure;
}

void build(RecurrentNetwork& network, const Structure& structure) {
  network.build(structure.inputs, structure.outputs, structure.nodes, structure.links);
}

// The maze's seed: inputs and bias -> one hidden node -> two outputs.
Structure seed_structure() {
  Structure structure{10, 2, std::vector<Node>(3), {}};
  for (std::uint32_t i = 0; i <= 10; ++i) structure.links.push_back({i, 13, 0.1F});
  structure.links.push_back({13, 11, 1.0F});
  structure.links.push_back({13, 12, -1.0F});
  return structure;
}

TEST(RecurrentNetwork, EqualsNodeByNodeUpdatesOfRandomNetworks) {
  RecurrentNetwork network({0.0F, 1.0F}, {0.0F, 1.0F});
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Structure structure = random_structure(seed);
    build(network, structure);
    network.reset(1, birth());
    SlowNetwork slow(structure);
    Stream stream(stream_key(seed, "sensors"), 0);
    std::vector<float> sensors(structure.inputs);
    std::vector<float> motors(structure.outputs);
    for (int update = 0; update < 12; ++update) {
      for (float& x : sensors) x = stream.uniform_float();
      network.activate(sensors, motors);
      slow.activate(sensors);
      for (std::size_t o = 0; o < motors.size(); ++o) {
        ASSERT_NEAR(motors[o], slow.output(o), 1e-4) << seed << " " << update;
      }
    }
  }
}

TEST(RecurrentNetwork, AnInputNeedsTwoUpdatesToReachTheOutputsOfTheSeed) {
  RecurrentNetwork network({0.0F, 1.0F}, {0.0F, 1.0F});
  build(network, seed_structure());
  network.reset(1, birth());
  std::vector<float> sensors(10, 0.0F);
  std::vector<float> motors(2, -1.0F);
  network.activate(sensors, motors);
  EXPECT_EQ(motors[0], 0.0F);  // not sigmoid(0): no signal has arrived
  network.activate(sensors, motors);
  const float quiet = motors[0];
  EXPECT_NEAR(quiet, formula(Activation::neat_sigmoid, formula(Activation::neat_sigmoid, 0.1)),
              1e-6);
  sensors[3] = 1.0F;
  network.activate(sensors, motors);
  EXPECT_EQ(motors[0], quiet);
  network.activate(sensors, motors);
  EXPECT_GT(motors[0], quiet);
}

/// The structure without the links that would lead to an end of a lower number: none closes a cycle.
Structure without_cycles(Structure structure) {
  std::erase_if(structure.links, [](const Link& link) { return link.source <= link.target; });
  const auto first = static_cast<std::uint32_t>(structure.inputs) + 1;
  const auto nodes = static_cast<std::uint32_t>(structure.nodes.size());
  for (std::uint32_t i = 0; i < first; ++i)  // sensors and bias
    structure.links.push_back({i, first + nodes - 1 - i % nodes, 0.4F});
  return structure;
}

TEST(RecurrentNetwork, ASettledPassEqualsUpdatesUntilNothingChanges) {
  RecurrentNetwork settled({0.0F, 1.0F}, {0.0F, 1.0F}, RecurrentNetwork::Pass::settled);
  RecurrentNetwork stepped({0.0F, 1.0F}, {0.0F, 1.0F});
  EXPECT_FALSE(settled.stateful());
  int deep = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Structure structure = without_cycles(random_structure(seed));
    build(settled, structure);
    build(stepped, structure);
    settled.reset(2, birth());
    Stream stream(stream_key(seed, "sensors"), 0);
    std::vector<float> sensors(2 * structure.inputs);
    std::vector<float> motors(2 * structure.outputs), once(motors), other(motors);
    for (int step = 0; step < 3; ++step) {  // what was before leaves no trace
      for (float& x : sensors) x = stream.uniform_float();
      settled.activate(sensors, motors);
      stepped.reset(2, birth());
      stepped.activate(sensors, once);
      for (std::size_t i = 0; i <= structure.nodes.size(); ++i) stepped.activate(sensors, other);
      ASSERT_EQ(motors, other) << seed;
      deep += once != other ? 1 : 0;
    }
  }
  EXPECT_GT(deep, 100);
}

TEST(RecurrentNetwork, KeepsItsStateUntilReset) {
  const Structure structure{1, 1, {{Activation::identity, 0.0F}}, {{0, 2, 1.0F}, {2, 2, 1.0F}}};
  RecurrentNetwork network({0.0F, 1.0F}, {0.0F, 1.0F});
  build(network, structure);
  const std::vector<float> sensors = {0.5F};
  std::vector<float> motors(1);
  for (int run = 0; run < 2; ++run) {
    network.reset(1, birth());
    for (int update = 1; update <= 5; ++update) {
      network.activate(sensors, motors);
      EXPECT_EQ(motors[0], 0.5F * static_cast<float>(update));
    }
  }
}

TEST(RecurrentNetwork, ANodeThatNoSignalReachesStaysZero) {
  // Output 0 hears only a loop of two hidden nodes that hear no sensor; output 1 hears nothing.
  const Structure structure{
      1, 3, std::vector<Node>(5), {{5, 6, 1.0F}, {6, 5, 1.0F}, {5, 2, 1.0F}, {0, 4, 0.0F}}};
  RecurrentNetwork network({0.0F, 1.0F}, {0.0F, 1.0F});
  build(network, structure);
  network.reset(1, birth());
  const std::vector<float> sensors = {1.0F};
  std::vector<float> motors(3);
  for (int update = 0; update < 6; ++update) network.activate(sensors, motors);
  EXPECT_EQ(motors[0], 0.0F);
  EXPECT_EQ(motors[1], 0.0F);
  EXPECT_EQ(motors[2], 0.5F);  // a link of weight 0 does carry a signal
  EXPECT_EQ(network.nodes(), 7U);
  EXPECT_EQ(network.links(), 4U);
}

TEST(RecurrentNetwork, ALaneHasTheSameBitsAmongAnyNumberOfLanes) {
  const Structure structure = random_structure(17);
  RecurrentNetwork together({0.0F, 1.0F}, {0.0F, 1.0F});
  RecurrentNetwork alone({0.0F, 1.0F}, {0.0F, 1.0F});
  build(together, structure);
  build(alone, structure);
  const std::size_t lanes = 5;
  Stream stream(stream_key(1, "sensors"), 0);
  std::vector<float> sensors(lanes * structure.inputs);
  for (float& x : sensors) x = stream.uniform_float();
  std::vector<float> motors(lanes * structure.outputs);
  together.reset(lanes, birth());
  for (int update = 0; update < 6; ++update) together.activate(sensors, motors);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const auto own = std::span(sensors).subspan(lane * structure.inputs, structure.inputs);
    std::vector<float> result(structure.outputs);
    alone.reset(1, birth());
    for (int update = 0; update < 6; ++update) alone.activate(own, result);
    for (std::size_t o = 0; o < result.size(); ++o) {
      EXPECT_EQ(result[o], motors[lane * structure.outputs + o]);
    }
  }
}

TEST(RecurrentNetwork, AllocatesNothingInAnEpisodeNorWhenBuiltAgain) {
  const Structure structure = random_structure(17);
  const Structure seed = seed_structure();
  RecurrentNetwork network({0.0F, 1.0F}, {0.0F, 1.0F});
  std::vector<float> sensors(10, 0.5F);
  std::vector<float> motors(3);
  std::size_t before = 0;
  for (int round = 0; round < 2; ++round) {
    before = allocations();
    for (const Structure* next : {&structure, &seed}) {
      build(network, *next);
      network.reset(1, birth());
      for (int step = 0; step < 400; ++step) {
        network.activate(std::span(sensors).first(next->inputs),
                         std::span(motors).first(next->outputs));
      }
    }
  }
  EXPECT_EQ(allocations(), before);
}

TEST(RecurrentNetwork, ForgetsItsStateAsIfItWereBornAnew) {
  RecurrentNetwork network({0.0F, 1.0F}, {0.0F, 1.0F});
  const std::vector<RecurrentNetwork::Node> nodes(2);
  const std::vector<RecurrentNetwork::Link> links = {{0, 3, 1.5F}, {3, 2, -2.0F}, {2, 2, 0.7F}};
  network.build(1, 1, nodes, links);
  network.reset(1, birth());
  const auto five = [&] {
    std::vector<float> values, motor(1);
    for (int t = 0; t < 5; ++t) {
      network.activate(std::vector<float>{0.3F}, motor);
      values.push_back(motor[0]);
    }
    return values;
  };
  const std::vector<float> first = five();
  EXPECT_NE(five(), first);
  network.reset_state();
  EXPECT_EQ(five(), first);
}

}  // namespace
}  // namespace cambrian
