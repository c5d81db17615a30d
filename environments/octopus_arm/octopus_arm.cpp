#include "environments/octopus_arm/octopus_arm.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "environments/octopus_arm/arm_body.hpp"

namespace cambrian {
namespace {

constexpr double kReached = 20, kStep = -1;  // rewards
constexpr double kReach = 12;                // what a sensor tells of a place: +- this
constexpr float kAngle = 3.1415927F, kRate = 0.4F, kSpeed = 0.1F;
constexpr std::size_t kTracedPairs = kArmCompartments + 1;

double place_of(double pair) { return -1 + 2 * pair / static_cast<double>(kArmCompartments); }

NetworkInterface arm_interface() {
  NetworkInterface body;
  body.sensors = {{"base_angle", {-kAngle, kAngle}, {-1, 0}, "angle"},
                  {"base_rate", {-kRate, kRate}, {-1, 0}, "rate"}};
  constexpr auto kFar = static_cast<float>(kReach);
  for (const double side : {1.0, -1.0}) {
    for (std::size_t pair = 1; pair <= kArmCompartments; ++pair) {
      const std::string node = (side > 0 ? "upper_" : "lower_") + std::to_string(pair) + "_";
      const std::vector<double> place = {place_of(static_cast<double>(pair)), side};
      body.sensors.push_back({node + "x", {-kFar, kFar}, place, "x"});
      body.sensors.push_back({node + "y", {-kFar, kFar}, place, "y"});
      body.sensors.push_back({node + "vx", {-kSpeed, kSpeed}, place, "vx"});
      body.sensors.push_back({node + "vy", {-kSpeed, kSpeed}, place, "vy"});
    }
  }
  body.motors = {{"base_positive", {0, 1}, {-1, 1}}, {"base_negative", {0, 1}, {-1, -1}}};
  for (std::size_t i = 0; i < kArmCompartments; ++i) {
    const std::string number = std::to_string(i + 1);
    const double middle = place_of(static_cast<double>(i) + 0.5);
    body.motors.push_back({"dorsal_" + number, {0, 1}, {middle, 1}});
    body.motors.push_back({"transversal_" + number, {0, 1}, {middle, 0}});
    body.motors.push_back({"ventral_" + number, {0, 1}, {middle, -1}});
  }
  return body;
}

/// @param at_start  distance of the tip to the target  @param farthest  the largest that the arm can make it
EnvironmentDescription describe(const OctopusArmParameters& parameters, double at_start,
                                double farthest) {
  EnvironmentDescription d;
  if (parameters.objective == OctopusObjective::progress) {
    d.objectives = {{.name = "progress",
                     .unit = "",
                     .worst = 1 - farthest / at_start,
                     .meaning = "1 - steps / limit x distance of the tip to the target / that at "
                                "the start"}};
  } else {
    d.objectives = {{.name = "reward",
                     .unit = "",
                     .worst = -2 * static_cast<double>(parameters.steps),
                     .meaning = "-1 per step, 20 for the touch, less the mean of the motors"}};
  }
  d.measures = {{"tip_x", "", -kReach, kReach, "where the tip ends"},
                {"tip_y", "", -kReach, kReach, "where the tip ends"},
                {"effort", "", 0, 1, "mean of all motors over the episode"}};
  d.descriptor = {"tip_x", "tip_y"};
  d.takes_networks = true;
  d.body = arm_interface();
  d.can_be_solved = true;
  d.solved_when = "the target lies inside a compartment after any step";
  d.trace = {"step", "base_angle"};
  for (const char* side : {"upper_", "lower_"}) {
    for (std::size_t pair = 0; pair < kTracedPairs; ++pair) {
      d.trace.push_back(side + std::to_string(pair) + "_x");
      d.trace.push_back(side + std::to_string(pair) + "_y");
    }
  }
  return d;
}

class OctopusArm final : public Environment {
 public:
  explicit OctopusArm(const OctopusArmParameters& parameters) : parameters_(parameters) {
    if (parameters.target.size() != 2) {
      throw ConfigError("target", "has " + std::to_string(parameters.target.size()) +
                                      " numbers; expected 2, x and y");
    }
    target_ = {parameters.target[0], parameters.target[1]};
    distance_at_start_ = distance();
    if (arm_.touches(target_) || distance_at_start_ == 0) {
      throw ConfigError("target",
                        "lies where the arm starts; expected a point that it must reach for");
    }
    description_ =
        describe(parameters, distance_at_start_, kReach + std::hypot(target_.x, target_.y));
  }
  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream&) override {
    arm_.reset();
    step_ = 0;
    reward_ = effort_ = 0;
    reached_ = false;
  }

  void observe(std::span<float> sensors) override {
    const ArmState& state = arm_.state();
    sensors[0] = static_cast<float>(arm_.wrapped_angle());
    sensors[1] = static_cast<float>(state.rate);
    std::size_t next = 2;
    for (const ArmSide* side : {&state.upper, &state.lower}) {
      for (std::size_t pair = 1; pair <= kArmCompartments; ++pair) {
        sensors[next++] = static_cast<float>(side->x[pair]);
        sensors[next++] = static_cast<float>(side->y[pair]);
        sensors[next++] = static_cast<float>(side->vx[pair]);
        sensors[next++] = static_cast<float>(side->vy[pair]);
      }
    }
  }

