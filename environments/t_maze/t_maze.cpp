#include "environments/t_maze/t_maze.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "cambrian/core/error.hpp"
#include "environments/t_maze/t_maze_grid.hpp"

namespace cambrian {
namespace {

constexpr double kHighReward = 1, kLowReward = 0.2, kCrash = -0.4;
constexpr float kHighColour = 1, kLowColour = 0.1F;
constexpr std::array<TMazeCell, 4> kHeadings = {{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}};

TMazeCell ahead(TMazeCell cell, int heading) {
  const TMazeCell& way = kHeadings[static_cast<std::size_t>(heading)];
  return {cell.x + way.x, cell.y + way.y};
}

std::int64_t periods(const TMazeParameters& p) { return p.switches + 1; }

/// High rewards that an explorer can get in a life.
std::int64_t attainable(const TMazeParameters& p) {
  return p.trials - (p.maze == TMazeForm::double_t ? 3 : 1) * periods(p);
}

EnvironmentDescription describe(const TMazeParameters& p, const TMazeGrid& grid) {
  EnvironmentDescription d;
  d.objectives = {{"fitness", "", 0, "(mean reward + 0.4) / 1.4"}};
  d.measures = {{"high", "", 0, 1, "share of trials that get the high reward"},
                {"low", "", 0, 1, "share of trials that get a low reward"},
                {"explorer_share", "", 0, 1,
                 "high rewards as a share of those that an explorer can get, at most 1"},
                {"reward", "", kCrash, kHighReward, "mean reward"}};
  for (std::size_t i = 0; i < grid.ends().size(); ++i) {
    d.measures.push_back({"end_" + std::to_string(i), "", 0, 1,
                          "share of trials whose reward is collected at end " + std::to_string(i)});
  }
  d.descriptor = {"high", "low"};
  d.takes_networks = true;
  const bool risi = p.layout == TMazeLayout::risi;
  const double walls = risi ? -1 : 0;
  d.body.sensors = {{"wall_left", {0, 1}, {-1, walls}, "wall"},
                    {"wall_ahead", {0, 1}, {0, walls}, "wall"},
                    {"wall_right", {0, 1}, {1, walls}, "wall"},
                    {"colour", {0, 1}, {0, risi ? 1.0 : -1.0}, "colour"}};
  d.body.motors = {{"turn_left", {-1, 1}, {-1, 0}},
                   {"forward", {-1, 1}, {0, 0}},
                   {"turn_right", {-1, 1}, {1, 0}}};
  d.can_be_solved = true;
  d.solved_when = "the share of an explorer's high rewards reaches `solved_share`";
  d.noisy = (p.shuffle && p.switches > 0) || p.jitter > 0;
  d.trace = {"life", "trial", "step", "x", "y", "heading", "reward", "high_end"};
  return d;
}

class TMaze final : public Environment {
 public:
  explicit TMaze(const TMazeParameters& parameters)
      : parameters_(parameters),
        grid_(parameters.maze == TMazeForm::double_t, static_cast<int>(parameters.passage)),
        description_(describe(parameters, grid_)),
        limit_(grid_.shortest(parameters.homing)),
        high_(static_cast<std::size_t>(parameters.lives * parameters.trials)),
        visits_(static_cast<std::size_t>(periods(parameters))),
        at_end_(grid_.ends().size()) {}
  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream& stream) override {
    for (std::int64_t life = 0; life < parameters_.lives; ++life) draw_schedule(life, stream);
    life_ = 0;
    rewards_ = 0;
    high_trials_ = low_trials_ = 0;
    std::ranges::fill(at_end_, 0);
    begin_life();
  }

  void observe(std::span<float> sensors) override {
    for (int side = 0; side < 3; ++side) {  // left, ahead, right
      const bool is_free = grid_.is_free(ahead(cell_, (heading_ + 3 + side) % 4));
      sensors[static_cast<std::size_t>(side)] = is_free ? 0.0F : 1.0F;
    }
    sensors[3] = colour_;
  }

