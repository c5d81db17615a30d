// The genetic emitter, random genomes and differential evolution.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/archive/cells/grid_cells.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/emitter/differential_evolution.hpp"
#include "cambrian/emitter/genetic_emitter.hpp"
#include "cambrian/emitter/random_emitter.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/graph/neat_variation.hpp"
#include "cambrian/genome/real/gaussian.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

StreamKey key_of(std::string_view purpose) { return stream_key(1, purpose); }

/// An archive of the first gene, filled with `count` elites of two genes (i, 100 + i).
Elites numbered_elites(const RealSpace& space, std::size_t count) {
  GridParameters grid;
  grid.shape = {100};
  Elites elites(grid_archive(grid, {{"x"}, {""}, {0}, {100}}), space.make_population());
  RealPopulation genomes(space.length());
  genomes.resize(count);
  Individuals rows;
  rows.start(count, 500, 1, 1);
  for (std::size_t i = 0; i < count; ++i) {
    rows.descriptors[i] = static_cast<double>(i) + 0.5;
    std::ranges::fill(genomes.row(i), 100 + static_cast<float>(i));
    genomes.row(i)[0] = static_cast<float>(i);
  }
  if (count > 0) elites.add(rows, genomes);
  return elites;
}

TEST(RandomEmitter, DrawsGenomesOfTheSpaceWithoutElites) {
  RealGenomeParameters genome;
  genome.initial = RealGenomeParameters::Initial::uniform;
  genome.initial_range = {3, 4};
  const RealSpace space(genome, 2);
  RandomEmitter emitter({}, {.space = &space, .batch = 50, .key = key_of});
  EXPECT_FALSE(emitter.needs_elites());
  ASSERT_EQ(emitter.batch_size(), 50U);
  Proposal proposal;
  proposal.start(60, 7, space, 1);
  const Elites none = numbered_elites(space, 0);
  emitter.ask(none, {10, 60}, proposal);
  const auto& vectors = dynamic_cast<const RealPopulation&>(*proposal.population);
  std::set<float> seen;
  for (std::size_t i = 10; i < 60; ++i) {
    EXPECT_GE(vectors.row(i)[0], 3);
    EXPECT_LT(vectors.row(i)[0], 4);
    seen.insert(vectors.row(i)[0]);
  }
  EXPECT_EQ(seen.size(), 50U);
}

TEST(RandomEmitter, AGenomeDependsOnItsIdAloneWhereverTheBatchHoldsIt) {
  const RealSpace space({}, 2);
  const Gaussian variation({}, space);
  const Elites none = numbered_elites(space, 0);
  GeneticEmitterParameters genetic;
  genetic.x0 = GeneticEmitterParameters::Begin::random;
  genetic.batch = 60;
  const EmitterContext context{
      .space = &space, .variation = &variation, .batch = 60, .key = key_of};
  for (const bool random : {true, false}) {
    const auto emitter = [&]() -> std::unique_ptr<Emitter> {
      if (random) return std::make_unique<RandomEmitter>(RandomEmitterParameters(), context);
      return std::make_unique<GeneticEmitter>(genetic, context);
    };
    Proposal whole, shifted;
    whole.start(60, 7, space, 1);
    emitter()->ask(none, {0, 60}, whole);
    shifted.start(70, 7, space, 1);
    emitter()->ask(none, {10, 70}, shifted);
    const auto& all = dynamic_cast<const RealPopulation&>(*whole.population);
    const auto& others = dynamic_cast<const RealPopulation&>(*shifted.population);
    for (std::size_t i = 10; i < 60; ++i)
      EXPECT_TRUE(std::ranges::equal(all.row(i), others.row(i)));
  }
}

