#include <gtest/gtest.h>

#include <cmath>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/neat_variation.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using namespace graph_fixtures;

std::vector<Mating> matings(std::size_t count, std::size_t parents) {
  std::vector<Mating> result(count);
  Stream stream(stream_key(11, "matings"), 0);
  for (Mating& mating : result) {
    mating.mother = stream.below(static_cast<std::uint32_t>(parents));
    if (stream.chance(0.7)) mating.father = stream.below(static_cast<std::uint32_t>(parents));
  }
  return result;
}

NeatVariationParameters preset(std::string_view name) {
  NeatVariationParameters parameters;
  parameters.apply_preset(name);
  return parameters;
}

TEST(NeatVariation, ChildrenKeepEveryInvariantOverGenerations) {
  for (const bool acyclic : {true, false}) {
    for (const std::string_view name : {"maze", "as_published"}) {
      const GraphSpace shape = space(acyclic);
      NeatVariationParameters parameters = preset(name);
      parameters.add_node = 0.1;
      parameters.add_link = 0.2;
      const NeatVariation variation(parameters, shape);
      GraphPopulation parents = grown(shape, 60, 3);
      GraphPopulation children;
      children.resize(60);
      for (std::uint64_t generation = 0; generation < 15; ++generation) {
        variation.vary(parents, matings(60, 60), children, {0, 60}, stream_key(1, "vary"),
                       generation * 60);
        for (std::size_t i = 0; i < children.size(); ++i) {
          ASSERT_NO_THROW(check(children[i], shape.shape()));
        }
        std::swap(parents, children);
      }
    }
  }
}

TEST(NeatVariation, AChildDependsOnItsOrdinalAloneNotOnItsBatch) {
  for (const std::string_view name : {"maze", "as_published"}) {
    const GraphSpace shape = space(true);
    const NeatVariation variation(preset(name), shape);
    const GraphPopulation parents = grown(shape, 20, 10);
    const std::vector<Mating> all = matings(40, 20);
    GraphPopulation whole;
    whole.resize(40);
    variation.vary(parents, all, whole, {0, 40}, stream_key(1, "vary"), 100);
    GraphPopulation used = grown(shape, 50, 20, 99);  // memory of others must not show
    used.resize(40);
    for (std::size_t i = 0; i < all.size(); i += 4) {
      variation.vary(parents, std::span(all).subspan(i, 4), used, {i, i + 4}, stream_key(1, "vary"),
                     100);
    }
    for (std::size_t i = 0; i < 40; ++i) EXPECT_EQ(used[i], whole[i]);
    used = grown(shape, 40, 20, 99);
    const auto executor = make_executor(3);
    variation.vary(parents, all, used, {0, 40}, stream_key(1, "vary"), 100, executor.get());
    ASSERT_EQ(used.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(used[i], whole[i]);
  }
}

TEST(NeatVariation, OnlyOutputsOfCppnsChangeTheirActivation) {
  NeatVariationParameters parameters = preset("maze");
  parameters.mutate_output_activation = 0.5;
  EXPECT_THROW(NeatVariation(parameters, space(true)), ConfigError);
  GraphSpace::Shape shape = space(true).shape();
  shape.outputs_may_change = true;
  const GraphSpace cppns({}, shape);
  const NeatVariation variation(parameters, cppns);
  const GraphPopulation parents = grown(cppns, 1, 0);
  GraphPopulation children;
  children.resize(1000);
  variation.vary(parents, std::vector<Mating>(1000), children, {0, 1000}, stream_key(1, "outputs"),
                 0);
  std::size_t changed = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    for (std::size_t n = 5; n < 7; ++n)
      changed += children[i].nodes[n].activation != parents[0].nodes[n].activation ? 1 : 0;
  }
  // Half of those whose structure stays, which are most.
  EXPECT_GT(changed, 350U);
  EXPECT_LT(changed, 550U);
}

/// Shares of children by what changed, without structure: the rates of the parameters.
TEST(NeatVariation, MutatesAtItsRates) {
  const GraphSpace shape = space(true, true);
  NeatVariationParameters parameters = preset("maze");
  parameters.add_node = 0.05;
  parameters.mutate_activation = 0.3;
  const NeatVariation variation(parameters, shape);
  const GraphPopulation parents = grown(shape, 1, 0);
  constexpr std::size_t kChildren = 40000;
  GraphPopulation children;
  children.resize(kChildren);
  variation.vary(parents, std::vector<Mating>(kChildren), children, {0, kChildren},
                 stream_key(1, "rates"), 0);
  double nodes = 0.0;
  double links = 0.0;
  double weights = 0.0;
  double activations = 0.0;
  for (std::size_t i = 0; i < kChildren; ++i) {
    const Graph& child = children[i];
    if (child.nodes.size() > 8) {
      nodes += 1.0 / kChildren;
    } else if (child.edges.size() > 7) {
      links += 1.0 / kChildren;
    } else {
      bool moved = false;
      for (std::size_t e = 0; e < child.edges.size(); ++e) {
        moved = moved || child.edges[e].weight != parents[0].edges[e].weight;
      }
      weights += moved ? 1.0 / kChildren : 0.0;
      activations += child.nodes.back() == parents[0].nodes.back() ? 0.0 : 1.0 / kChildren;
    }
  }
  EXPECT_NEAR(nodes, 0.05, 0.005);
  EXPECT_NEAR(links, 0.95 * 0.1, 0.006);
  EXPECT_NEAR(weights, 0.95 * 0.9 * 0.6, 0.01);
  EXPECT_NEAR(activations, 0.95 * 0.9 * 0.3 * 2.0 / 3.0, 0.01);  // one of 3 is the old one
}

