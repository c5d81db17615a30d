// MAP-Elites with emitters that its configuration lists.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "cambrian/algorithm/map_elites.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/experiment.hpp"
#include "environments/environments.hpp"

namespace cambrian {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct DriftParameters final : Parameters {
  std::int64_t rows = 7;
  void visit(ParameterVisitor& visitor) override {
    visitor.integer("rows", rows, {1, 1000}, {"candidates per batch", "", "our choice"});
  }
};

/// An emitter with a state: how much of what it proposed has been accepted so far is all that its
/// next candidates consist of.
class Drift final : public Emitter {
 public:
  Drift(const DriftParameters& parameters, const EmitterContext&)
      : rows_(static_cast<std::size_t>(parameters.rows)) {}
  std::size_t batch_size() const override { return rows_; }
  void ask(const Elites& elites, RowRange range, Proposal& proposal) override {
    EXPECT_EQ(range.size(), rows_);
    EXPECT_GT(elites.size(), 0U);
    auto& genomes = dynamic_cast<RealPopulation&>(*proposal.population);
    for (std::size_t i = range.begin; i < range.end; ++i) {
      for (float& gene : genomes.row(i)) gene = 5 - 0.01F * static_cast<float>(accepted_ + i);
    }
  }
  void tell(const Elites&, RowRange range, const Proposal& proposal,
            const Placement& placement) override {
    EXPECT_EQ(placement.status.size(), proposal.candidates.size());
    for (std::size_t i = range.begin; i < range.end; ++i) accepted_ += placement.accepted(i);
  }
  void save(StateWriter& writer) const override { writer.attribute("accepted", accepted_); }
  void load(const StateReader& reader) override {
    accepted_ = reader.attribute_as<std::uint64_t>("accepted");
  }

 private:
  std::size_t rows_;
  std::uint64_t accepted_ = 0;
};

Catalogue with_drift() {
  Catalogue catalogue = make_catalogue(environments());
  catalogue.emitters.push_back(component<Emitter, Drift, DriftParameters, const EmitterContext&>(
      "drift", "walks as it is accepted", "our choice"));
  return catalogue;
}

std::string sphere(const std::string& emitters, int evaluations = 400) {
  return "[run]\nseed = 5\nthreads = 2\nlog_interval = 100\nlineage = \"all\"\nevaluations = " +
         std::to_string(evaluations) +
         "\n[environment]\nname = \"sphere\"\n[archive]\nshape = [20, 20]\n[algorithm]\n"
         "name = \"map_elites\"\nbatch = 30\ninitial = 40\n" +
         emitters;
}

const std::string kTwo =
    "[[algorithm.emitters]]\nname = \"elite\"\nbatch = 10\n"
    "[[algorithm.emitters]]\nname = \"drift\"\n";

const RecordedInputs& no_inputs() {
  static const RecordedInputs inputs{std::vector<std::filesystem::path>{}};
  return inputs;
}

std::unique_ptr<Experiment> experiment_of(const std::string& text) {
  Configuration configuration = Configuration::from_text(text, "emitters.toml");
  return std::make_unique<Experiment>(assemble(configuration, with_drift(), no_inputs()));
}

StateTree finished(Experiment& experiment) {
  while (!experiment.done()) experiment.step(0.0);
  experiment.check();
  StateTree tree;
  experiment.save(*tree.writer(), {});
  return tree;
}

TEST(ListedEmitters, EachWriteTheirOwnRowsOfABatchWhoseIdsRunOn) {
  const auto experiment = experiment_of(sphere(kTwo));
  Algorithm& algorithm = *experiment->parts().algorithm;
  Proposal batch;
  algorithm.ask(batch);
  EXPECT_EQ(batch.candidates.size(), 40U);
  EXPECT_THAT(batch.candidates.origins, testing::Each(0));
  for (std::size_t i = 0; i < 40; ++i) batch.candidates.descriptors[2 * i] = 0.3;
  algorithm.tell(batch);
  algorithm.ask(batch);
  const Individuals& asked = batch.candidates;
  ASSERT_EQ(asked.size(), 17U);
  const auto& genomes = dynamic_cast<const RealPopulation&>(*batch.population);
  for (std::size_t i = 0; i < 17; ++i) {
    EXPECT_EQ(asked.ids[i], 40 + i);
    EXPECT_EQ(asked.origins[i], i < 10 ? 1 : 2);
    EXPECT_EQ(asked.parents[i][0] == kNoParent, i >= 10);
    EXPECT_EQ(genomes.row(i)[0] == 5 - 0.01F * static_cast<float>(i), i >= 10);
  }
}

TEST(ListedEmitters, AreTheOriginsOfAllThatTheRunFileHolds) {
  const auto experiment = experiment_of(sphere(kTwo));
  const StateTree tree = finished(*experiment);
  EXPECT_THAT(experiment->parts().algorithm->origins(), ElementsAre("initial", "elite", "drift"));
  for (const char* name : {"archive", "lineage"}) {
    const auto table = tree.reader()->group(name);
    EXPECT_THAT(table->attribute_as<std::vector<std::string>>("origin_names"),
                ElementsAre("initial", "elite", "drift"));
    const auto ids = table->column<std::uint64_t>("id");
    const auto origins = table->column<std::uint32_t>("origin");
    ASSERT_EQ(ids.size(), origins.size());
    for (std::size_t row = 0; row < ids.size(); ++row) {
      const std::uint64_t place = (ids[row] - 40) % 17;
      EXPECT_EQ(origins[row], ids[row] < 40 ? 0U : place < 10 ? 1U : 2U) << ids[row];
    }
    EXPECT_EQ(std::set(origins.begin(), origins.end()).size(), 3U) << name;
  }
}

TEST(ListedEmitters, OfOneNameAreNumberedAndDrawFromStreamsOfTheirOwn) {
  const auto experiment = experiment_of(
      sphere("[[algorithm.emitters]]\nbatch = 6\n[[algorithm.emitters]]\nbatch = 6\n"));
  EXPECT_THAT(experiment->parts().algorithm->origins(), ElementsAre("initial", "elite", "elite_2"));
  experiment->step(0.0);
  Proposal batch;
  experiment->parts().algorithm->ask(batch);
  const auto& genomes = dynamic_cast<const RealPopulation&>(*batch.population);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_FALSE(std::ranges::equal(genomes.row(i), genomes.row(i + 6)));
  }
  EXPECT_TRUE(experiment->parts().purposes.contains("algorithm.emitters.1.select"));
}

