#include "environments/visual_discrimination/visual_discrimination.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <set>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

struct NoVisualInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

std::unique_ptr<Environment> make_visual(std::int64_t size, bool exhaustive = false) {
  VisualDiscriminationParameters parameters;
  parameters.size = size;
  parameters.exhaustive = exhaustive;
  return visual_discrimination_environment().make(parameters, NoVisualInputs());
}

struct VisualOutcome {
  double score, x, y, hits, share;
  bool solved;
  int scenarios;
};

/// @param answer  from the image of one trial to its motors
using Eye = std::function<void(std::span<const float>, std::span<float>)>;

VisualOutcome look(Environment& environment, const Eye& eye) {
  Stream stream({1, 2}, 3);
  environment.reset(stream);
  const EnvironmentDescription& d = environment.description();
  const std::size_t cells = d.body.sensors.size();
  std::vector<float> sensors(d.lanes * cells), motors(d.lanes * cells);
  VisualOutcome outcome{};
  do {
    environment.observe(sensors);
    std::ranges::fill(motors, 0.0F);
    for (std::size_t lane = 0; lane < d.lanes; ++lane) {
      eye(std::span(sensors).subspan(lane * cells, cells),
          std::span(motors).subspan(lane * cells, cells));
    }
    EXPECT_FALSE(environment.act(motors));
    ++outcome.scenarios;
  } while (environment.next_scenario());
  std::array<double, 1> objective{};
  std::array<double, 4> measures{};
  std::array<std::uint8_t, 1> solved{};
  environment.finish({objective, measures, solved, {}});
  outcome.score = objective[0];
  outcome.x = measures[0];
  outcome.y = measures[1];
  outcome.hits = measures[2];
  outcome.share = measures[3];
  outcome.solved = solved[0] == 1;
  return outcome;
}

/// Adds up the square of the large one's width around each cell: highest at its centre.
Eye box_sum(int size) {
  return [size](std::span<const float> image, std::span<float> motors) {
    const int radius = (3 * (size / 11) - 1) / 2;
    for (int y = radius; y < size - radius; ++y) {
      for (int x = radius; x < size - radius; ++x) {
        float sum = 0;
        for (int dy = -radius; dy <= radius; ++dy) {
          for (int dx = -radius; dx <= radius; ++dx) {
            sum += image[static_cast<std::size_t>((y + dy) * size + x + dx)];
          }
        }
        motors[static_cast<std::size_t>(y * size + x)] = sum;
      }
    }
  };
}

TEST(VisualDiscrimination, TheTrainingTrialsAreThePublishedSeventyFive) {
  const std::vector<VisualTrial> trials = visual_trials(11, false);
  ASSERT_EQ(trials.size(), 75U);
  // Along one axis the large square is at 6, 8, 9, 1, 3 where the small one is at 1, 3, 5, 7, 9.
  const std::array<int, 5> expected = {6, 8, 9, 1, 3};
  std::size_t next = 0;
  for (int y = 0; y < 5; ++y) {
    for (int x = 0; x < 5; ++x) {
      const int sy = 2 * y + 1, sx = 2 * x + 1;
      const int ly = expected[static_cast<std::size_t>(y)];
      const int lx = expected[static_cast<std::size_t>(x)];
      for (const auto& [large_y, large_x] : {std::pair(ly, sx), {sy, lx}, {ly, lx}}) {
        const VisualTrial& trial = trials[next++];
        EXPECT_EQ(trial.small_y, sy);
        EXPECT_EQ(trial.small_x, sx);
        EXPECT_EQ(trial.large_y, large_y);
        EXPECT_EQ(trial.large_x, large_x);
      }
    }
  }
}

TEST(VisualDiscrimination, OnlyTheCentreOfTheLargeSquareSolvesIt) {
  const VisualOutcome outcome = look(*make_visual(11), box_sum(11));
  EXPECT_EQ(outcome.score, 10 + 75 * 30);
  EXPECT_EQ(outcome.hits, 1);
  EXPECT_TRUE(outcome.solved);
  EXPECT_EQ(outcome.scenarios, 1);
}

TEST(VisualDiscrimination, EqualMotorsAnswerTheFirstCell) {
  const VisualOutcome outcome =
      look(*make_visual(11), [](std::span<const float>, std::span<float>) {});
  double expected = 10;
  for (const VisualTrial& t : visual_trials(11, false)) {
    expected += std::max(0, 30 - t.large_y * t.large_y - t.large_x * t.large_x);
  }
  EXPECT_EQ(outcome.score, expected);
  EXPECT_EQ(outcome.x, -1);
  EXPECT_EQ(outcome.y, -1);
  EXPECT_FALSE(outcome.solved);
}

TEST(VisualDiscrimination, NinetyFivePercentIsSolvedAndLessIsNot) {
  // Each answer one cell to the left: 29 of 30; three cells down or up: 21 of 30.
  for (const int shift : {1, 3}) {
    const VisualOutcome outcome =
        look(*make_visual(11), [&](std::span<const float> image, std::span<float> motors) {
          box_sum(11)(image, motors);
          const auto highest = std::ranges::max_element(motors) - motors.begin();
          const auto vertical = highest < 55 ? 33 : -33;
          motors[static_cast<std::size_t>(highest + (shift == 1 ? -1 : vertical))] = 100;
        });
    EXPECT_EQ(outcome.score, 10 + 75.0 * (shift == 1 ? 29 : 21));
    EXPECT_EQ(outcome.solved, shift == 1);
    EXPECT_EQ(outcome.hits, 0);
  }
}

