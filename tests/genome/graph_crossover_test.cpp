#include <gtest/gtest.h>

#include <algorithm>

#include "cambrian/genome/graph/check.hpp"
#include "cambrian/genome/graph/marks.hpp"
#include "cambrian/genome/graph/neat_crossover.hpp"
#include "tests/genome/graph_fixtures.hpp"

namespace cambrian {
namespace {

using namespace graph_fixtures;

/// Crosses all pairs of grown lines and shows each child to `look(mother, father, child)`.
template <class Look>
void for_each_child(const GraphSpace& space, const CrossoverRules& rules, const Look& look) {
  const GraphPopulation parents = grown(space, 30, 18);
  CrossoverScratch scratch;
  for (std::size_t i = 0; i < parents.size(); ++i) {
    for (std::size_t j = 0; j < parents.size(); ++j) {
      Stream stream(stream_key(5, "cross"), i * parents.size() + j);
      Graph child;
      cross(parents[i], parents[j], rules, stream, scratch, child);
      ASSERT_NO_THROW(check(child, space.shape()));
      ASSERT_EQ(child.structural_mutations,
                std::max(parents[i].structural_mutations, parents[j].structural_mutations));
      look(parents[i], parents[j], child);
    }
  }
}

CrossoverRules rules(bool average, bool keep_all, bool acyclic) {
  CrossoverRules result;
  result.average = average;
  result.keep_all = keep_all;
  result.acyclic = acyclic;
  return result;
}

std::vector<std::uint64_t> node_marks(const Graph& graph) {
  std::vector<std::uint64_t> marks;
  for (const NodeGene& node : graph.nodes) marks.push_back(node.mark);
  return marks;
}

TEST(GraphCrossover, ByMultipointDrawsMatchingGenesAndTakesTheOthersFromTheMother) {
  int from_mother = 0;
  int from_father = 0;
  for_each_child(space(false), rules(false, false, false),
                 [&](const Graph& mother, const Graph& father, const Graph& child) {
                   EXPECT_EQ(node_marks(child), node_marks(mother));
                   ASSERT_EQ(child.edges.size(), mother.edges.size());
                   for (std::size_t i = 0; i < child.edges.size(); ++i) {
                     const EdgeGene& gene = child.edges[i];
                     const EdgeGene& hers = mother.edges[i];
                     const EdgeGene* his = find_edge(father, hers.mark);
                     EXPECT_EQ(gene.mark, hers.mark);
                     if (his == nullptr) {
                       EXPECT_EQ(gene, hers);
                       continue;
                     }
                     EXPECT_TRUE(gene.weight == hers.weight || gene.weight == his->weight);
                     if (hers.enabled && his->enabled) {
                       EXPECT_TRUE(gene.enabled);
                     }
                     if (!hers.enabled && !his->enabled) {
                       EXPECT_FALSE(gene.enabled);
                     }
                     if (hers.weight == his->weight) continue;
                     if (gene.weight == hers.weight) {
                       ++from_mother;
                       EXPECT_EQ(gene.birth, hers.birth);
                     } else {
                       ++from_father;
                       EXPECT_EQ(gene.birth, his->birth);
                     }
                   }
                 });
  EXPECT_GT(from_mother, 1000);
  EXPECT_NEAR(from_mother / static_cast<double>(from_mother + from_father), 0.5, 0.03);
}

TEST(GraphCrossover, ByAverageTakesTheMeanWeight) {
  for (const bool keep_all : {false, true}) {
    for_each_child(space(false), rules(true, keep_all, false),
                   [](const Graph& mother, const Graph& father, const Graph& child) {
                     for (const EdgeGene& gene : child.edges) {
                       const EdgeGene* hers = find_edge(mother, gene.mark);
                       const EdgeGene* his = find_edge(father, gene.mark);
                       const float expected = hers == nullptr ? his->weight
                                              : his == nullptr
                                                  ? hers->weight
                                                  : 0.5F * (hers->weight + his->weight);
                       EXPECT_EQ(gene.weight, expected);
                       EXPECT_EQ(gene.birth, (hers == nullptr ? his : hers)->birth);
                     }
                   });
  }
}

TEST(GraphCrossover, KeepingAllUnitesTheGenesOfBoth) {
  for_each_child(space(false), rules(false, true, false),
                 [](const Graph& mother, const Graph& father, const Graph& child) {
                   std::size_t matching = 0;
                   for (const EdgeGene& edge : mother.edges) {
                     EXPECT_NE(find_edge(child, edge.mark), nullptr);
                     matching += find_edge(father, edge.mark) != nullptr ? 1 : 0;
                   }
                   for (const EdgeGene& edge : father.edges) {
                     const EdgeGene* gene = find_edge(child, edge.mark);
                     ASSERT_NE(gene, nullptr);
                     if (find_edge(mother, edge.mark) == nullptr) {
                       EXPECT_EQ(gene->weight, edge.weight);
                       EXPECT_EQ(gene->birth, edge.birth);
                       EXPECT_EQ(gene->enabled, edge.enabled);
                     }
                   }
                   EXPECT_EQ(child.edges.size(),
                             mother.edges.size() + father.edges.size() - matching);
                 });
}

/// The rule, slowly: the mother's links stand, the father's join by mark unless they close a cycle.
std::vector<std::uint64_t> links_without_cycles(const Graph& mother, const Graph& father) {
  std::vector<EdgeGene> his;
  const auto marks_of = [](const Graph& graph, const EdgeGene& edge) {
    return std::pair{graph.nodes[edge.source].mark, graph.nodes[edge.target].mark};
  };
  std::vector<std::pair<std::uint64_t, std::uint64_t>> links;
  for (const EdgeGene& edge : mother.edges) links.push_back(marks_of(mother, edge));
  for (const EdgeGene& edge : father.edges) {
    if (find_edge(mother, edge.mark) == nullptr) his.push_back(edge);
  }
  std::sort(his.begin(), his.end(),
            [](const EdgeGene& a, const EdgeGene& b) { return a.mark < b.mark; });
  for (const EdgeGene& edge : his) {
    const auto [source, target] = marks_of(father, edge);
    std::vector<std::uint64_t> reached = {target};
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (const auto& link : links) {
        const bool seen = std::find(reached.begin(), reached.end(), link.second) != reached.end();
        if (link.first == reached[i] && !seen) reached.push_back(link.second);
      }
    }
    if (std::find(reached.begin(), reached.end(), source) == reached.end()) {
      links.emplace_back(source, target);
    }
  }
  std::vector<std::uint64_t> marks;
  for (const auto& link : links) marks.push_back(edge_mark(link.first, link.second));
  std::sort(marks.begin(), marks.end());
  return marks;
}

TEST(GraphCrossover, KeepingAllOfCppnsDropsByMarkTheFathersGenesThatCloseACycle) {
  int dropped = 0;
  for_each_child(space(true), rules(false, true, true),
                 [&](const Graph& mother, const Graph& father, const Graph& child) {
                   EXPECT_TRUE(is_acyclic(child));
                   std::vector<std::uint64_t> marks;
                   for (const EdgeGene& edge : child.edges) marks.push_back(edge.mark);
                   std::sort(marks.begin(), marks.end());
                   EXPECT_EQ(marks, links_without_cycles(mother, father));
                   for (const EdgeGene& edge : father.edges) {
                     if (find_edge(child, edge.mark) == nullptr) ++dropped;
                   }
                 });
  EXPECT_GT(dropped, 10) << "the case must occur";
}

TEST(GraphCrossover, DrawsMatchingHiddenNodesFromEither) {
  for (const bool keep_all : {false, true}) {
    int hers_only = 0;
    int his_only = 0;
    for_each_child(
        space(true), rules(false, keep_all, true),
        [&](const Graph& mother, const Graph& father, const Graph& child) {
          for (const NodeGene& node : child.nodes) {
            const NodeGene* hers = find_node(mother, node.mark);
            const NodeGene* his = find_node(father, node.mark);
            EXPECT_TRUE((hers != nullptr && *hers == node) || (his != nullptr && *his == node));
            if (hers == nullptr || his == nullptr || *hers == *his) continue;
            (node == *hers ? hers_only : his_only) += 1;
          }
        });
    EXPECT_GT(hers_only, 100);
    EXPECT_NEAR(his_only / static_cast<double>(hers_only + his_only), 0.5, 0.1);
  }
}

/// Two copies of one genome, all of whose links are enabled but for those of one of them.
double share_disabled(bool average, bool in_both) {
  Graph mother = grown(space(true), 1, 0)[0];
  Graph father = mother;
  for (EdgeGene& edge : father.edges) edge.enabled = false;
  if (in_both) mother = father;
  CrossoverScratch scratch;
  int disabled = 0;
  int genes = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    Stream stream(stream_key(3, "disabled"), i);
    Graph child;
    cross(mother, father, rules(average, i % 2 == 0, true), stream, scratch, child);
    for (const EdgeGene& edge : child.edges) {
      disabled += edge.enabled ? 0 : 1;
      ++genes;
    }
  }
  return static_cast<double>(disabled) / genes;
}

