#include "environments/retina/retina.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cambrian {
namespace {

constexpr std::size_t kPatterns = 256, kPixels = 8;
/// Bit v is set where a half whose pixels give v holds an object.
constexpr unsigned kLeftObjects = 0xf990U, kRightObjects = 0xe88eU;

/// Pixel i, in the order of the sensors: the first is the highest bit.
bool lit(std::size_t pattern, std::size_t pixel) { return (pattern >> (7 - pixel) & 1U) != 0; }
bool left_object(std::size_t pattern) { return (kLeftObjects >> (pattern >> 4U) & 1U) != 0; }
bool right_object(std::size_t pattern) { return (kRightObjects >> (pattern & 15U) & 1U) != 0; }

/// Column 0 to 3 and row 0 (top) or 1 of a pixel.
std::array<std::size_t, 2> cell_of(RetinaLayout layout, std::size_t pixel) {
  const std::size_t half = pixel / 4, within = pixel % 4;
  if (layout == RetinaLayout::rows) return {within, half};
  return {2 * half + within / 2, within % 2};
}

NetworkInterface retina_body(const RetinaParameters& parameters) {
  NetworkInterface body;
  for (std::size_t i = 0; i < kPixels; ++i) {
    const auto [column, row] = cell_of(parameters.layout, i);
    const std::string name = (i < 4 ? "left_" : "right_") + std::string(1, "abcd"[i % 4]);
    body.sensors.push_back(
        {name, {0, 1}, {-1 + 2 * static_cast<double>(column) / 3, row == 0 ? -1.0 : 1.0}});
  }
  if (parameters.goal == RetinaGoal::both) {
    body.motors = {{"left_object", {0, 1}, {-1, 0}}, {"right_object", {0, 1}, {1, 0}}};
  } else {
    body.motors = {{"object", {0, 1}, {0, 0}}};
  }
  return body;
}

Objective objective_of(RetinaObjective objective) {
  const char* const summed = "E: sum of the motors' errors over all patterns";
  switch (objective) {
    case RetinaObjective::squared:
      return {"fitness", "", 0, std::string("1000 / (1 + E^2); ") + summed};
    case RetinaObjective::linear:
      return {"fitness", "", 0, std::string("1000 / (1 + E); ") + summed};
    case RetinaObjective::accuracy:
      return {"accuracy", "", 0, "share of right answers"};
  }
  return {};
}

EnvironmentDescription describe(const RetinaParameters& parameters) {
  EnvironmentDescription d;
  d.objectives = {objective_of(parameters.objective)};
  if (parameters.goal == RetinaGoal::both) {
    d.measures = {{"left", "", 0, 1, "share of patterns whose left half is judged right"},
                  {"right", "", 0, 1, "share of patterns whose right half is judged right"}};
  } else {
    d.measures = {{"found", "", 0, 1, "share of the patterns with target 1 that are right"},
                  {"rejected", "", 0, 1, "share of the patterns with target 0 that are right"}};
  }
  d.descriptor = {d.measures[0].name, d.measures[1].name};
  d.takes_networks = true;
  d.body = retina_body(parameters);
  d.lanes = kPatterns;
  d.updates_per_step = static_cast<int>(parameters.updates);
  d.can_be_solved = true;
  d.solved_when = "all 256 patterns are on the right side of 0.5";
  d.trace = {"step"};
  for (std::size_t pattern = 0; pattern < kPatterns; ++pattern) {
    for (const Terminal& motor : d.body.motors) {
      d.trace.push_back(motor.name + "_" + std::to_string(pattern));
    }
  }
  return d;
}

class Retina final : public Environment {
 public:
  explicit Retina(const RetinaParameters& parameters)
      : parameters_(parameters),
        description_(describe(parameters)),
        motors_(description_.body.motors.size()),
        answers_(kPatterns * motors_),
        targets_(kPatterns * motors_) {
    for (std::size_t pattern = 0; pattern < kPatterns; ++pattern) {
      const bool left = left_object(pattern), right = right_object(pattern);
      if (parameters.goal == RetinaGoal::both) {
        targets_[2 * pattern] = left ? 1 : 0;
        targets_[2 * pattern + 1] = right ? 1 : 0;
      } else {
        const bool all = parameters.goal == RetinaGoal::all_of;
        targets_[pattern] = (all ? left && right : left || right) ? 1 : 0;
      }
    }
  }
  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream&) override {
    std::ranges::fill(answers_, 0.5F);
    answered_ = false;
  }

  void observe(std::span<float> sensors) override {
    for (std::size_t pattern = 0; pattern < kPatterns; ++pattern) {
      for (std::size_t i = 0; i < kPixels; ++i) {
        sensors[pattern * kPixels + i] = lit(pattern, i) ? 1.0F : 0.0F;
      }
    }
  }

  bool act(std::span<const float> motors) override {
    std::ranges::copy(motors, answers_.begin());
    answered_ = true;
    return false;
  }

