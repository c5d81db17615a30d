#include <gtest/gtest.h>

#include <cmath>

#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/marks.hpp"
#include "cambrian/genome/graph/neat_mutation.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using namespace graph_fixtures;

TEST(GraphMutation, KeepsEveryInvariantOverLongLines) {
  for (const bool acyclic : {true, false}) {
    const GraphSpace shape = space(acyclic, acyclic);
    const GraphPopulation population = grown(shape, 20, 60);
    std::size_t nodes = 0;
    for (std::size_t i = 0; i < population.size(); ++i) {
      EXPECT_NO_THROW(check(population[i], shape.shape()));
      nodes += population[i].nodes.size();
    }
    EXPECT_GT(nodes, 20U * 15U) << "they must have grown";
  }
}

TEST(GraphMutation, SplitsALinkIntoTwo) {
  const GraphSpace shape = space(true);
  const GraphPopulation population = grown(shape, 100, 5);
  for (std::size_t i = 0; i < population.size(); ++i) {
    const Graph& before = population[i];
    Graph after = before;
    Stream stream(stream_key(2, "split"), i);
    ASSERT_TRUE(add_node(after, 0.3, shape.shape(), stream));
    check(after, shape.shape());
    ASSERT_EQ(after.nodes.size(), before.nodes.size() + 1);
    ASSERT_EQ(after.edges.size(), before.edges.size() + 2);
    EXPECT_EQ(after.structural_mutations, before.structural_mutations + 1);
    const EdgeGene* split = nullptr;
    const EdgeGene* in = nullptr;
    const EdgeGene* out = nullptr;
    for (const EdgeGene& edge : after.edges) {
      const EdgeGene* old = find_edge(before, edge.mark);
      if (old == nullptr) {
        const bool enters = find_node(before, after.nodes[edge.target].mark) == nullptr;
        (enters ? in : out) = &edge;
      } else if (old->enabled != edge.enabled) {
        split = &edge;
      } else {
        EXPECT_EQ(old->weight, edge.weight);
      }
    }
    ASSERT_TRUE(split != nullptr && in != nullptr && out != nullptr);
    EXPECT_FALSE(split->enabled);
    EXPECT_NE(after.nodes[split->source].kind, NodeKind::bias);
    EXPECT_EQ(in->source, split->source);
    EXPECT_EQ(in->target, out->source);
    EXPECT_EQ(out->target, split->target);
    EXPECT_EQ(in->weight, 1.0F);
    EXPECT_FLOAT_EQ(out->weight, 0.3F * split->weight);
    EXPECT_EQ(in->birth, after.structural_mutations);
    EXPECT_EQ(out->birth, after.structural_mutations);
  }
}

TEST(GraphMutation, NeverSplitsALinkOfTheBias) {
  const GraphSpace shape = space(true);
  Graph graph = grown(shape, 1, 0)[0];
  for (EdgeGene& edge : graph.edges) {
    edge.enabled = graph.nodes[edge.source].kind == NodeKind::bias;
  }
  const Graph before = graph;
  Stream stream(stream_key(2, "bias"), 0);
  EXPECT_FALSE(add_node(graph, 1.0, shape.shape(), stream));
  EXPECT_EQ(graph, before);
}

TEST(GraphMutation, AddsALinkThatClosesACycleOnlyWhenAsked) {
  const GraphPopulation population = grown(space(true), 200, 10);
  Reachability reachability;
  int loops = 0;
  int longer = 0;
  for (std::size_t i = 0; i < population.size(); ++i) {
    for (const bool recurrent : {false, true}) {
      Graph graph = population[i];
      Stream stream(stream_key(2, "link"), i);
      if (!add_link(graph, recurrent, 40, stream, reachability)) continue;
      check(graph);
      EXPECT_EQ(is_acyclic(graph), !recurrent);
      ASSERT_EQ(graph.edges.size(), population[i].edges.size() + 1);
      for (const EdgeGene& edge : graph.edges) {
        if (find_edge(population[i], edge.mark) != nullptr) continue;
        EXPECT_LE(std::abs(edge.weight), 1.0F);
        EXPECT_EQ(edge.birth, graph.structural_mutations);
        if (recurrent) (edge.source == edge.target ? loops : longer) += 1;
      }
    }
  }
  EXPECT_GT(loops, 30);
  EXPECT_GT(longer, 5) << "rare: half of the tries are loops, which nearly always succeed";
}

