#include "environments/maze/maze.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "cambrian/core/error.hpp"
#include "environments/maze/places.hpp"
#include "environments/maze/robot.hpp"

namespace cambrian {
namespace {

constexpr double kFarthest = 300;
constexpr double kFloor = 0.1;

EnvironmentDescription describe(const Maze& maze, const MazeParameters& parameters) {
  EnvironmentDescription d;
  d.objectives = {{.name = "goal_proximity",
                   .meaning = "300 - distance to the goal at the end, at least 0.1",
                   .unit = "maze units",
                   .worst = kFloor}};
  d.measures = {{"x", "maze units", maze.min().x, maze.max().x, "where the robot ends"},
                {"y", "maze units", maze.min().y, maze.max().y, "where the robot ends"}};
  d.descriptor = {"x", "y"};
  d.takes_networks = true;
  d.body = maze_body(parameters.places, parameters.shuffle);
  d.warm_up = 10;
  d.updates_per_step = 1;
  d.can_be_solved = true;
  d.solved_when = "the robot is closer than 5 to the goal after any step";
  d.trace = {"step", "x", "y", "heading", "speed", "turn"};
  return d;
}

ScenePoint point(const Point& p) { return {p.x, p.y}; }

/// Drawn as published: y grows downward. Labels stand below what they name.
Scene draw(const Maze& maze, ScenePoint robot, double heading) {
  constexpr double kBelow = 5;
  Scene scene;
  scene.min = point(maze.min());
  scene.max = point(maze.max());
  scene.y_grows_downward = true;
  for (const Wall& wall : maze.walls) {
    scene.lines.push_back({SceneRole::wall, {point(wall.a), point(wall.b)}});
  }
  scene.circles.push_back({SceneRole::start, point(maze.start), kRobotRadius});
  scene.labels.push_back(
      {SceneRole::start, {maze.start.x, maze.start.y + kRobotRadius + kBelow}, "start"});
  scene.circles.push_back({SceneRole::goal, point(maze.goal), kGoalRadius});
  scene.labels.push_back(
      {SceneRole::goal, {maze.goal.x, maze.goal.y + kGoalRadius + kBelow}, "goal"});
  const SineCosine<double> ahead = sine_cosine(heading);
  scene.circles.push_back({SceneRole::agent, robot, kRobotRadius});
  scene.lines.push_back(
      {SceneRole::agent,
       {robot, {robot.x + kRobotRadius * ahead.cosine, robot.y + kRobotRadius * ahead.sine}}});
  return scene;
}

template <class T>
class MazeWorld final : public Environment {
 public:
  MazeWorld(const Maze& maze, Robot<T> robot, const MazeParameters& parameters)
      : description_(describe(maze, parameters)),
        maze_(maze),
        robot_(std::move(robot)),
        steps_(parameters.steps) {}

  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream&) override {
    robot_.reset();
    step_ = 0;
    solved_ = reached();
  }

  void observe(std::span<float> sensors) override {
    assert(sensors.size() == kRangefinders + kRadars);
    const auto ranges = robot_.rangefinders();
    const auto radars = robot_.radars();
    for (std::size_t i = 0; i < kRangefinders; ++i) sensors[i] = static_cast<float>(ranges[i]);
    for (std::size_t i = 0; i < kRadars; ++i) {
      sensors[kRangefinders + i] = static_cast<float>(radars[i]);
    }
  }

  bool act(std::span<const float> motors) override {
    if (!solved_) {
      robot_.step(static_cast<T>(motors[0]), static_cast<T>(motors[1]));
      solved_ = reached();
    }
    return ++step_ < steps_ && !solved_;
  }

  void finish(const EvaluationRow& row) override {
    const double distance = std::sqrt(static_cast<double>(robot_.goal_distance2()));
    // A distance that is not a number must stay one, to be noticed.
    const double objective = kFarthest - distance;
    row.objectives[0] = objective < kFloor ? kFloor : objective;
    row.measures[0] = static_cast<double>(robot_.x());
    row.measures[1] = static_cast<double>(robot_.y());
    *row.solved = solved_ ? 1 : 0;
  }

  void trace(std::span<double> row) const override {
    row[0] = static_cast<double>(step_);
    row[1] = static_cast<double>(robot_.x());
    row[2] = static_cast<double>(robot_.y());
    row[3] = static_cast<double>(robot_.heading());
    row[4] = static_cast<double>(robot_.speed());
    row[5] = static_cast<double>(robot_.turn());
  }

  std::optional<Scene> scene(std::span<const double> row) const override {
    return draw(maze_, {row[1], row[2]}, row[3]);
  }

 private:
  bool reached() const {
    return robot_.goal_distance2() < static_cast<T>(kGoalRadius * kGoalRadius);
  }

  EnvironmentDescription description_;
  Maze maze_;
  Robot<T> robot_;
  std::int64_t steps_;
  std::int64_t step_ = 0;
  bool solved_ = false;
};

template <class T>
std::unique_ptr<Environment> make_world(const Maze& maze, const MazeParameters& parameters) {
  Robot<T> robot(maze);
  if (robot.touches_wall()) {
    throw ConfigError(parameters.maze, "the start is closer than 8, the robot's radius, to a wall");
  }
  return std::make_unique<MazeWorld<T>>(maze, std::move(robot), parameters);
}

std::unique_ptr<Environment> make(const MazeParameters& parameters, const Inputs& inputs) {
  if (parameters.maze.empty())
    throw ConfigError("environment.maze", "is empty, but a file is wanted");
  const Maze maze = parse_maze(inputs.read(parameters.maze), parameters.maze);
  return parameters.precision == "single" ? make_world<float>(maze, parameters)
                                          : make_world<double>(maze, parameters);
}

}  // namespace

void MazeParameters::visit(ParameterVisitor& visitor) {
  visitor.text("maze", maze,
               {"the maze file: beside the configuration, or among the installed data", "",
                "Lehman & Stanley 2011"});
  visitor.integer("steps", steps, {1, 1'000'000},
                  {"length of an episode", "steps", "Lehman & Stanley 2011"});
  visitor.choice("precision", precision, {"double", "single"},
                 {"of the simulation; the published code is single", "", "our choice"});
  visitor.choice("places", places, {"around", "rows", "shuffled"},
                 {"where sensors and motors sit, for encodings that paint by place: around = each "
                  "sensor in its own direction, rows = each kind in a row, shuffled = the places "
                  "around, dealt out among the sensors: a control",
                  "", "our choice; rows: EPLEX"});
  visitor.integer("shuffle", shuffle, {0, std::numeric_limits<std::int64_t>::max()},
                  {"seed of the deal, where places are shuffled", "", "our choice"});
}

EnvironmentComponent maze_world() {
  return {"maze", "a robot in a deceptive maze; descriptor: where it ends",
          "Lehman & Stanley 2011, Abandoning objectives: evolution through the search for novelty "
          "alone",
          [] { return std::make_unique<MazeParameters>(); },
          [](const Parameters& parameters, const Inputs& inputs) {
            return make(dynamic_cast<const MazeParameters&>(parameters), inputs);
          }};
}

}  // namespace cambrian
