#include "cambrian/emitter/es/optimiser_emitter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/archive/cells/grid_cells.hpp"
#include "cambrian/archive/statistics.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/shape.hpp"
#include "cambrian/emitter/es/cma_es.hpp"
#include "cambrian/emitter/es/sep_cma_es.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;

constexpr std::size_t kGenes = 4;

/// An optimiser of a user: the cross-entropy method with a diagonal normal distribution.
struct CrossEntropyParameters {
  double smoothing = 0.5;
  void visit(ParameterVisitor& visitor) {
    visitor.real("smoothing", smoothing, {0, 1}, {"share of the old distribution that is kept"});
  }
};

class CrossEntropy final : public Optimiser {
 public:
  CrossEntropy(const CrossEntropyParameters& parameters, std::size_t dimensions, std::size_t)
      : keep_(parameters.smoothing), mean_(dimensions), deviation_(dimensions, 1) {}

  void start(std::span<const double> mean, double sigma) override {
    mean_.assign(mean.begin(), mean.end());
    deviation_.assign(mean.size(), sigma);
  }
  void ask(std::span<float> genomes, std::size_t first, StreamKey key,
           std::uint64_t first_id) override {
    const std::size_t n = mean_.size();
    for (std::size_t i = 0; i < genomes.size() / n; ++i) {
      Stream stream(key, first_id + first + i);
      for (std::size_t g = 0; g < n; ++g)
        genomes[i * n + g] = static_cast<float>(mean_[g] + deviation_[g] * stream.normal());
    }
  }
  void tell(const RankedBatch& batch) override {
    if (batch.parents == 0) return;
    const auto parents = static_cast<double>(batch.parents);
    for (std::size_t g = 0; g < mean_.size(); ++g) {
      double sum = 0, squares = 0;
      for (const std::uint32_t row : batch.order.first(batch.parents)) {
        const double gene = static_cast<double>(batch.genomes[row * mean_.size() + g]);
        sum += gene;
        squares += gene * gene;
      }
      const double mean = sum / parents;
      const double deviation = std::sqrt(std::max(squares / parents - mean * mean, 0.0));
      mean_[g] = keep_ * mean_[g] + (1 - keep_) * mean;
      deviation_[g] = keep_ * deviation_[g] + (1 - keep_) * deviation;
    }
  }
  bool stop() const override { return deviation_.front() < 1e-3; }
  std::span<const double> mean() const override { return mean_; }
  void save(StateWriter& writer) const override {
    writer.column<double>("mean", mean_);
    writer.column<double>("deviation", deviation_);
  }
  void load(const StateReader& reader) override {
    load_vector(reader, "mean", mean_);
    load_vector(reader, "deviation", deviation_);
  }

 private:
  double keep_;
  std::vector<double> mean_, deviation_;
};

EmitterComponent cross_entropy() {
  return optimiser_emitter<CrossEntropy, CrossEntropyParameters>(
      "cross_entropy", "the cross-entropy method", "Rubinstein 1999");
}

EmitterComponent cma_es() { return optimiser_emitter<CmaEs, CmaEsParameters>("cma_es", "", ""); }

/// An emitter with an archive of its own; the objective is minus the squared length, the descriptor
/// the first two genes.
class Search {
 public:
  explicit Search(const EmitterComponent& component,
                  const std::function<void(OptimiserEmitterParameters&)>& set = {},
                  RealGenomeParameters genome = {})
      : space_(genome, kGenes),
        elites_(grid_archive(grid(), axes_), space_.make_population()),
        context_{.space = &space_, .descriptor = &axes_, .key = [](std::string_view purpose) {
                   return stream_key(1, purpose);
                 }} {
    const auto parameters = component.parameters();
    if (set) {
      if (auto* own = dynamic_cast<OptimiserParameters<CmaEsParameters>*>(parameters.get()))
        set(own->emitter);
      if (auto* own = dynamic_cast<OptimiserParameters<CrossEntropyParameters>*>(parameters.get()))
        set(own->emitter);
    }
    emitter = component.make(*parameters, context_);
  }

