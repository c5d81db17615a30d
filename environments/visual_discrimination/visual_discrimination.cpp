#include "environments/visual_discrimination/visual_discrimination.hpp"

#include <algorithm>
#include <cmath>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr int kBaseSize = 11;
constexpr std::size_t kMostLanes = 128;
constexpr double kFullScore = 30, kForTakingPart = 10, kSolved = 0.95;

/// What lies of a square on each side of its centre.
int small_radius(int size) { return (size / kBaseSize - 1) / 2; }
int large_radius(int size) { return (3 * (size / kBaseSize) - 1) / 2; }

std::vector<VisualTrial> training_trials() {
  // Half of the grid away, then pushed off the border, so that the square fits.
  const auto away = [](int c) {
    return std::clamp((c + kBaseSize / 2) % kBaseSize, 1, kBaseSize - 2);
  };
  std::vector<VisualTrial> trials;
  for (int y = 1; y < kBaseSize; y += 2) {
    for (int x = 1; x < kBaseSize; x += 2) {
      trials.push_back({y, x, away(y), x});
      trials.push_back({y, x, y, away(x)});
      trials.push_back({y, x, away(y), away(x)});
    }
  }
  return trials;
}

int checked_size(std::int64_t size) {
  if (size != 11 && size != 33 && size != 55) {
    throw ConfigError("size", "is " + std::to_string(size) + "; expected 11, 33 or 55");
  }
  return static_cast<int>(size);
}

/// A grid of terminals with places in [-1, 1].
std::vector<Terminal> grid_of(int size, const std::string& kind) {
  std::vector<Terminal> grid;
  const double half = (size - 1) / 2.0;
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      grid.push_back({kind + "_" + std::to_string(y) + "_" + std::to_string(x),
                      {0, 1},
                      {(x - half) / half, (y - half) / half}});
    }
  }
  return grid;
}

EnvironmentDescription describe(int size, std::size_t lanes, std::int64_t updates) {
  EnvironmentDescription d;
  d.objectives = {{.name = "score",
                   .unit = "",
                   .worst = kForTakingPart,
                   .meaning = "10 + sum over trials of max(0, 30 - squared distance in cells)"}};
  d.measures = {
      {"x", "half grids", -1, 1, "mean place of the answers"},
      {"y", "half grids", -1, 1, "mean place of the answers"},
      {"hits", "", 0, 1, "share of trials whose answer is the centre"},
      {"share", "", 0, 1, "mean of max(0, 1 - squared distance / 30), in cells of the 11x11 grid"}};
  d.descriptor = {"x", "y"};
  d.takes_networks = true;
  d.body.sensors = grid_of(size, "pixel");
  d.body.motors = grid_of(size, "answer");
  d.lanes = lanes;
  d.updates_per_step = static_cast<int>(updates);
  d.can_be_solved = true;
  d.solved_when = "the sum is at least 95 % of 30 per trial";
  d.trace = {"step", "first_trial"};
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    d.trace.push_back("answer_" + std::to_string(lane));
  }
  return d;
}

