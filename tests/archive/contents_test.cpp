#include "cambrian/archive/contents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "cambrian/archive/cell_archive.hpp"
#include "cambrian/core/error.hpp"
#include "tests/archive/random_offers.hpp"

namespace cambrian {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

StreamKey contents_key(std::string_view purpose) { return stream_key(12, purpose); }

/// Thresholds as reference 2.6 and 2.9 define them, in maps.
struct MapOfThresholds {
  GridParameters parameters;
  DescriptorSpace space = test_space(2);
  std::map<std::uint32_t, double> thresholds, elites;

  double threshold(const std::map<std::uint32_t, double>& of, std::uint32_t cell) const {
    const auto found = of.find(cell);
    return found == of.end() ? parameters.threshold_min : found->second;
  }
  std::uint32_t cell(std::span<const double> descriptor) const {
    const std::uint8_t valid = 1;
    std::uint32_t cell = 0;
    parameters.make_cells({.space = space})->find(descriptor, {&valid, 1}, {&cell, 1});
    return cell;
  }

  void add(const RandomOffers& batch, std::vector<Status>& status, std::vector<double>& value) {
    const bool at_once = parameters.add_mode == AddMode::batch;
    const double a = parameters.learning_rate;
    const auto thresholds_before = thresholds;
    const auto elites_before = elites;
    std::map<std::uint32_t, std::vector<double>> moving, entering;
    for (std::size_t i = 0; i < batch.objectives.size(); ++i) {
      status.push_back(Status::invalid);
      value.push_back(0);
      if (!batch.usable(i)) continue;
      const double f = batch.objectives[i];
      const std::uint32_t c = cell(batch.descriptor(i));
      const auto& seen = at_once ? elites_before : elites;
      const double t = threshold(at_once ? thresholds_before : thresholds, c);
      const bool is_new = !seen.contains(c);
      bool accepted = f > t;
      if (parameters.acceptance == Acceptance::as_published)
        accepted = accepted || is_new || f > seen.at(c);
      value.back() = f - t;
      status.back() = !accepted ? Status::rejected : is_new ? Status::added : Status::improved;
      if (!accepted) continue;
      entering[c].push_back(f);
      if (f > t) moving[c].push_back(f);
      if (at_once) continue;
      elites[c] = f;
      if (f > t) thresholds[c] = (1 - a) * t + a * f;
    }
    if (!at_once) return;
    for (const auto& [c, objectives] : entering) elites[c] = *std::ranges::max_element(objectives);
    for (const auto& [c, objectives] : moving) {
      double mean = 0;
      for (const double f : objectives) mean += f;
      const auto n = static_cast<double>(objectives.size());
      const double kept = std::pow(1 - a, n);
      thresholds[c] = kept * threshold(thresholds_before, c) + (1 - kept) * (mean / n);
    }
  }
};

using ThresholdCase = std::tuple<std::string, double, double>;  ///< preset, rate, threshold_min

class ThresholdsAgainstModel : public testing::TestWithParam<ThresholdCase> {};

TEST_P(ThresholdsAgainstModel, AnswerAndHoldTheSameAfterEachBatch) {
  const auto& [preset, rate, least] = GetParam();
  MapOfThresholds model;
  model.parameters.apply_preset(preset);
  model.parameters.contents = Contents::threshold;
  model.parameters.shape = {7, 5};
  model.parameters.learning_rate = rate;
  model.parameters.threshold_min = least;
  const auto archive = grid_archive(model.parameters, model.space);
  const auto& cells = dynamic_cast<const CellArchive&>(*archive);
  Stream stream(contents_key(preset), 0);
  Placement placement;
  Beside beside;
  for (int step = 0; step < 40; ++step) {
    const RandomOffers batch(stream, 1 + stream.below(200), model.space);
    archive->add(batch.offers(), placement);
    beside.follow(placement.edits, batch);
    std::vector<Status> status;
    std::vector<double> value;
    model.add(batch, status, value);
    ASSERT_EQ(placement.status, status) << "batch " << step;
    ASSERT_EQ(placement.value, value) << "batch " << step;
    ASSERT_EQ(archive->size(), model.elites.size());
    for (std::size_t row = 0; row < archive->size(); ++row) {
      const auto cell = static_cast<std::uint32_t>(archive->cells()[row]);
      ASSERT_EQ(beside.objectives[row], model.elites.at(cell));
      ASSERT_EQ(cells.threshold(cell), model.threshold(model.thresholds, cell));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, ThresholdsAgainstModel,
                         testing::Combine(testing::Values("textbook", "as_published", "pyribs"),
                                          testing::Values(0, 0.01, 0.3, 1),
                                          testing::Values(0, -3, 2)));

Placement offered(Archive& archive, const std::vector<double>& objectives) {
  std::vector<double> descriptors(2 * objectives.size(), 0.5);
  Placement placement;
  archive.add({objectives, descriptors, std::vector<std::uint8_t>(objectives.size(), 1)},
              placement);
  return placement;
}

TEST(Thresholds, MoveByTheFormulasOfTheirPapers) {
  GridParameters parameters;
  parameters.contents = Contents::threshold;
  parameters.learning_rate = 0.1;
  const auto cell = [](const Archive& archive) {
    return dynamic_cast<const CellArchive&>(archive).threshold(
        static_cast<std::size_t>(archive.cells()[0]));
  };
  const auto one = grid_archive(parameters, test_space(2));
  const Placement first = offered(*one, {10, 0.5, 4});
  EXPECT_THAT(first.value, testing::ElementsAre(10, -0.5, 3));
  EXPECT_THAT(first.status,
              testing::ElementsAre(Status::added, Status::rejected, Status::improved));
  EXPECT_DOUBLE_EQ(cell(*one), 0.9 * 1 + 0.1 * 4);

  parameters.apply_preset("pyribs");
  const auto batch = grid_archive(parameters, test_space(2));
  EXPECT_THAT(offered(*batch, {10, 4, -1}).value, testing::ElementsAre(10, 4, -1));
  EXPECT_DOUBLE_EQ(cell(*batch), (1 - 0.9 * 0.9) * 7);

  parameters.apply_preset("as_published");
  const auto published = grid_archive(parameters, test_space(2));
  EXPECT_THAT(offered(*published, {-5, -7, -3}).status,
              testing::ElementsAre(Status::added, Status::rejected, Status::improved));
  EXPECT_EQ(cell(*published), 0);
}

TEST(Thresholds, WithRateOneFromMinusInfinityTheyAreTheElites) {
  GridParameters parameters;
  parameters.shape = {6, 6};
  const auto elites = grid_archive(parameters, test_space(2));
  parameters.contents = Contents::threshold;
  parameters.learning_rate = 1;
  parameters.threshold_min = -kInfinity;
  const auto thresholds = grid_archive(parameters, test_space(2));
  Stream stream(contents_key("same"), 0);
  Placement one, two;
  for (int step = 0; step < 20; ++step) {
    const RandomOffers batch(stream, 100, test_space(2));
    elites->add(batch.offers(), one);
    thresholds->add(batch.offers(), two);
    ASSERT_EQ(one.status, two.status);
    ASSERT_EQ(one.value, two.value);
    ASSERT_EQ(one.edits, two.edits);
  }
}

std::string refusal(const ContentKeys& keys) {
  GridParameters parameters;
  static_cast<ContentKeys&>(parameters) = keys;
  try {
    grid_archive(parameters, test_space(2));
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(ContentsOfCells, RefuseKeysThatTheyDoNotUse) {
  ContentKeys keys;
  keys.learning_rate = 0.1;
  EXPECT_EQ(refusal(keys),
            "learning_rate: has no effect unless contents is 'threshold'; leave it out");
  keys = {};
  keys.threshold_min = -1;
  EXPECT_THAT(refusal(keys), testing::StartsWith("threshold_min: has no effect"));
  keys = {};
  keys.contents = Contents::threshold;
  keys.bandwidth = 2;
  EXPECT_EQ(refusal(keys), "bandwidth: has no effect unless contents is 'density'; leave it out");
  keys.bandwidth = 0;
  keys.buffer = 5;
  EXPECT_THAT(refusal(keys), testing::StartsWith("buffer: has no effect"));
  keys = {};
  keys.apply_contents_preset("as_published");
  EXPECT_EQ(refusal(keys), "none");
}

TEST(ContentsOfCells, SayWhatIsWrongInOneLine) {
  ContentKeys keys;
  keys.contents = Contents::threshold;
  keys.learning_rate = 1.5;
  EXPECT_EQ(refusal(keys), "learning_rate: is 1.5, but at most 1 is expected");
  keys.learning_rate = -0.1;
  EXPECT_EQ(refusal(keys), "learning_rate: is -0.1, but at least 0 is expected");
  keys.learning_rate = 0.5;
  keys.threshold_min = -kInfinity;
  EXPECT_EQ(refusal(keys), "threshold_min: is -inf, but then the learning rate must be 1");
  keys = {};
  keys.contents = Contents::density;
  EXPECT_EQ(refusal(keys), "contents: is 'density', but this archive cannot draw a sample");
}

TEST(Density, IsTheMeanOfGaussiansAroundTheSample) {
  DensityBuffer buffer(1'000, 2, 0.7, contents_key("buffer"), nullptr);
  Stream stream(contents_key("places"), 0);
  std::vector<double> places(2 * 700);
  for (double& x : places) x = 4 * stream.uniform();
  const std::vector<std::uint8_t> valid(700, 1);
  std::vector<double> density(700, -1);
  buffer.densities(places, valid, density);
  EXPECT_EQ(density[0], 0);
  buffer.add(places, valid);
  buffer.densities(places, valid, density);
  for (const std::size_t i : {0U, 13U, 699U}) {
    double sum = 0;
    for (std::size_t j = 0; j < 700; ++j) {
      const double d =
          std::hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]);
      sum += std::exp(-d * d / (2 * 0.7 * 0.7));
    }
    EXPECT_NEAR(density[i], sum / 700, 1e-12);
  }
}

TEST(Density, EveryCandidateIsInTheSampleWithTheSameChance) {
  // 40 candidates of which 10 are held: each in a quarter of 4,000 buffers.
  std::vector<int> held(40);
  std::vector<double> places;
  for (int i = 0; i < 40; ++i) places.push_back(i);
  std::vector<std::uint8_t> valid(40, 1);
  for (std::uint32_t run = 0; run < 4'000; ++run) {
    DensityBuffer buffer(10, 1, 1, {run, 1}, nullptr);
    for (std::size_t first = 0; first < 40; first += 8)
      buffer.add(std::span(places).subspan(first, 8), std::span(valid).subspan(first, 8));
    ASSERT_EQ(buffer.size(), 10U);
    for (const double place : buffer.values()) ++held[static_cast<std::size_t>(place)];
  }
  for (const int count : held) EXPECT_NEAR(count, 1'000, 5 * std::sqrt(4'000 * 0.25 * 0.75));
}

TEST(Density, IsTheValueOfACandidateBeforeItsBatchAndTheCellsHoldElites) {
  GridParameters parameters;
  parameters.contents = Contents::density;
  parameters.bandwidth = 0.5;
  const DescriptorSpace space = test_space(2);
  const auto executor = make_executor(2);
  const auto archive =
      cell_archive(parameters, {.space = space, .executor = executor.get(), .key = contents_key});
  const auto elites = grid_archive({}, space);
  DensityBuffer model(10'000, 2, 0.5, contents_key("buffer"), nullptr);
  Stream stream(contents_key("offers"), 0);
  Placement density, plain;
  for (int step = 0; step < 5; ++step) {
    const RandomOffers batch(stream, 150, space);
    archive->add(batch.offers(), density);
    elites->add(batch.offers(), plain);
    std::vector<std::uint8_t> usable;
    for (std::size_t i = 0; i < 150; ++i) usable.push_back(batch.usable(i) ? 1 : 0);
    std::vector<double> expected(150, 0);
    model.densities(batch.descriptors, usable, expected);
    model.add(batch.descriptors, usable);
    ASSERT_EQ(density.value, expected);
    ASSERT_EQ(density.status, plain.status);
    ASSERT_EQ(density.edits, plain.edits);
  }
}

TEST(Density, TheBandwidthIsATwentiethOfTheWidestAxisUnlessItIsGiven) {
  GridParameters parameters;
  parameters.contents = Contents::density;
  const DescriptorSpace space = test_space(2);  // the wider axis is 5 long
  const auto archive = cell_archive(parameters, {.space = space, .key = contents_key});
  Placement placement;
  const std::vector<double> one = {1}, here = {0, 0}, there = {0.25, 0};
  const std::vector<std::uint8_t> valid = {1};
  archive->add({one, here, valid}, placement);
  archive->add({one, there, valid}, placement);
  EXPECT_NEAR(placement.value[0], std::exp(-0.5), 1e-15);
}

}  // namespace
}  // namespace cambrian