TEST(GraphMutation, GivesUpALinkWhereAllAreThere) {
  Graph graph = grown(space(true), 1, 0)[0];
  graph.nodes.erase(graph.nodes.begin() + 6);  // one output, all linked to it
  std::erase_if(graph.edges, [](const EdgeGene& edge) { return edge.target == 6; });
  const Graph before = graph;
  Reachability reachability;
  Stream stream(stream_key(2, "full"), 0);
  EXPECT_FALSE(add_link(graph, false, 40, stream, reachability));
  EXPECT_EQ(graph, before);
}

/// Shares of weights untouched, replaced (within +-power of 0) and moved, from weights of 100 that
/// no clipping touches.
struct Shares {
  double untouched = 0.0;
  double replaced = 0.0;
  double moved = 0.0;
};

Shares shares_of(const std::vector<float>& weights) {
  Shares shares;
  for (const float weight : weights) {
    (weight == 100.0F           ? shares.untouched
     : std::abs(weight) <= 0.8F ? shares.replaced
                                : shares.moved) += 1.0 / static_cast<double>(weights.size());
    if (std::abs(weight) > 0.8F) {
      EXPECT_NEAR(weight, 100.0F, 0.8001F);
    }
  }
  return shares;
}

/// A genome of 20 links, born one after another, of weight 100.
/// Births are 0 to 19 times `apart`; after the last there were `later` more mutations.
Graph twenty_links(std::uint32_t apart = 1, std::uint32_t later = 1) {
  GraphSpace::Shape shape;
  shape.inputs = 9;
  shape.outputs = 2;
  GraphPopulation population;
  population.resize(1);
  GraphSpace(GraphGenomeParameters(), shape)
      .initialise(population, 0, population.size(), stream_key(1, "w"), 0);
  Graph graph = population[0];
  graph.structural_mutations = 19 * apart + later;
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    graph.edges[i].weight = 100.0F;
    graph.edges[i].birth = static_cast<std::uint32_t>((i * 7) % 20) * apart;
  }
  return graph;
}

using Ages = std::pair<std::uint32_t, std::uint32_t>;  // of twenty_links()
class GraphMutationOfAges : public testing::TestWithParam<Ages> {};

TEST_P(GraphMutationOfAges, MovesAndReplacesWeightsInItsTwoModes) {
  NeatVariationParameters parameters;
  parameters.apply_preset("maze");
  parameters.weight_limit = 1000.0;
  const auto [apart, later] = GetParam();
  const Graph graph = twenty_links(apart, later);
  ASSERT_EQ(graph.edges.size(), 20U);
  std::vector<float> severe, newest;
  int gentle = 0;
  MutationScratch scratch;
  for (std::uint64_t i = 0; i < 8000; ++i) {
    Graph child = graph;
    Stream stream(stream_key(6, "weights"), i);
    mutate_weights(child, parameters, stream, scratch);
    std::vector<float> old_part, new_part;
    for (const EdgeGene& edge : child.edges) {
      (edge.birth >= 16 * apart ? new_part : old_part).push_back(edge.weight);
    }
    // Sixteen weights all moved: the gentle mode (the severe one does so 3 times in 1000).
    if (shares_of(old_part).moved > 0.999) {
      ++gentle;
      newest.insert(newest.end(), new_part.begin(), new_part.end());
    } else {
      severe.insert(severe.end(), old_part.begin(), old_part.end());
    }
  }
  EXPECT_NEAR(gentle / 8000.0, 0.5, 0.03);
  EXPECT_NEAR(shares_of(severe).moved, 0.7, 0.01);
  EXPECT_NEAR(shares_of(severe).replaced, 0.2, 0.01);
  EXPECT_NEAR(shares_of(newest).moved, 0.5, 0.02);
  EXPECT_NEAR(shares_of(newest).replaced, 0.2, 0.02);
}

