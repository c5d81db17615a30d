#include "cambrian/emitter/me_es_emitter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

using Modes = MeEsParameters::Modes;
constexpr std::uint64_t kFirstElite = 500;

/// An ME-ES over a grid of the first gene, in which elites of two genes lie at (0, 0), (1, 1), ... The
/// objective of an elite and of a candidate is minus the first gene; the descriptor is the gene.
class MeEsSearch {
 public:
  explicit MeEsSearch(const MeEsParameters& parameters,
                      std::vector<double> elites_at = {0, 1, 2, 9},
                      RealGenomeParameters genome = {}, Executor* executor = nullptr)
      : space_(genome, 2),
        elites_(grid_archive(grid(), axes_), space_.make_population()),
        emitter(parameters, {.space = &space_, .executor = executor, .key = [](std::string_view p) {
                               return stream_key(1, p);
                             }}) {
    RealPopulation genomes(2);
    genomes.resize(elites_at.size());
    Individuals rows;
    rows.start(elites_at.size(), kFirstElite, 1, 1);
    for (std::size_t i = 0; i < elites_at.size(); ++i) {
      std::ranges::fill(genomes.row(i), static_cast<float>(elites_at[i]));
      rows.descriptors[i] = elites_at[i];
      rows.objectives[i] = -elites_at[i];
    }
    if (!elites_at.empty()) elites_.add(rows, genomes);
  }

  void ask() {
    const std::size_t n = emitter.batch_size();
    proposal.start(n + before, next_id, space_, 1);
    next_id += n + before;
    emitter.ask(elites_, {before, before + n}, proposal);
  }
  void tell() {
    for (std::size_t i = 0; i < proposal.candidates.size(); ++i) {
      const double gene = static_cast<double>(this->genome(i)[0]);
      proposal.candidates.objectives[i] = flat ? 1 : -gene;
      proposal.candidates.descriptors[i] = flat ? 0 : gene;
      proposal.candidates.valid[i] = invalid ? 0 : 1;
    }
    const Placement& placement = elites_.add(proposal.candidates, *proposal.population);
    emitter.tell(elites_, {before, before + emitter.batch_size()}, proposal, placement);
  }
  void step() {
    ask();
    tell();
  }
  std::span<const float> genome(std::size_t i) const {
    return dynamic_cast<const RealPopulation&>(*proposal.population).row(i);
  }
  std::vector<float> genomes() const {
    const auto all = dynamic_cast<const RealPopulation&>(*proposal.population).matrix();
    return {all.begin(), all.end()};
  }
  float centre() const { return genome(before)[0]; }
  /// The parent of the samples.
  std::uint64_t parent() const { return proposal.candidates.parents[before + 1][0]; }
  Elites& elites() { return elites_; }
  const RealSpace& space() const { return space_; }

 private:
  static GridParameters grid() {
    GridParameters parameters;
    parameters.shape = {100};
    return parameters;
  }
  DescriptorSpace axes_ = {{"x"}, {""}, {-10}, {10}};
  RealSpace space_;
  Elites elites_;

 public:
  MeEsEmitter emitter;
  Proposal proposal;
  std::uint64_t next_id = 1000;
  std::size_t before = 0;  // rows of a batch that are another emitter's
  bool flat = false;
  bool invalid = false;
};

MeEsParameters with(Modes modes, std::int64_t parents = 1) {
  MeEsParameters parameters;
  parameters.batch = 41;
  parameters.modes = modes;
  parameters.parents = parents;
  return parameters;
}

TEST(MeEs, ABatchIsTheCentreAndMirroredSamplesAroundIt) {
  MeEsSearch search(with(Modes::exploit));
  search.before = 3;
  for (int step = 0; step < 10; ++step) {
    search.step();
    std::set<float> seen;
    for (std::size_t i = 4; i < 24; ++i) {
      for (std::size_t g = 0; g < 2; ++g) {
        EXPECT_NEAR((search.genome(i)[g] + search.genome(i + 20)[g]) / 2, search.genome(3)[g],
                    1e-5);
        EXPECT_LT(std::abs(search.genome(i)[g] - search.genome(3)[g]), 6 * 0.02F);
        seen.insert(search.genome(i)[g]);
      }
    }
    EXPECT_EQ(seen.size(), 40U);
  }
}

