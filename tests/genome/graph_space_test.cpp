#include "cambrian/genome/graph/graph_space.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using namespace graph_fixtures;

GraphPopulation first(const GraphSpace& space, std::size_t rows, std::uint64_t first_id = 0) {
  GraphPopulation population;
  population.resize(rows);
  space.initialise(population, 0, population.size(), stream_key(1, "first"), first_id);
  return population;
}

TEST(GraphSpace, FullSeedLinksInputsAndBiasToEveryOutput) {
  const GraphSpace shape = space(true);
  const GraphPopulation population = first(shape, 1);
  const Graph& graph = population[0];
  check(graph, shape.shape());
  EXPECT_EQ(graph.nodes.size(), 7U);
  EXPECT_EQ(graph.edges.size(), 10U);
  EXPECT_EQ(graph.nodes[4].kind, NodeKind::bias);
  EXPECT_EQ(graph.nodes[6].activation, Activation::bipolar_sigmoid);
}

TEST(GraphSpace, InitialisesTheRowsThatWereAskedAlone) {
  const GraphSpace shape = space(true);
  const GraphPopulation all = first(shape, 4);
  GraphPopulation some;
  some.resize(4);
  shape.initialise(some, 1, 2, stream_key(1, "first"), 0);
  EXPECT_EQ(some[1], all[1]);
  EXPECT_EQ(some[2], all[2]);
  EXPECT_EQ(some[0], Graph());
  EXPECT_EQ(some[3], Graph());
}

TEST(GraphSpace, ChecksItsOwnGraphs) {
  const GraphSpace shape = space(true);
  GraphPopulation population = first(shape, 2);
  population[1].nodes[4].bias = std::numeric_limits<float>::infinity();
  EXPECT_NO_THROW(shape.check(population, 0));
  EXPECT_THROW(shape.check(population, 1), Error);
}

// The seed of the maze runs: 10 inputs and the bias, one hidden node, two outputs, 13 links.
TEST(GraphSpace, OneHiddenSeedIsThatOfTheMazeRuns) {
  GraphSpace::Shape shape;
  shape.inputs = 10;
  shape.outputs = 2;
  shape.one_hidden = true;
  const GraphPopulation population = first(GraphSpace(GraphGenomeParameters(), shape), 1);
  const Graph& graph = population[0];
  check(graph, shape);
  EXPECT_EQ(graph.nodes.size(), 14U);
  EXPECT_EQ(graph.edges.size(), 13U);
  for (const EdgeGene& edge : graph.edges) {
    EXPECT_TRUE(edge.source == 13 || edge.target == 13) << "no direct link";
  }
}

TEST(GraphSpace, DrawsWeightsFromItsRange) {
  GraphGenomeParameters parameters;
  parameters.initial_range = 0.5;
  const GraphPopulation population = first(GraphSpace(parameters, space(true).shape()), 2000);
  double sum = 0.0;
  double least = 0.0;
  double most = 0.0;
  for (std::size_t i = 0; i < population.size(); ++i) {
    for (const EdgeGene& edge : population[i].edges) {
      sum += edge.weight;
      least = std::min<double>(least, edge.weight);
      most = std::max<double>(most, edge.weight);
    }
  }
  EXPECT_NEAR(sum / 20000.0, 0.0, 0.01);
  EXPECT_NEAR(least, -0.5, 0.001);
  EXPECT_NEAR(most, 0.5, 0.001);
  EXPECT_GE(least, -0.5);
  EXPECT_LE(most, 0.5);
}

TEST(GraphSpace, GivesARowTheSameGenomeWhateverTheBatch) {
  const GraphSpace shape = space(true, true);
  const GraphPopulation whole = first(shape, 10);
  const GraphPopulation part = first(shape, 4, 6);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(part[i], whole[i + 6]);
}

TEST(GraphSpace, TakesTheConfiguredSeedAndActivations) {
  GraphGenomeParameters parameters;
  parameters.seed = SeedGraph::one_hidden;
  parameters.activations = {Activation::cosine};
  const GraphSpace shape(parameters, space(true).shape());
  EXPECT_TRUE(shape.shape().one_hidden);
  EXPECT_EQ(first(shape, 1)[0].nodes.back().activation, Activation::cosine);
  parameters.seed = SeedGraph::full;
  EXPECT_FALSE(GraphSpace(parameters, space(true, true).shape()).shape().one_hidden);
}

TEST(GraphSpace, OneInputIsDrawnForEachOutputBesideTheBias) {
  GraphGenomeParameters parameters;
  parameters.seed = SeedGraph::one_input;
  const GraphSpace shape(parameters, space(true, true).shape());
  const std::size_t inputs = shape.shape().inputs;
  const std::size_t outputs = shape.shape().outputs;
  const GraphPopulation graphs = first(shape, 100);
  std::vector<std::size_t> drawn(inputs);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_NO_THROW(check(graphs[i], shape.shape()));
    EXPECT_EQ(graphs[i].edges.size(), 2 * outputs);
    for (std::size_t o = 0; o < outputs; ++o) {
      std::size_t biases = 0;
      for (const EdgeGene& edge : graphs[i].edges) {
        if (edge.target != inputs + 1 + o) continue;
        EXPECT_NE(edge.weight, 0);
        if (edge.source == inputs)
          ++biases;
        else
          ++drawn[edge.source];
      }
      EXPECT_EQ(biases, 1U);
    }
  }
  for (const std::size_t count : drawn) EXPECT_GT(count, 100 * outputs / inputs / 2);
}

}  // namespace
}  // namespace cambrian
