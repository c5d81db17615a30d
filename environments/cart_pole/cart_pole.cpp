#include "environments/cart_pole/cart_pole.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace cambrian {
namespace {

constexpr double kCart = 1.0, kPole = 0.1, kHalf = 0.5, kGravity = 9.8, kForce = 10.0;
constexpr double kTime = 0.02;                           // s of a step
constexpr double kTrack = 2.4;                           // m to each side
constexpr double kFallen = 12 * std::numbers::pi / 180;  // rad

using State = std::array<double, 4>;  // x, x', angle, angle'

State stepped(const State& s, double force) {
  const auto [x, velocity, angle, turn] = s;
  const double sine = std::sin(angle), cosine = std::cos(angle);
  const double pull = (force + kPole * kHalf * turn * turn * sine) / (kCart + kPole);
  const double turning = (kGravity * sine - cosine * pull) /
                         (kHalf * (4.0 / 3.0 - kPole * cosine * cosine / (kCart + kPole)));
  const double pushing = pull - kPole * kHalf * turning * cosine / (kCart + kPole);
  return {x + kTime * velocity, velocity + kTime * pushing, angle + kTime * turn,
          turn + kTime * turning};
}

bool failed(const State& s) { return std::abs(s[0]) > kTrack || std::abs(s[2]) > kFallen; }

/// A value that a sensor may tell, and where the sensor sits.
const std::array<Terminal, 4>& sensors() {
  static const std::array<Terminal, 4> all = {{{"x", {-2.4F, 2.4F}, {-1, -1}},
                                               {"x_velocity", {-3, 3}, {-0.3, -1}},
                                               {"angle", {-0.21F, 0.21F}, {0.3, -1}},
                                               {"angle_velocity", {-3, 3}, {1, -1}}}};
  return all;
}

class CartPole final : public Environment {
 public:
  explicit CartPole(const CartPoleParameters& parameters) : parameters_(parameters) {
    description_.objectives = {{"balanced", "steps", 0, "steps before it fails"}};
    description_.measures = {{"place", "m", -kTrack, kTrack, "mean place of the cart"},
                             {"sway", "rad", 0, 0.21, "mean size of the pole's angle"}};
    description_.descriptor = {"place", "sway"};
    description_.takes_networks = true;
    for (std::size_t i = 0; i < 4; i += parameters.velocities ? 1 : 2) {
      sensed_.push_back(i);
      description_.body.sensors.push_back(sensors()[i]);
    }
    description_.body.motors = {{"push", {-1, 1}, {0, 1}}};
    description_.can_be_solved = true;
    description_.solved_when = "the pole stays up for all steps";
    description_.noisy = parameters.start > 0 || parameters.sensor_noise > 0;
    description_.trace = {"step", "x", "x_velocity", "angle", "angle_velocity"};
  }
  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream& stream) override {
    for (double& value : state_) value = parameters_.start * (2 * stream.uniform() - 1);
    stream_ = &stream;
    step_ = 0;
    place_ = sway_ = 0;
  }

  void observe(std::span<float> values) override {
    for (std::size_t i = 0; i < sensed_.size(); ++i) {
      double value = state_[sensed_[i]];
      if (parameters_.sensor_noise > 0) {
        const auto half_range = static_cast<double>(sensors()[sensed_[i]].range.max);
        value += parameters_.sensor_noise * half_range * stream_->normal();
      }
      values[i] = static_cast<float>(value);
    }
  }

  bool act(std::span<const float> motors) override {
    const bool continuous = parameters_.force == CartPoleForce::continuous;
    const double push = continuous ? static_cast<double>(motors[0]) : motors[0] > 0 ? 1 : -1;
    state_ = stepped(state_, kForce * push);
    place_ += state_[0];
    sway_ += std::abs(state_[2]);
    ++step_;
    fallen_at_end_ = failed(state_);
    return !fallen_at_end_ && step_ < parameters_.steps;
  }

  void finish(const EvaluationRows& row) override {
    const auto steps = static_cast<double>(step_);
    row.objectives[0] = steps;
    row.measures[0] = place_ / steps;
    row.measures[1] = sway_ / steps;
    row.solved[0] = fallen_at_end_ ? 0 : 1;
  }

  void trace(std::span<double> row) const override {
    row[0] = static_cast<double>(step_);
    std::ranges::copy(state_, row.begin() + 1);
  }

  std::optional<Scene> scene(std::span<const double> row) const override {
    const ScenePoint cart = {row[1], 0};
    const ScenePoint tip = {cart.x + 2 * kHalf * std::sin(row[3]), 2 * kHalf * std::cos(row[3])};
    Scene scene;
    scene.min = {-2.6, -0.4};
    scene.max = {2.6, 1.4};
    scene.lines = {{SceneRole::wall, {{-kTrack, 0.3}, {-kTrack, 0}, {kTrack, 0}, {kTrack, 0.3}}},
                   {SceneRole::agent, {cart, tip}}};
    scene.circles = {{SceneRole::agent, cart, 0.1}};
    return scene;
  }

 private:
  CartPoleParameters parameters_;
  EnvironmentDescription description_;
  std::vector<std::size_t> sensed_;  // places in State
  Stream* stream_ = nullptr;         // of the episode, which it outlives
  State state_{};
  std::int64_t step_ = 0;
  double place_ = 0, sway_ = 0;  // sums
  bool fallen_at_end_ = false;
};

}  // namespace

void CartPoleParameters::visit(ParameterVisitor& visitor) {
  visitor.real("start", start, {0.0, 0.2},
               {"place, angle and their velocities each start uniformly in +- this", "",
                "Gymnasium's CartPole-v1"});
  visitor.real(
      "sensor_noise", sensor_noise, {0.0, 10.0},
      {"standard deviation of the sensors' error, relative to half their range", "", "our choice"});
  visitor.boolean("velocities", velocities,
                  {"whether velocities are sensed", "", "Barto, Sutton & Anderson 1983"});
  visitor.choice(
      "force", force,
      {{"left_or_right", CartPoleForce::left_or_right}, {"continuous", CartPoleForce::continuous}},
      {"whether the motor chooses between 10 N to the left and to the right, or any force "
       "in between",
       "", "Gymnasium's CartPole-v1; Gomez, Schmidhuber & Miikkulainen 2008: continuous"});
  visitor.integer("steps", steps, {1, 1'000'000},
                  {"steps to balance", "", "Gymnasium's CartPole-v1"});
}

EnvironmentComponent cart_pole_environment() {
  return {"cart_pole", "a pole that a cart must balance, from a random start",
          "Barto, Sutton & Anderson 1983, as Gymnasium's CartPole-v1",
          [] { return std::make_unique<CartPoleParameters>(); },
          [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
            return std::make_unique<CartPole>(
                checked(dynamic_cast<const CartPoleParameters&>(parameters)));
          }};
}

}  // namespace cambrian