TEST(NeatVariation, SparesOnlyChildrenOfDifferentParentsFromMutation) {
  const GraphSpace shape = space(true);
  NeatVariationParameters parameters = preset("maze");
  parameters.mate_only = 1.0;
  parameters.multipoint = 0.0;
  parameters.mutate_weights = 1.0;
  const NeatVariation variation(parameters, shape);
  const GraphPopulation parents = grown(shape, 2, 0);
  GraphPopulation children;
  children.resize(3);
  variation.vary(parents, std::vector<Mating>{{0, 1}, {0, 0}, {0, Mating::kNone}}, children, {0, 3},
                 stream_key(1, "spare"), 3);
  for (std::size_t e = 0; e < children[0].edges.size(); ++e) {
    EXPECT_EQ(children[0].edges[e].weight,
              0.5F * (parents[0].edges[e].weight + parents[1].edges[e].weight));
  }
  EXPECT_NE(children[1], parents[0]);
  EXPECT_NE(children[2], parents[0]);
}

TEST(NeatVariation, AsPublishedKeepsTheGenesOfBoth) {
  const GraphSpace shape = space(true);
  const NeatVariation variation(preset("as_published"), shape);
  const GraphPopulation parents = grown(shape, 10, 12);
  GraphPopulation children;
  const std::vector<Mating> pairs = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}};
  children.resize(5);
  variation.vary(parents, pairs, children, {0, 5}, stream_key(1, "both"), 0);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (const EdgeGene& edge : parents[pairs[i].mother].edges) {
      EXPECT_NE(find_edge(children[i], edge.mark), nullptr);
    }
    EXPECT_GT(children[i].edges.size(), parents[pairs[i].mother].edges.size());
  }
}

double slow_distance(const Graph& a, const Graph& b) {
  double unmatched = 0.0;
  double matching = 0.0;
  double difference = 0.0;
  for (const EdgeGene& edge : a.edges) {
    const EdgeGene* other = find_edge(b, edge.mark);
    if (other == nullptr) {
      unmatched += 1.0;
    } else {
      matching += 1.0;
      difference += std::abs(static_cast<double>(edge.weight) - other->weight);
    }
  }
  for (const EdgeGene& edge : b.edges) {
    if (find_edge(a, edge.mark) == nullptr) unmatched += 1.0;
  }
  return unmatched + 3.0 * (matching == 0.0 ? 0.0 : difference / matching);
}

TEST(NeatVariation, DistanceAgreesWithASlowModel) {
  const GraphSpace shape = space(false);
  const NeatVariation variation(preset("maze"), shape);
  const GraphPopulation population = grown(shape, 40, 15);
  for (std::size_t i = 0; i < population.size(); ++i) {
    for (std::size_t j = 0; j < population.size(); ++j) {
      const double distance = variation.distance(population, i, population, j);
      EXPECT_NEAR(distance, slow_distance(population[i], population[j]), 1e-5);
      EXPECT_EQ(distance, variation.distance(population, j, population, i));
    }
    EXPECT_EQ(variation.distance(population, i, population, i), 0.0);
  }
}

TEST(NeatVariation, DistanceOfLargeGenomesAgreesWithASlowModel) {
  const GraphSpace shape = space(false);
  const NeatVariation variation(preset("maze"), shape);
  const GraphPopulation population = grown(shape, 4, 250);
  ASSERT_GT(population[0].edges.size(), 140U) << "above what the small table takes";
  for (std::size_t i = 0; i < population.size(); ++i) {
    for (std::size_t j = 0; j < population.size(); ++j) {
      const double distance = variation.distance(population, i, population, j);
      EXPECT_NEAR(distance, slow_distance(population[i], population[j]), 1e-5);
      EXPECT_EQ(distance, variation.distance(population, j, population, i));
    }
  }
}

TEST(NeatVariation, DistanceOfGenomesWithoutAMatchCountsGenes) {
  const GraphSpace shape = space(true);
  const NeatVariation variation(preset("maze"), shape);
  GraphPopulation population = grown(shape, 2, 0);
  population[1].edges.clear();
  EXPECT_EQ(variation.distance(population, 0, population, 1), 10.0);
}

