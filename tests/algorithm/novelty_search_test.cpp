// The whole search by novelty against a slow, obvious model of its rules. Who leaves the living is
// SteadyState's affair (tests/speciation), so that is read from the search; scores, admission to the
// archive and the threshold are the model's.
#include "cambrian/algorithm/novelty_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <tuple>
#include <vector>

#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

struct Individual {
  std::uint64_t id = 0;
  std::vector<double> point;
  double objective = 0;
  double fitness = 0;
};

struct Model {
  UnstructuredParameters parameters;
  std::vector<Individual> living, archive;
  double threshold = parameters.threshold;
  double criterion_min = -std::numeric_limits<double>::infinity();
  std::int64_t evaluations = 0, entered = 0, idle = 0;

  bool published() const { return parameters.entry == UnstructuredParameters::Entry::nearest; }
  double distance(const std::vector<double>& a, const std::vector<double>& b) const {
    const double dx = a[0] - b[0];
    const double dy = a[1] - b[1];
    return published() ? (std::abs(dx) + std::abs(dy)) / 2 : dx * dx + dy * dy;
  }
  /// Mean distance to the k nearest of all others; as published, one is its own neighbour.
  double score(const Individual& one) const {
    if (one.objective < criterion_min) return 0;
    std::vector<double> distances;
    for (const auto* group : {&living, &archive}) {
      for (const Individual& other : *group) {
        if (published() || other.id != one.id) {
          distances.push_back(distance(one.point, other.point));
        }
      }
    }
    const auto is_it = [&one](const Individual& other) { return other.id == one.id; };
    if (published() && std::ranges::none_of(living, is_it)) distances.push_back(0);
    std::ranges::sort(distances);
    distances.resize(std::min(distances.size(), static_cast<std::size_t>(parameters.k)));
    double sum = 0;
    for (const double each : distances) sum += each;
    return distances.empty() ? 0 : sum / static_cast<double>(distances.size());
  }
  void enter_if(const Individual& one, double by) {
    if (one.objective < criterion_min || !(by > threshold)) return;
    archive.push_back(one);
    ++entered;
  }
  void admit_living() {
    for (const Individual& one : living) {
      double nearest = std::numeric_limits<double>::infinity();
      for (const Individual& member : archive) {
        nearest = std::min(nearest, distance(one.point, member.point));
      }
      enter_if(one, nearest);
    }
  }
  void adapt() {
    idle = entered == 0 ? idle + 1 : 0;
    if (idle == parameters.lower_after) {
      threshold = std::max(parameters.floor, threshold * parameters.lower);
      idle = 0;
    }
    if (entered > parameters.raise_above) threshold *= parameters.raise;
    entered = 0;
  }
  bool ends_period(std::int64_t n) {
    const std::int64_t before = evaluations / parameters.period;
    evaluations += n;
    return evaluations / parameters.period > before;
  }
  void refresh() {
    for (Individual& one : living) one.fitness = score(one);
  }
  void found() {
    if (published()) {
      admit_living();
      adapt();
    } else {
      for (const Individual& one : living) enter_if(one, score(one));
      if (ends_period(std::ssize(living))) adapt();
    }
    refresh();
  }
  /// The one valid child of a batch of n. @param ids  of the living after it, row by row
  void child(Individual one, std::int64_t n, const std::vector<std::uint64_t>& ids) {
    one.fitness = score(one);
    if (!published()) enter_if(one, one.fitness);
    for (std::size_t row = 0; row < ids.size(); ++row) {
      if (ids[row] == one.id) living[row] = one;
    }
    if (!ends_period(n)) return;
    adapt();
    if (published()) admit_living();
  }
};

/// A preset, and whether there is a minimal criterion.
using SearchCase = std::tuple<std::string, bool>;

class NoveltySearchAgainstModel : public testing::TestWithParam<SearchCase> {};

