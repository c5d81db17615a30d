#include <gtest/gtest.h>

#include <set>

#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/marks.hpp"
#include "cambrian/genome/graph/neat_mutation.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using namespace graph_fixtures;

TEST(GraphMarks, SortInputsThenBiasThenOutputsThenHidden) {
  EXPECT_LT(fixed_mark(NodeKind::input, 0xffffffffU), fixed_mark(NodeKind::bias, 0));
  EXPECT_LT(fixed_mark(NodeKind::bias, 0), fixed_mark(NodeKind::output, 0));
  EXPECT_LT(fixed_mark(NodeKind::output, 0xffffffffU), kHashedMark);
  EXPECT_TRUE(is_hashed(node_mark(1, 0)));
  EXPECT_TRUE(is_hashed(edge_mark(0, 1)));
}

// The marks are part of every run file: a change of the hash makes old archives unreadable.
TEST(GraphMarks, AreWhatTheyWereInFormatVersionOne) {
  EXPECT_EQ(edge_mark(fixed_mark(NodeKind::input, 0), fixed_mark(NodeKind::output, 0)),
            0xbefdc62eb5cb6d8cULL);
  EXPECT_EQ(seed_node_mark(), 0xbac9e11a367bfd58ULL);
}

TEST(GraphMarks, OfDirectedPairsDiffer) {
  std::set<std::uint64_t> marks;
  for (std::uint64_t a = 0; a < 60; ++a) {
    for (std::uint64_t b = 0; b < 60; ++b) marks.insert(edge_mark(a, b));
  }
  EXPECT_EQ(marks.size(), 3600U);
}

Graph seed_of(const GraphSpace& space, std::uint64_t seed) {
  GraphPopulation population;
  population.resize(1);
  space.initialise(population, 0, population.size(), stream_key(seed, "first"), 0);
  return population[0];
}

/// The same link, split in a genome of its own with draws of its own.
std::uint64_t mark_of_split(Graph graph, const GraphSpace& space, std::uint64_t edge,
                            std::uint64_t seed) {
  for (EdgeGene& gene : graph.edges) gene.enabled = gene.mark == edge;
  Stream stream(stream_key(seed, "split"), 0);
  while (!add_node(graph, 1.0, space.shape(), stream)) {
  }
  return graph.nodes.back().mark;
}

TEST(GraphMarks, AlignAcrossIndependentLines) {
  const GraphSpace shape = space(true);
  const Graph a = seed_of(shape, 1);
  const Graph b = seed_of(shape, 2);
  const std::uint64_t edge = a.edges[0].mark;
  EXPECT_EQ(mark_of_split(a, shape, edge, 3), mark_of_split(b, shape, edge, 4));
}

TEST(GraphMarks, OfTheSameLinkSplitAgainAreTheNextUnused) {
  const GraphSpace shape = space(true);
  Graph graph = seed_of(shape, 1);
  const std::uint64_t edge = graph.edges[0].mark;
  Stream stream(stream_key(1, "split"), 0);
  for (int round = 0; round < 3; ++round) {
    for (EdgeGene& gene : graph.edges) gene.enabled = gene.mark == edge;
    while (!add_node(graph, 1.0, shape.shape(), stream)) {
    }
    check(graph, shape.shape());
    EXPECT_NE(find_node(graph, node_mark(edge, static_cast<std::uint32_t>(round))), nullptr);
  }
}

}  // namespace
}  // namespace cambrian
