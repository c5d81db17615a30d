#include "environments/octopus_arm/octopus_arm.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <numbers>

#include "cambrian/core/error.hpp"
#include "environments/octopus_arm/arm_body.hpp"

namespace cambrian {
namespace {

using Action = std::array<double, kArmMotors>;

struct NoArmInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

std::unique_ptr<Environment> make_arm(const OctopusArmParameters& parameters = {}) {
  return octopus_arm_environment().make(parameters, NoArmInputs());
}

/// All muscles of a kind: 0 dorsal, 1 transversal, 2 ventral.
Action all_of(std::size_t kind) {
  Action action{};
  for (std::size_t i = 0; i < kArmCompartments; ++i) action[2 + kind + 3 * i] = 1;
  return action;
}

ArmBody held(const Action& action, int steps) {
  ArmBody arm;
  for (int i = 0; i < steps; ++i) arm.step(action);
  return arm;
}

void expect_arm(const ArmBody& arm, double angle, ArmPoint upper, ArmPoint lower,
                double tolerance) {
  const ArmState& state = arm.state();
  EXPECT_NEAR(state.angle, angle, tolerance);
  EXPECT_NEAR(state.upper.x[kArmCompartments], upper.x, tolerance);
  EXPECT_NEAR(state.upper.y[kArmCompartments], upper.y, tolerance);
  EXPECT_NEAR(state.lower.x[kArmCompartments], lower.x, tolerance);
  EXPECT_NEAR(state.lower.y[kArmCompartments], lower.y, tolerance);
}

// The values are those of programs that were written from the published equations independently of this
// one, with as many digits as are shown.

TEST(OctopusArm, CompartmentsHaveThePublishedAreas) {
  const ArmBody arm;
  EXPECT_NEAR(arm.rest_area(0), 0.766651938, 1e-9);
  EXPECT_NEAR(arm.rest_area(kArmCompartments - 1), 0.666804737, 1e-9);
}

TEST(OctopusArm, AtRestContractsToWhereMusclesAndPressureAgree) {
  expect_arm(held({}, 1), 1.57079633, {8.98512354, 0.343156089}, {8.98512354, -0.343156089}, 1e-8);
  expect_arm(held({}, 20), 1.57079633, {8.94188745, 0.284053754}, {8.94188745, -0.284053754}, 1e-8);
}

TEST(OctopusArm, DorsalMusclesCurlIt) {
  expect_arm(held(all_of(0), 1), 1.20225004, {8.74494184, 0.365055906}, {8.99748995, -0.322852237},
             1e-8);
  expect_arm(held(all_of(0), 20), 0.309093, {5.404403, 1.343785}, {6.056366, 1.594305}, 1e-6);
}

TEST(OctopusArm, TransversalMusclesStretchIt) {
  expect_arm(held(all_of(1), 1), 1.57079633, {9.24596124, 0.272210320}, {9.24596124, -0.272210320},
             1e-8);
  expect_arm(held(all_of(1), 20), 1.57079633, {10.9695821, 0.206202015}, {10.9695821, -0.206202015},
             1e-7);
}

TEST(OctopusArm, TheBaseTurnsIt) {
  const ArmBody once = held({1}, 1);
  expect_arm(once, 2.17226121, {8.98513348, 0.343158769}, {8.98513579, -0.343158577}, 1e-8);
  EXPECT_NEAR(once.state().rate, 0.143287759, 1e-9);
  const ArmBody ten = held({1}, 10);
  expect_arm(ten, 3.28143675, {8.83631350, 0.282368066}, {8.84024765, -0.287403576}, 1e-8);
  EXPECT_NEAR(ten.wrapped_angle(), -3.00174856, 1e-8);
}

TEST(OctopusArm, IsTheSameMirrored) {
  Action action{}, mirrored{};
  for (std::size_t i = 0; i < kArmMotors; ++i)
    action[i] = std::fmod(0.37 * static_cast<double>(i), 1.0);
  mirrored[0] = action[1];
  mirrored[1] = action[0];
  for (std::size_t i = 0; i < kArmCompartments; ++i) {
    mirrored[2 + 3 * i] = action[4 + 3 * i];
    mirrored[3 + 3 * i] = action[3 + 3 * i];
    mirrored[4 + 3 * i] = action[2 + 3 * i];
  }
  const ArmBody one = held(action, 5), other = held(mirrored, 5);
  for (std::size_t pair = 1; pair <= kArmCompartments; ++pair) {
    EXPECT_NEAR(one.state().upper.x[pair], other.state().lower.x[pair], 1e-9);
    EXPECT_NEAR(one.state().upper.y[pair], -other.state().lower.y[pair], 1e-9);
  }
}

TEST(OctopusArm, TouchesPointsInsideItsCompartmentsAlone) {
  const ArmBody arm;
  EXPECT_TRUE(arm.touches({0.5, 0.4}));
  EXPECT_TRUE(arm.touches({8.9, -0.36}));
  EXPECT_FALSE(arm.touches({8.9, -0.38}));
  EXPECT_FALSE(arm.touches({9.0, 0}));
  EXPECT_FALSE(arm.touches({-0.1, 0}));
}

struct ArmOutcome {
  double objective, tip_x, tip_y, effort;
  bool solved;
  int steps;
};

ArmOutcome run_arm(Environment& environment, const std::function<std::vector<float>(int)>& motors) {
  Stream stream({1, 2}, 3);
  environment.reset(stream);
  std::array<float, kArmState> sensors{};
  int steps = 0;
  for (bool continues = true; continues; ++steps) {
    environment.observe(sensors);
    continues = environment.act(motors(steps));
  }
  std::array<double, 1> objective{};
  std::array<double, 3> measures{};
  std::array<std::uint8_t, 1> solved{};
  environment.finish({objective, measures, solved, {}});
  return {objective[0], measures[0], measures[1], measures[2], solved[0] == 1, steps};
}

/// Curls by the dorsal muscles, and turns its base.
std::vector<float> reach_up(int) {
  std::vector<float> motors(kArmMotors, 0.0F);
  motors[0] = 1;
  for (std::size_t i = 0; i < kArmCompartments; ++i) motors[2 + 3 * i] = 1;
  return motors;
}

TEST(OctopusArm, SensesTheStateInItsOrder) {
  const auto environment = make_arm();
  const auto& body = environment->description().body;
  ASSERT_EQ(body.sensors.size(), kArmState);
  ASSERT_EQ(body.motors.size(), kArmMotors);
  Stream stream({1, 2}, 3);
  environment->reset(stream);
  std::vector<float> motors(kArmMotors, 0.0F);
  motors[4] = 0.5F;
  environment->act(motors);
  Action action{};
  action[4] = 0.5;
  const ArmBody arm = held(action, 1);
  std::array<float, kArmState> sensors{};
  environment->observe(sensors);
  EXPECT_EQ(body.sensors[2 + 4 * 9 + 1].name, "upper_10_y");
  EXPECT_EQ(sensors[2 + 4 * 9 + 1], static_cast<float>(arm.state().upper.y[10]));
  EXPECT_EQ(body.sensors[42].name, "lower_1_x");
  EXPECT_EQ(sensors[42], static_cast<float>(arm.state().lower.x[1]));
  EXPECT_EQ(body.sensors[45].name, "lower_1_vy");
  EXPECT_EQ(sensors[45], static_cast<float>(arm.state().lower.vy[1]));
  EXPECT_EQ(sensors[1], static_cast<float>(arm.state().rate));
  EXPECT_EQ(body.motors[4].name, "ventral_1");
}

TEST(OctopusArm, IsSolvedInTheStepThatTouchesTheTarget) {
  // Where the tip is after 12 steps of that movement, and not before.
  ArmBody arm;
  Action action{};
  const std::vector<float> motors = reach_up(0);
  std::copy(motors.begin(), motors.end(), action.begin());
  for (int i = 0; i < 12; ++i) arm.step(action);
  OctopusArmParameters parameters;
  const ArmPoint inside = {
      arm.tip().x * 0.98 + 0.02 * (arm.state().upper.x[9] + arm.state().lower.x[9]) / 2,
      arm.tip().y * 0.98 + 0.02 * (arm.state().upper.y[9] + arm.state().lower.y[9]) / 2};
  ASSERT_TRUE(arm.touches(inside));
  parameters.target = {inside.x, inside.y};
  const ArmBody start;
  const double at_start = std::hypot(start.tip().x - inside.x, start.tip().y - inside.y);
  const ArmOutcome outcome = run_arm(*make_arm(parameters), reach_up);
  EXPECT_TRUE(outcome.solved);
  EXPECT_LE(outcome.steps, 12);
  const double at_end = std::hypot(outcome.tip_x - inside.x, outcome.tip_y - inside.y);
  EXPECT_NEAR(outcome.objective, 1 - outcome.steps / 1000.0 * at_end / at_start, 1e-12);
  EXPECT_NEAR(outcome.effort, 11.0 / 32, 1e-12);

  parameters.objective = OctopusObjective::reward;
  const ArmOutcome rewarded = run_arm(*make_arm(parameters), reach_up);
  EXPECT_NEAR(rewarded.objective, 20 - (rewarded.steps - 1) - rewarded.steps * 11.0 / 32, 1e-12);
}

TEST(OctopusArm, EndsUnsolvedAtTheLimitOfSteps) {
  OctopusArmParameters parameters;
  parameters.steps = 7;
  const ArmOutcome outcome =
      run_arm(*make_arm(parameters), [](int) { return std::vector<float>(kArmMotors, 0.0F); });
  EXPECT_EQ(outcome.steps, 7);
  EXPECT_FALSE(outcome.solved);
  EXPECT_NEAR(outcome.objective,
              1 - std::hypot(outcome.tip_x - 6, outcome.tip_y - 5) /
                      std::hypot(ArmBody().tip().x - 6, ArmBody().tip().y - 5),
              1e-12);
}

TEST(OctopusArm, ClampsTheBaseUnlessAsPublished) {
  OctopusArmParameters clamped, published;
  published.apply_preset("as_published");
  published.steps = clamped.steps = 1;
  const auto strong = [](int) {
    std::vector<float> motors(kArmMotors, 0.0F);
    motors[0] = 3;
    return motors;
  };
  const auto angle_after = [&](const OctopusArmParameters& parameters) {
    const auto environment = make_arm(parameters);
    run_arm(*environment, strong);
    std::vector<double> row(environment->description().trace.size());
    environment->trace(row);
    return row[1];
  };
  EXPECT_NEAR(angle_after(clamped), 2.17226121, 1e-8);
  EXPECT_GT(std::abs(angle_after(published) - 2.17226121), 0.1);
}

TEST(OctopusArm, RefusesATargetThatIsNoPointOrNeedsNoMovement) {
  OctopusArmParameters parameters;
  parameters.target = {6};
  EXPECT_THROW(make_arm(parameters), ConfigError);
  parameters.target = {4, 0};
  EXPECT_THROW(make_arm(parameters), ConfigError);
}

TEST(OctopusArm, IsDrawnWithItsCompartmentsItsTipAndTheTarget) {
  const auto environment = make_arm();
  Stream stream({1, 2}, 3);
  environment->reset(stream);
  std::vector<double> row(environment->description().trace.size());
  environment->trace(row);
  const Scene scene = environment->scene(row).value();
  ASSERT_EQ(scene.lines.size(), kArmCompartments);
  EXPECT_NEAR(scene.lines[9].points[1].x, 0.001974575 + 8.97315, 1e-9);  // upper node of the tip
  ASSERT_EQ(scene.circles.size(), 3U);
  EXPECT_EQ(scene.circles[0].centre.y, 5);
  EXPECT_EQ(scene.circles[1].role, SceneRole::start);  // the base
  EXPECT_NEAR(scene.circles[2].centre.y, 0, 1e-12);
}

TEST(OctopusArm, NoEndIsWorseThanTheDeclaredWorst) {
  OctopusArmParameters parameters;
  parameters.target = {6, -2};
  parameters.steps = 60;
  const auto environment = make_arm(parameters);
  // The tip curls away from the target.
  const ArmOutcome outcome = run_arm(*environment, reach_up);
  EXPECT_LT(outcome.objective, 0);
  EXPECT_GE(outcome.objective, environment->description().objectives[0].worst);
}

}  // namespace
}  // namespace cambrian