class SpaceOfAnotherKind final : public GenomeSpace {
 public:
  std::string_view kind() const override { return "real"; }
  std::unique_ptr<Population> make_population() const override { return nullptr; }
  void draw(Population&, std::size_t, std::size_t, StreamKey, std::uint64_t) const override {}
  void check(const Population&, std::size_t) const override {}
};

TEST(NeatVariation, RefusesOtherGenomes) {
  const std::vector<VariationComponent> lines = variations();
  const VariationComponent& line = *std::ranges::find(lines, "neat", &VariationComponent::name);
  EXPECT_THROW(line.make(*line.parameters(), SpaceOfAnotherKind()), ConfigError);
  EXPECT_DOUBLE_EQ(line.make(*line.parameters(), space(true))->mating_share(), 0.75);
}

TEST(NeatVariation, RefiningChangesWeightsOrAddsOneLink) {
  const GraphSpace shape = space(true, true);
  const NeatVariation variation(preset("textbook"), shape);
  const GraphPopulation parents = grown(shape, 1, 0);
  constexpr std::size_t kChildren = 2000;
  GraphPopulation children;
  children.resize(kChildren);
  variation.refine_rows(parents, std::vector<Mating>(kChildren), children, {0, kChildren},
                        stream_key(1, "refine"), 0);
  std::size_t moved = 0;
  std::size_t linked = 0;
  for (std::size_t i = 0; i < kChildren; ++i) {
    ASSERT_NO_THROW(check(children[i], shape.shape()));
    ASSERT_EQ(children[i].nodes, parents[0].nodes);
    if (children[i].edges.size() > parents[0].edges.size()) {
      ++linked;
      EXPECT_EQ(children[i].edges.size(), parents[0].edges.size() + 1);
    } else {
      moved += children[i].edges == parents[0].edges ? 0 : 1;
    }
  }
  EXPECT_NEAR(static_cast<double>(moved), 0.8 * kChildren, 60);
  EXPECT_NEAR(static_cast<double>(linked), 0.2 * kChildren, 60);
}

TEST(NeatVariation, WithoutNewLinksRefiningChangesWeightsAlone) {
  const GraphSpace shape = space(true, true);
  NeatVariationParameters parameters = preset("textbook");
  parameters.add_link = 0.0;
  const NeatVariation variation(parameters, shape);
  const GraphPopulation parents = grown(shape, 1, 0);
  GraphPopulation children;
  children.resize(200);
  variation.refine_rows(parents, std::vector<Mating>(200), children, {0, 200},
                        stream_key(1, "refine"), 0);
  for (std::size_t i = 0; i < 200; ++i) {
    EXPECT_EQ(children[i].edges.size(), parents[0].edges.size());
  }
}

TEST(NeatVariation, GenesAreEdgesAndDistanceMayBeDividedByThoseOfTheLargerGenome) {
  const GraphSpace shape = space(true);
  NeatVariationParameters parameters = preset("textbook");
  parameters.weight_coefficient = 0.0;
  const NeatVariation whole(parameters, shape);
  parameters.divide_by_size = true;
  const NeatVariation divided(parameters, shape);
  const GraphPopulation genomes = grown(shape, 10, 12);
  int apart = 0;
  for (std::size_t i = 1; i < 10; ++i) {
    const std::size_t larger = std::max(whole.genes(genomes, 0), whole.genes(genomes, i));
    EXPECT_EQ(whole.genes(genomes, i), genomes[i].edges.size());
    EXPECT_DOUBLE_EQ(divided.distance(genomes, 0, genomes, i),
                     whole.distance(genomes, 0, genomes, i) / static_cast<double>(larger));
    apart += whole.distance(genomes, 0, genomes, i) > 0.0 ? 1 : 0;
  }
  EXPECT_GT(apart, 5);
}

TEST(NeatVariation, PresetsOfNeatsPapersDifferWhereThePapersDo) {
  const NeatVariationParameters paper = preset("textbook");
  EXPECT_EQ(paper.add_node, 0.03);
  EXPECT_EQ(paper.add_link, 0.05);
  EXPECT_EQ(paper.weight_power, 2.5);
  EXPECT_EQ(paper.weight_limit, 8.0);
  EXPECT_EQ(paper.weight_coefficient, 0.4);
  EXPECT_EQ(paper.recurrent_only, 0.0);
  const NeatVariationParameters nsc = preset("nsc");
  EXPECT_EQ(nsc.unmatched_genes, UnmatchedGenes::both);
  EXPECT_EQ(nsc.split_out_weight, 0.3);
  EXPECT_EQ(nsc.weight_limit, 3.0);
  EXPECT_EQ(nsc.add_node, 0.03);
  const NeatVariationParameters jair = preset("jair04");
  EXPECT_EQ(jair.add_node, 0.01);
  EXPECT_EQ(jair.add_link, 0.1);
  EXPECT_EQ(jair.weight_rule, WeightRule::paper);
}

}  // namespace
}  // namespace cambrian