  bool act(std::span<const float> motors) override {
    colour_ = 0;
    if (over_) {
      ++trial_;
      begin_trial();
      return true;
    }
    move(motors);
    ++step_;
    look_around();
    if (!over_) return true;
    rewards_ += reward_;
    return trial_ + 1 < parameters_.trials;
  }

  bool next_scenario() override {
    if (++life_ == parameters_.lives) return false;
    begin_life();
    return true;
  }

  void finish(const EvaluationRows& row) override {
    const auto lives = static_cast<double>(parameters_.lives);
    const double trials = lives * static_cast<double>(parameters_.trials);
    const double possible = lives * static_cast<double>(attainable(parameters_));
    const double share = std::min(1.0, static_cast<double>(high_trials_) / possible);
    const double mean = rewards_ / trials;
    row.objectives[0] = (mean - kCrash) / (kHighReward - kCrash);
    row.measures[0] = static_cast<double>(high_trials_) / trials;
    row.measures[1] = static_cast<double>(low_trials_) / trials;
    row.measures[2] = share;
    row.measures[3] = mean;
    for (std::size_t i = 0; i < at_end_.size(); ++i)
      row.measures[4 + i] = static_cast<double>(at_end_[i]) / trials;
    row.solved[0] = share >= parameters_.solved_share ? 1 : 0;
  }

  void trace(std::span<double> row) const override {
    const std::int64_t life = std::min(life_, parameters_.lives - 1);
    const std::array<std::int64_t, 6> values = {life, trial_, step_, cell_.x, cell_.y, heading_};
    std::ranges::transform(values, row.begin(), [](auto v) { return static_cast<double>(v); });
    row[6] = reward_;
    row[7] = static_cast<double>(high_end());
  }

  std::optional<Scene> scene(std::span<const double> row) const override;

 private:
  void draw_schedule(std::int64_t life, Stream& stream) {
    const std::size_t ends = grid_.ends().size();
    const std::int64_t period = parameters_.trials / periods(parameters_);
    // Lives alternate where they begin: of four in a single T at the right, left, right, left.
    const auto first = static_cast<std::size_t>(parameters_.lives - 1 - life);
    for (std::size_t i = 0; i < visits_.size(); ++i)
      visits_[i] = static_cast<std::uint8_t>((first + i) % ends);
    if (parameters_.shuffle) {
      for (std::size_t i = visits_.size(); i > 1; --i)
        std::swap(visits_[i - 1], visits_[stream.below(static_cast<std::uint32_t>(i))]);
    }
    const std::int64_t most = std::lround(parameters_.jitter * static_cast<double>(period));
    const std::int64_t choices = 2 * most / parameters_.jitter_step + 1;
    std::uint8_t* const high = high_.data() + life * parameters_.trials;
    std::int64_t from = 0;
    for (std::size_t i = 0; i < visits_.size(); ++i) {
      std::int64_t to = parameters_.trials;
      if (i + 1 < visits_.size()) {
        const std::int64_t shift =
            most == 0
                ? 0
                : parameters_.jitter_step * stream.below(static_cast<std::uint32_t>(choices)) -
                      most;
        to =
            std::clamp(static_cast<std::int64_t>(i + 1) * period + shift, from, parameters_.trials);
      }
      std::fill(high + from, high + to, visits_[i]);
      from = to;
    }
  }

