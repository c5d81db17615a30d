#include "environments/risi_maze/risi_maze.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cambrian {
namespace {

constexpr double kUp = 1.5 * std::numbers::pi;  // heading at the start, rad
constexpr double kPointRadius = 20;             // of way points and food
constexpr double kHardScale = 650;
constexpr double kDualScale = 593.246;  // the diagonal of the food room
constexpr double kReachedGoal = 10;     // the hard maze's score
constexpr double kMargin = 50;          // of uniform food from the walls

ScenePoint shown(Point p) { return {p.x, p.y}; }

/// Names evenly in a row, from x = -1 to 1.
std::vector<Terminal> row(const std::vector<std::string>& names, double y,
                          const std::string& kind) {
  std::vector<Terminal> terminals;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double x = 2 * static_cast<double>(i) / static_cast<double>(names.size() - 1) - 1;
    terminals.push_back({names[i], {0, 1}, {x, y}, kind});
  }
  return terminals;
}

NetworkInterface risi_body() {
  NetworkInterface body;
  body.sensors =
      row({"range_far_left", "range_left", "range_ahead", "range_right", "range_far_right"}, -1,
          "rangefinder");
  for (Terminal& radar :
       row({"radar_ahead", "radar_right", "radar_behind", "radar_left"}, -1.2, "radar"))
    body.sensors.push_back(std::move(radar));
  body.motors = row({"clockwise", "drive", "counter_clockwise"}, 1, "");
  return body;
}

struct Box {
  Point min = {1e9, 1e9};
  Point max = {-1e9, -1e9};
  void hold(const std::vector<Wall>& walls) {
    for (const Wall& wall : walls) {
      for (const Point p : {wall.a, wall.b}) {
        min = {std::min(min.x, p.x), std::min(min.y, p.y)};
        max = {std::max(max.x, p.x), std::max(max.y, p.y)};
      }
    }
  }
};

std::vector<Measure> end_measures(const std::string& prefix, const RisiWorld& world,
                                  const std::string& where) {
  Box box;
  box.hold(world.walls);
  return {{prefix + "x", "maze units", box.min.x, box.max.x, where},
          {prefix + "y", "maze units", box.min.y, box.max.y, where}};
}

EnvironmentDescription risi_description(const RisiMazeParameters& parameters) {
  const bool dual = parameters.task == RisiTask::dual;
  EnvironmentDescription d;
  if (dual) {
    d.objectives = {{"fitness", "", 0, "mean of navigation and food"}};
    d.measures = end_measures("", risi_navigation(), "where the robot ends navigation");
    for (Measure& one : end_measures("food_", risi_food_room(), "where it ends among the food"))
      d.measures.push_back(std::move(one));
    d.measures.push_back({"eaten", "pieces", 0, 4, "food that was eaten"});
    d.solved_when = "the goal is reached and all food eaten";
  } else {
    d.objectives = {{"fitness", "", 0, "way points, and the way to the next; 10 at the goal"}};
    d.measures = end_measures("", risi_hard_maze(), "where the robot ends");
    d.measures.push_back({"way_points", "points", 0, 7, "passed in their order"});
    d.solved_when = "the goal is reached";
  }
  d.descriptor = {"x", "y"};
  d.takes_networks = true;
  d.body = risi_body();
  d.updates_per_step = 2;
  d.can_be_solved = true;
  d.noisy = dual && parameters.food == RisiFood::uniform;
  d.trace = {"scenario", "step", "x", "y", "heading", "target_x", "target_y"};
  return d;
}