TEST_P(NoveltySearchAgainstModel, ScoresAdmitsAndAdaptsTheSame) {
  Model model;
  const std::string preset = std::get<0>(GetParam());
  const bool has_criterion = std::get<1>(GetParam());
  if (has_criterion) model.criterion_min = 0.4;
  model.parameters.apply_preset(preset);
  model.parameters.k = 5;
  model.parameters.threshold = model.threshold = 0.8;
  model.parameters.floor = 0.1;
  model.parameters.period = 20;
  model.parameters.lower_after = 2;
  const DescriptorSpace descriptor{{"x", "y"}, {"", ""}, {0, 0}, {10, 10}};
  const RealSpace space({}, 2);
  const auto variation = variations().front().make(*variations().front().parameters(), space);
  SteadyStateSearchParameters parameters;
  parameters.population.population = 15;
  parameters.batch = 3;
  parameters.refresh = 12;
  OwnParts parts(space, *variation,
                 std::make_unique<UnstructuredArchive>(model.parameters, descriptor), 3);
  parts.with_threads(2);
  MinimalCriterionParameters with_criterion;
  with_criterion.search = parameters;
  with_criterion.criterion_min = model.criterion_min;
  const auto search = has_criterion ? make_minimal_criterion_novelty_search(with_criterion, parts)
                                    : make_novelty_search(parameters, parts);

  Stream stream(stream_key(3, preset), 0);
  Proposal asked;
  std::int64_t offspring = 0;
  int joined = 0;
  for (int step = 0; step < 400; ++step) {
    search->ask(asked);
    Individuals& told = asked.candidates;
    const bool founded = model.living.size() == 15;
    std::vector<Individual> valid;
    for (std::size_t i = 0; i < told.size(); ++i) {
      told.valid[i] = founded ? i == 2 : stream.chance(0.7);
      told.objectives[i] = stream.uniform();
      // The reachable region grows, so that there is always something new.
      for (std::size_t d = 0; d < 2; ++d) {
        told.descriptors[2 * i + d] = (0.5 + 0.02 * step) * stream.uniform();
      }
      if (told.valid[i] != 0) {
        valid.push_back({told.ids[i],
                         {told.descriptors[2 * i], told.descriptors[2 * i + 1]},
                         told.objectives[i]});
      }
    }
    search->tell(asked);
    const NamedPopulation living = search->populations().front();
    const std::vector<std::uint64_t> ids(living.individuals->ids.begin(),
                                         living.individuals->ids.end());
    if (!founded) {
      model.living.insert(model.living.end(), valid.begin(), valid.end());
      ASSERT_EQ(ids.size(), model.living.size());
      if (model.living.size() < 15) continue;
      model.found();
    } else {
      ASSERT_EQ(valid.size(), 1U);
      model.child(valid[0], 3, ids);
      joined += std::ranges::count(ids, valid[0].id) > 0 ? 1 : 0;
      offspring += 3;
      if (offspring % 12 == 0) model.refresh();
    }
    StateTree tree;
    living.save_columns(*tree.writer());
    const auto fitness = tree.reader()->column<double>("fitness");
    for (std::size_t row = 0; row < ids.size(); ++row) {
      ASSERT_EQ(ids[row], model.living[row].id) << "step " << step;
      ASSERT_NEAR(fitness[row], model.living[row].fitness, 1e-12 * (1 + fitness[row])) << step;
    }
    const auto members = std::span(search->archives().front().elites->individuals().ids);
    ASSERT_EQ(members.size(), model.archive.size()) << "step " << step;
    for (std::size_t row = 0; row < members.size(); ++row) {
      ASSERT_EQ(members[row], model.archive[row].id) << "step " << step;
    }
    HistoryValues values;
    search->report(values);
    ASSERT_EQ(values.back().first, "novelty_threshold");
    ASSERT_EQ(values.back().second, model.threshold) << "step " << step;
    ASSERT_EQ(values[values.size() - 2].first, has_criterion ? "criterion_met" : "novelty_mean");
  }
  EXPECT_GT(joined, 50);
  EXPECT_GT(model.archive.size(), 20U);
  EXPECT_NE(model.threshold, 0.8);
}

INSTANTIATE_TEST_SUITE_P(Presets, NoveltySearchAgainstModel,
                         testing::Combine(testing::Values("textbook", "as_published"),
                                          testing::Bool()),
                         [](const auto& info) {
                           return std::get<0>(info.param) +
                                  (std::get<1>(info.param) ? "_with_a_criterion" : "");
                         });

/// What a search says to parameters and an archive that do not suit it.
std::string complaint_of(const MinimalCriterionParameters& parameters,
                         const UnstructuredParameters& archive) {
  const DescriptorSpace descriptor{{"x", "y"}, {"", ""}, {0, 0}, {10, 10}};
  const RealSpace space({}, 2);
  const auto variation = variations().front().make(*variations().front().parameters(), space);
  OwnParts parts(space, *variation, std::make_unique<UnstructuredArchive>(archive, descriptor), 3);
  try {
    make_minimal_criterion_novelty_search(parameters, parts);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "nothing";
}

TEST(MinimalCriterion, RefusesWhatItCannotUse) {
  MinimalCriterionParameters parameters;
  EXPECT_EQ(complaint_of(parameters, {}), "nothing");
  parameters.criterion_max = 1;
  parameters.criterion_min = 2;
  EXPECT_EQ(complaint_of(parameters, {}), "criterion_max: is below criterion_min");
  parameters.criterion_min = 0;
  parameters.criterion_measure = "z";
  EXPECT_EQ(complaint_of(parameters, {}).substr(0, 28), "criterion_measure: is 'z', b");
  parameters.criterion_measure = "y";
  EXPECT_EQ(complaint_of(parameters, {}), "nothing");
  UnstructuredParameters batch;
  batch.apply_preset("pyribs");
  EXPECT_EQ(complaint_of(parameters, batch),
            "archive.add_mode: is 'batch', but minimal_criterion_novelty_search offers its archive "
            "one candidate at a time; expected 'single'");
  UnstructuredParameters competing;
  competing.local_competition = true;
  EXPECT_EQ(complaint_of(parameters, competing),
            "archive.local_competition: is true, but in minimal_criterion_novelty_search "
            "neighbours do not compete; map_elites with this archive lets them");
}

TEST(MinimalCriterion, MayBeAboutAnAxisOfTheDescriptor) {
  MinimalCriterionParameters parameters;
  parameters.criterion_measure = "y";
  parameters.criterion_min = 1;
  parameters.criterion_max = 2;
  const Criterion criterion(parameters, {{"x", "y"}, {"", ""}, {0, 0}, {10, 10}});
  Individuals rows;
  rows.start(4, 0, 1, 2);
  rows.descriptors = {1.5, 0.9, 0, 1, 0, 2, 1.5, 2.1};
  EXPECT_FALSE(criterion.holds(rows, 0));
  EXPECT_TRUE(criterion.holds(rows, 1));
  EXPECT_TRUE(criterion.holds(rows, 2));
  EXPECT_FALSE(criterion.holds(rows, 3));
  EXPECT_FALSE(criterion.is_any());
  EXPECT_TRUE(Criterion().holds(rows, 0));
}

}  // namespace
}  // namespace cambrian
