#include "environments/maze/maze.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>

#include "cambrian/core/error.hpp"
#include "environments/maze/maze_warnings.hpp"
#include "environments/maze/robot.hpp"

namespace cambrian {
namespace {

EnvironmentDescription describe(const Maze& maze, const MazeParameters& parameters) {
  EnvironmentDescription d;
  d.objectives = {{.name = "goal_proximity",
                   .unit = "maze units",
                   .worst = kLeastObjective,
                   .meaning = "300 - distance to the goal at the end, at least 0.1"}};
  d.measures = {{"x", "maze units", maze.min().x, maze.max().x, "where the robot ends"},
                {"y", "maze units", maze.min().y, maze.max().y, "where the robot ends"}};
  d.descriptor = {"x", "y"};
  d.takes_networks = true;
  d.body = maze_body(parameters.places, parameters.shuffle);
  d.warm_up = 10;
  d.updates_per_step = static_cast<int>(parameters.updates);
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
class MazeEnvironment final : public Environment {
 public:
  MazeEnvironment(const Maze& maze, Robot<T> robot, const MazeParameters& parameters,
                  std::vector<std::string> warnings)
      : description_(describe(maze, parameters)),
        maze_(maze),
        robot_(std::move(robot)),
        steps_(parameters.steps) {
    description_.warnings = std::move(warnings);
  }

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

  void finish(const EvaluationRows& row) override {
    const double distance = std::sqrt(static_cast<double>(robot_.goal_distance2()));
    // A distance that is not a number must stay one, to be noticed.
    const double objective = kMostObjective - distance;
    row.objectives[0] = objective < kLeastObjective ? kLeastObjective : objective;
    row.measures[0] = static_cast<double>(robot_.x());
    row.measures[1] = static_cast<double>(robot_.y());
    row.solved[0] = solved_ ? 1 : 0;
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

/// What the environments of one maze share.
template <class T>
struct Prepared {
  Maze maze;
  std::optional<WallField<T>> walls;  // copies share them
  std::vector<std::string> warnings;
};

template <class T>
Prepared<T> prepare(const std::string& text, const MazeParameters& parameters) {
  const std::string& name = parameters.maze;
  Maze maze = parse_maze(text, name);
  const Point low = maze.min();
  const Point high = maze.max();
  if (low.x == high.x || low.y == high.y) {
    throw ConfigError(name, std::string("all walls have the same ") +
                                (low.x == high.x ? "x" : "y") + "; a maze has width and height");
  }
  WallField<T> walls(maze.walls, kSensorRange, kRobotRadius, parameters.wall_ends);
  const auto blocked = [&](Point p) {
    return walls.blocks(static_cast<T>(p.x), static_cast<T>(p.y));
  };
  if (blocked(maze.start)) {
    throw ConfigError(name, "the start is closer than 8, the robot's radius, to a wall");
  }
  std::vector<std::string> warnings = maze_warnings(maze, parameters.steps, blocked);
  for (std::string& warning : warnings) warning.insert(0, name + ": ");
  return {std::move(maze), std::move(walls), std::move(warnings)};
}

/// Makes the environments of a run's workers, one after another: the maze that was prepared last serves
/// all who ask for the same.
class Maker {
 public:
  std::unique_ptr<Environment> make(const MazeParameters& parameters, const Inputs& inputs) {
    if (parameters.maze.empty())
      throw ConfigError("maze", "is empty; expected the name of a maze file");
    const Key key = {parameters.maze, inputs.read(parameters.maze), parameters.precision,
                     parameters.wall_ends, parameters.steps};
    const std::lock_guard lock(mutex_);
    return parameters.precision == Precision::in_single ? make(key, parameters, single_)
                                                        : make(key, parameters, double_);
  }

 private:
  /// Name and bytes of the maze, precision, ends and steps.
  using Key = std::tuple<std::string, std::string, Precision, WallEnds, std::int64_t>;

  template <class T>
  std::unique_ptr<Environment> make(const Key& key, const MazeParameters& parameters,
                                    Prepared<T>& last) {
    if (key != key_) {
      last = prepare<T>(std::get<1>(key), parameters);
      key_ = key;
    }
    return std::make_unique<MazeEnvironment<T>>(last.maze, Robot<T>(last.maze, *last.walls),
                                                parameters, last.warnings);
  }

  std::mutex mutex_;
  Key key_;
  Prepared<float> single_;
  Prepared<double> double_;
};

}  // namespace

void MazeParameters::visit(ParameterVisitor& visitor) {
  visitor.text(
      "maze", maze,
      {"the maze file: beside the configuration, or among the installed data; lines 'start X Y', "
       "'heading DEGREES', 'goal X Y', 'wall X1 Y1 X2 Y2', or a text file of the published "
       "program",
       "", "Lehman & Stanley 2011"});
  visitor.integer("steps", steps, {1, 1'000'000},
                  {"length of an episode", "steps", "Lehman & Stanley 2011"});
  visitor.choice("precision", precision,
                 {{"double", Precision::in_double}, {"single", Precision::in_single}},
                 {"precision of the simulation; the published code uses single", "", "our choice"});
  visitor.choice(
      "wall_ends", wall_ends, {{"closed", WallEnds::closed}, {"open", WallEnds::open}},
      {"whether a rangefinder sees the end of a wall, such as where two walls touch: closed: yes; "
       "open: no, as in the published code",
       "", "our choice"});
  visitor.choice(
      "places", places,
      {{"around", Places::around}, {"rows", Places::rows}, {"shuffled", Places::shuffled}},
      {"where sensors and motors sit, for encodings that paint by place: around = each "
       "sensor in its own direction, rows = each kind in a row, shuffled = the places "
       "around, dealt out among the sensors: a control",
       "", "our choice; rows: EPLEX"});
  visitor.integer("shuffle", shuffle, {0, std::numeric_limits<std::int64_t>::max()},
                  {"seed by which places are shuffled", "", "our choice"});
  visitor.integer("updates", updates, {1, 1000},
                  {"updates of a recurrent network per step", "", "NSC (novelty-search-cpp)"});
}

void MazeParameters::apply_preset(std::string_view name) {
  *this = {};
  if (name != "as_published") return;
  precision = Precision::in_single;
  wall_ends = WallEnds::open;
}

EnvironmentComponent maze_environment() {
  return {"maze", "a robot in a deceptive maze; descriptor: where it ends",
          "Lehman & Stanley 2011, Abandoning objectives: evolution through the search for novelty "
          "alone",
          [] { return std::make_unique<MazeParameters>(); },
          [maker = std::make_shared<Maker>()](const Parameters& parameters, const Inputs& inputs) {
            return maker->make(checked(dynamic_cast<const MazeParameters&>(parameters)), inputs);
          }};
}

}  // namespace cambrian