class RisiMaze final : public Environment {
 public:
  RisiMaze(const RisiMazeParameters& parameters, const Inputs&)
      : parameters_(parameters), description_(risi_description(parameters)) {}
  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream& stream) override {
    food_ = risi_food_room().points;
    if (description_.noisy) {
      const auto& [low, high] = std::pair(risi_food_room().walls[0].a, risi_food_room().walls[1].b);
      for (Point& piece : food_) {
        piece.x = low.x + kMargin + (high.x - low.x - 2 * kMargin) * stream.uniform();
        piece.y = low.y + kMargin + (high.y - low.y - 2 * kMargin) * stream.uniform();
      }
    }
    scenario_ = 0;
    start(dual() ? risi_navigation() : risi_hard_maze());
  }

  void observe(std::span<float> sensors) override {
    const auto ranges = robot_.rangefinders();
    std::array<double, kRisiRadars> radars{};
    if (!dual()) radars = robot_.radars(risi_hard_maze().goal, parameters_.radar);
    if (gathers()) radars = robot_.radars(target(), parameters_.radar);
    for (std::size_t i = 0; i < ranges.size(); ++i) sensors[i] = static_cast<float>(ranges[i]);
    for (std::size_t i = 0; i < radars.size(); ++i) {
      sensors[ranges.size() + i] = static_cast<float>(radars[i]);
    }
  }

  bool act(std::span<const float> motors) override {
    robot_.step(motors);
    pass_points();
    const bool done =
        gathers() ? passed_ == food_.size() : robot_.distance(world_->goal) < world_->goal_radius;
    reached_ = reached_ || done;
    return ++step_ < parameters_.steps && !done;
  }

  bool next_scenario() override {
    if (!dual() || scenario_ == 1) return false;
    navigated_ = reached_;
    navigation_ = score();
    navigation_end_ = robot_.place();
    scenario_ = 1;
    start(risi_food_room());
    return true;
  }

  void finish(const EvaluationRows& row) override {
    const Point end = robot_.place();
    if (dual()) {
      row.objectives[0] = (navigation_ + score()) / 2;
      std::ranges::copy(std::array{navigation_end_.x, navigation_end_.y, end.x, end.y,
                                   static_cast<double>(passed_)},
                        row.measures.begin());
      row.solved[0] = navigated_ && reached_ ? 1 : 0;
    } else {
      row.objectives[0] = score();
      std::ranges::copy(std::array{end.x, end.y, static_cast<double>(passed_)},
                        row.measures.begin());
      row.solved[0] = reached_ ? 1 : 0;
    }
  }

  void trace(std::span<double> row) const override {
    std::ranges::copy(std::array{static_cast<double>(scenario_), static_cast<double>(step_),
                                 robot_.place().x, robot_.place().y,
                                 robot_.heading() * 180 / std::numbers::pi, target().x, target().y},
                      row.begin());
  }

  std::optional<Scene> scene(std::span<const double> row) const override {
    Scene scene;
    Box box;
    scene.y_grows_downward = true;
    scene.begins = row[1] == 0;
    if (dual()) {
      draw(risi_navigation(), scene, box);
      draw(risi_food_room(), scene, box);
      scene.legend = "above: navigation in the dark, below: food, piece by piece";
    } else {
      draw(risi_hard_maze(), scene, box);
      for (const Point& point : risi_hard_maze().points) {
        scene.circles.push_back({SceneRole::start, shown(point), kPointRadius / 4});
      }
      scene.legend = "small rings: way points";
    }
    scene.min = shown(box.min);
    scene.max = shown(box.max);
    const ScenePoint robot = {row[2], row[3]};
    const double heading = row[4] * std::numbers::pi / 180;
    if (dual() && row[0] == 1) {
      scene.circles.push_back({SceneRole::goal, {row[5], row[6]}, kPointRadius});
      scene.labels.push_back({SceneRole::goal, {row[5], row[6] + 2 * kPointRadius}, "food"});
    }
    scene.circles.push_back({SceneRole::agent, robot, RisiRobot::kRadius});
    scene.lines.push_back({SceneRole::agent,
                           {robot,
                            {robot.x + RisiRobot::kRadius * std::cos(heading),
                             robot.y + RisiRobot::kRadius * std::sin(heading)}}});
    return scene;
  }

 private:
  bool dual() const { return parameters_.task == RisiTask::dual; }
  bool gathers() const { return scenario_ == 1; }
  const std::vector<Point>& points() const { return gathers() ? food_ : world_->points; }

  void start(const RisiWorld& world) {
    world_ = &world;
    robot_ = RisiRobot(world.walls, world.start, kUp);
    visited_.assign(points().size(), 0);
    passed_ = 0;
    step_ = 0;
    reached_ = false;
  }

  /// Way points are remembered whenever they are met; of the food only the next piece is there, and
  /// the one behind it comes with the next step.
  void pass_points() {
    if (gathers()) {
      if (passed_ < food_.size() && robot_.distance(food_[passed_]) < kPointRadius) ++passed_;
      return;
    }
    for (std::size_t i = 0; i < visited_.size(); ++i) {
      if (robot_.distance(points()[i]) < kPointRadius) visited_[i] = 1;
    }
    while (passed_ < visited_.size() && visited_[passed_] != 0) ++passed_;
  }

  /// The way point or piece of food that is next, otherwise the goal; the last piece once all is eaten.
  Point target() const {
    if (gathers()) return food_[std::min(passed_, food_.size() - 1)];
    return passed_ < points().size() ? points()[passed_] : world_->goal;
  }

  /// Of the present scenario.
  double score() const {
    const auto closeness = [&](double scale) {
      return std::max(0.0, 1 - robot_.distance(target()) / scale);
    };
    if (!dual()) {
      return reached_ ? kReachedGoal : static_cast<double>(passed_) + closeness(kHardScale);
    }
    if (reached_) return 1;
    if (!gathers()) return closeness(kDualScale);
    return (static_cast<double>(passed_) + closeness(kDualScale)) / 4;
  }

  static void draw(const RisiWorld& world, Scene& scene, Box& box) {
    for (const Wall& wall : world.walls) {
      scene.lines.push_back({SceneRole::wall, {shown(wall.a), shown(wall.b)}});
    }
    box.hold(world.walls);
    scene.circles.push_back({SceneRole::start, shown(world.start), RisiRobot::kRadius});
    const auto below = [](Point place, double radius) {
      return ScenePoint{place.x, place.y + radius + 12};
    };
    scene.labels.push_back({SceneRole::start, below(world.start, RisiRobot::kRadius), "start"});
    if (world.goal_radius == 0) return;
    scene.circles.push_back({SceneRole::goal, shown(world.goal), world.goal_radius});
    scene.labels.push_back({SceneRole::goal, below(world.goal, world.goal_radius), "goal"});
  }

  RisiMazeParameters parameters_;
  EnvironmentDescription description_;
  const RisiWorld* world_ = &risi_hard_maze();
  RisiRobot robot_{risi_hard_maze().walls, risi_hard_maze().start, kUp};
  std::vector<Point> food_;
  std::vector<std::uint8_t> visited_;  // [way points]
  std::size_t passed_ = 0;             // way points in their order, or food
  std::size_t scenario_ = 0;
  std::int64_t step_ = 0;
  bool reached_ = false;
  // of the dual task's first scenario
  bool navigated_ = false;
  double navigation_ = 0;
  Point navigation_end_;
};

}  // namespace