INSTANTIATE_TEST_SUITE_P(YoungAndOld, GraphMutationOfAges,
                         testing::Values(Ages(1, 1), Ages(10, 1), Ages(1, 60), Ages(1, 1000)));

TEST(GraphMutation, MovesAndReplacesWeightsByThePaper) {
  NeatVariationParameters parameters;
  parameters.apply_preset("maze");
  parameters.weight_limit = 1000.0;
  parameters.weight_rule = WeightRule::paper;
  std::vector<float> weights;
  MutationScratch scratch;
  double sum = 0.0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    Graph child = twenty_links();
    Stream stream(stream_key(6, "paper"), i);
    mutate_weights(child, parameters, stream, scratch);
    for (const EdgeGene& edge : child.edges) {
      weights.push_back(edge.weight);
      if (edge.weight > 1.0F) sum += edge.weight - 100.0;
    }
  }
  EXPECT_NEAR(shares_of(weights).moved, 0.9, 0.01);
  EXPECT_NEAR(shares_of(weights).replaced, 0.1, 0.01);
  EXPECT_NEAR(sum / 36000.0, 0.0, 0.01);
}

TEST(GraphMutation, ClipsWeights) {
  NeatVariationParameters parameters;
  parameters.apply_preset("maze");
  Graph graph = twenty_links();
  MutationScratch scratch;
  for (std::uint64_t i = 0; i < 50; ++i) {
    Stream stream(stream_key(6, "clip"), i);
    mutate_weights(graph, parameters, stream, scratch);
    for (const EdgeGene& edge : graph.edges) EXPECT_LE(std::abs(edge.weight), 3.0F);
  }
}

TEST(GraphMutation, ToggleLeavesTheLastEnabledLinkOfANode) {
  Graph graph = grown(space(true), 1, 0)[0];
  for (std::uint64_t i = 0; i < 500; ++i) {
    const Graph before = graph;
    Stream stream(stream_key(8, "toggle"), i);
    toggle_link(graph, stream);
    int changed = 0;
    std::vector<int> enabled(graph.nodes.size(), 0);
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
      changed += graph.edges[e].enabled != before.edges[e].enabled ? 1 : 0;
      enabled[graph.edges[e].source] += graph.edges[e].enabled ? 1 : 0;
    }
    EXPECT_LE(changed, 1);
    for (std::size_t node = 0; node < 5; ++node) EXPECT_GE(enabled[node], 1);
  }
}

TEST(GraphMutation, ReEnablesTheOldestDisabledLink) {
  Graph graph = twenty_links();
  for (const std::size_t disabled : {2U, 5U, 11U}) graph.edges[disabled].enabled = false;
  // births (7 i mod 20): 14, 15, 17
  re_enable_link(graph);
  EXPECT_TRUE(graph.edges[2].enabled);
  EXPECT_FALSE(graph.edges[5].enabled);
  EXPECT_FALSE(graph.edges[11].enabled);
}

/// How many of 50 grown graphs a mutation changes: at most one node of each, and of this kind.
int changed(NodeKind kind, void (*mutation)(Graph&, const GraphSpace::Shape&, Stream&)) {
  const GraphSpace shape = space(true);
  const GraphPopulation population = grown(shape, 50, 12);
  int changes = 0;
  for (std::size_t i = 0; i < population.size(); ++i) {
    Graph graph = population[i];
    Stream stream(stream_key(9, "activation"), i);
    mutation(graph, shape.shape(), stream);
    int nodes = 0;
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
      if (graph.nodes[n] == population[i].nodes[n]) continue;
      ++nodes;
      EXPECT_EQ(graph.nodes[n].kind, kind);
    }
    EXPECT_LE(nodes, 1);
    changes += nodes;
  }
  return changes;
}

TEST(GraphMutation, OfActivationsTouchesOneHiddenNode) {
  EXPECT_GT(changed(NodeKind::hidden, mutate_activation), 15);
}

// First outputs have none of the functions that are drawn from, so that each changes.
TEST(GraphMutation, OfOutputActivationsTouchesOneOutput) {
  EXPECT_EQ(changed(NodeKind::output, mutate_output_activation), 50);
}

}  // namespace
}  // namespace cambrian
