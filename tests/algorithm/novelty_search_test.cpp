// The whole search by novelty against a slow, obvious model of its rules. Who leaves the living is
// SteadyState's affair (tests/speciation), so that is read from the search; scores, admission to the
// archive and the threshold are the model's.
#include "cambrian/algorithm/novelty_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "cambrian/archive/unstructured_archive.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

struct Individual {
  std::uint64_t id = 0;
  std::vector<double> point;
  double fitness = 0;
};

struct Model {
  UnstructuredParameters parameters;
  std::vector<Individual> living, archive;
  double threshold = parameters.threshold;
  std::int64_t evaluations = 0, entered = 0, idle = 0;

  bool published() const { return parameters.entry == UnstructuredParameters::Entry::nearest; }
  double distance(const std::vector<double>& a, const std::vector<double>& b) const {
    const double dx = a[0] - b[0];
    const double dy = a[1] - b[1];
    return published() ? (std::abs(dx) + std::abs(dy)) / 2 : dx * dx + dy * dy;
  }
  /// Mean distance to the k nearest of all others; as published, one is its own neighbour.
  double score(const Individual& one) const {
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
    if (!(by > threshold)) return;
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

class NoveltySearchAgainstModel : public testing::TestWithParam<std::string> {};

TEST_P(NoveltySearchAgainstModel, ScoresAdmitsAndAdaptsTheSame) {
  Model model;
  model.parameters.apply_preset(GetParam());
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
  const auto search = make_novelty_search(parameters, parts);

  Stream stream(stream_key(3, GetParam()), 0);
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
        valid.push_back({told.ids[i], {told.descriptors[2 * i], told.descriptors[2 * i + 1]}});
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
  }
  EXPECT_GT(joined, 50);
  EXPECT_GT(model.archive.size(), 20U);
  EXPECT_NE(model.threshold, 0.8);
}

INSTANTIATE_TEST_SUITE_P(Presets, NoveltySearchAgainstModel,
                         testing::Values("textbook", "as_published"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace cambrian
