#include "cambrian/genome/graph/graph_algorithms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <sstream>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/detail/boost_graph.hpp"
#include "cambrian/genome/graph/neat_mutation.hpp"
#include "tests/genome/graph_fixtures.hpp"

BOOST_CONCEPT_ASSERT((boost::GraphConcept<cambrian::Graph>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<cambrian::Graph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<cambrian::Graph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<cambrian::Graph>));
BOOST_CONCEPT_ASSERT(
    (boost::VertexListGraphConcept<boost::filtered_graph<cambrian::Graph, cambrian::Enabled>>));

namespace cambrian {
namespace {

using namespace graph_fixtures;
using testing::HasSubstr;
using testing::Not;

/// Reachability over enabled (or all) links : Warshall's closure.
std::vector<std::vector<bool>> closure(const Graph& graph, bool all) {
  const std::size_t n = graph.nodes.size();
  std::vector<std::vector<bool>> reach(n, std::vector<bool>(n, false));
  for (const EdgeGene& edge : graph.edges) {
    if (all || edge.enabled) reach[edge.source][edge.target] = true;
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

TEST(GraphAlgorithms, AgreeWithTheTransitiveClosure) {
  const GraphPopulation population = grown(space(false), 200, 12);
  int cyclic = 0;
  for (std::size_t i = 0; i < population.size(); ++i) {
    const Graph& graph = population[i];
    const auto reach = closure(graph, false);
    EXPECT_EQ(is_acyclic(graph), !has_cycle(closure(graph, true)));
    const std::vector<std::uint32_t> component = strong_components(graph);
    for (std::size_t a = 0; a < reach.size(); ++a) {
      for (std::size_t b = 0; b < reach.size(); ++b) {
        if (a == b) continue;
        EXPECT_EQ(component[a] == component[b], reach[a][b] && reach[b][a]);
      }
    }
    if (has_cycle(reach)) {
      ++cyclic;
      EXPECT_THROW(topological_order(graph), Error);
      continue;
    }
    const std::vector<std::uint32_t> order = topological_order(graph);
    ASSERT_EQ(order.size(), graph.nodes.size());
    for (std::size_t a = 0; a < order.size(); ++a) {
      for (std::size_t b = 0; b <= a; ++b) EXPECT_FALSE(reach[order[a]][order[b]]);
    }
  }
  EXPECT_GT(cyclic, 20);
  EXPECT_LT(cyclic, 180);
}

TEST(GraphAlgorithms, ReachabilityAgreesWithTheTransitiveClosure) {
  const GraphPopulation population = grown(space(false), 50, 20);
  Reachability reachability;
  for (std::size_t i = 0; i < population.size(); ++i) {
    const auto reach = closure(population[i], true);
    reachability.read(population[i]);
    EXPECT_EQ(reachability.acyclic(), !has_cycle(reach));
    for (std::uint32_t a = 0; a < reach.size(); ++a) {
      for (std::uint32_t b = 0; b < reach.size(); ++b) {
        EXPECT_EQ(reachability.reaches(a, b), a == b || reach[a][b]);
      }
    }
  }
}

TEST(GraphAlgorithms, WriteOnlyEnabledLinks) {
  Graph graph = grown(space(true), 1, 0)[0];
  for (EdgeGene& edge : graph.edges) edge.enabled = false;
  graph.edges[0].enabled = true;
  graph.edges[0].weight = 0.25F;
  std::ostringstream dot;
  write_dot(dot, graph);
  EXPECT_THAT(dot.str(), HasSubstr("0->5"));
  EXPECT_THAT(dot.str(), HasSubstr("0.25"));
  EXPECT_THAT(dot.str(), HasSubstr("bipolar_sigmoid"));
  EXPECT_THAT(dot.str(), Not(HasSubstr("1->5")));
  std::ostringstream graphml;
  write_graphml(graphml, graph);
  EXPECT_THAT(graphml.str(), HasSubstr("source=\"n0\" target=\"n5\""));
  EXPECT_THAT(graphml.str(), Not(HasSubstr("source=\"n1\"")));
}

}  // namespace
}  // namespace cambrian