TEST(ListedEmitters, ResumedWithTheirStateEqualTheUninterruptedRun) {
  const StateTree whole = finished(*experiment_of(sphere(kTwo, 900)));
  const StateTree half = finished(*experiment_of(sphere(kTwo, 300)));
  EXPECT_GT(half.reader()
                ->group("checkpoint")
                ->group("algorithm")
                ->group("emitter_1")
                ->attribute_as<std::uint64_t>("accepted"),
            0U);
  const auto resumed = experiment_of(sphere(kTwo, 900));
  resumed->load(*half.reader());
  EXPECT_TRUE(finished(*resumed) == whole);
}

TEST(ListedEmitters, AnEntryWithACountStandsForSoManyWithStreamsOfTheirOwn) {
  const auto experiment = experiment_of(
      sphere("[[algorithm.emitters]]\nbatch = 6\ncount = 3\n[[algorithm.emitters]]\nbatch = 5\n"));
  EXPECT_THAT(experiment->parts().algorithm->origins(),
              ElementsAre("initial", "elite", "elite_2", "elite_3", "elite_4"));
  for (const char* purpose : {"algorithm.emitters.0.select", "algorithm.emitters.0.1.select",
                              "algorithm.emitters.0.2.select", "algorithm.emitters.1.select"}) {
    EXPECT_TRUE(experiment->parts().purposes.contains(purpose)) << purpose;
  }
  experiment->step(0.0);
  Proposal batch;
  experiment->parts().algorithm->ask(batch);
  ASSERT_EQ(batch.candidates.size(), 23U);
  const auto& genomes = dynamic_cast<const RealPopulation&>(*batch.population);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_FALSE(std::ranges::equal(genomes.row(i), genomes.row(i + 6)));
    EXPECT_FALSE(std::ranges::equal(genomes.row(i + 6), genomes.row(i + 12)));
  }
}

/// Every kind of emitter over one archive.
const std::string kAll =
    "[[algorithm.emitters]]\nname = \"cma_es\"\ncount = 2\nbatch = 12\n"
    "[[algorithm.emitters]]\nname = \"cma_es\"\nform = \"cholesky\"\npreset = \"cma_mae\"\n"
    "[[algorithm.emitters]]\nname = \"sep_cma_es\"\nranker = \"random_direction\"\n"
    "[[algorithm.emitters]]\nname = \"lm_ma_es\"\nbatch = 8\nx0 = \"random\"\n"
    "[[algorithm.emitters]]\nname = \"openai_es\"\nbatch = 10\nx0 = \"elite\"\n"
    "[[algorithm.emitters]]\nname = \"genetic\"\n[[algorithm.emitters]]\nname = \"random\"\n"
    "[[algorithm.emitters]]\nname = \"differential_evolution\"\nbatch = 9\n"
    "[[algorithm.emitters]]\nname = \"me_es\"\nbatch = 11\n";