TEST(VisualDiscrimination, TheShareOfAnAnswerIsTheSameAtEachSize) {
  for (const int size : {11, 33}) {
    const int width = size / 11;  // of a cell of the smallest grid
    const VisualOutcome outcome =
        look(*make_visual(size, true), [&](std::span<const float> image, std::span<float> motors) {
          box_sum(size)(image, motors);
          const auto highest = std::ranges::max_element(motors) - motors.begin();
          motors[static_cast<std::size_t>(highest - width)] = 100;
        });
    EXPECT_NEAR(outcome.share, 29.0 / 30, 1e-12);
    const double trials = static_cast<double>(visual_trials(size, true).size());
    EXPECT_EQ(outcome.score, 10 + trials * (30 - width * width));
  }
}

class VisualSize : public testing::TestWithParam<std::int64_t> {};
INSTANTIATE_TEST_SUITE_P(All, VisualSize, testing::Values(11, 33, 55));

TEST_P(VisualSize, AllPairsOfPlacesAreTriedOnce) {
  const auto size = static_cast<int>(GetParam());
  const int times = size / 11, small = (times - 1) / 2, large = (3 * times - 1) / 2;
  const std::vector<VisualTrial> trials = visual_trials(size, true);
  std::set<std::array<int, 4>> seen;
  for (const VisualTrial& t : trials) {
    EXPECT_TRUE(seen.insert({t.small_y, t.small_x, t.large_y, t.large_x}).second);
    for (const int place : {t.small_y, t.small_x, t.large_y, t.large_x})
      EXPECT_EQ(place % times, 0);
    for (const int place : {t.small_y, t.small_x})
      EXPECT_TRUE(place >= small && place + small < size);
    for (const int place : {t.large_y, t.large_x})
      EXPECT_TRUE(place >= large && place + large < size);
  }
  // By another way of counting: pairs of the places that fit, by their distance.
  std::size_t count = 0;
  for (int a = 0; a < 11 * 11 * 11 * 11; ++a) {
    const int y = times * (a / 1331), x = times * (a / 121 % 11);
    const int v = times * (a / 11 % 11), u = times * (a % 11);
    if (std::min(y, x) < small || std::max(y, x) > size - 1 - small) continue;
    if (std::min(v, u) < large || std::max(v, u) > size - 1 - large) continue;
    if ((y - v) * (y - v) + (x - u) * (x - u) >= (small + large + 2) * (small + large + 2)) ++count;
  }
  EXPECT_EQ(trials.size(), count);
}

TEST(VisualDiscrimination, LargerSizesHaveFainterPixelsAndComeInSeveralScenarios) {
  const auto environment = make_visual(33);
  Stream stream({1, 2}, 3);
  environment->reset(stream);
  const EnvironmentDescription& d = environment->description();
  ASSERT_EQ(d.body.sensors.size(), 33U * 33U);
  std::vector<float> sensors(d.lanes * 33 * 33);
  environment->observe(sensors);
  int lit = 0;
  for (std::size_t i = 0; i < 33 * 33; ++i) {
    EXPECT_TRUE(sensors[i] == 0 || sensors[i] == 1.0F / 9);
    lit += sensors[i] > 0 ? 1 : 0;
  }
  EXPECT_EQ(lit, 9 + 81);
  const VisualOutcome outcome = look(*environment, box_sum(33));
  const std::size_t trials = visual_trials(33, true).size();
  EXPECT_EQ(outcome.score, 10 + 30 * static_cast<double>(trials));
  EXPECT_EQ(outcome.scenarios, static_cast<int>((trials + d.lanes - 1) / d.lanes));
  EXPECT_TRUE(outcome.solved);
}

TEST(VisualDiscrimination, PlacesAreThoseOfTheGrid) {
  const auto environment = make_visual(11);
  const NetworkInterface& body = environment->description().body;
  EXPECT_EQ(body.sensors[0].position, (std::vector<double>{-1, -1}));
  EXPECT_EQ(body.motors[3].position, (std::vector<double>{-0.4, -1}));
  EXPECT_EQ(body.motors[11 * 10].position, (std::vector<double>{-1, 1}));
}

TEST(VisualDiscrimination, RefusesOtherSizes) { EXPECT_THROW(make_visual(22), ConfigError); }

TEST(VisualDiscrimination, IsDrawnWithItsSquaresAndAnswers) {
  const auto environment = make_visual(11);
  look(*environment, box_sum(11));
  std::vector<double> row(environment->description().trace.size());
  environment->trace(row);
  const Scene scene = environment->scene(row).value();
  EXPECT_EQ(scene.cells.size(), 3U * 75U);
  ASSERT_EQ(scene.circles.size(), 75U);
  // The disc is in the middle of the large square.
  const SceneCell& large = scene.cells[2];
  EXPECT_NEAR(scene.circles[0].centre.x, (large.min.x + large.max.x) / 2, 1e-12);
  EXPECT_NEAR(scene.circles[0].centre.y, (large.min.y + large.max.y) / 2, 1e-12);
}

}  // namespace
}  // namespace cambrian