  /// One batch; what was proposed is in `proposal` until the next.
  const Placement& step() {
    ask();
    const Placement& placement = elites_.add(proposal.candidates, *proposal.population);
    emitter->tell(elites_, {0, emitter->batch_size()}, proposal, placement);
    return placement;
  }
  void ask() {
    proposal.start(emitter->batch_size(), next_id_, space_, 2);
    next_id_ += emitter->batch_size();
    emitter->ask(elites_, {0, emitter->batch_size()}, proposal);
    for (std::size_t i = 0; i < emitter->batch_size(); ++i) {
      double sum = 0;
      for (const float gene : genome(i)) sum += static_cast<double>(gene * gene);
      proposal.candidates.objectives[i] = flat ? 1 : -sum;
      for (std::size_t d = 0; d < 2; ++d)
        proposal.candidates.descriptors[2 * i + d] = static_cast<double>(genome(i)[d]);
      proposal.candidates.valid[i] = invalid ? 0 : 1;
    }
  }
  std::span<const float> genome(std::size_t i) const {
    return dynamic_cast<const RealPopulation&>(*proposal.population).row(i);
  }
  std::vector<float> genomes() const {
    const auto all = dynamic_cast<const RealPopulation&>(*proposal.population).matrix();
    return {all.begin(), all.end()};
  }
  /// The mean of the optimiser, as it is saved.
  std::vector<float> mean() const {
    StateTree tree;
    emitter->save(*tree.writer());
    const auto saved = tree.reader()->group("optimiser")->column<double>("mean");
    return {saved.begin(), saved.end()};
  }
  const Elites& elites() const { return elites_; }
  Elites& elites() { return elites_; }
  void skip_to(std::uint64_t id) { next_id_ = id; }
  std::uint64_t next_id() const { return next_id_; }

  Proposal proposal;
  std::unique_ptr<Emitter> emitter;
  bool flat = false;
  bool invalid = false;

 private:
  static GridParameters grid() {
    GridParameters parameters;
    parameters.shape = {20, 20};
    return parameters;
  }
  DescriptorSpace axes_ = {{"x", "y"}, {"", ""}, {-2, -2}, {2, 2}};
  RealSpace space_;
  Elites elites_;
  EmitterContext context_;
  std::uint64_t next_id_ = 0;
};

TEST(OptimiserEmitter, AnOptimiserOfTheUserProposesForAnArchive) {
  Search search(cross_entropy());
  for (int i = 0; i < 200; ++i) search.step();
  // It spread over the archive, and found good elites, by way of its restarts.
  EXPECT_GT(search.elites().size(), 150U);
  const ArchiveStatistics found = statistics(search.elites(), 0);
  EXPECT_GT(found.objective_max, -0.1);
  EXPECT_GT(search.emitter->restarts(), 0U);
}

TEST(OptimiserEmitter, CmaEsFillsTheArchiveAndReportsItsRestarts) {
  Search search(cma_es());
  EXPECT_FALSE(search.emitter->needs_elites());
  for (int i = 0; i < 300; ++i) search.step();
  EXPECT_GT(search.elites().size(), 350U);
  EXPECT_GT(search.emitter->restarts(), 0U);
  EXPECT_LT(search.emitter->restarts(), 300U);
}

TEST(OptimiserEmitter, AMeanCandidateIsTheLastOfItsBatchAndIsNotLearntFrom) {
  const auto of = [](std::int64_t batch, bool mean_candidate) {
    return [=](OptimiserEmitterParameters& p) {
      p.batch = batch;
      p.mean_candidate = mean_candidate;
      p.selection = OptimiserEmitterParameters::Selection::mu;
      p.ranker = RankBy::objective;
      p.restart.restart = RestartParameters::Rule::basic;
    };
  };
  Search with(cross_entropy(), of(13, true)), without(cross_entropy(), of(12, false));
  for (std::uint64_t i = 0; i < 6; ++i) {
    with.skip_to(100 * i);
    without.skip_to(100 * i);
    const std::vector<float> mean = with.mean();
    with.step();
    without.step();
    std::vector<float> samples = with.genomes();
    const std::vector<float> last(samples.end() - kGenes, samples.end());
    samples.resize(samples.size() - kGenes);
    EXPECT_EQ(last, mean);
    EXPECT_EQ(samples, without.genomes());
  }
  EXPECT_NE(with.mean(), std::vector<float>(kGenes));
}