TEST(DifferentialEvolution, ChildrenAreElitesPlusDifferencesCrossedWithATarget) {
  const RealSpace space({}, 2);
  const Elites elites = numbered_elites(space, 10);
  DifferentialEvolutionParameters parameters;
  parameters.batch = 2000;
  parameters.weight = 0.5;
  parameters.crossover = 0.25;
  DifferentialEvolution emitter(parameters, {.space = &space, .key = key_of});
  Proposal proposal;
  proposal.start(2000, 0, space, 1);
  emitter.ask(elites, {0, 2000}, proposal);
  const auto& vectors = dynamic_cast<const RealPopulation&>(*proposal.population);
  std::size_t both = 0;
  for (std::size_t i = 0; i < 2000; ++i) {
    const auto [target, a] = proposal.candidates.parents[i];
    const float from_target[] = {static_cast<float>(target - 500),
                                 static_cast<float>(target - 400)};
    const float from_a[] = {static_cast<float>(a - 500), static_cast<float>(a - 400)};
    // What the first gene adds to a, the second adds too, for all elites lie on one line.
    const float added[] = {vectors.row(i)[0] - from_a[0], vectors.row(i)[1] - from_a[1]};
    const bool first = vectors.row(i)[0] == from_target[0];
    const bool second = vectors.row(i)[1] == from_target[1];
    if (!first && !second) {
      EXPECT_EQ(added[0], added[1]);
      EXPECT_EQ(added[0] * 2, std::round(added[0] * 2));
      ++both;
    } else {
      EXPECT_LE(std::abs(first ? added[1] : added[0]), 10);
    }
  }
  // One gene always crosses; both do with probability 1/4, but for those that equal the target.
  EXPECT_GT(both, 350U);
  EXPECT_LT(both, 600U);
}

TEST(DifferentialEvolution, RefusesGraphs) {
  const GraphSpace graphs({}, {{.inputs = 1, .outputs = 1}});
  EXPECT_THROW(DifferentialEvolution({}, {.space = &graphs, .key = key_of}), ConfigError);
}

/// A genetic emitter on vectors of two genes that seeks a high first gene.
class Genetic {
 public:
  explicit Genetic(GeneticEmitterParameters parameters, std::size_t count = 20)
      : elites(numbered_elites(space, count)),
        emitter(parameters,
                {.space = &space, .variation = &variation, .descriptor = nullptr, .key = key_of}) {}

  void step() {
    const std::size_t n = emitter.batch_size();
    proposal.start(n, next_id, space, 1);
    next_id += n;
    emitter.ask(elites, {0, n}, proposal);
    for (std::size_t i = 0; i < n; ++i) {
      const float gene = vectors().row(i)[0];
      proposal.candidates.objectives[i] = static_cast<double>(gene);
      proposal.candidates.descriptors[i] = 50 + static_cast<double>(gene);
    }
    emitter.tell(elites, {0, n}, proposal, elites.add(proposal.candidates, *proposal.population));
  }
  const RealPopulation& vectors() const {
    return dynamic_cast<const RealPopulation&>(*proposal.population);
  }
  std::vector<float> genes() const {
    const auto all = vectors().matrix();
    return {all.begin(), all.end()};
  }

  RealSpace space{{}, 2};
  Gaussian variation{{}, space};
  Elites elites;
  GeneticEmitter emitter;
  Proposal proposal;
  std::uint64_t next_id = 1000;
};

GeneticEmitterParameters by_objective() {
  GeneticEmitterParameters parameters;
  parameters.batch = 30;
  parameters.parents = 5;
  parameters.ranker = RankBy::objective;
  parameters.restart.restart = RestartParameters::Rule::basic;
  return parameters;
}

