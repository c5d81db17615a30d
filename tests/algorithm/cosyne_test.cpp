#include "cambrian/algorithm/cosyne.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/graph/neat_variation.hpp"
#include "cambrian/genome/real/cauchy.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;
using Permutation = CosyneParameters::Permutation;

constexpr std::size_t kGenes = 6;
const DescriptorSpace kSegment = {{"x"}, {""}, {-1}, {1}};

/// Minimises the distance to (1, 1, ..).
struct CosyneSearch {
  explicit CosyneSearch(const CosyneParameters& parameters, double scale = 0.3)
      : variation(scaled(scale), space), search(parameters, parts) {}
  static CauchyParameters scaled(double scale) {
    CauchyParameters parameters;
    parameters.scale = scale;
    return parameters;
  }
  const RealPopulation& ask() {
    search.ask(proposal);
    return dynamic_cast<const RealPopulation&>(*proposal.population);
  }
  /// @return the best objective
  double step() {
    const RealPopulation& genomes = ask();
    double best = -INFINITY;
    for (std::size_t i = 0; i < genomes.size(); ++i) {
      double squares = 0;
      for (const float gene : genomes.row(i)) {
        squares += std::pow(static_cast<double>(gene) - 1.0, 2);
      }
      proposal.candidates.objectives[i] = -squares;
      best = std::max(best, -squares);
    }
    search.tell(proposal);
    return best;
  }

  RealSpace space{{}, kGenes};
  Cauchy variation;
  OwnParts parts{space, variation, kSegment, 1};
  Cosyne search;
  Proposal proposal;
};

CosyneParameters of(std::int64_t population, Permutation permutation) {
  CosyneParameters parameters;
  parameters.population = population;
  parameters.permutation = permutation;
  return parameters;
}

TEST(Cosyne, MarksGenesWithAProbabilityThatFallsWithRank) {
  const std::vector<double> by_rank = marking_probabilities(Permutation::by_rank, 5, 3);
  EXPECT_EQ(by_rank.front(), 0.0);
  EXPECT_NEAR(by_rank[1], 1.0 - std::cbrt(0.75), 1e-15);
  EXPECT_NEAR(by_rank[2], 1.0 - std::cbrt(0.5), 1e-15);
  EXPECT_EQ(by_rank.back(), 1.0);
  EXPECT_THAT(marking_probabilities(Permutation::all, 3, 3), testing::Each(1.0));
  EXPECT_THAT(marking_probabilities(Permutation::none, 3, 3), testing::Each(0.0));
}

/// The values of each gene, sorted.
std::vector<std::vector<float>> values_of(const RealPopulation& genomes) {
  std::vector<std::vector<float>> values(kGenes);
  for (std::size_t i = 0; i < genomes.size(); ++i) {
    for (std::size_t g = 0; g < kGenes; ++g) values[g].push_back(genomes.row(i)[g]);
  }
  for (auto& of_gene : values) std::ranges::sort(of_gene);
  return values;
}

TEST(Cosyne, OnlyChangesThePlacesOfTheValuesOfAGene) {
  CosyneSearch still(of(40, Permutation::none));
  CosyneSearch permuted(of(40, Permutation::by_rank));
  CosyneSearch shuffled(of(40, Permutation::all));
  for (CosyneSearch* search : {&still, &permuted, &shuffled}) search->step();
  const RealPopulation& rows = still.ask();
  EXPECT_EQ(values_of(permuted.ask()), values_of(rows));
  EXPECT_EQ(values_of(shuffled.ask()), values_of(rows));
  const auto moved = [&](CosyneSearch& other) {
    std::size_t genes = 0;
    const auto& genomes = dynamic_cast<const RealPopulation&>(*other.proposal.population);
    for (std::size_t i = 0; i < 40; ++i) {
      for (std::size_t g = 0; g < kGenes; ++g) {
        genes += genomes.row(i)[g] == rows.row(i)[g] ? 0 : 1;
      }
    }
    return genes;
  };
  EXPECT_GT(moved(permuted), 20U);
  EXPECT_LT(moved(permuted), 120U);
  EXPECT_GT(moved(shuffled), 200U);
  // The best network keeps its genes.
  const auto& genomes = dynamic_cast<const RealPopulation&>(*permuted.proposal.population);
  EXPECT_TRUE(std::ranges::equal(genomes.row(0), rows.row(0)));
}

