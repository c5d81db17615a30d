#include "environments/kheperax/kheperax.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cambrian {
namespace {

constexpr double kTargetRadius = 0.05;

double distance(const KheperaxPose& pose, Point to) {
  return std::hypot(to.x - pose.x, to.y - pose.y);
}

Objective objective(const KheperaxParameters& parameters, Point target) {
  const auto steps = static_cast<double>(parameters.steps);
  const double farthest = std::hypot(std::max(target.x, 1 - target.x) + kKheperaxRadius,
                                     std::max(target.y, 1 - target.y) + kKheperaxRadius);
  switch (parameters.task) {
    case KheperaxTask::energy:
      return {.name = "economy",
              .unit = "",
              .worst = -steps / 800,
              .meaning = "- sum of the squared distances that the wheels moved"};
    case KheperaxTask::target:
      return {.name = "closeness",
              .unit = "maze widths",
              .worst = -farthest * steps,
              .meaning = "- sum over steps of the distance to the target"};
    case KheperaxTask::final_distance:
      return {.name = "arrival",
              .unit = "",
              .worst = -100 * farthest - steps,
              .meaning = "- steps, - 100 times the distance at the end unless it arrived"};
  }
  return {};
}

EnvironmentDescription describe(const KheperaxParameters& parameters, Point target) {
  constexpr SignalRange kSigned{-1, 1};
  constexpr double kDiagonal = std::numbers::sqrt2 / 2;
  constexpr double kBumper = 0.6 * kDiagonal;
  EnvironmentDescription d;
  d.objectives = {objective(parameters, target)};
  d.measures = {{"x", "maze widths", 0, 1, "where the robot ends"},
                {"y", "maze widths", 0, 1, "where the robot ends"}};
  d.descriptor = {"x", "y"};
  d.takes_networks = true;
  d.body.sensors = {{"laser_right", kSigned, {kDiagonal, kDiagonal}, "laser"},
                    {"laser_ahead", kSigned, {0, 1}, "laser"},
                    {"laser_left", kSigned, {-kDiagonal, kDiagonal}, "laser"},
                    {"bumper_right", kSigned, {kBumper, kBumper}, "bumper"},
                    {"bumper_left", kSigned, {-kBumper, kBumper}, "bumper"}};
  d.body.motors = {{"left_wheel", kSigned, {-1, 0}}, {"right_wheel", kSigned, {1, 0}}};
  d.can_be_solved = parameters.task != KheperaxTask::energy;
  if (d.can_be_solved) d.solved_when = "the robot is closer than 0.05 to the target after any step";
  d.trace = {"step", "x", "y", "heading"};
  return d;
}

class Kheperax final : public Environment {
 public:
  explicit Kheperax(const KheperaxParameters& parameters)
      : parameters_(parameters),
        maze_(kheperax_maze(parameters.maze)),
        robot_(maze_.walls, parameters.walls),
        description_(describe(parameters, maze_.target)) {}

  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream&) override {
    robot_.reset();
    before_ = robot_.pose();
    step_ = 0;
    sum_ = 0;
    reached_ = false;
  }

  void observe(std::span<float> sensors) override {
    const bool minus_one = parameters_.laser_miss == KheperaxMiss::minus_one;
    for (std::size_t i = 0; i < 3; ++i) {
      const double laser = robot_.lasers()[i];
      sensors[i] = minus_one && laser >= kLaserRange ? -1.0F : static_cast<float>(laser);
    }
    for (std::size_t i = 0; i < 2; ++i) sensors[3 + i] = robot_.bumpers()[i] ? 1.0F : -1.0F;
  }

  bool act(std::span<const float> motors) override {
    const double left = kKheperaxStep * std::clamp(static_cast<double>(motors[0]), -1.0, 1.0);
    const double right = kKheperaxStep * std::clamp(static_cast<double>(motors[1]), -1.0, 1.0);
    before_ = robot_.pose();
    robot_.step(left, right);
    ++step_;
    if (parameters_.task == KheperaxTask::energy) {
      sum_ -= left * left + right * right;
    } else {
      const double to_target = distance(robot_.pose(), maze_.target);
      sum_ -= parameters_.task == KheperaxTask::target ? to_target : 1;
      reached_ = to_target < kTargetRadius;
    }
    return step_ < parameters_.steps && !reached_;
  }

  void finish(const EvaluationRows& row) override {
    const bool at_end = parameters_.task == KheperaxTask::final_distance && !reached_;
    row.objectives[0] = sum_ - (at_end ? 100 * distance(robot_.pose(), maze_.target) : 0);
    const bool last = parameters_.position == KheperaxPosition::last;
    const KheperaxPose& measured = last ? robot_.pose() : before_;
    row.measures[0] = measured.x;
    row.measures[1] = measured.y;
    row.solved[0] = reached_ ? 1 : 0;
  }