TEST(GeneticEmitter, ItsParentsAreTheBestChildrenOfTheBatchBefore) {
  Genetic search(by_objective());
  EXPECT_TRUE(search.emitter.needs_elites());
  search.step();
  for (const auto& parents : search.proposal.candidates.parents) {
    EXPECT_GE(parents[0], 500U);
    EXPECT_LT(parents[0], 520U);
  }
  for (int i = 0; i < 10; ++i) {
    std::vector<std::pair<float, std::uint64_t>> children;
    for (std::size_t row = 0; row < 30; ++row)
      children.emplace_back(-search.vectors().row(row)[0], search.proposal.candidates.ids[row]);
    std::ranges::stable_sort(children, {}, &std::pair<float, std::uint64_t>::first);
    std::set<std::uint64_t> best;
    for (std::size_t k = 0; k < 5; ++k) best.insert(children[k].second);
    search.step();
    for (const auto& parents : search.proposal.candidates.parents)
      EXPECT_TRUE(best.contains(parents[0]));
  }
}

TEST(GeneticEmitter, BeginsWithABatchOfRandomGenomesWhereItIsToldTo) {
  GeneticEmitterParameters parameters = by_objective();
  parameters.x0 = GeneticEmitterParameters::Begin::random;
  Genetic search(parameters, 0);
  EXPECT_FALSE(search.emitter.needs_elites());
  search.step();
  EXPECT_EQ(search.proposal.candidates.parents[0][0], kNoParent);
  search.step();
  EXPECT_NE(search.proposal.candidates.parents[0][0], kNoParent);
}

TEST(GeneticEmitter, RestartsByItsRule) {
  GeneticEmitterParameters parameters = by_objective();
  parameters.restart.restart = RestartParameters::Rule::every;
  parameters.restart.restart_every = 4;
  Genetic search(parameters);
  for (int i = 0; i < 12; ++i) search.step();
  EXPECT_EQ(search.emitter.restarts(), 3U);
  parameters.restart.restart = RestartParameters::Rule::basic;
  EXPECT_THROW(Genetic{parameters}, ConfigError);  // restart_every would have no effect
}

TEST(GeneticEmitter, IsSavedAndLoadedBitForBit) {
  Genetic whole(by_objective()), stopped(by_objective()), resumed(by_objective());
  for (int i = 0; i < 20; ++i) whole.step();
  for (int i = 0; i < 9; ++i) stopped.step();
  StateTree tree;
  stopped.emitter.save(*tree.writer());
  resumed.emitter.load(*tree.reader());
  resumed.next_id = stopped.next_id;
  for (int i = 0; i < 11; ++i) resumed.step();
  EXPECT_EQ(resumed.genes(), whole.genes());
}

TEST(GeneticEmitter, VariesGraphsByNeat) {
  const GraphSpace space({}, {{.inputs = 2, .outputs = 1}});
  const NeatVariation variation({}, space);
  GeneticEmitterParameters parameters = by_objective();
  parameters.x0 = GeneticEmitterParameters::Begin::random;
  parameters.ranker = RankBy::two_stage_improvement;
  GeneticEmitter emitter(parameters, {.space = &space, .variation = &variation, .key = key_of});
  GridParameters grid;
  grid.shape = {10};
  Elites elites(grid_archive(grid, {{"x"}, {""}, {0}, {10}}), space.make_population());
  Proposal proposal;
  for (std::uint64_t step = 0; step < 5; ++step) {
    proposal.start(30, step * 30, space, 1);
    emitter.ask(elites, {0, 30}, proposal);
    for (std::size_t i = 0; i < 30; ++i) {
      space.check(*proposal.population, i);
      proposal.candidates.objectives[i] = static_cast<double>(step);
      proposal.candidates.descriptors[i] = static_cast<double>(i % 10);
    }
    emitter.tell(elites, {0, 30}, proposal, elites.add(proposal.candidates, *proposal.population));
  }
  EXPECT_EQ(elites.size(), 10U);
  EXPECT_GE(elites.individuals().parents[0][0], 90U);
}

TEST(GeneticEmitter, RefusesMoreParentsThanChildren) {
  GeneticEmitterParameters parameters = by_objective();
  parameters.parents = 31;
  try {
    Genetic search(parameters);
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(), "parents: is 31, but a batch has 30 children");
  }
}

}  // namespace
}  // namespace cambrian
