// Every algorithm as a loop of one's own drives it: made, asked and told without a configuration, and
// told wrongly.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "cambrian/algorithm/baselines.hpp"
#include "cambrian/algorithm/cosyne.hpp"
#include "cambrian/algorithm/generational_search.hpp"
#include "cambrian/algorithm/map_elites.hpp"
#include "cambrian/algorithm/neat.hpp"
#include "cambrian/algorithm/novelty_search.hpp"
#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/emitter/elite_emitter.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;

const DescriptorSpace kSquare = {{"x", "y"}, {"", ""}, {-3, -3}, {3, 3}};

/// An algorithm over vectors of two genes, which are its descriptor.
struct Search {
  explicit Search(const std::string& name) {
    MapElitesParameters few;
    few.initial = 20;
    few.batch = 20;
    SteadyStateSearchParameters small;
    small.population.population = 20;
    small.batch = 20;
    if (name == "map_elites" || name == "map_elites_of_two_emitters") {
      parts = std::make_unique<OwnParts>(space, *variation, grid_archive({}, kSquare), 1);
      if (name != "map_elites") {
        EliteEmitterParameters five;
        five.batch = 5;
        parts->with_emitter<EliteEmitter>("elite", five);
        parts->with_emitter<EliteEmitter>("elite", EliteEmitterParameters());
      }
      algorithm = std::make_unique<MapElites>(few, *parts);
    } else if (name == "novelty_search") {
      UnstructuredParameters near;
      near.threshold = 0.1;
      parts = std::make_unique<OwnParts>(space, *variation,
                                         std::make_unique<UnstructuredArchive>(near, kSquare), 1);
      algorithm = make_novelty_search(small, *parts);
    } else if (name.starts_with("neat")) {
      UnstructuredParameters near;
      near.threshold = 0.1;
      parts = std::make_unique<OwnParts>(space, *variation,
                                         std::make_unique<UnstructuredArchive>(near, kSquare), 1);
      NeatParameters generation;
      generation.population.population = 20;
      generation.fitness = name == "neat" ? NeatFitness::objective : NeatFitness::novelty;
      algorithm = std::make_unique<Neat>(generation, *parts);
    } else if (name == "generational_search") {
      parts = std::make_unique<OwnParts>(space, *variation, kSquare, 1);
      GenerationalSearchParameters few_individuals;
      few_individuals.population = 20;
      algorithm = std::make_unique<GenerationalSearch>(few_individuals, *parts);
    } else if (name == "cosyne") {
      parts = std::make_unique<OwnParts>(space, *variation, kSquare, 1);
      CosyneParameters few_networks;
      few_networks.population = 20;
      algorithm = std::make_unique<Cosyne>(few_networks, *parts);
    } else {
      parts = std::make_unique<OwnParts>(space, *variation, kSquare, 1);
      algorithm = name == "objective_search" ? make_objective_search(small, *parts)
                                             : make_random_search(small, *parts);
    }
  }
  void ask() {
    algorithm->ask(proposal);
    const auto& genomes = dynamic_cast<const RealPopulation&>(*proposal.population);
    for (std::size_t i = 0; i < genomes.size(); ++i) {
      proposal.candidates.objectives[i] = -std::abs(genomes.row(i)[0]);
      std::ranges::copy(genomes.row(i), proposal.candidates.descriptors.begin() +
                                            static_cast<std::ptrdiff_t>(2 * i));
    }
  }
  void steps(int n) {
    for (int i = 0; i < n; ++i) {
      ask();
      algorithm->tell(proposal);
    }
  }
  std::string complaint() {
    try {
      algorithm->tell(proposal);
    } catch (const Error& error) {
      return error.what();
    }
    return "none";
  }
  /// What it would save, with what it names beside.
  StateTree state() const {
    StateTree tree;
    const auto root = tree.writer();
    algorithm->save(*root->group("checkpoint"));
    for (const NamedArchive& archive : algorithm->archives()) {
      archive.elites->save(*root->group(archive.name));
    }
    for (const NamedPopulation& living : algorithm->populations()) {
      living.individuals->save(*root->group("population"));
      living.genomes->save(*root->group("genome"));
    }
    return tree;
  }