  void begin_life() {
    trial_ = 0;
    begin_trial();
  }
  void begin_trial() {
    cell_ = grid_.home();
    heading_ = 0;
    step_ = 0;
    reward_ = 0;
    colour_ = 0;
    collected_ = over_ = false;
  }
  void move(std::span<const float> motors) {
    const float left = motors[0], forward = motors[1], right = motors[2];
    if (forward >= left && forward >= right) {
      cell_ = ahead(cell_, heading_);
    } else {
      heading_ = (heading_ + (left >= right ? 3 : 1)) % 4;
    }
  }
  /// What the cell means, in the published order.
  void look_around() {
    const auto end = std::ranges::find(grid_.ends(), cell_);
    if (end != grid_.ends().end() && !collected_) {
      collect(static_cast<std::size_t>(end - grid_.ends().begin()));
      if (!parameters_.homing) book();
    } else if (parameters_.homing && collected_ && cell_ == grid_.home()) {
      book();
    } else if (!grid_.is_free(cell_)) {
      reward_ = kCrash;
      over_ = true;
    }
    if (!over_ && step_ >= limit_) {
      reward_ = parameters_.late_reward;
      over_ = true;
    }
  }
  void collect(std::size_t end) {
    collected_ = true;
    end_ = end;
    const bool high = end == high_end();
    reward_ = high ? kHighReward : kLowReward;
    colour_ = high ? kHighColour : kLowColour;
  }
  void book() {
    over_ = true;
    ++at_end_[end_];
    ++(end_ == high_end() ? high_trials_ : low_trials_);
  }
  std::size_t high_end() const {
    const std::int64_t life = std::min(life_, parameters_.lives - 1);
    return high_[static_cast<std::size_t>(life * parameters_.trials + trial_)];
  }

  TMazeParameters parameters_;
  TMazeGrid grid_;
  EnvironmentDescription description_;
  std::int64_t limit_;                // steps of a trial
  std::vector<std::uint8_t> high_;    // [lives, trials] the end of the high reward
  std::vector<std::uint8_t> visits_;  // [switches + 1] the same, of a life
  std::int64_t life_ = 0, trial_ = 0, step_ = 0;
  TMazeCell cell_;
  int heading_ = 0;  // of kHeadings
  bool collected_ = false, over_ = false;
  std::size_t end_ = 0;  // where the reward was collected
  float colour_ = 0;
  double reward_ = 0;   // of the trial
  double rewards_ = 0;  // of trials that are over
  std::int64_t high_trials_ = 0, low_trials_ = 0;
  std::vector<std::int64_t> at_end_;  // [ends] trials
};

/// The outline of the cells, home, the rewards (the high one larger), and the agent, which starts each trial anew.
std::optional<Scene> TMaze::scene(std::span<const double> row) const {
  constexpr double kHalf = 0.5;
  Scene scene;
  scene.begins = row[2] == 0;
  scene.legend =
      fmt::format("life {:g}, trial {:g}, large: the high reward", row[0] + 1, row[1] + 1);
  constexpr double kAir = 0.8;  // around the middles of cells
  const auto width = static_cast<double>(grid_.width());
  scene.min = {width, width};
  for (const TMazeCell& cell : grid_.cells()) {
    scene.min = {std::min(scene.min.x, cell.x - kAir), std::min(scene.min.y, cell.y - kAir)};
    scene.max = {std::max(scene.max.x, cell.x + kAir), std::max(scene.max.y, cell.y + kAir)};
    for (int side = 0; side < 4; ++side) {
      if (grid_.is_free(ahead(cell, side))) continue;
      const TMazeCell& way = kHeadings[static_cast<std::size_t>(side)];
      const ScenePoint middle{cell.x + kHalf * way.x, cell.y + kHalf * way.y};
      const double dx = kHalf * way.y, dy = kHalf * way.x;
      scene.lines.push_back(
          {SceneRole::wall, {{middle.x - dx, middle.y - dy}, {middle.x + dx, middle.y + dy}}});
    }
  }
  const auto at = [](TMazeCell cell) {
    return ScenePoint{static_cast<double>(cell.x), static_cast<double>(cell.y)};
  };
  scene.circles.push_back({SceneRole::start, at(grid_.home()), 0.3});
  for (std::size_t i = 0; i < grid_.ends().size(); ++i) {
    const bool high = static_cast<double>(i) == row[7];
    scene.circles.push_back({SceneRole::goal, at(grid_.ends()[i]), high ? 0.4 : 0.1});
  }
  const ScenePoint agent = {row[3], row[4]};
  const TMazeCell& way = kHeadings[static_cast<std::size_t>(row[5])];
  scene.circles.push_back({SceneRole::agent, agent, 0.25});
  scene.lines.push_back(
      {SceneRole::agent, {agent, {agent.x + kHalf * way.x, agent.y + kHalf * way.y}}});
  return scene;
}

}  // namespace

