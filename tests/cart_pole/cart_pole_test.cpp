#include "environments/cart_pole/cart_pole.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <functional>
#include <vector>

namespace cambrian {
namespace {

struct NoInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

using State = std::array<double, 4>;  // x, x', angle, angle'

std::unique_ptr<Environment> make(const CartPoleParameters& parameters = {}) {
  return cart_pole_environment().make(parameters, NoInputs());
}

State state_of(const Environment& environment) {
  std::array<double, 5> row{};
  environment.trace(row);
  return {row[1], row[2], row[3], row[4]};
}

/// Accelerations as the solution of two linear equations (Lagrange: a uniform rod, hinged at one end
/// to a cart), another form than the environment's; then the same Euler step.
State by_lagrange(const State& s, double force) {
  constexpr double kMass = 1.1, kPole = 0.1, kHalf = 0.5, kGravity = 9.8, kTime = 0.02;
  const double a = kMass, b = kPole * kHalf * std::cos(s[2]), d = 4.0 / 3.0 * kPole * kHalf * kHalf;
  const double push = force + kPole * kHalf * s[3] * s[3] * std::sin(s[2]);
  const double fall = kPole * kGravity * kHalf * std::sin(s[2]);
  const double determinant = a * d - b * b;
  const double x = (d * push - b * fall) / determinant;
  const double angle = (a * fall - b * push) / determinant;
  return {s[0] + kTime * s[1], s[1] + kTime * x, s[2] + kTime * s[3], s[3] + kTime * angle};
}

struct Outcome {
  double balanced, place, sway;
  bool solved;
  std::vector<State> states;
};

/// @param push  from the sensors to the motor
Outcome episode(Environment& environment, Stream stream,
                const std::function<float(std::span<const float>)>& push) {
  Outcome outcome{};
  environment.reset(stream);
  outcome.states.push_back(state_of(environment));
  std::vector<float> sensors(environment.description().body.sensors.size());
  for (bool continues = true; continues;) {
    environment.observe(sensors);
    const std::array<float, 1> motor = {push(sensors)};
    continues = environment.act(motor);
    outcome.states.push_back(state_of(environment));
  }
  std::array<double, 1> objective{};
  std::array<double, 2> measures{};
  std::array<std::uint8_t, 1> solved{};
  environment.finish({objective, measures, solved, {}});
  outcome.balanced = objective[0];
  outcome.place = measures[0];
  outcome.sway = measures[1];
  outcome.solved = solved[0] != 0;
  return outcome;
}

float upright(std::span<const float> s) {
  return s[0] + s[1] + 10 * s[2] + 2 * s[3] > 0 ? 1.0F : -1.0F;
}

TEST(CartPole, EachStepIsThatOfTheEquationsOfMotionSolvedAsALinearSystem) {
  const auto environment = make();
  for (std::uint64_t start = 0; start < 20; ++start) {
    std::vector<double> forces;
    const Outcome outcome =
        episode(*environment, Stream({1, 2}, start), [&](std::span<const float> sensors) {
          const float push = start % 2 == 0 ? upright(sensors) : 0.5F;
          forces.push_back(push > 0 ? 10.0 : -10.0);
          return push;
        });
    for (std::size_t i = 0; i + 1 < outcome.states.size(); ++i) {
      const State expected = by_lagrange(outcome.states[i], forces[i]);
      for (std::size_t v = 0; v < 4; ++v) EXPECT_NEAR(outcome.states[i + 1][v], expected[v], 1e-12);
    }
  }
}

TEST(CartPole, TenStepsAreThoseOfGymnasium) {
  // Gymnasium 1.4.0, CartPole-v1, its state set to the first row; actions 1 (right) and 0 (left).
  State state = {0.03, -0.02, 0.04, 0.01};
  const std::array<bool, 10> right = {true,  true, false, true, false,
                                      false, true, false, true, true};
  const State after_five = {0.051305399794219574, 0.17285032220042348, 0.008267974067390242,
                            -0.2325964934750832};
  const State after_ten = {0.06077020562633846, 0.3677067410836889, -0.0029449251453937137,
                           -0.5194104120850711};
  for (std::size_t i = 0; i < 10; ++i) {
    state = by_lagrange(state, right[i] ? 10 : -10);
    if (i != 4 && i != 9) continue;
    const State& expected = i == 4 ? after_five : after_ten;
    for (std::size_t v = 0; v < 4; ++v) EXPECT_NEAR(state[v], expected[v], 1e-12);
  }
}

TEST(CartPole, StartsWithinItsBoundsFromTheStream) {
  const auto environment = make();
  EXPECT_TRUE(environment->description().noisy);
  double least = 1, most = -1;
  for (std::uint64_t i = 0; i < 500; ++i) {
    Stream stream({1, 2}, i), again({1, 2}, i);
    environment->reset(stream);
    const State first = state_of(*environment);
    environment->reset(again);
    EXPECT_EQ(state_of(*environment), first);
    for (const double value : first) {
      least = std::min(least, value);
      most = std::max(most, value);
    }
  }
  EXPECT_NEAR(least, -0.05, 0.001);
  EXPECT_NEAR(most, 0.05, 0.001);
  EXPECT_GE(least, -0.05);
  EXPECT_LE(most, 0.05);
}

TEST(CartPole, IsSolvedByAControllerThatKeepsItUpForAllSteps) {
  const Outcome outcome = episode(*make(), Stream({1, 2}, 3), upright);
  EXPECT_EQ(outcome.balanced, 500);
  EXPECT_TRUE(outcome.solved);
  double place = 0, sway = 0;
  for (std::size_t i = 1; i < outcome.states.size(); ++i) {
    place += outcome.states[i][0] / 500;
    sway += std::abs(outcome.states[i][2]) / 500;
  }
  EXPECT_NEAR(outcome.place, place, 1e-12);
  EXPECT_NEAR(outcome.sway, sway, 1e-12);
}

TEST(CartPole, PushedToOneSideFallsAfterSomeStepsAndIsNotSolved) {
  const Outcome outcome =
      episode(*make(), Stream({1, 2}, 3), [](std::span<const float>) { return 1.0F; });
  EXPECT_FALSE(outcome.solved);
  EXPECT_EQ(outcome.balanced, static_cast<double>(outcome.states.size() - 1));
  EXPECT_LT(outcome.balanced, 15);
  EXPECT_LT(outcome.states.back()[2], -12 * 3.14159265 / 180);
}

TEST(CartPole, AFallInTheLastStepDoesNotSolveIt) {
  CartPoleParameters parameters;
  const auto fall = [](std::span<const float>) { return 1.0F; };
  const auto steps = static_cast<std::int64_t>(episode(*make(), Stream({1, 2}, 3), fall).balanced);
  parameters.steps = steps;
  EXPECT_FALSE(episode(*make(parameters), Stream({1, 2}, 3), fall).solved);
  parameters.steps = steps - 1;
  EXPECT_TRUE(episode(*make(parameters), Stream({1, 2}, 3), fall).solved);
}

TEST(CartPole, WithoutStartAndSensorNoiseNothingIsDrawn) {
  CartPoleParameters parameters;
  parameters.start = 0;
  const auto environment = make(parameters);
  EXPECT_FALSE(environment->description().noisy);
  EXPECT_EQ(episode(*environment, Stream({1, 2}, 3), upright).states,
            episode(*environment, Stream({1, 2}, 4), upright).states);
}

TEST(CartPole, WithoutVelocitiesSensesPlaces) {
  CartPoleParameters parameters;
  parameters.velocities = false;
  const auto environment = make(parameters);
  const auto& sensors = environment->description().body.sensors;
  ASSERT_EQ(sensors.size(), 2U);
  EXPECT_EQ(sensors[0].name, "x");
  EXPECT_EQ(sensors[1].name, "angle");
}

TEST(CartPole, SensorNoiseHasTheStandardDeviationThatWasAskedFor) {
  CartPoleParameters parameters;
  parameters.sensor_noise = 0.1;
  const auto environment = make(parameters);
  Stream stream({1, 2}, 3);
  environment->reset(stream);
  const State state = state_of(*environment);
  const std::array<double, 4> half = {2.4, 3, 0.21, 3};
  std::array<double, 4> squares{};
  std::array<float, 4> sensors{};
  for (int i = 0; i < 10000; ++i) {
    environment->observe(sensors);
    for (std::size_t v = 0; v < 4; ++v) squares[v] += std::pow(sensors[v] - state[v], 2) / 10000;
  }
  for (std::size_t v = 0; v < 4; ++v) {
    EXPECT_NEAR(std::sqrt(squares[v]) / half[v], 0.1, 0.003);
  }
}

}  // namespace
}  // namespace cambrian
