// Generational NEAT as an algorithm: what is evaluated, what lives, and what it is selected by.
#include "cambrian/algorithm/neat.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/neat_variation.hpp"

namespace cambrian {
namespace {

const DescriptorSpace kLine = {{"x"}, {""}, {-10}, {10}};

GraphSpace::Shape two_to_one() {
  GraphSpace::Shape shape;
  shape.inputs = 2;
  shape.outputs = 1;
  return shape;
}

NeatVariationParameters rates_of_2002() {
  NeatVariationParameters parameters;
  parameters.apply_preset("textbook");
  return parameters;
}

/// Graphs whose first weight is the descriptor, and whose objective is to have many nodes.
struct Graphs {
  explicit Graphs(NeatFitness fitness = NeatFitness::objective, std::int64_t population = 60) {
    NeatParameters parameters;
    parameters.fitness = fitness;
    parameters.population.population = population;
    UnstructuredParameters near;
    near.threshold = 0.5;
    parts = std::make_unique<OwnParts>(space, variation,
                                       std::make_unique<UnstructuredArchive>(near, kLine), 1);
    neat = std::make_unique<Neat>(parameters, *parts);
  }
  void ask() {
    neat->ask(proposal);
    const auto& graphs = dynamic_cast<const GraphPopulation&>(*proposal.population);
    for (std::size_t i = 0; i < graphs.size(); ++i) {
      proposal.candidates.objectives[i] = static_cast<double>(graphs[i].nodes.size());
      proposal.candidates.descriptors[i] = graphs[i].edges[0].weight;
    }
  }
  void step() {
    ask();
    neat->tell(proposal);
  }
  double reported(const std::string& name) const {
    HistoryValues values;
    neat->report(values);
    const auto found = std::ranges::find(values, name, &HistoryValues::value_type::first);
    return found == values.end() ? NAN : found->second;
  }
  const Individuals& living() const { return *neat->populations()[0].individuals; }

