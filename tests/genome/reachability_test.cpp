#include "cambrian/genome/graph/reachability.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using namespace graph_fixtures;

/// Which nodes reach which: Warshall's closure.
std::vector<std::vector<bool>> closure(const Graph& graph) {
  const std::size_t n = graph.nodes.size();
  std::vector<std::vector<bool>> reach(n, std::vector<bool>(n, false));
  for (const EdgeGene& edge : graph.edges) {
    reach[edge.source][edge.target] = true;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (reach[i][k] && reach[k][j]) reach[i][j] = true;
      }
    }
  }
  return reach;
}

bool has_cycle(const std::vector<std::vector<bool>>& reach) {
  for (std::size_t i = 0; i < reach.size(); ++i) {
    if (reach[i][i]) return true;
  }
  return false;
}

TEST(Reachability, AgreesWithTheTransitiveClosure) {
  const GraphPopulation population = grown(space(false), 50, 20);
  Reachability reachability;
  int cyclic = 0;
  for (std::size_t i = 0; i < population.size(); ++i) {
    const auto reach = closure(population[i]);
    reachability.read(population[i]);
    EXPECT_EQ(reachability.acyclic(), !has_cycle(reach));
    cyclic += has_cycle(reach) ? 1 : 0;
    for (std::uint32_t a = 0; a < reach.size(); ++a) {
      for (std::uint32_t b = 0; b < reach.size(); ++b) {
        EXPECT_EQ(reachability.reaches(a, b), a == b || reach[a][b]);
      }
    }
  }
  EXPECT_GT(cyclic, 0);
  EXPECT_LT(cyclic, 50);
}

}  // namespace
}  // namespace cambrian