void TMazeParameters::apply_preset(std::string_view name) {
  *this = {};
  if (name == "soltoggio") {
    trials = 40;
    switches = 3;
    jitter = 0;
    shuffle = false;
  } else if (name == "ptneat") {
    maze = TMazeForm::single;
    trials = 100;
    switches = 1;
    jitter = 0.3;
    jitter_step = 1;
    shuffle = false;
    lives = 4;
    layout = TMazeLayout::ptneat;
  }
}

void TMazeParameters::visit(ParameterVisitor& visitor) {
  visitor.choice("maze", maze, {{"single", TMazeForm::single}, {"double", TMazeForm::double_t}},
                 {"a T with two ends, or one whose arms are Ts themselves, with four", "",
                  "Soltoggio et al. 2008"});
  visitor.integer(
      "passage", passage, {1, 100},
      {"cells between home and the crossing, and between crossings and ends", "cells", "AHNI"});
  visitor.boolean("homing", homing,
                  {"whether the reward must be carried home", "", "Soltoggio et al. 2008"});
  visitor.integer("trials", trials, {2, 1'000'000},
                  {"trials in a life", "trials", "Risi's file in AHNI"});
  visitor.integer("switches", switches, {0, 10'000},
                  {"moves of the high reward in a life", "", "Risi's file in AHNI"});
  visitor.real("jitter", jitter, {0.0, 0.45},
               {"how far each move may come early or late, as a share of the trials between moves",
                "", "Risi's file in AHNI"});
  visitor.integer("jitter_step", jitter_step, {1, 100},
                  {"moves come early or late by the largest jitter less a multiple of this",
                   "trials", "AHNI; PyTorch-NEAT: 1"});
  visitor.boolean("shuffle", shuffle,
                  {"whether the order of the ends is shuffled; a move may then stay in place", "",
                   "AHNI: if there is jitter"});
  visitor.integer(
      "lives", lives, {1, 1000},
      {"lives per evaluation, of a network that is born anew for each", "", "PyTorch-NEAT: 4"});
  visitor.real(
      "late_reward", late_reward, {kCrash, kHighReward},
      {"reward of a trial whose steps run out, with homing also once a reward was collected", "",
       "AHNI: 0 without homing; with homing our choice"});
  visitor.real("solved_share", solved_share, {0.0, 1.0},
               {"share of the high rewards that an explorer can get which counts as solved", "",
                "our choice"});
  visitor.choice("layout", layout, {{"risi", TMazeLayout::risi}, {"ptneat", TMazeLayout::ptneat}},
                 {"where sensors sit: walls at y = -1 and the colour at (0, 1); or walls at y = 0 "
                  "and the colour at (0, -1)",
                  "", "AHNI; PyTorch-NEAT"});
}

EnvironmentComponent t_maze_environment() {
  return {"t_maze",
          "a T-maze whose high reward moves, so that networks must learn in their lifetime",
          "Soltoggio et al. 2008; Risi & Stanley 2010",
          [] { return std::make_unique<TMazeParameters>(); },
          [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
            const auto p = checked(dynamic_cast<const TMazeParameters&>(parameters));
            if (attainable(p) < 1) {
              throw ConfigError("trials", "is " + std::to_string(p.trials) + ", but more than " +
                                              std::to_string(p.trials - attainable(p)) +
                                              " are expected: what an explorer needs to find the "
                                              "high reward after " +
                                              std::to_string(p.switches) + " moves");
            }
            return std::make_unique<TMaze>(p);
          }};
}

}  // namespace cambrian