  GraphSpace space{{}, two_to_one()};
  NeatVariation variation{rates_of_2002(), space};
  std::unique_ptr<OwnParts> parts;
  std::unique_ptr<Neat> neat;
  Proposal proposal;
};

TEST(Neat, NetworksGrowWhereThatIsTheObjective) {
  Graphs graphs;
  for (int i = 0; i < 60; ++i) graphs.step();
  EXPECT_GT(graphs.reported("hidden_nodes_mean"), 5.0);
  EXPECT_GT(graphs.reported("species"), 1.0);
  EXPECT_EQ(graphs.reported("generation"), 60.0);
}

TEST(Neat, UnchangedCopiesOfChampionsAreEvaluatedAgainAndCount) {
  Graphs graphs;
  std::size_t copies = 0;
  for (int i = 0; i < 10; ++i) {
    GraphPopulation before;
    if (i > 0) {
      const auto& all =
          dynamic_cast<const GraphPopulation&>(*graphs.neat->populations()[0].genomes);
      std::vector<RowEdit> edits;
      for (std::uint32_t row = 0; row < all.size(); ++row)
        edits.push_back({.row = row, .from = row});
      before.apply(edits, all);
    }
    graphs.step();
    EXPECT_EQ(graphs.proposal.candidates.size(), 60U);
    const auto& after = dynamic_cast<const GraphPopulation&>(*graphs.proposal.population);
    for (std::size_t c = 0; c < after.size(); ++c) {
      for (std::size_t p = 0; p < before.size(); ++p) copies += after[c] == before[p] ? 1 : 0;
    }
    EXPECT_EQ(graphs.proposal.candidates.ids[0], 60U * static_cast<unsigned>(i));
  }
  EXPECT_GT(copies, 5U);
}

TEST(Neat, TheBestIsNeverLostFromASpeciesThatIsLarge) {
  Graphs graphs;
  double best = 0.0;
  for (int i = 0; i < 10; ++i) {
    graphs.step();
    const auto& objectives = graphs.living().objectives;
    const double now = *std::ranges::max_element(objectives);
    EXPECT_GE(now, best) << i;
    best = now;
  }
}

TEST(Neat, WhatIsNotValidNeverLives) {
  Graphs graphs;
  for (int i = 0; i < 5; ++i) {
    graphs.ask();
    for (std::size_t k = 0; k < 60; k += 3) graphs.proposal.candidates.valid[k] = 0;
    const std::uint64_t first = graphs.proposal.candidates.ids[0];
    graphs.neat->tell(graphs.proposal);
    EXPECT_EQ(graphs.living().size(), 40U);
    EXPECT_EQ(graphs.living().ids[0], first + 1);
    EXPECT_EQ(graphs.proposal.entered[0], 0);
    EXPECT_EQ(graphs.proposal.entered[1], 1);
  }
}

TEST(Neat, ABatchWithoutValidOnesIsDrawnAnewAndLaterBredAnew) {
  Graphs graphs;
  const auto fail = [&] {
    graphs.ask();
    std::ranges::fill(graphs.proposal.candidates.valid, std::uint8_t{0});
    graphs.neat->tell(graphs.proposal);
  };
  fail();
  EXPECT_EQ(graphs.reported("generation"), 0.0);
  graphs.step();
  const std::vector<std::uint64_t> before(graphs.living().ids.begin(), graphs.living().ids.end());
  fail();
  EXPECT_TRUE(std::ranges::equal(before, graphs.living().ids));
  graphs.step();
  EXPECT_EQ(graphs.reported("generation"), 2.0);
  EXPECT_EQ(graphs.living().ids[0], 180U);
}

TEST(Neat, SelectedByNoveltyTheDescriptorSpreads) {
  const auto spread = [](NeatFitness fitness) {
    Graphs graphs(fitness);
    for (int i = 0; i < 40; ++i) graphs.step();
    const auto& values = graphs.living().descriptors;
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / 60.0;
    double sum = 0.0;
    for (const double value : values) sum += (value - mean) * (value - mean);
    return std::sqrt(sum / 60.0);
  };
  EXPECT_GT(spread(NeatFitness::novelty), 1.3 * spread(NeatFitness::objective));
}

TEST(Neat, ByNoveltyItsArchiveIsTheDriver) {
  Graphs graphs(NeatFitness::novelty);
  for (int i = 0; i < 5; ++i) graphs.step();
  ASSERT_EQ(graphs.neat->archives().size(), 1U);
  EXPECT_GT(graphs.neat->archives()[0].elites->size(), 10U);
  EXPECT_TRUE(std::isfinite(graphs.reported("novelty_mean")));
  EXPECT_TRUE(Graphs().neat->archives().empty());
}

TEST(Neat, HasPresetsOfOtherPrograms) {
  NeatParameters parameters;
  parameters.apply_preset("jair04");
  EXPECT_EQ(parameters.population.population, 256);
  EXPECT_EQ(parameters.population.target_species, 10);
  EXPECT_EQ(parameters.population.interspecies, 0.05);
  EXPECT_EQ(parameters.population.stagnation_factor, 0.0);
  parameters.apply_preset("nsc");
  EXPECT_EQ(parameters.population.population, 150);
  EXPECT_EQ(parameters.population.target_species, 10);
  EXPECT_EQ(parameters.population.threshold_floor, 0.3);
  parameters.apply_preset("textbook");
  EXPECT_EQ(parameters.population.target_species, 0);
}

TEST(Neat, ItStartsFromNoMoreGenomesThanAGenerationHolds) {
  Graphs graphs;
  auto given = graphs.space.make_population();
  given->resize(61);
  graphs.space.initialise(*given, 0, 61, stream_key(3, "given"), 0);
  graphs.space.start_from(std::move(given));
  NeatParameters parameters;
  parameters.population.population = 60;
  OwnParts parts(graphs.space, graphs.variation, kLine, 1);
  EXPECT_THROW(Neat(parameters, parts), ConfigError);
  parameters.population.population = 61;
  OwnParts more(graphs.space, graphs.variation, kLine, 1);
  EXPECT_NO_THROW(Neat(parameters, more));
}

}  // namespace
}  // namespace cambrian
