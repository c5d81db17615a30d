#include "cambrian/network/modularity.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "cambrian/core/error.hpp"
#include "cambrian/core/stream.hpp"

namespace cambrian {
namespace {

/// Two directed 3-cycles, joined by one arc.
std::vector<Arc> two_cycles() { return {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {2, 3}}; }

std::vector<Arc> random_arcs(std::uint32_t nodes, double share, Stream& stream) {
  std::vector<Arc> arcs;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    for (std::uint32_t j = 0; j < nodes; ++j) {
      if (stream.chance(share)) arcs.push_back({i, j});
    }
  }
  return arcs;
}

/// The largest Q of all divisions of the nodes from `next` on, by trying each.
double exhaustive(std::span<const Arc> arcs, std::vector<std::uint32_t>& module_of,
                  std::size_t next, std::uint32_t modules) {
  if (next == module_of.size()) return modularity(arcs, module_of);
  double best = -1.0;
  for (std::uint32_t module = 0; module <= modules; ++module) {
    module_of[next] = module;
    best = std::max(best, exhaustive(arcs, module_of, next + 1, std::max(modules, module + 1)));
  }
  return best;
}

TEST(Modularity, OfTwoCyclesSplitInTheMiddleIs18Of49) {
  const std::vector<std::uint32_t> halves = {0, 0, 0, 1, 1, 1};
  EXPECT_DOUBLE_EQ(modularity(two_cycles(), halves), 18.0 / 49.0);
  EXPECT_DOUBLE_EQ(modularity(two_cycles(), std::vector<std::uint32_t>(6, 0)), 0.0);
}

TEST(Modularity, IsTheSumOverAllPairsThatItsDefinitionSays) {
  Stream stream(stream_key(1, "modularity"), 0);
  for (int repeat = 0; repeat < 20; ++repeat) {
    const std::vector<Arc> arcs = random_arcs(9, 0.3, stream);
    std::vector<std::uint32_t> module_of(9);
    for (std::uint32_t& module : module_of) module = stream.below(3);
    std::vector<double> out(9), in(9);
    for (const Arc& arc : arcs) {
      out[arc.source] += 1;
      in[arc.target] += 1;
    }
    const auto m = static_cast<double>(arcs.size());
    double q = 0;
    for (std::size_t i = 0; i < 9; ++i) {
      for (std::size_t j = 0; j < 9; ++j) {
        if (module_of[i] != module_of[j]) continue;
        const auto count = std::ranges::count_if(
            arcs, [&](const Arc& arc) { return arc.source == i && arc.target == j; });
        q += (static_cast<double>(count) - out[i] * in[j] / m) / m;
      }
    }
    EXPECT_NEAR(modularity(arcs, module_of), q, 1e-12);
  }
}

TEST(Modularity, FindsTheTwoCycles) {
  const std::vector<std::uint32_t> found = find_modules(6, two_cycles());
  EXPECT_EQ(found[0], found[1]);
  EXPECT_EQ(found[0], found[2]);
  EXPECT_EQ(found[3], found[4]);
  EXPECT_EQ(found[3], found[5]);
  EXPECT_NE(found[0], found[3]);
}

TEST(Modularity, ComesNearTheBestOfAllDivisions) {
  Stream stream(stream_key(2, "modularity"), 0);
  int best_found = 0;
  for (int repeat = 0; repeat < 100; ++repeat) {
    const std::vector<Arc> arcs = random_arcs(8, repeat % 2 == 0 ? 0.2 : 0.35, stream);
    if (arcs.empty()) continue;
    std::vector<std::uint32_t> module_of(8);
    const double best = exhaustive(arcs, module_of, 0, 0);
    const double found = modularity(arcs, find_modules(8, arcs));
    ASSERT_LE(found, best + 1e-12);
    EXPECT_GE(found, 0.75 * best) << repeat;
    best_found += found > best - 1e-9 ? 1 : 0;
  }
  EXPECT_GE(best_found, 80);
}

TEST(Modularity, OfACompleteNetworkAndOfNoneIsZero) {
  Wiring wiring;
  wiring.nodes.resize(5);
  EXPECT_EQ(modularity(wiring), 0.0);
  for (std::uint32_t i = 0; i < 5; ++i) {
    for (std::uint32_t j = 0; j < 5; ++j) wiring.links.push_back({i, j, 1.0F});
  }
  EXPECT_NEAR(modularity(wiring), 0.0, 1e-12);
}

TEST(Modularity, DoesNotCountWeightsNorTheBias) {
  Wiring wiring;
  wiring.nodes.resize(7);
  for (const Arc& arc : two_cycles()) wiring.links.push_back({arc.source, arc.target, -3.5F});
  wiring.nodes[6].kind = NodeKind::bias;
  for (std::uint32_t i = 0; i < 6; ++i) wiring.links.push_back({6, i, 1.0F});
  EXPECT_DOUBLE_EQ(modularity(wiring), 18.0 / 49.0);
}

TEST(ConnectionCost, IsTheSumOfSquaredLengthsInAsManyDimensionsAsThereAre) {
  Wiring wiring;
  wiring.nodes.resize(4);
  wiring.nodes[0].place = {0.0F, 0.0F};
  wiring.nodes[1].place = {3.0F, 4.0F};
  wiring.nodes[2].place = {3.0F, 4.0F, 2.0F};
  wiring.nodes[3].kind = NodeKind::bias;
  wiring.links = {{0, 1, 0.5F}, {1, 1, 1.0F}, {3, 1, 1.0F}};
  EXPECT_DOUBLE_EQ(connection_cost(wiring), 25.0);
  wiring.nodes[0].place.z = 0.0F;
  wiring.links = {{0, 2, 0.5F}};
  EXPECT_DOUBLE_EQ(connection_cost(wiring), 29.0);
}

TEST(ConnectionCost, NeedsPlaces) {
  Wiring wiring;
  wiring.nodes.resize(2);
  wiring.links = {{0, 1, 0.5F}};
  EXPECT_THROW(connection_cost(wiring), Error);
}

}  // namespace
}  // namespace cambrian
