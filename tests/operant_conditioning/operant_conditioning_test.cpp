#include "environments/operant_conditioning/operant_conditioning.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

struct NoOperantInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

struct Outcome {
  double fitness = 0;
  std::vector<double> measures;
  bool solved = false;
  int steps = 0;
};

constexpr std::size_t kSensors = kStimuli + 2;

/// Gives the action of a lane from its sensors, at every step.
using Answer = std::function<std::size_t(std::size_t lane, std::span<const float> sensors)>;

Outcome live(const OperantConditioningParameters& parameters, const Answer& answer) {
  const auto environment = operant_conditioning_environment().make(parameters, NoOperantInputs());
  const EnvironmentDescription& description = environment->description();
  Stream stream(stream_key(1, "life"), 0);
  environment->reset(stream);
  std::vector<float> sensors(description.lanes * kSensors), motors(description.lanes * kActions);
  Outcome outcome;
  for (bool lives = true; lives; ++outcome.steps) {
    environment->observe(sensors);
    std::ranges::fill(motors, 0.0F);
    for (std::size_t lane = 0; lane < description.lanes; ++lane) {
      const auto own = std::span(sensors).subspan(lane * kSensors, kSensors);
      motors[lane * kActions + answer(lane, own)] = 1;
    }
    lives = environment->act(motors);
  }
  std::array<double, 1> fitness{};
  std::array<std::uint8_t, 1> solved{};
  outcome.measures.resize(description.measures.size());
  environment->finish({fitness, outcome.measures, solved, {}});
  outcome.fitness = fitness[0];
  outcome.solved = solved[0] != 0;
  return outcome;
}

std::size_t shown(std::span<const float> sensors) {
  return static_cast<std::size_t>(std::ranges::find(sensors, 1.0F) - sensors.begin());
}

/// Tries one action after another until one is rewarded.
class Learner {
 public:
  std::size_t operator()(std::size_t lane, std::span<const float> sensors) {
    std::size_t& action = actions_[lane][shown(sensors)];
    if (sensors[kStimuli + 1] == 1) action = (action + 1) % kActions;
    return action;
  }

 private:
  std::array<std::array<std::size_t, kStimuli>, kAssociationSets> actions_{};
};

OperantConditioningParameters of_all() {
  OperantConditioningParameters parameters;
  parameters.general = true;
  return parameters;
}

TEST(OperantConditioning, WhoTriesOneActionAfterAnotherLearnsAllSetsAndNeedsFourRounds) {
  const Outcome outcome = live(of_all(), Learner());
  EXPECT_EQ(outcome.fitness, 1);
  EXPECT_EQ(outcome.measures[1], 1);
  EXPECT_EQ(outcome.measures[2], 1);
  EXPECT_TRUE(outcome.solved);
  EXPECT_EQ(outcome.steps, 6 * 4 * 2 + 4);
  OperantConditioningParameters shorter = of_all();
  shorter.presentations =
      3;  // three failures are known, and the fourth action is tried in the test
  EXPECT_EQ(live(shorter, Learner()).measures[2], 1);
  shorter.presentations = 2;  // actions 0, 1 and 2 are found: 3^4 sets
  EXPECT_EQ(live(shorter, Learner()).measures[2], 81.0 / 256);
}

TEST(OperantConditioning, RandomActionsAreRightAQuarterOfTheTime) {
  Stream stream(stream_key(1, "actions"), 0);
  OperantConditioningParameters all;
  all.sets = 256;
  double sum = 0;
  for (int i = 0; i < 20; ++i) {
    const Outcome outcome = live(all, [&](std::size_t, std::span<const float>) {
      return static_cast<std::size_t>(stream.below(kActions));
    });
    sum += outcome.fitness / 20;
  }
  EXPECT_NEAR(sum, 0.25, 5 * std::sqrt(0.25 * 0.75 / (20 * 1024)));
}

TEST(OperantConditioning, WithoutLearningOneSetIsRightByItselfAndNoOther) {
  OperantConditioningParameters parameters = of_all();
  parameters.listed = {0b11100100};  // stimulus i is answered by action i
  const Outcome same =
      live(parameters, [](std::size_t, std::span<const float> sensors) { return shown(sensors); });
  EXPECT_EQ(same.fitness, 1);
  EXPECT_EQ(same.measures, (std::vector<double>{1, 1, 1.0 / 256}));
}

TEST(OperantConditioning, RewardAndPunishmentFollowTheAnswerInTrainingAndNotInTheTest) {
  OperantConditioningParameters parameters;
  parameters.listed = {0b00000011};  // stimulus 0: action 3, the others 0
  parameters.presentations = 1;
  std::vector<std::array<float, kSensors>> seen;
  live(parameters, [&](std::size_t, std::span<const float> sensors) {
    std::ranges::copy(sensors, seen.emplace_back().begin());
    return std::size_t{0};
  });
  ASSERT_EQ(seen.size(), 12U);
  for (std::size_t stimulus = 0; stimulus < 4; ++stimulus) {
    const bool right = stimulus != 0;
    std::array<float, kSensors> alone{};
    alone[stimulus] = 1;
    auto judged = alone;
    judged[right ? 4 : 5] = 1;
    EXPECT_EQ(seen[2 * stimulus], alone);
    EXPECT_EQ(seen[2 * stimulus + 1], judged);
    EXPECT_EQ(seen[8 + stimulus], alone);
  }
}

TEST(OperantConditioning, SetsAreDrawnWithoutRepeatsByTheirSeedOrListed) {
  OperantConditioningParameters parameters;
  parameters.sets = 256;
  const auto all = trained_sets(parameters);
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), 256U);
  EXPECT_EQ(*std::ranges::max_element(all), 255U);
  parameters.sets = 7;
  const auto seven = trained_sets(parameters);
  EXPECT_TRUE(std::equal(seven.begin(), seven.end(), all.begin()));
  parameters.draw = 2;
  EXPECT_NE(trained_sets(parameters), seven);
  parameters.listed = {5, 7};
  EXPECT_EQ(trained_sets(parameters), (std::vector<std::size_t>{5, 7}));
  parameters.listed = {5, 7, 5};
  EXPECT_THROW(trained_sets(parameters), ConfigError);
}

}  // namespace
}  // namespace cambrian
