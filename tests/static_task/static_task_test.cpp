#include "environments/static_task/static_task.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>

#include "environments/static_task/patterns.hpp"

namespace cambrian {
namespace {

struct NoStaticTaskInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

std::unique_ptr<Environment> make(const StaticTaskParameters& parameters) {
  return xor_environment().make(parameters, NoStaticTaskInputs());
}

StaticTaskParameters es_hyperneat(StaticTaskKind kind) {
  StaticTaskParameters parameters(kind);
  parameters.apply_preset("es_hyperneat");
  return parameters;
}

std::vector<double> sensor_places(const StaticTaskParameters& parameters) {
  const auto environment = make(parameters);
  std::vector<double> places;
  for (const Terminal& sensor : environment->description().body.sensors) {
    EXPECT_EQ(sensor.position.at(1), -1);
    places.push_back(sensor.position.at(0));
  }
  return places;
}

struct Result {
  double objective = 0;
  std::array<double, 4> measures{};
  bool solved = false;
};

/// @param answer  from a lane's sensors to its output
Result answered(const StaticTaskParameters& parameters,
                const std::function<float(std::span<const float>)>& answer) {
  const auto environment = make(parameters);
  const EnvironmentDescription& d = environment->description();
  Stream stream({}, 1);
  environment->reset(stream);
  const std::size_t inputs = d.body.sensors.size();
  std::vector<float> sensors(d.lanes * inputs), motors;
  environment->observe(sensors);
  for (std::size_t lane = 0; lane < d.lanes; ++lane)
    motors.push_back(answer(std::span(sensors).subspan(lane * inputs, inputs)));
  EXPECT_FALSE(environment->act(motors));
  Result result;
  std::array<double, 1> objective{};
  std::array<std::uint8_t, 1> solved{};
  environment->finish({objective, result.measures, solved, {}});
  result.objective = objective[0];
  result.solved = solved[0] != 0;
  return result;
}

TEST(StaticTask, XorGivesSixteenForTheRightAnswersAndTheSquareOfWhatAgreesOtherwise) {
  const StaticTaskParameters parameters(StaticTaskKind::exclusive_or);
  const Result right =
      answered(parameters, [](auto s) { return (s[0] > 0) != (s[1] > 0) ? 1.0F : 0.0F; });
  EXPECT_EQ(right.objective, 16);
  EXPECT_TRUE(right.solved);
  EXPECT_EQ(right.measures, (std::array<double, 4>{0, 1, 1, 0}));
  const Result half = answered(parameters, [](auto) { return 0.5F; });
  EXPECT_EQ(half.objective, 4);
  EXPECT_FALSE(half.solved);
  // Errors 0, 0, 0 and 1 of OR, in the order 00, 01, 10, 11.
  const Result is_or = answered(parameters, [](auto s) { return s[0] + s[1] > 0 ? 1.0F : 0.0F; });
  EXPECT_EQ(is_or.objective, 9);
  EXPECT_EQ(is_or.measures, (std::array<double, 4>{0.5, 1, 0.75, 0.25}));
}

TEST(StaticTask, AgreementIsSolvedOnceAllOutputsLieOnTheRightSideOfAHalf) {
  const StaticTaskParameters parameters(StaticTaskKind::exclusive_or);
  const auto with = [](float low, float high) {
    return [low, high](std::span<const float> s) { return (s[0] > 0) != (s[1] > 0) ? high : low; };
  };
  EXPECT_TRUE(answered(parameters, with(0.49F, 0.5F)).solved);
  EXPECT_FALSE(answered(parameters, with(0.5F, 0.5F)).solved);
  EXPECT_FALSE(answered(parameters, with(0.49F, 0.49F)).solved);
}

TEST(StaticTask, OneMinusMseIsSolvedFromTheThresholdOn) {
  StaticTaskParameters parameters = es_hyperneat(StaticTaskKind::exclusive_or);
  const auto off_by = [](float error) {
    return
        [error](std::span<const float> s) { return (s[0] > 0) != (s[1] > 0) ? 1 - error : error; };
  };
  EXPECT_TRUE(answered(parameters, off_by(0.125F)).solved);  // 1 - 1/64 = 0.984
  EXPECT_FALSE(answered(parameters, off_by(0.25F)).solved);  // 0.9375
  EXPECT_EQ(answered(parameters, off_by(0.25F)).objective, 0.9375);
  parameters.threshold = 0.9375;
  EXPECT_TRUE(answered(parameters, off_by(0.25F)).solved);
}

TEST(StaticTask, ThresholdsAndPositionsAreThePublishedOnes) {
  using enum StaticTaskKind;
  EXPECT_EQ(es_hyperneat(exclusive_or).threshold, 0.98);
  EXPECT_EQ(es_hyperneat(parity).threshold, 0.975);
  EXPECT_EQ(es_hyperneat(circle).threshold, 0.975);
  EXPECT_EQ(es_hyperneat(sine).threshold, 0.95);
  EXPECT_EQ(sensor_places(es_hyperneat(exclusive_or)), (std::vector<double>{-1, 0, 1}));
  EXPECT_EQ(sensor_places(es_hyperneat(parity)), (std::vector<double>{-1.5, -0.5, 0.5, 1.5}));
  EXPECT_EQ(sensor_places(es_hyperneat(circle)), (std::vector<double>{-1, 0, 1}));
  EXPECT_EQ(sensor_places(es_hyperneat(sine)), (std::vector<double>{-1, 1}));
  const auto environment = make(es_hyperneat(exclusive_or));
  EXPECT_EQ(environment->description().body.motors.at(0).position, (std::vector<double>{0, 1}));
}

TEST(StaticTask, InputsWithoutABiasAreSpreadOverTheWholeRow) {
  using enum StaticTaskKind;
  EXPECT_EQ(sensor_places(StaticTaskParameters(exclusive_or)), (std::vector<double>{-1, 1}));
  EXPECT_EQ(sensor_places(StaticTaskParameters(parity)), (std::vector<double>{-1, 0, 1}));
  EXPECT_EQ(sensor_places(StaticTaskParameters(sine)), (std::vector<double>{0}));
}

TEST(StaticTask, TheBiasSensorIsTheLastAndIsOneInEveryLaneAndForEveryNetwork) {
  const StaticTaskParameters parameters = es_hyperneat(StaticTaskKind::parity);
  int lanes = 0;
  answered(parameters, [&](auto s) {
    EXPECT_EQ(s.size(), 4U);
    EXPECT_EQ(s.back(), 1.0F);
    ++lanes;
    return 0.0F;
  });
  EXPECT_EQ(lanes, 8);
  // An upper end of its range is mapped onto the upper end of a network's.
  const auto environment = make(parameters);
  EXPECT_EQ(environment->description().body.sensors.back().range, (SignalRange{0, 1}));
}

TEST(StaticTask, ParityIsOneForAnOddNumberOfOnes) {
  StaticTaskParameters parameters(StaticTaskKind::parity);
  parameters.bits = 5;
  const Result result = answered(parameters, [](std::span<const float> s) {
    return static_cast<float>(std::lround(std::accumulate(s.begin(), s.end(), 0.0F)) % 2);
  });
  EXPECT_EQ(result.objective, 1);
  EXPECT_TRUE(result.solved);
}

TEST(StaticTask, TheCircleHasTheHundredPointsThatNumpyDraws) {
  const Patterns patterns = patterns_of(StaticTaskParameters(StaticTaskKind::circle));
  ASSERT_EQ(patterns.size(), 100U);
  // numpy.random.RandomState(42).uniform(-1, 1, (100, 2)).astype(numpy.float32)
  EXPECT_EQ(patterns.values[0], -0.25091976F);
  EXPECT_EQ(patterns.values[1], 0.90142864F);
  EXPECT_EQ(patterns.values[4], -0.6879627F);
  EXPECT_EQ(patterns.values[5], -0.68801093F);
  EXPECT_EQ(patterns.values[198], 0.77417284F);
  EXPECT_EQ(patterns.values[199], 0.5597511F);
  EXPECT_EQ(std::accumulate(patterns.targets.begin(), patterns.targets.end(), 0.0), 16);
}

TEST(StaticTask, AConstantOutputScoresAtMost08656InTheCircle) {
  const StaticTaskParameters parameters = es_hyperneat(StaticTaskKind::circle);
  const double best = answered(parameters, [](auto) { return 0.16F; }).objective;
  EXPECT_NEAR(best, 0.8656, 1e-7);
  EXPECT_LT(answered(parameters, [](auto) { return 0.15F; }).objective, best);
  EXPECT_LT(answered(parameters, [](auto) { return 0.17F; }).objective, best);
}

TEST(StaticTask, TheSineHasTwentyPointsAndATargetForEachProgram) {
  StaticTaskParameters parameters(StaticTaskKind::sine);
  const auto sine = [](std::span<const float> s) {
    return std::sin(std::numbers::pi_v<float> * s[0]);
  };
  EXPECT_NEAR(answered(parameters, [&](auto s) { return (sine(s) + 1) / 2; }).objective, 1, 1e-12);
  parameters.target = SineTarget::signed_unit;
  EXPECT_NEAR(answered(parameters, sine).objective, 1, 1e-12);
  // The best that outputs of 0 to 1 can do: half of the squares of a sine remain.
  const Result clipped = answered(parameters, [&](auto s) { return std::max(0.0F, sine(s)); });
  EXPECT_NEAR(clipped.objective, 1 - 0.25 * 19 / 20, 1e-6);
  EXPECT_FALSE(clipped.solved);
  EXPECT_EQ(patterns_of(parameters).values[1], -0.894736842F);
}

TEST(StaticTask, BooleanFunctionsAskFiveOutputsOfEachPattern) {
  const StaticTaskParameters parameters(StaticTaskKind::boolean_functions);
  const Patterns patterns = patterns_of(parameters);
  EXPECT_EQ(patterns.targets,
            (std::vector<double>{0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0}));
  const auto environment = make(parameters);
  EXPECT_EQ(environment->description().body.motors.size(), 5U);
  EXPECT_EQ(environment->description().lanes, 4U);
}

TEST(StaticTask, ASceneShowsTargetsAndTheOutputsOfItsTraceRow) {
  const auto environment = make(StaticTaskParameters(StaticTaskKind::exclusive_or));
  const std::array<double, 5> row = {1, 0, 1, 0.5, 0};
  const auto scene = environment->scene(row);
  ASSERT_TRUE(scene.has_value());
  ASSERT_EQ(scene->circles.size(), 8U);
  EXPECT_EQ(scene->circles[2].role, SceneRole::goal);  // pattern 01
  EXPECT_EQ(scene->circles[3].radius, scene->circles[2].radius);
  EXPECT_EQ(scene->circles[5].radius, scene->circles[4].radius / 2);
  EXPECT_EQ(scene->circles[6].role, SceneRole::wall);  // pattern 11
  EXPECT_EQ(scene->labels[1].text, "01");
}

TEST(StaticTask, ASceneOfMoreBitsIsATableOfTargetsAndOutputs) {
  const auto environment = make(StaticTaskParameters(StaticTaskKind::parity));
  const std::array<double, 9> row = {1, 0, 1, 1, 0, 0.5, 0, 0, 1};
  const auto scene = environment->scene(row);
  ASSERT_TRUE(scene.has_value());
  ASSERT_EQ(scene->labels.size(), 8U);
  EXPECT_EQ(scene->labels[4].text, "100");
  ASSERT_EQ(scene->cells.size(), 16U);
  EXPECT_EQ(scene->cells[8].shade, 1);  // the target of 100
  EXPECT_NEAR(scene->cells[9].shade, 0.54, 1e-9);
  EXPECT_LE(scene->cells[15].max.x, scene->max.x);
  EXPECT_LE(scene->cells[15].max.y, scene->max.y);
}

}  // namespace
}  // namespace cambrian