TEST(OptimiserEmitter, OneCandidateBesideTheMeanIsTooFewToLearnFrom) {
  const auto of = [](std::int64_t batch) {
    return [batch](OptimiserEmitterParameters& p) {
      p.batch = batch;
      p.mean_candidate = true;
    };
  };
  EXPECT_THROW(Search(cma_es(), of(2)), ConfigError);
  EXPECT_NO_THROW(Search(cma_es(), of(3)));
}

TEST(OptimiserEmitter, BeginsWhereItIsToldTo) {
  using Begin = OptimiserEmitterParameters::Begin;
  const auto small = [](Begin begin) {
    return [begin](OptimiserEmitterParameters& p) {
      p.x0 = begin;
      p.sigma0 = 1e-6;
    };
  };
  Search zero(cma_es(), small(Begin::zero));
  zero.ask();
  for (const float gene : zero.genome(0)) EXPECT_NEAR(gene, 0, 1e-4);
  EXPECT_EQ(zero.proposal.candidates.parents[0][0], kNoParent);
  RealGenomeParameters genome;
  genome.initial = RealGenomeParameters::Initial::uniform;
  genome.initial_range = {5, 6};
  Search random(cma_es(), small(Begin::random), genome);
  random.ask();
  for (const float gene : random.genome(0)) {
    EXPECT_GT(gene, 4.99F);
    EXPECT_LT(gene, 6.01F);
  }
  Search elite(cma_es(), small(Begin::elite));
  EXPECT_TRUE(elite.emitter->needs_elites());
  EXPECT_THROW(elite.ask(), Error);
  const RealSpace space({}, kGenes);
  RealPopulation one(kGenes);
  one.resize(1);
  std::ranges::fill(one.row(0), 0.7F);
  Individuals row;
  row.start(1, 77, 1, 2);
  row.descriptors[0] = row.descriptors[1] = 0.7;
  elite.elites().add(row, one);
  elite.ask();
  EXPECT_FALSE(elite.emitter->needs_elites());
  EXPECT_NEAR(elite.genome(3)[2], 0.7, 1e-4);
  EXPECT_EQ(elite.proposal.candidates.parents[0], (ParentIds{77, kNoParent}));
}

TEST(OptimiserEmitter, FilterLearnsFromWhatWasAcceptedAndMuFromTheBestHalf) {
  using Selection = OptimiserEmitterParameters::Selection;
  struct Spy final : Optimiser {
    static std::size_t& parents() {
      static std::size_t count = 0;
      return count;
    }
    Spy(const CrossEntropyParameters&, std::size_t, std::size_t) {}
    void start(std::span<const double>, double) override {}
    void ask(std::span<float> genomes, std::size_t first, StreamKey key,
             std::uint64_t first_id) override {
      for (std::size_t i = 0; i < genomes.size() / kGenes; ++i)
        Stream(key, first_id + first + i).fill_normal(genomes.subspan(i * kGenes, kGenes));
    }
    void tell(const RankedBatch& batch) override { parents() = batch.parents; }
    std::span<const double> mean() const override { return {}; }
    bool stop() const override { return false; }
    void save(StateWriter&) const override {}
    void load(const StateReader&) override {}
  };
  const auto spy = optimiser_emitter<Spy, CrossEntropyParameters>("spy", "", "");
  for (const Selection selection : {Selection::filter, Selection::mu}) {
    Search search(spy, [&](OptimiserEmitterParameters& p) {
      p.selection = selection;
      p.batch = 31;
    });
    for (int i = 0; i < 5; ++i) {
      const Placement& placement = search.step();
      std::size_t accepted = 0;
      for (std::size_t row = 0; row < 31; ++row) accepted += placement.accepted(row) ? 1 : 0;
      EXPECT_EQ(Spy::parents(), selection == Selection::mu ? 15 : accepted);
    }
    search.invalid = true;
    search.step();
    EXPECT_EQ(Spy::parents(), 0U);
  }
}