  void finish(const EvaluationRows& row) override {
    double error = 0, right = 0;
    std::array<double, 2> asked{}, correct{};  // per motor, or per target: 1 first
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      // What is not a number stays so, and makes the candidate invalid.
      const auto answer = static_cast<double>(answers_[i]);
      error += std::abs((answer < 0   ? 0
                         : answer > 1 ? 1
                                      : answer) -
                        static_cast<double>(targets_[i]));
      const std::size_t kind = motors_ == 2 ? i % 2 : targets_[i] > 0 ? 0 : 1;
      const bool is_right = targets_[i] > 0 ? answer > 0.5 : answer < 0.5;
      asked[kind] += 1;
      correct[kind] += is_right ? 1 : 0;
      right += is_right ? 1 : 0;
    }
    const auto all = static_cast<double>(answers_.size());
    switch (parameters_.objective) {
      case RetinaObjective::squared:
        row.objectives[0] = 1000 / (1 + error * error);
        break;
      case RetinaObjective::linear:
        row.objectives[0] = 1000 / (1 + error);
        break;
      case RetinaObjective::accuracy:
        row.objectives[0] = right / all;
        break;
    }
    for (std::size_t kind = 0; kind < 2; ++kind) row.measures[kind] = correct[kind] / asked[kind];
    row.solved[0] = right == all ? 1 : 0;
  }

  void trace(std::span<double> row) const override {
    row[0] = answered_ ? 1 : 0;
    std::ranges::copy(answers_, row.begin() + 1);
  }

  /// All patterns, the left half's value downward and the right half's across; an object that a motor sees is an
  /// red dot, and one that it judges wrong has a blue ring.
  std::optional<Scene> scene(std::span<const double> row) const override {
    constexpr double kAcross = 6, kDown = 4;
    Scene scene;
    scene.y_grows_downward = true;
    scene.legend = "red dot: an object is seen, blue ring: the answer is wrong";
    scene.max = {16 * kAcross, 16 * kDown};
    for (std::size_t pattern = 0; pattern < kPatterns; ++pattern) {
      const double left = kAcross * static_cast<double>(pattern % 16) + 1;
      const std::size_t line_of_patterns = pattern / 16;
      const double top = kDown * static_cast<double>(line_of_patterns) + 0.5;
      for (std::size_t i = 0; i < kPixels; ++i) {
        const auto [column, line] = cell_of(parameters_.layout, i);
        const double x = left + static_cast<double>(column), y = top + static_cast<double>(line);
        scene.cells.push_back({{x, y}, {x + 1, y + 1}, lit(pattern, i) ? 0.9 : 0.12});
      }
      for (std::size_t motor = 0; motor < motors_; ++motor) {
        const double answer = row[1 + pattern * motors_ + motor];
        const bool wrong = targets_[pattern * motors_ + motor] > 0 ? answer <= 0.5 : answer >= 0.5;
        const ScenePoint place = {left + (motors_ == 1 ? 2 : motor == 0 ? 1 : 3), top + 2.6};
        if (answer > 0.5) scene.circles.push_back({SceneRole::goal, place, 0.3});
        if (wrong) scene.circles.push_back({SceneRole::start, place, 0.5});
      }
    }
    return scene;
  }

 private:
  RetinaParameters parameters_;
  EnvironmentDescription description_;
  std::size_t motors_;
  CacheAligned<float> answers_;  // [patterns, motors]
  std::vector<float> targets_;   // [patterns, motors], 0 or 1
  bool answered_ = false;
};

}  // namespace

void RetinaParameters::visit(ParameterVisitor& visitor) {
  visitor.choice(
      "layout", layout, {{"columns", RetinaLayout::columns}, {"rows", RetinaLayout::rows}},
      {"where a half's pixels sit: columns: two columns of two; rows: a row of four, so that the "
       "halves are top and bottom",
       "", "Kashtan & Alon 2005; rows: AHNI"});
  visitor.choice(
      "goal", goal,
      {{"both", RetinaGoal::both}, {"and", RetinaGoal::all_of}, {"or", RetinaGoal::any_of}},
      {"both: a motor per half; and, or: one motor for both halves' objects", "",
       "Clune et al. 2010; and, or: Kashtan & Alon 2005"});
  visitor.choice(
      "objective", objective,
      {{"squared", RetinaObjective::squared},
       {"linear", RetinaObjective::linear},
       {"accuracy", RetinaObjective::accuracy}},
      {"squared: 1000 / (1 + E^2); linear: 1000 / (1 + E), with E the sum of the motors' errors; "
       "accuracy: the share of right answers",
       "", "Risi & Stanley 2012; linear: goESHyperNEAT; accuracy: Kashtan & Alon 2005"});
  visitor.integer("updates", updates, {1, 1000},
                  {"updates of a recurrent network per pattern before its answers are read; at "
                   "least the length of its longest path",
                   "", "our choice"});
}

EnvironmentComponent retina_environment() {
  return {
      "retina", "a retina of 8 pixels whose halves are judged for objects",
      "Kashtan & Alon 2005, Spontaneous evolution of modularity and network motifs",
      [] { return std::make_unique<RetinaParameters>(); },
      [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
        return std::make_unique<Retina>(checked(dynamic_cast<const RetinaParameters&>(parameters)));
      }};
}

}  // namespace cambrian