  RealSpace space{{}, 2};
  std::unique_ptr<Variation> variation =
      variations().front().make(*variations().front().parameters(), space);
  std::unique_ptr<OwnParts> parts;
  std::unique_ptr<Algorithm> algorithm;
  Proposal proposal;
};

class EveryAlgorithm : public testing::TestWithParam<std::string> {};

TEST_P(EveryAlgorithm, IsMadeAskedAndToldWithoutAConfigurationTheSameEachTime) {
  Search one(GetParam()), other(GetParam());
  one.steps(30);
  other.steps(30);
  EXPECT_EQ(one.state(), other.state());
  std::size_t held = 0;
  for (const NamedArchive& archive : one.algorithm->archives()) held += archive.elites->size();
  for (const NamedPopulation& all : one.algorithm->populations()) held += all.individuals->size();
  EXPECT_GE(held, 20U);
  EXPECT_EQ(one.proposal.entered.size(), one.proposal.candidates.size());
}

/// Tells a batch that `damage` has changed, before the first population is full and after.
std::string complaint_after(const std::string& name, int steps,
                            const std::function<void(Proposal&)>& damage) {
  Search search(name);
  search.steps(steps);
  search.ask();
  const StateTree before = search.state();
  damage(search.proposal);
  const std::string said = search.complaint();
  EXPECT_EQ(search.state() == before, said != "none") << said;
  return said;
}

TEST_P(EveryAlgorithm, RefusesWhatDoesNotFitInOneLineAndNothingHasChanged) {
  for (const int steps : {0, 5}) {
    const auto said = [&](const std::function<void(Proposal&)>& damage) {
      return complaint_after(GetParam(), steps, damage);
    };
    EXPECT_EQ(said([](Proposal&) {}), "none");
    EXPECT_THAT(said([](Proposal& p) { p.candidates.objectives.pop_back(); }),
                HasSubstr("objectives: there are "));
    EXPECT_THAT(said([](Proposal& p) { p.candidates.descriptors.resize(3); }),
                HasSubstr("descriptors: there are 3; expected "));
    EXPECT_THAT(said([](Proposal& p) { p.candidates.valid.clear(); }),
                HasSubstr("valid: there are 0; expected "));
    EXPECT_THAT(said([](Proposal& p) { p.candidates.dimensions = 1; }),
                HasSubstr("descriptors of 1 dimension, but the search has 2"));
    EXPECT_THAT(said([](Proposal& p) { p.candidates.start(3, 0, 1, 2); }),
                HasSubstr("valid: there are 3; expected "));
    EXPECT_THAT(said([](Proposal& p) {
                  p.population->resize(3);
                  p.candidates.start(3, 0, 1, 2);
                }),
                HasSubstr("was told 3 candidates, but expected the "));
    EXPECT_THAT(said([](Proposal& p) {
                  const std::size_t n = p.population->size();
                  p.population = std::make_unique<RealPopulation>(3);
                  p.population->resize(n);
                }),
                HasSubstr("the vectors have 3 genes, but 2 were expected"));
    EXPECT_THAT(said([](Proposal& p) { p.population.reset(); }),
                HasSubstr("was told 0 candidates"));
  }
}

TEST_P(EveryAlgorithm, RefusesASecondNumberOfObjectives) {
  const std::string said = complaint_after(GetParam(), 5, [](Proposal& p) {
    p.candidates.objectives_per_row = 2;
    p.candidates.objectives.resize(2 * p.candidates.size());
  });
  EXPECT_THAT(said, HasSubstr("with 2 objectives and 2 descriptor dimensions were offered"));
}

TEST_P(EveryAlgorithm, IsToldEachBatchOnce) {
  Search search(GetParam());
  EXPECT_EQ(search.complaint(),
            "was told 0 candidates, but expected none: each batch is told once");
  search.steps(1);
  EXPECT_THAT(search.complaint(), HasSubstr("each batch is told once"));
  search.steps(5);
  EXPECT_THAT(search.complaint(), HasSubstr("each batch is told once"));
}