TEST(OptimiserEmitter, RestartsByItsRule) {
  using Rule = RestartParameters::Rule;
  const auto restarts = [](Rule rule, bool flat, bool flat_ends = true) {
    Search search(cma_es(), [&](OptimiserEmitterParameters& p) {
      p.restart.restart = rule;
      if (rule == Rule::every) p.restart.restart_every = 5;
      p.restart_when_flat = flat_ends;
      p.ranker = RankBy::objective;
    });
    search.flat = flat;
    for (int i = 0; i < 20; ++i) search.step();
    return search.emitter->restarts();
  };
  EXPECT_EQ(restarts(Rule::basic, false), 0U);
  EXPECT_EQ(restarts(Rule::every, false), 4U);
  // A flat ranking ends the search under every rule, unless it is told not to.
  EXPECT_EQ(restarts(Rule::basic, true), 20U);
  EXPECT_EQ(restarts(Rule::basic, true, false), 0U);
  Search none(cma_es());
  none.invalid = true;
  none.step();
  EXPECT_EQ(none.emitter->restarts(), 1U);
}

TEST(OptimiserEmitter, CandidatesStayWithinTheBoundsOfTheSpace) {
  using Bounds = OptimiserEmitterParameters::Bounds;
  for (const auto kind : {RealGenomeParameters::Bounds::clip, RealGenomeParameters::Bounds::reflect,
                          RealGenomeParameters::Bounds::resample}) {
    for (const Bounds bounds : {Bounds::genes, Bounds::whole}) {
      RealGenomeParameters genome;
      genome.bounds = kind;
      genome.range = {-0.5, 0.25};
      Search search(
          cma_es(), [&](OptimiserEmitterParameters& p) { p.bounds = bounds; }, genome);
      for (int i = 0; i < 10; ++i) {
        search.step();
        std::size_t on_the_bound = 0;
        for (const float gene : search.genomes()) {
          ASSERT_GE(gene, -0.5F);
          ASSERT_LE(gene, 0.25F);
          on_the_bound += gene == -0.5F || gene == 0.25F ? 1 : 0;
        }
        const bool clips = kind == RealGenomeParameters::Bounds::clip && bounds == Bounds::genes;
        if (i == 0) {
          EXPECT_EQ(on_the_bound > 0, clips);
        }
      }
    }
  }
}

TEST(OptimiserEmitter, IsSavedAndLoadedBitForBit) {
  for (const auto& component : {cma_es(), cross_entropy()}) {
    for (const RankBy ranker :
         {RankBy::two_stage_improvement, RankBy::two_stage_random_direction}) {
      const auto set = [&](OptimiserEmitterParameters& p) {
        p.ranker = ranker;
        p.x0 = OptimiserEmitterParameters::Begin::random;
      };
      Search whole(component, set);
      Search stopped(component, set);
      for (int i = 0; i < 60; ++i) whole.step();
      for (int i = 0; i < 30; ++i) stopped.step();
      StateTree tree;
      stopped.emitter->save(*tree.writer());
      Search resumed(component, set);
      StateTree archive;
      stopped.elites().save(*archive.writer());
      resumed.elites().load(*archive.reader());
      resumed.emitter->load(*tree.reader());
      resumed.skip_to(stopped.next_id());
      for (int i = 0; i < 30; ++i) resumed.step();
      EXPECT_EQ(resumed.genomes(), whole.genomes());
      EXPECT_EQ(resumed.emitter->restarts(), whole.emitter->restarts());
    }
  }
}