TEST(GraphCrossover, DisablesThreeQuartersOfGenesDisabledInEither) {
  EXPECT_NEAR(share_disabled(true, false), 0.75, 0.015);
  // Multipoint: of the other quarter, the half drawn from the disabled copy keeps its flag.
  EXPECT_NEAR(share_disabled(false, false), 0.75 + 0.25 * 0.5, 0.015);
  EXPECT_NEAR(share_disabled(true, true), 0.75, 0.015);
  EXPECT_EQ(share_disabled(false, true), 1.0);
}

TEST(GraphCrossover, TellsWhetherTheParentsDiffer) {
  const GraphPopulation parents = grown(space(true), 12, 6);
  CrossoverScratch scratch;
  Graph child;
  for (const bool keep_all : {false, true}) {
    for (std::size_t i = 0; i < parents.size(); ++i) {
      for (std::size_t j = 0; j < parents.size(); ++j) {
        Stream stream(stream_key(4, "differ"), 0);
        EXPECT_EQ(
            cross(parents[i], parents[j], rules(false, keep_all, true), stream, scratch, child),
            i != j);
      }
    }
    Graph less = parents[0];
    less.edges.pop_back();
    Stream stream(stream_key(4, "differ"), 0);
    EXPECT_TRUE(cross(parents[0], less, rules(false, keep_all, true), stream, scratch, child));
    EXPECT_TRUE(cross(less, parents[0], rules(false, keep_all, true), stream, scratch, child));
  }
}

}  // namespace
}  // namespace cambrian
