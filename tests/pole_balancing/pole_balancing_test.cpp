#include "environments/pole_balancing/pole_balancing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "environments/pole_balancing/pole_physics.hpp"

namespace cambrian {
namespace {

struct NoPoleInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

std::unique_ptr<Environment> make(const PoleBalancingParameters& parameters) {
  return pole_balancing_environment().make(parameters, NoPoleInputs());
}

PoleBalancingParameters of_steps(std::int64_t steps) {
  PoleBalancingParameters parameters;
  parameters.steps = steps;
  return parameters;
}

/// From the sensors, and the number of the step in the scenario (from 0), to the force in N.
using Controller = std::function<double(std::span<const float> sensors, std::int64_t step)>;

struct Outcome {
  double objective = 0;
  std::vector<double> measures;
  bool solved = false;
  int scenarios = 0;
  std::vector<std::vector<double>> last_rows;  // of each scenario
};

Outcome outcome(const PoleBalancingParameters& parameters, const Controller& controller) {
  const auto environment = make(parameters);
  const EnvironmentDescription& d = environment->description();
  Stream stream({}, 1);
  environment->reset(stream);
  Outcome result;
  std::vector<float> sensors(d.body.sensors.size());
  do {
    ++result.scenarios;
    std::int64_t step = 0;
    for (bool continues = true; continues; ++step) {
      environment->observe(sensors);
      continues = environment->act(std::array{static_cast<float>(controller(sensors, step))});
    }
    result.last_rows.emplace_back(d.trace.size());
    environment->trace(result.last_rows.back());
  } while (environment->next_scenario());
  std::array<double, 1> objective{};
  std::array<std::uint8_t, 1> solved{};
  result.measures.resize(d.measures.size());
  environment->finish({objective, result.measures, solved, {}});
  result.objective = objective[0];
  result.solved = solved[0] != 0;
  return result;
}

double nothing(std::span<const float>, std::int64_t) { return 0; }

/// A linear-quadratic regulator of the linearised double pole, from all six sensors.
double regulator(std::span<const float> s, std::int64_t) {
  constexpr std::array<double, 6> kGains = {3.04, 4.96, 84.4, 22.23, -57.04, -5.13};
  constexpr std::array<double, 6> kScales = {4.8, 2, 0.52, 2, 0.52, 2};
  double force = 0;
  for (std::size_t i = 0; i < 6; ++i) force -= kGains[i] * kScales[i] * static_cast<double>(s[i]);
  return std::clamp(force, -10.0, 10.0);
}

PoleState<2> after(int actions, double force) {
  auto state = pole_state<2>({0, 0, 0.07, 0});
  for (int i = 0; i < 2 * actions; ++i) state = pole_runge_kutta<2>(state, force, 0, 0.01);
  return state;
}

void expect_digits(const PoleState<2>& state, const std::array<double, 6>& expected) {
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(state.values()[i], expected[i], 6e-12 * std::abs(expected[i])) << i;
}

TEST(PolePhysics, ReachesTheStatesThatTwoIndependentProgramsAgreeOn) {
  expect_digits(after(1, 0), {-9.98382456697e-06, -9.98931470706e-04, 0.0702206787341,
                              0.0220794722772, 1.50431824728e-04, 0.0151220335360});
  expect_digits(after(10, 0), {-1.05457920059e-03, -0.0111316932245, 0.0932412986427,
                               0.244518036861, 0.0248279428451, 0.366882635199});
  expect_digits(after(1, 10), {1.93594047624e-03, 0.193608236962, 0.0673074279663, -0.269418963476,
                               -0.029169097068, -2.93064832635});
}

TEST(PolePhysics, SinesAreThoseOfTheCLibraryWithinTwoUnitsInTheLastPlaceOfOne) {
  for (int i = -1000; i <= 1000; ++i) {
    const double angle = i * 1e-3;  // beyond pi/4, too
    const auto [sine, cosine] = PoleSines()(angle);
    EXPECT_NEAR(sine, std::sin(angle), 2 * std::numeric_limits<double>::epsilon());
    EXPECT_NEAR(cosine, std::cos(angle), 2 * std::numeric_limits<double>::epsilon());
  }
}

TEST(PolePhysics, StepsOfPolesBesideEachOtherAreThoseOfOneSineAtATime) {
  // From upright to lying: with the polynomials alone, and with the C library's sines.
  for (int i = -40; i <= 40; ++i) {
    PoleState<2> state = {0.1, -0.3, PolePair{0.05 * i, -0.02 * i}, PolePair{0.4, 1.1}};
    PoleSines sines;
    const auto expected = pole_runge_kutta(state, 3, 0.01, 0.01, sines).values();
    EXPECT_EQ(pole_runge_kutta(state, 3, 0.01, 0.01).values(), expected) << i;
  }
}

TEST(PolePhysics, OnePoleObeysTheEquationsOfLagrange) {
  // By Lagrange: a uniform rod, hinged to a cart. Hinge friction is too small to be seen.
  const double angle = 0.3, turn = 0.4, force = 3;
  const double a = 1.1, b = 0.1 * 0.5 * std::cos(angle), d = 4.0 / 3.0 * 0.1 * 0.5 * 0.5;
  const double push = force + 0.1 * 0.5 * turn * turn * std::sin(angle);
  const double fall = 0.1 * 9.8 * 0.5 * std::sin(angle);
  PoleSines sines;
  const PoleState<1> slope = pole_derivative<1>({0.1, 0.2, angle, turn}, force, 0, sines);
  EXPECT_NEAR(slope.speed, (d * push - b * fall) / (a * d - b * b), 1e-5);
  EXPECT_NEAR(slope.turn, (a * fall - b * push) / (a * d - b * b), 1e-4);
}

TEST(PolePhysics, FrictionOfTheCartActsAgainstItsMovement) {
  const auto slope = [](double speed, double friction) {
    PoleSines sines;
    return pole_derivative<1>({0, speed, 0, 0}, 0, friction, sines).speed;
  };
  const double without = slope(1, 0);
  EXPECT_LT(slope(1, 0.5), without);
  EXPECT_GT(slope(-1, 0.5), without);
  EXPECT_EQ(slope(0, 0.5), without);
}

TEST(PoleBalancing, ShortPoleFallsAtTheStepThatTheReferenceSays) {
  EXPECT_EQ(outcome({}, nothing).objective, 22);  // fails at action 23
  EXPECT_EQ(outcome({}, [](auto, auto) { return 10.0; }).objective, 4);
}

TEST(PoleBalancing, SensorsAreScaledAndLackVelocitiesWhereTheyAreNotSensed) {
  const auto first_sensors = [](const PoleBalancingParameters& parameters) {
    std::vector<float> seen;
    outcome(parameters, [&](std::span<const float> s, std::int64_t step) {
      if (step == 1) seen.assign(s.begin(), s.end());
      return 10.0;
    });
    return seen;
  };
  const auto s = after(1, 10).values();
  const std::vector<float> all = first_sensors({});
  ASSERT_EQ(all.size(), 6U);
  const std::array<double, 6> scales = {4.8, 2, 0.52, 2, 0.52, 2};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_FLOAT_EQ(all[i], static_cast<float>(s[i] / scales[i]));
  PoleBalancingParameters blind;
  blind.velocities = false;
  EXPECT_EQ(first_sensors(blind), (std::vector<float>{all[0], all[2], all[4]}));
  blind.poles = 1;
  EXPECT_EQ(first_sensors(blind).size(), 2U);
}

TEST(PoleBalancing, ARegulatorBalancesAllSteps) {
  const Outcome result = outcome({}, regulator);
  EXPECT_EQ(result.objective, 100'000);
  EXPECT_TRUE(result.solved);
  EXPECT_EQ(result.scenarios, 1);
  EXPECT_FALSE(outcome({}, nothing).solved);
}

TEST(PoleBalancing, AllStepsButOneCountAsSolved) {
  EXPECT_FALSE(outcome(of_steps(24), nothing).solved);
  EXPECT_TRUE(outcome(of_steps(23), nothing).solved);
  EXPECT_EQ(outcome(of_steps(23), nothing).objective, 22);
}

TEST(PoleBalancing, DampingRewardsStepsAloneWithinAHundredSteps) {
  PoleBalancingParameters parameters = of_steps(1000);
  parameters.objective = PoleObjective::damping;
  EXPECT_DOUBLE_EQ(outcome(parameters, nothing).objective, 0.1 * 23 / 1000);
}

TEST(PoleBalancing, DampingMeasuresTheHundredStepsBeforeTheOneThatFails) {
  // The controller lets go after 150 steps.
  PoleBalancingParameters parameters = of_steps(1000);
  parameters.objective = PoleObjective::damping;
  std::vector<double> movement;
  const auto lets_go = [&](std::span<const float> s, std::int64_t step) {
    if (step > 0) {
      movement.push_back(
          std::abs(4.8 * static_cast<double>(s[0])) + std::abs(2 * static_cast<double>(s[1])) +
          std::abs(0.52 * static_cast<double>(s[2])) + std::abs(2 * static_cast<double>(s[3])));
    }
    return step < 150 ? regulator(s, step) : 0.3;
  };
  const Outcome result = outcome(parameters, lets_go);
  const std::size_t balanced = movement.size();  // states seen after steps 1 .. t - 1
  ASSERT_GT(balanced, 150U);
  ASSERT_LT(balanced, 1000U);
  double sum = 0;
  for (std::size_t i = balanced - 100; i < balanced; ++i) sum += movement[i];
  EXPECT_EQ(result.measures[2], static_cast<double>(balanced));
  EXPECT_NEAR(result.objective, 0.1 * static_cast<double>(balanced + 1) / 1000 + 0.9 * 0.75 / sum,
              1e-5);
}

TEST(PoleBalancing, GeneralisationStartsSpanNineTenthsOfEachRange) {
  constexpr double kDegree = std::numbers::pi / 180;
  const auto expect = [](std::size_t number, const std::array<double, 4>& expected) {
    const auto start = generalisation_start(number);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(start[i], expected[i], 1e-12);
  };
  expect(0, {-0.9 * 2.16, -0.9 * 1.35, -0.9 * 3.6 * kDegree, -0.9 * 8.6 * kDegree});
  expect(312, {0, 0, 0, 0});
  expect(313, {0, 0, 0, 0.5 * 8.6 * kDegree});
  expect(624, {0.9 * 2.16, 0.9 * 1.35, 0.9 * 3.6 * kDegree, 0.9 * 8.6 * kDegree});
}

PoleBalancingParameters tested() {
  PoleBalancingParameters parameters;
  parameters.apply_preset("non_markov");
  parameters.velocities = true;  // for the regulator
  return parameters;
}

TEST(PoleBalancing, CandidatesThatBalanceAreTestedFrom625StartsAsInAnIndependentSimulation) {
  const Outcome result = outcome(tested(), regulator);
  EXPECT_EQ(result.scenarios, 627);
  EXPECT_EQ(result.measures[3], 100'000);
  EXPECT_EQ(result.measures[4], 545);  // numpy, double precision throughout
  EXPECT_TRUE(result.solved);
  PoleBalancingParameters strict = tested();
  strict.starts_needed = 546;
  EXPECT_FALSE(outcome(strict, regulator).solved);
}

TEST(PoleBalancing, TheTestMayEndOnceItIsDecided) {
  PoleBalancingParameters parameters = tested();
  parameters.count_all = false;
  Outcome result = outcome(parameters, regulator);
  EXPECT_EQ(result.measures[4], 200);
  EXPECT_TRUE(result.solved);
  parameters.starts_needed = 625;
  result = outcome(parameters, regulator);
  EXPECT_LT(result.scenarios, 627);
  EXPECT_FALSE(result.solved);
}

TEST(PoleBalancing, CandidatesThatFailAreNotTested) {
  const Outcome result = outcome(tested(), nothing);
  EXPECT_EQ(result.scenarios, 1);
  EXPECT_EQ(result.measures[3], 0);
  EXPECT_EQ(result.measures[4], 0);
  EXPECT_FALSE(result.solved);
}

TEST(PoleBalancing, CandidatesThatFailTheLongRunAreNotTestedFromOtherStarts) {
  const Outcome result = outcome(tested(), [](std::span<const float> s, std::int64_t step) {
    return step > 1200 ? 10.0 : regulator(s, step);
  });
  EXPECT_EQ(result.scenarios, 2);
  EXPECT_GT(result.measures[3], 1200);
  EXPECT_LT(result.measures[3], 1300);
  EXPECT_FALSE(result.solved);
  EXPECT_GT(result.objective, 0.1);  // the counted episode's own
}

TEST(PoleBalancing, ScenesHoldEachPoleAtItsLengthAndAngle) {
  const auto environment = make({});
  const std::array<double, 8> row = {0, 1, 0.5, 0, 0, 0, std::numbers::pi / 2, 0};
  const auto scene = environment->scene(row);
  ASSERT_TRUE(scene.has_value());
  ASSERT_EQ(scene->lines.size(), 3U);
  EXPECT_NEAR(scene->lines[1].points[1].y, 1, 1e-12);
  EXPECT_NEAR(scene->lines[2].points[1].x, 0.6, 1e-12);
}

}  // namespace
}  // namespace cambrian