TEST(OptimiserEmitter, PresetsAreThoseOfTheLiterature) {
  OptimiserParameters<CmaEsParameters> p;
  EXPECT_THAT(p.presets(), ElementsAre("textbook", "cma_mae", "as_published", "cma_me_imp",
                                       "cma_me_basic", "mex"));
  using Selection = OptimiserEmitterParameters::Selection;
  using Rule = RestartParameters::Rule;
  const auto is = [&](RankBy ranker, Selection selection, Rule rule, CmaUpdate update) {
    return p.emitter.ranker == ranker && p.emitter.selection == selection &&
           p.emitter.restart.restart == rule && p.optimiser.update == update;
  };
  const auto two = RankBy::two_stage_improvement;
  EXPECT_TRUE(is(two, Selection::filter, Rule::no_improvement, CmaUpdate::textbook));
  p.apply_preset("cma_mae");
  EXPECT_TRUE(is(RankBy::improvement, Selection::mu, Rule::basic, CmaUpdate::textbook));
  p.apply_preset("as_published");
  EXPECT_TRUE(is(RankBy::improvement, Selection::mu, Rule::basic, CmaUpdate::as_published));
  p.apply_preset("cma_me_basic");
  EXPECT_TRUE(is(two, Selection::mu, Rule::basic, CmaUpdate::as_published));
  p.apply_preset("cma_me_imp");
  EXPECT_TRUE(is(two, Selection::filter, Rule::no_improvement, CmaUpdate::as_published));
  EXPECT_TRUE(p.emitter.restart_when_flat);
  p.apply_preset("mex");
  EXPECT_TRUE(is(two, Selection::filter, Rule::no_improvement, CmaUpdate::mex));
  EXPECT_FALSE(p.emitter.restart_when_flat);
  p.apply_preset("textbook");
  EXPECT_TRUE(is(two, Selection::filter, Rule::no_improvement, CmaUpdate::textbook));
  EXPECT_TRUE(p.emitter.restart_when_flat);
  EXPECT_THAT(OptimiserParameters<SepCmaEsParameters>().presets(),
              testing::Not(testing::Contains("mex")));
  EXPECT_THAT(OptimiserParameters<CrossEntropyParameters>().presets(),
              ElementsAre("textbook", "cma_mae"));
}

TEST(OptimiserEmitter, RefusesWhatItCannotDo) {
  const auto message = [](const GenomeSpace& space,
                          const std::function<void(OptimiserEmitterParameters&)>& set) {
    OptimiserParameters<CmaEsParameters> parameters;
    set(parameters.emitter);
    try {
      cma_es().make(parameters, {.space = &space, .key = [](std::string_view purpose) {
                                   return stream_key(1, purpose);
                                 }});
    } catch (const ConfigError& error) {
      return std::string(error.what());
    }
    return std::string("made");
  };
  const RealSpace vectors({}, kGenes);
  const GraphSpace graphs({}, {{.inputs = 1, .outputs = 1}});
  EXPECT_EQ(message(vectors, [](auto&) {}), "made");
  EXPECT_EQ(
      message(graphs, [](auto&) {}),
      "name: 'cma_es' proposes real vectors, but the genomes of this run are others; 'elite' and "
      "'genetic' propose any genomes");
  EXPECT_THAT(message(vectors, [](auto& p) { p.sigma0 = 0; }), testing::StartsWith("sigma0: is 0"));
  EXPECT_THAT(message(vectors, [](auto& p) { p.sigma0 = -1; }),
              testing::StartsWith("sigma0: is -1"));
  EXPECT_THAT(message(vectors, [](auto& p) { p.batch = 1; }), testing::StartsWith("batch: is 1"));
  EXPECT_THAT(message(vectors, [](auto& p) { p.ranker = RankBy::random_direction; }),
              testing::StartsWith("ranker: "));
  EXPECT_EQ(message(vectors, [](auto& p) { p.restart.restart_every = 5; }),
            "restart_every: has no effect unless restart is 'every'; leave it out");
  Search search(cma_es());
  search.proposal.start(40, 0, vectors, 2);
  EXPECT_THROW(search.emitter->ask(search.elites(), {0, 35}, search.proposal), ShapeError);
  EXPECT_THROW(search.emitter->ask(search.elites(), {5, 41}, search.proposal), ShapeError);
}

}  // namespace
}  // namespace cambrian