void RisiMazeParameters::visit(ParameterVisitor& visitor) {
  visitor.choice("task", task, {{"hard", RisiTask::hard}, {"dual", RisiTask::dual}},
                 {"hard: the hard maze with its way points; dual: navigation, then food", "",
                  "Risi & Stanley 2012"});
  visitor.choice(
      "radar", radar,
      {{"textbook", RisiRadar::textbook}, {"as_published", RisiRadar::as_published}},
      {"textbook: the wedge in which the target lies; as_published: scrambled, because the "
       "release takes degrees for radians",
       "", "our choice"});
  visitor.choice("food", food, {{"fixed", RisiFood::fixed}, {"uniform", RisiFood::uniform}},
                 {"of the dual task: in the places of the author's file, or drawn uniformly at "
                  "least 50 from the walls, as in the paper",
                  "", "the author's world file"});
  visitor.integer("steps", steps, {1, 1'000'000},
                  {"length of a scenario", "steps", "45 s of 0.099 s"});
}

void RisiMazeParameters::apply_preset(std::string_view name) {
  *this = {};
  if (name != "as_published") return;
  radar = RisiRadar::as_published;
  food = RisiFood::uniform;
}

EnvironmentComponent risi_maze_environment() {
  return component<Environment, RisiMaze, RisiMazeParameters, const Inputs&>(
      "risi_maze",
      "the hard maze and the dual task of ES-HyperNEAT; descriptor: where the robot ends",
      "Risi & Stanley 2012, as gymnasium-hardmaze ports the author's code");
}

}  // namespace cambrian