  void trace(std::span<double> row) const override {
    row[0] = static_cast<double>(step_);
    row[1] = robot_.pose().x;
    row[2] = robot_.pose().y;
    row[3] = robot_.pose().heading;
  }

  std::optional<Scene> scene(std::span<const double> row) const override {
    constexpr double kMargin = 0.01, kBelow = 0.03;
    Scene scene;
    scene.min = {-kMargin, -kMargin};
    scene.max = {1 + kMargin, 1 + kMargin};
    for (const Wall& wall : maze_.walls) {
      scene.lines.push_back({SceneRole::wall, {{wall.a.x, wall.a.y}, {wall.b.x, wall.b.y}}});
    }
    const auto mark = [&](SceneRole role, Point at, double radius, const char* text) {
      scene.circles.push_back({role, {at.x, at.y}, radius});
      scene.labels.push_back({role, {at.x, at.y - radius - kBelow}, text});
    };
    mark(SceneRole::start, kKheperaxStart, kKheperaxRadius, "start");
    if (description_.can_be_solved) mark(SceneRole::goal, maze_.target, kTargetRadius, "target");
    const ScenePoint robot = {row[1], row[2]};
    scene.circles.push_back({SceneRole::agent, robot, kKheperaxRadius});
    scene.lines.push_back({SceneRole::agent,
                           {robot,
                            {robot.x + kKheperaxRadius * std::cos(row[3]),
                             robot.y + kKheperaxRadius * std::sin(row[3])}}});
    return scene;
  }

 private:
  KheperaxParameters parameters_;
  KheperaxMaze maze_;
  KheperaxRobot robot_;
  EnvironmentDescription description_;
  KheperaxPose before_;  // the last step
  std::int64_t step_ = 0;
  double sum_ = 0;
  bool reached_ = false;
};

}  // namespace

void KheperaxParameters::visit(ParameterVisitor& visitor) {
  visitor.choice("maze", maze,
                 {{"standard", KheperaxMap::standard},
                  {"pointmaze", KheperaxMap::pointmaze},
                  {"snake", KheperaxMap::snake}},
                 {"which of Kheperax's mazes", "", "Grillotti & Cully 2023"});
  visitor.choice("task", task,
                 {{"energy", KheperaxTask::energy},
                  {"target", KheperaxTask::target},
                  {"final_distance", KheperaxTask::final_distance}},
                 {"the objective: energy: - sum of the wheels' squared steps; target: - sum of the "
                  "distances to the target; final_distance: - steps - 100 times the last distance",
                  "", "Grillotti & Cully 2023"});
  visitor.integer("steps", steps, {1, 1'000'000},
                  {"length of an episode", "steps",
                   "Grillotti & Cully 2023; the program's default has been 1000 since 0.2.0"});
  visitor.choice(
      "walls", walls, {{"solid", KheperaxWalls::solid}, {"sticky", KheperaxWalls::sticky}},
      {"solid: a step into a wall does not happen, and the bumpers tell of it; sticky: "
       "the robot enters the wall and never moves again, and the bumpers tell of where each step "
       "began, as in the program",
       "", "our choice"});
  visitor.choice(
      "position", position,
      {{"last", KheperaxPosition::last}, {"last_but_one", KheperaxPosition::last_but_one}},
      {"which position is measured: after the last step; last_but_one: before it, as in "
       "the program",
       "", "Grillotti & Cully 2023"});
  visitor.choice(
      "laser_miss", laser_miss,
      {{"range", KheperaxMiss::range}, {"minus_one", KheperaxMiss::minus_one}},
      {"what a laser tells that meets no wall: its range, 0.2, or -1", "",
       "Grillotti & Cully 2023; minus_one: Bahlous-Boldi et al. 2025 (dominated novelty search)"});
}

void KheperaxParameters::apply_preset(std::string_view name) {
  *this = {};
  if (name != "as_published") return;
  walls = KheperaxWalls::sticky;
  position = KheperaxPosition::last_but_one;
}

EnvironmentComponent kheperax_environment() {
  return {"kheperax", "a small robot that explores a maze; descriptor: where it ends",
          "Grillotti & Cully 2023, Kheperax: a lightweight JAX-based robot control environment",
          [] { return std::make_unique<KheperaxParameters>(); },
          [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
            return std::make_unique<Kheperax>(
                checked(dynamic_cast<const KheperaxParameters&>(parameters)));
          }};
}

}  // namespace cambrian