class VisualDiscrimination final : public Environment {
 public:
  explicit VisualDiscrimination(const VisualDiscriminationParameters& parameters)
      : size_(checked_size(parameters.size)),
        trials_(visual_trials(size_, parameters.exhaustive)),
        description_(describe(size_, std::min(trials_.size(), kMostLanes), parameters.updates)),
        answers_(description_.lanes) {}

  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream&) override {
    first_ = 0;
    sum_ = x_ = y_ = share_ = 0;
    hits_ = 0;
    answered_ = false;
  }

  void observe(std::span<float> sensors) override {
    std::ranges::fill(sensors, 0.0F);
    const int times = size_ / kBaseSize;
    const float value = 1.0F / static_cast<float>(times * times);
    for (std::size_t lane = 0; lane < description_.lanes; ++lane) {
      const VisualTrial& trial = trial_of(first_, lane);
      const std::span<float> image = sensors.subspan(lane * cells(), cells());
      draw(image, trial.small_y, trial.small_x, small_radius(size_), value);
      draw(image, trial.large_y, trial.large_x, large_radius(size_), value);
    }
  }

  bool act(std::span<const float> motors) override {
    for (std::size_t lane = 0; lane < description_.lanes; ++lane) {
      const auto values = motors.subspan(lane * cells(), cells());
      const auto highest = std::max_element(values.begin(), values.end());
      answers_[lane] = static_cast<int>(highest - values.begin());
    }
    answered_ = true;
    score();
    return false;
  }

  bool next_scenario() override {
    if (first_ + description_.lanes >= trials_.size()) return false;
    first_ += description_.lanes;
    answered_ = false;
    return true;
  }

  void finish(const EvaluationRows& row) override {
    const auto count = static_cast<double>(trials_.size());
    const double half = (size_ - 1) / 2.0;
    row.objectives[0] = kForTakingPart + sum_;
    row.measures[0] = (x_ / count - half) / half;
    row.measures[1] = (y_ / count - half) / half;
    row.measures[2] = hits_ / count;
    row.measures[3] = share_ / count;
    row.solved[0] = sum_ >= kSolved * kFullScore * count ? 1 : 0;
  }

  void trace(std::span<double> row) const override {
    row[0] = answered_ ? 1 : 0;
    row[1] = static_cast<double>(first_);
    for (std::size_t lane = 0; lane < description_.lanes; ++lane) {
      row[2 + lane] = answered_ ? answers_[lane] : -1;
    }
  }

  /// The trials side by side, their squares black and the answer a red disc.
  std::optional<Scene> scene(std::span<const double> row) const override {
    const auto across = static_cast<std::size_t>(
        std::ceil(std::sqrt(1.5 * static_cast<double>(description_.lanes))));
    const double pitch = size_ * 1.1;
    Scene scene;
    scene.y_grows_downward = true;
    scene.legend = "red: the place that is named, to be in the larger square";
    scene.max = {
        static_cast<double>(across) * pitch,
        std::ceil(static_cast<double>(description_.lanes) / static_cast<double>(across)) * pitch};
    const auto first = static_cast<std::size_t>(row[1]);
    for (std::size_t lane = 0; lane < description_.lanes; ++lane) {
      const VisualTrial& trial = trial_of(first, lane);
      const double left = static_cast<double>(lane % across) * pitch;
      const auto line = lane / across;
      const double top = static_cast<double>(line) * pitch;
      const auto square = [&](int y, int x, int radius) {
        return SceneCell{{left + x - radius, top + y - radius},
                         {left + x + radius + 1, top + y + radius + 1}};
      };
      scene.cells.push_back({{left, top}, {left + size_, top + size_}, 0.1});
      scene.cells.push_back(square(trial.small_y, trial.small_x, small_radius(size_)));
      scene.cells.push_back(square(trial.large_y, trial.large_x, large_radius(size_)));
      const auto answer = static_cast<int>(row[2 + lane]);
      if (answer < 0) continue;
      const int answer_row = answer / size_;
      const ScenePoint place = {left + answer % size_ + 0.5, top + answer_row + 0.5};
      scene.circles.push_back({SceneRole::goal, place, 0.035 * size_});
    }
    return scene;
  }

 private:
  std::size_t cells() const {
    return static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_);
  }
  /// The last trial fills the lanes that are left over.
  const VisualTrial& trial_of(std::size_t first, std::size_t lane) const {
    return trials_[std::min(first + lane, trials_.size() - 1)];
  }
  void draw(std::span<float> image, int y, int x, int radius, float value) const {
    for (int row = y - radius; row <= y + radius; ++row) {
      const auto first = static_cast<std::size_t>(row) * static_cast<std::size_t>(size_) +
                         static_cast<std::size_t>(x - radius);
      std::ranges::fill(image.subspan(first, 2 * static_cast<std::size_t>(radius) + 1), value);
    }
  }
  void score() {
    const std::size_t count = std::min(description_.lanes, trials_.size() - first_);
    for (std::size_t lane = 0; lane < count; ++lane) {
      const VisualTrial& trial = trials_[first_ + lane];
      const int y = answers_[lane] / size_, x = answers_[lane] % size_;
      const int dy = y - trial.large_y, dx = x - trial.large_x;
      const double square = dy * dy + dx * dx;
      const double times = static_cast<double>(size_) / kBaseSize;
      sum_ += std::max(0.0, kFullScore - square);
      share_ += std::max(0.0, 1 - square / (times * times * kFullScore));
      hits_ += dy == 0 && dx == 0 ? 1 : 0;
      x_ += x;
      y_ += y;
    }
  }

  int size_;
  std::vector<VisualTrial> trials_;
  EnvironmentDescription description_;
  CacheAligned<int> answers_;  // [lanes], cells
  std::size_t first_ = 0;      // trial of this scenario
  double sum_ = 0, x_ = 0, y_ = 0, hits_ = 0, share_ = 0;
  bool answered_ = false;
};

}  // namespace

std::vector<VisualTrial> visual_trials(int size, bool exhaustive) {
  const int times = size / kBaseSize;
  if (times == 1 && !exhaustive) return training_trials();
  const int small = small_radius(size), large = large_radius(size), apart = small + large + 2;
  const auto fits = [size](int place, int radius) {
    return place - radius >= 0 && place + radius < size;
  };
  std::vector<VisualTrial> trials;
  for (int y = 0; y < size; y += times) {
    for (int x = 0; x < size; x += times) {
      for (int large_y = 0; large_y < size; large_y += times) {
        for (int large_x = 0; large_x < size; large_x += times) {
          const int dy = y - large_y, dx = x - large_x;
          if (dy * dy + dx * dx < apart * apart) continue;
          if (!fits(y, small) || !fits(x, small) || !fits(large_y, large) || !fits(large_x, large))
            continue;
          trials.push_back({y, x, large_y, large_x});
        }
      }
    }
  }
  return trials;
}

void VisualDiscriminationParameters::visit(ParameterVisitor& visitor) {
  visitor.integer(
      "size", size, {11, 55},
      {"cells along each side of the grid: 11, 33 or 55", "", "Stanley, D'Ambrosio & Gauci 2009"});
  visitor.boolean(
      "exhaustive", exhaustive,
      {"at size 11: all pairs of places instead of the 75 training trials; sizes 33 and 55 "
       "are always tested so",
       "", "Gauci's HyperNEAT"});
  visitor.integer("updates", updates, {1, 1000},
                  {"updates of a recurrent network per trial before its answer is read; at least "
                   "the length of its longest path",
                   "", "our choice"});
}

EnvironmentComponent visual_discrimination_environment() {
  return {"visual_discrimination", "a retina that is to find the larger of two squares",
          "Stanley, D'Ambrosio & Gauci 2009, A hypercube-based encoding for evolving large-scale "
          "neural networks",
          [] { return std::make_unique<VisualDiscriminationParameters>(); },
          [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
            return std::make_unique<VisualDiscrimination>(
                checked(dynamic_cast<const VisualDiscriminationParameters&>(parameters)));
          }};
}

}  // namespace cambrian