TEST(MeEs, ALifeHasSoManyStepsAndBeginsAtAnElite) {
  MeEsSearch search(with(Modes::explore));
  for (std::uint64_t life = 0; life < 4; ++life) {
    const std::set<std::uint64_t> ids(search.elites().individuals().ids.begin(),
                                      search.elites().individuals().ids.end());
    std::uint64_t parent = 0;
    for (int step = 0; step < 10; ++step) {
      EXPECT_EQ(search.emitter.restarts(), life);
      search.step();
      if (step == 0) parent = search.parent();
      EXPECT_TRUE(ids.contains(parent));
      for (std::size_t i = 1; i < 41; ++i)
        EXPECT_EQ(search.proposal.candidates.parents[i], (ParentIds{parent, kNoParent}));
    }
  }
}

TEST(MeEs, TheLastCentreOfALifeIsProposedWithTheFirstSamplesOfTheNext) {
  MeEsParameters longer = with(Modes::exploit);
  longer.generations = 11;
  MeEsSearch search(with(Modes::exploit)), continued(longer);
  for (int step = 0; step < 11; ++step) {
    search.step();
    continued.step();
    EXPECT_EQ(search.centre(), continued.centre());
  }
  EXPECT_NE(search.genomes(), continued.genomes());
  EXPECT_EQ(search.proposal.candidates.parents[0][0], kFirstElite);
  EXPECT_NE(search.parent(), kFirstElite);
}

TEST(MeEs, ExploitingBeginsAtTheBestElitesAndClimbsTheObjective) {
  MeEsSearch search(with(Modes::exploit));
  search.step();
  EXPECT_EQ(search.parent(), kFirstElite);
  for (int step = 1; step < 10; ++step) {
    const float before = search.centre();
    search.step();
    EXPECT_LT(search.centre(), before);
  }
}

TEST(MeEs, ExploringBeginsAtTheMostNovelElitesAndLeavesTheOthersBehind) {
  MeEsSearch search(with(Modes::explore));
  search.step();
  EXPECT_EQ(search.parent(), kFirstElite + 3);
  // Its neighbours lie below it, and so novelty rises as the objective falls.
  for (int step = 1; step < 10; ++step) {
    const float before = search.centre();
    search.step();
    EXPECT_GT(search.centre(), before);
  }
}

TEST(MeEs, ParentsAreDrawnFromSoManyOfTheBest) {
  for (const Modes modes : {Modes::exploit, Modes::explore}) {
    std::set<std::uint64_t> drawn;
    MeEsParameters parameters = with(modes, 2);
    parameters.generations = 1;
    parameters.k = 1;
    // From the lowest gene upwards these are 500, 501, ...; 504 and 503 are the most novel.
    MeEsSearch search(parameters, {0, 1, 2, 5, 9});
    search.invalid = true;
    for (int life = 0; life < 40; ++life) {
      search.step();
      drawn.insert(search.parent() - kFirstElite);
    }
    EXPECT_EQ(drawn, modes == Modes::exploit ? (std::set<std::uint64_t>{0, 1})
                                             : (std::set<std::uint64_t>{3, 4}));
  }
}

TEST(MeEs, LivesFollowTheObjectiveAndNoveltyInTurn) {
  MeEsSearch search(with(Modes::both));
  for (int life = 0; life < 4; ++life) {
    EXPECT_EQ(search.emitter.explores(), life % 2 == 1);
    search.ask();
    const float start = search.genome(1)[0];
    search.tell();
    for (int step = 1; step < 10; ++step) search.step();
    EXPECT_EQ(search.centre() > start, life % 2 == 1) << life;
  }
}