  bool act(std::span<const float> motors) override {
    std::array<double, kArmMotors> action;
    for (std::size_t i = 0; i < kArmMotors; ++i) {
      const auto value = static_cast<double>(motors[i]);
      action[i] = i < 2 && !parameters_.clamp_base ? value : std::clamp(value, 0.0, 1.0);
    }
    arm_.step(action);
    ++step_;
    reached_ = arm_.touches(target_);
    const double mean = std::accumulate(action.begin(), action.end(), 0.0) / kArmMotors;
    effort_ += mean;
    reward_ += (reached_ ? kReached : kStep) - mean;
    return !reached_ && step_ < parameters_.steps;
  }

  void finish(const EvaluationRows& row) override {
    const auto steps = static_cast<double>(step_), limit = static_cast<double>(parameters_.steps);
    row.objectives[0] = parameters_.objective == OctopusObjective::reward
                            ? reward_
                            : 1 - steps / limit * distance() / distance_at_start_;
    row.measures[0] = arm_.tip().x;
    row.measures[1] = arm_.tip().y;
    row.measures[2] = effort_ / steps;
    row.solved[0] = reached_ ? 1 : 0;
  }

  void trace(std::span<double> row) const override {
    const ArmState& state = arm_.state();
    row[0] = static_cast<double>(step_);
    row[1] = arm_.wrapped_angle();
    std::size_t next = 2;
    for (const ArmSide* side : {&state.upper, &state.lower}) {
      for (std::size_t pair = 0; pair < kTracedPairs; ++pair) {
        row[next++] = side->x[pair];
        row[next++] = side->y[pair];
      }
    }
  }

  std::optional<Scene> scene(std::span<const double> row) const override {
    constexpr double kMargin = 1;
    const auto node = [row](std::size_t side, std::size_t pair) {
      const std::size_t at = 2 + 2 * (side * kTracedPairs + pair);
      return ScenePoint{row[at], row[at + 1]};
    };
    Scene scene;
    const double far =
        std::max({10.0, std::abs(target_.x) + kMargin, std::abs(target_.y) + kMargin});
    scene.min = {-far, -far};
    scene.max = {far, far};
    for (std::size_t i = 0; i < kArmCompartments; ++i) {
      scene.lines.push_back(
          {SceneRole::agent, {node(0, i), node(0, i + 1), node(1, i + 1), node(1, i), node(0, i)}});
    }
    scene.circles.push_back({SceneRole::goal, {target_.x, target_.y}, 0.2});
    scene.labels.push_back({SceneRole::goal, {target_.x, target_.y + kMargin}, "target"});
    scene.circles.push_back({SceneRole::start, {0, 0}, 0.25});
    scene.labels.push_back({SceneRole::start, {0, -1.5 * kMargin}, "base"});
    scene.legend = "coloured by time: the way of the tip";
    const ScenePoint u = node(0, kArmCompartments), l = node(1, kArmCompartments);
    scene.circles.push_back({SceneRole::agent, {(u.x + l.x) / 2, (u.y + l.y) / 2}, 0.12});
    return scene;
  }

 private:
  double distance() const { return std::hypot(arm_.tip().x - target_.x, arm_.tip().y - target_.y); }

  OctopusArmParameters parameters_;
  EnvironmentDescription description_;
  ArmBody arm_;
  ArmPoint target_;
  double distance_at_start_ = 1;
  std::int64_t step_ = 0;
  double reward_ = 0, effort_ = 0;  // sums
  bool reached_ = false;
};

}  // namespace

void OctopusArmParameters::visit(ParameterVisitor& visitor) {
  visitor.reals("target", target, {-100, 100},
                {"the point to be touched, x and y; the published ones are (6, 5) and (6, -2)", "",
                 "RL-library"});
  visitor.integer("steps", steps, {1, 1'000'000},
                  {"limit of an episode", "steps", "our choice; RL-library: 100000"});
  visitor.choice(
      "objective", objective,
      {{"progress", OctopusObjective::progress}, {"reward", OctopusObjective::reward}},
      {"progress: 1 - (steps / limit) x (distance of the tip at the end / at the start); "
       "reward: -1 per step, 20 for the touch, less the mean of the motors",
       "", "progress: our choice, after Gomez, Koutnik & Schmidhuber 2012; reward: RL-library"});
  visitor.boolean("clamp_base", clamp_base,
                  {"whether the base's two motors are clamped to 0 to 1, as the muscles are", "",
                   "our choice; RL-library: false"});
}

void OctopusArmParameters::apply_preset(std::string_view name) {
  *this = {};
  if (name != "as_published") return;
  steps = 100'000;
  objective = OctopusObjective::reward;
  clamp_base = false;
}

EnvironmentComponent octopus_arm_environment() {
  return {"octopus_arm", "a soft arm of 10 compartments in water that is to touch a point",
          "RL-library, octopus arm of the RL competition; Yekutieli et al. 2005",
          [] { return std::make_unique<OctopusArmParameters>(); },
          [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
            return std::make_unique<OctopusArm>(
                checked(dynamic_cast<const OctopusArmParameters&>(parameters)));
          }};
}

}  // namespace cambrian