TEST(ListedEmitters, OfEveryKindResumedEqualTheUninterruptedRunForAnyNumberOfThreads) {
  const StateTree whole = finished(*experiment_of(sphere(kAll, 6000)));
  const StateTree half = finished(*experiment_of(sphere(kAll, 2500)));
  const auto resumed = experiment_of(sphere(kAll, 6000));
  resumed->load(*half.reader());
  EXPECT_TRUE(finished(*resumed) == whole);
  std::string one_thread = sphere(kAll, 6000);
  one_thread.replace(one_thread.find("threads = 2"), 11, "threads = 1");
  EXPECT_TRUE(finished(*experiment_of(one_thread)) == whole);
}

TEST(ListedEmitters, StrategiesNeedNoFirstGenomes) {
  std::string text = sphere("[[algorithm.emitters]]\nname = \"cma_es\"\n", 36);
  text.replace(text.find("initial = 40"), 12, "initial = 0");
  const auto experiment = experiment_of(text);
  finished(*experiment);
  const auto* search = dynamic_cast<const MapElites*>(experiment->parts().algorithm.get());
  ASSERT_NE(search, nullptr);
  EXPECT_THAT(search->elites().individuals().origins, testing::Each(1));
}

TEST(ListedEmitters, MayBeOneAloneWhichProposesByStreamsOfItsOwn) {
  const StateTree listed = finished(*experiment_of(sphere("[[algorithm.emitters]]\n")));
  const StateTree own_choice = finished(*experiment_of(sphere("")));
  EXPECT_TRUE(listed.reader()->group("archive")->has("origin"));
  EXPECT_FALSE(own_choice.reader()->group("archive")->has("origin"));
  EXPECT_FALSE(own_choice.reader()->group("lineage")->has_attribute("origin_names"));
}

TEST(UnlistedEmitter, DrawsFromTheStreamsThatItHasAlwaysDrawnFrom) {
  const auto experiment = experiment_of(sphere(""));
  EXPECT_THAT(experiment->parts().purposes,
              testing::IsSupersetOf({"algorithm.initial", "algorithm.select", "algorithm.vary"}));
}

std::string complaint_about(const std::string& emitters) {
  try {
    experiment_of(sphere(emitters));
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(ListedEmitters, OfAnUnknownNameKeyOrShapeAreRefusedInOneLine) {
  const std::string unknown = complaint_about("[[algorithm.emitters]]\nname = \"elit\"\n");
  EXPECT_THAT(unknown, HasSubstr("elit"));
  EXPECT_THAT(unknown, HasSubstr("'elite'"));
  EXPECT_THAT(unknown, HasSubstr("emitters.0.name"));
  EXPECT_EQ(unknown.find('\n'), std::string::npos);
  const std::string key =
      complaint_about("[[algorithm.emitters]]\n[[algorithm.emitters]]\nbach = 3\n");
  EXPECT_THAT(key, HasSubstr("emitters.1.bach"));
  EXPECT_THAT(key, HasSubstr("did you mean"));
  const std::string shape = complaint_about("emitters = \"elite\"\n");
  EXPECT_THAT(shape, HasSubstr("a list of tables is expected"));
  EXPECT_THAT(complaint_about("[[algorithm.emitters]]\nbatch = -1\n"), HasSubstr("batch"));
  EXPECT_THAT(complaint_about("[[algorithm.emitters]]\ncount = 0\n"),
              HasSubstr("emitters.0.count: is 0, but at least 1 is expected"));
  EXPECT_THAT(complaint_about("[[algorithm.emitters]]\nname = \"cma_es\"\nsigma0 = 0\n"),
              HasSubstr("emitters.0.sigma0: is 0"));
  EXPECT_THAT(complaint_about("[[algorithm.emitters]]\nname = \"cma_es\"\nranker = \"imp\"\n"),
              HasSubstr("emitters.0.ranker"));
  EXPECT_THAT(complaint_about("[[algorithm.emitters]]\nname = \"lm_ma_es\"\nbatch = 2000\n"),
              HasSubstr("emitters.0.batch: is 2000, but lm_ma_es proposes at most"));
}

}  // namespace
}  // namespace cambrian
