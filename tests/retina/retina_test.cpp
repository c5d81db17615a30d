#include "environments/retina/retina.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <limits>

namespace cambrian {
namespace {

struct NoRetinaInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

std::unique_ptr<Environment> make_retina(const RetinaParameters& parameters = {}) {
  return retina_environment().make(parameters, NoRetinaInputs());
}

/// By the published words: 3 or more pixels, or 1 or 2 in the outer column only.
bool object(std::span<const float> half, bool outer_is_first) {
  int lit = 0, inner = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const bool outer = (i < 2) == outer_is_first;
    lit += half[i] > 0 ? 1 : 0;
    inner += half[i] > 0 && !outer ? 1 : 0;
  }
  return lit >= 3 || (lit >= 1 && inner == 0);
}

struct RetinaOutcome {
  double objective;
  std::array<double, 2> measures;
  bool solved;
};

/// @param judge  from 8 pixels to the motors
RetinaOutcome judge_all(
    Environment& environment,
    const std::function<void(std::span<const float>, std::span<float>)>& judge) {
  Stream stream({1, 2}, 3);
  environment.reset(stream);
  const std::size_t n = environment.description().body.motors.size();
  EXPECT_EQ(environment.description().lanes, 256U);
  std::vector<float> sensors(256 * 8), motors(256 * n);
  environment.observe(sensors);
  for (std::size_t i = 0; i < 256; ++i) {
    judge(std::span(sensors).subspan(8 * i, 8), std::span(motors).subspan(n * i, n));
  }
  EXPECT_FALSE(environment.act(motors));
  RetinaOutcome outcome{};
  std::array<double, 1> objective{};
  std::array<std::uint8_t, 1> solved{};
  environment.finish({objective, outcome.measures, solved, {}});
  outcome.objective = objective[0];
  outcome.solved = solved[0] == 1;
  return outcome;
}

void right_answers(std::span<const float> pixels, std::span<float> motors) {
  const bool left = object(pixels.first(4), true), right = object(pixels.subspan(4), false);
  motors[0] = left ? 1 : 0;
  motors[1] = right ? 1 : 0;
}

TEST(Retina, ThePublishedRuleInWordsSolvesIt) {
  const RetinaOutcome outcome = judge_all(*make_retina(), right_answers);
  EXPECT_TRUE(outcome.solved);
  EXPECT_EQ(outcome.objective, 1000);
  EXPECT_EQ(outcome.measures, (std::array<double, 2>{1, 1}));
}

TEST(Retina, OneWrongPatternIsNotSolved) {
  int seen = 0;
  const RetinaOutcome outcome =
      judge_all(*make_retina(), [&](std::span<const float> pixels, std::span<float> motors) {
        right_answers(pixels, motors);
        if (seen++ == 77) motors[1] = 1 - motors[1];
      });
  EXPECT_FALSE(outcome.solved);
  EXPECT_EQ(outcome.objective, 500);  // E = 1
  EXPECT_EQ(outcome.measures, (std::array<double, 2>{1, 255.0 / 256}));
}

TEST(Retina, TheObjectiveIsThatOfTheSummedError) {
  const auto vague = [](std::span<const float> pixels, std::span<float> motors) {
    right_answers(pixels, motors);
    for (float& motor : motors) motor = motor > 0 ? 0.75F : -3.0F;  // clamped to 0
  };
  RetinaParameters parameters;
  // Half of all 512 answers are objects: E = 256 x 0.25 = 64.
  EXPECT_NEAR(judge_all(*make_retina(parameters), vague).objective, 1000 / (1 + 64.0 * 64), 1e-12);
  EXPECT_TRUE(judge_all(*make_retina(parameters), vague).solved);
  parameters.objective = RetinaObjective::linear;
  EXPECT_NEAR(judge_all(*make_retina(parameters), vague).objective, 1000 / 65.0, 1e-12);
  parameters.objective = RetinaObjective::accuracy;
  EXPECT_EQ(judge_all(*make_retina(parameters), vague).objective, 1);
}

TEST(Retina, AConstantAnswerIsRightForHalfOfThePatternsAndThreeQuartersOfAnd) {
  const auto constant = [](std::span<const float>, std::span<float> motors) { motors[0] = 0; };
  RetinaParameters parameters;
  parameters.objective = RetinaObjective::accuracy;
  EXPECT_EQ(judge_all(*make_retina(parameters), constant).objective, 0.5);
  parameters.goal = RetinaGoal::all_of;
  const RetinaOutcome all = judge_all(*make_retina(parameters), constant);
  EXPECT_EQ(all.objective, 0.75);
  EXPECT_EQ(all.measures, (std::array<double, 2>{0, 1}));
  parameters.goal = RetinaGoal::any_of;
  EXPECT_EQ(judge_all(*make_retina(parameters), constant).objective, 0.25);
}

TEST(Retina, GoalsOfBothHalvesHaveOneMotor) {
  RetinaParameters parameters;
  for (const RetinaGoal goal : {RetinaGoal::all_of, RetinaGoal::any_of}) {
    parameters.goal = goal;
    const RetinaOutcome outcome = judge_all(
        *make_retina(parameters), [&](std::span<const float> pixels, std::span<float> motors) {
          std::array<float, 2> halves{};
          right_answers(pixels, halves);
          motors[0] =
              goal == RetinaGoal::all_of ? halves[0] * halves[1] : std::max(halves[0], halves[1]);
        });
    EXPECT_TRUE(outcome.solved);
  }
}

TEST(Retina, LayoutsPlaceTheSamePixelsInColumnsOrRows) {
  RetinaParameters parameters;
  const auto places = [&] {
    std::vector<std::vector<double>> all;
    const auto environment = make_retina(parameters);
    for (const Terminal& sensor : environment->description().body.sensors) {
      all.push_back(sensor.position);
    }
    return all;
  };
  const double third = 1.0 / 3;
  const auto columns = places();
  EXPECT_EQ(columns[0], (std::vector<double>{-1, -1}));
  EXPECT_EQ(columns[1], (std::vector<double>{-1, 1}));
  EXPECT_NEAR(columns[2][0], -third, 1e-12);
  EXPECT_EQ(columns[7], (std::vector<double>{1, 1}));
  parameters.layout = RetinaLayout::rows;
  const auto rows = places();
  EXPECT_EQ(rows[0], (std::vector<double>{-1, -1}));
  EXPECT_NEAR(rows[1][0], -third, 1e-12);
  EXPECT_EQ(rows[3], (std::vector<double>{1, -1}));
  EXPECT_EQ(rows[4], (std::vector<double>{-1, 1}));
}

TEST(Retina, AnAnswerThatIsNotANumberMakesTheFitnessNotANumber) {
  const RetinaOutcome outcome =
      judge_all(*make_retina(), [](std::span<const float>, std::span<float> motors) {
        motors[0] = std::numeric_limits<float>::quiet_NaN();
        motors[1] = 0;
      });
  EXPECT_TRUE(std::isnan(outcome.objective));
  EXPECT_FALSE(outcome.solved);
}

TEST(Retina, IsDrawnWithARingAroundEachWrongAnswer) {
  const auto environment = make_retina();
  int seen = 0;
  judge_all(*environment, [&](std::span<const float> pixels, std::span<float> motors) {
    right_answers(pixels, motors);
    if (seen++ < 3) motors[0] = 1 - motors[0];
  });
  std::vector<double> row(environment->description().trace.size());
  environment->trace(row);
  const Scene scene = environment->scene(row).value();
  EXPECT_EQ(scene.cells.size(), 256U * 8U);
  EXPECT_EQ(std::ranges::count(scene.circles, SceneRole::start, &SceneCircle::role), 3);
}

}  // namespace
}  // namespace cambrian