TEST(MeEs, TheCentreStaysWhereNothingCanBeLearnt) {
  for (const Modes modes : {Modes::exploit, Modes::explore}) {
    for (const bool flat : {false, true}) {
      MeEsSearch search(with(modes));
      search.flat = flat;
      search.invalid = !flat;
      search.step();
      const float centre = search.centre();
      search.step();
      EXPECT_EQ(search.centre(), centre);
    }
  }
}

TEST(MeEs, CandidatesStayWithinTheBoundsOfTheSpace) {
  RealGenomeParameters genome;
  genome.bounds = RealGenomeParameters::Bounds::clip;
  genome.range = {-0.05, 10};
  MeEsSearch search(with(Modes::exploit), {0}, genome);
  bool touched = false;
  for (int step = 0; step < 20; ++step) {
    search.step();
    for (const float gene : search.genomes()) EXPECT_GE(gene, -0.05F);
    touched = touched || search.centre() == -0.05F;
  }
  EXPECT_TRUE(touched);
}

TEST(MeEs, IsSavedAndLoadedBitForBit) {
  for (const int steps : {7, 10, 15, 20}) {
    MeEsSearch whole(with(Modes::both, 5)), stopped(with(Modes::both, 5));
    MeEsSearch resumed(with(Modes::both, 5), {});
    for (int i = 0; i < 35; ++i) whole.step();
    for (int i = 0; i < steps; ++i) stopped.step();
    StateTree tree, archive;
    stopped.emitter.save(*tree.writer());
    stopped.elites().save(*archive.writer());
    resumed.elites().load(*archive.reader());
    resumed.emitter.load(*tree.reader());
    resumed.next_id = stopped.next_id;
    for (int i = steps; i < 35; ++i) resumed.step();
    EXPECT_EQ(resumed.genomes(), whole.genomes());
    EXPECT_EQ(resumed.emitter.restarts(), whole.emitter.restarts());
  }
}

TEST(MeEs, ProposesTheSameForAnyNumberOfThreads) {
  const auto executor = make_executor(3);
  MeEsParameters parameters = with(Modes::explore, 5);
  parameters.batch = 301;
  MeEsSearch one(parameters), three(parameters, {0, 1, 2, 9}, {}, executor.get());
  for (int step = 0; step < 25; ++step) {
    one.step();
    three.step();
    ASSERT_EQ(one.genomes(), three.genomes());
  }
}

TEST(MeEs, RefusesWhatItCannotDo) {
  const auto message = [](const GenomeSpace& space, const MeEsParameters& parameters) {
    try {
      MeEsEmitter(parameters,
                  {.space = &space, .key = [](std::string_view p) { return stream_key(1, p); }});
    } catch (const ConfigError& error) {
      return std::string(error.what());
    }
    return std::string("made");
  };
  const RealSpace vectors({}, 2);
  const GraphSpace graphs({}, {{.inputs = 1, .outputs = 1}});
  EXPECT_EQ(message(vectors, {}), "made");
  EXPECT_EQ(message(graphs, {}),
            "name: 'me_es' proposes real vectors, but the genomes of this run are others; 'elite' "
            "and 'genetic' propose any genomes");
  MeEsParameters parameters;
  parameters.batch = 200;
  EXPECT_EQ(message(vectors, parameters),
            "batch: is 200, but an odd number is expected: the centre, and mirrored samples in "
            "pairs");
  parameters.batch = 1;
  EXPECT_THAT(message(vectors, parameters), testing::StartsWith("batch: is 1"));
  parameters = {};
  parameters.sigma = 0;
  EXPECT_THAT(message(vectors, parameters), testing::StartsWith("sigma: is 0"));
  MeEsSearch none(with(Modes::both), {});
  EXPECT_THROW(none.ask(), Error);
  MeEsSearch search(with(Modes::both));
  search.proposal.start(50, 0, search.space(), 1);
  EXPECT_THROW(search.emitter.ask(search.elites(), {0, 40}, search.proposal), ShapeError);
  EXPECT_THROW(search.emitter.ask(search.elites(), {10, 51}, search.proposal), ShapeError);
}

}  // namespace
}  // namespace cambrian