TEST_P(EveryAlgorithm, TakesANumberThatIsNotFiniteForAnInvalidCandidate) {
  for (const double bad : {NAN, INFINITY, -INFINITY}) {
    Search search(GetParam());
    search.steps(3);
    search.ask();
    Individuals& told = search.proposal.candidates;
    told.objectives[1] = bad;
    told.descriptors[2 * 4 + 1] = bad;
    const std::uint64_t refused[] = {told.ids[1], told.ids[4]};
    EXPECT_EQ(search.complaint(), "none");
    for (const std::size_t i : {1U, 4U}) {
      EXPECT_EQ(told.valid[i], 0);
      EXPECT_EQ(search.proposal.entered[i], 0);
    }
    for (const NamedPopulation& living : search.algorithm->populations()) {
      for (const std::uint64_t id : refused) {
        EXPECT_EQ(std::ranges::count(living.individuals->ids, id), 0);
      }
    }
    for (const NamedArchive& archive : search.algorithm->archives()) {
      for (const std::uint64_t id : refused) {
        EXPECT_EQ(std::ranges::count(archive.elites->individuals().ids, id), 0);
      }
    }
    EXPECT_NO_THROW(search.steps(5));
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryAlgorithm,
                         testing::Values("map_elites", "map_elites_of_two_emitters",
                                         "novelty_search", "objective_search", "random_search",
                                         "neat", "neat_by_novelty", "generational_search",
                                         "cosyne"),
                         [](const auto& info) { return info.param; });

TEST(OwnParts, AnArchiveDrivesOneAlgorithmAlone) {
  const RealSpace space({}, 2);
  const auto variation = variations().front().make(*variations().front().parameters(), space);
  OwnParts parts(space, *variation, grid_archive({}, kSquare), 1);
  const MapElites first({}, parts);
  EXPECT_THROW(MapElites({}, parts), ConfigError);
  OwnParts without(space, *variation, kSquare, 1);
  try {
    const MapElites second({}, without);
    FAIL() << "it was made without an archive";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("such as 'grid'"));
  }
}

std::string refused(const std::function<void()>& make) {
  try {
    make();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(ByHandToo, AParameterOutOfItsRangeIsRefusedWhenAComponentIsMade) {
  const auto archive_with = [](auto set) {
    return refused([&] {
      UnstructuredParameters parameters;
      set(parameters);
      UnstructuredArchive(parameters, kSquare);
    });
  };
  EXPECT_THAT(archive_with([](auto& p) { p.k = 0; }), testing::StartsWith("k: "));
  EXPECT_THAT(archive_with([](auto& p) { p.period = 0; }), testing::StartsWith("period: "));
  EXPECT_THAT(archive_with([](auto& p) { p.capacity = -1; }), testing::StartsWith("capacity: "));
  EXPECT_EQ(archive_with([](auto&) {}), "none");
  GridParameters no_cells;
  no_cells.shape = {0, 10};
  EXPECT_THAT(refused([&] { grid_archive(no_cells, kSquare); }), testing::StartsWith("shape: "));

  const RealSpace space({}, 2);
  const auto variation = variations().front().make(*variations().front().parameters(), space);
  const auto search_with = [&](auto set) {
    return refused([&] {
      OwnParts parts(space, *variation, kSquare, 1);
      SteadyStateSearchParameters parameters;
      set(parameters);
      make_random_search(parameters, parts);
    });
  };
  EXPECT_THAT(search_with([](auto& p) { p.batch = 0; }), testing::StartsWith("batch: "));
  EXPECT_THAT(search_with([](auto& p) { p.refresh = 0; }), testing::StartsWith("refresh: "));
  EXPECT_THAT(search_with([](auto& p) { p.population.population = 0; }),
              testing::StartsWith("population: "));
  OwnParts parts(space, *variation, grid_archive({}, kSquare), 1);
  EliteEmitterParameters negative;
  negative.batch = -1;
  parts.with_emitter<EliteEmitter>("elite", negative);
  EXPECT_THAT(refused([&] { MapElites({}, parts); }), testing::StartsWith("batch: "));
  MapElitesParameters none;
  none.initial = -1;
  EXPECT_THAT(refused([&] { MapElites(none, parts); }), testing::StartsWith("initial: "));
}

TEST(OwnParts, ListedEmittersAreToldApartByName) {
  const Search search("map_elites_of_two_emitters");
  EXPECT_THAT(search.algorithm->origins(), testing::ElementsAre("initial", "elite", "elite_2"));
  EXPECT_TRUE(Search("map_elites").algorithm->origins().empty());
}

}  // namespace
}  // namespace cambrian