TEST(Cosyne, ReplacesTheWorstQuarterByChildrenOfTheBest) {
  CosyneSearch search(of(40, Permutation::none), 0.0);  // children are crossed, not mutated
  search.step();
  std::map<double, std::uint64_t, std::greater<>> ranked;
  for (std::size_t i = 0; i < 40; ++i) {
    ranked[search.proposal.candidates.objective(i)] = search.proposal.candidates.ids[i];
  }
  std::vector<std::uint64_t> order;
  for (const auto& [objective, id] : ranked) order.push_back(id);
  search.ask();
  const Individuals& next = search.proposal.candidates;
  for (std::size_t i = 0; i < 30; ++i) {
    EXPECT_EQ(next.parents[i], (ParentIds{order[i], kNoParent}));
  }
  const std::vector<std::uint64_t> top(order.begin(), order.begin() + 10);
  for (std::size_t i = 30; i < 40; ++i) {
    for (const std::uint64_t parent : next.parents[i]) {
      if (parent == kNoParent) continue;
      EXPECT_THAT(top, testing::Contains(parent));
    }
  }
}

TEST(Cosyne, FindsTheMinimumOfASphereAndNeverLosesTheBest) {
  CosyneSearch search(of(40, Permutation::by_rank));
  double best = search.step();
  const double first = best;
  for (int i = 0; i < 150; ++i) {
    const double now = search.step();
    EXPECT_GE(now, best);
    best = now;
  }
  EXPECT_GT(best, 0.01 * first);
}

TEST(Cosyne, FillsThePlacesOfWhatCouldNotBeEvaluated) {
  CosyneSearch search(of(20, Permutation::by_rank));
  search.ask();
  for (std::size_t i = 0; i < 20; ++i) search.proposal.candidates.objectives[i] = i < 3 ? 1 : NAN;
  search.search.tell(search.proposal);
  EXPECT_EQ(search.search.populations().front().individuals->size(), 3U);
  search.step();
  EXPECT_EQ(search.search.populations().front().individuals->size(), 20U);
}

TEST(Cosyne, RefusesGenomesThatAreNotRealVectors) {
  const GraphSpace graphs({}, {});
  const NeatVariation neat({}, graphs);
  OwnParts parts(graphs, neat, kSegment, 1);
  EXPECT_THAT([&] { Cosyne({}, parts); },
              ThrowsMessage<ConfigError>(HasSubstr("permutes the genes of real vectors")));
}

TEST(Cauchy, CrossesAtOnePointAndStepsWithHeavyTails) {
  const RealSpace space({}, 8, 2.0);
  CauchyParameters parameters;
  parameters.scale = 0.1;
  parameters.rate = 0.5;
  RealPopulation parents(8);
  parents.resize(2);
  std::ranges::fill(parents.row(1), 1000.0F);
  RealPopulation children(8);
  children.resize(4000);
  const std::vector<Mating> matings(4000, {0, 1});
  Cauchy(parameters, space).vary(parents, matings, children, {0, 4000}, stream_key(1, "v"), 0);
  std::vector<double> steps;
  int cuts = 0;
  for (std::size_t i = 0; i < 4000; ++i) {
    const auto gene = children.row(i);
    for (std::size_t g = 0; g < 8; ++g) {
      const double parent = gene[g] > 500.0F ? 1000.0 : 0.0;
      steps.push_back(std::abs(static_cast<double>(gene[g]) - parent));
      if (g > 0) cuts += (gene[g] > 500.0F) != (gene[g - 1] > 500.0F) ? 1 : 0;
    }
  }
  EXPECT_NEAR(cuts, 4000, 60);  // one each, but for the largest steps
  std::erase_if(steps, [](double step) { return step == 0.0; });
  EXPECT_NEAR(static_cast<double>(steps.size()), 16000, 1500);
  std::ranges::nth_element(steps, steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2));
  EXPECT_NEAR(steps[steps.size() / 2], 0.2, 0.01);  // scale 0.1 times the space's 2
  EXPECT_GT(*std::ranges::max_element(steps), 50.0);
}

}  // namespace
}  // namespace cambrian
