#include "environments/static_task/static_task.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "environments/static_task/patterns.hpp"

namespace cambrian {
namespace {

bool is_one(double value) { return value >= 0.5; }

/// Evenly from -1 to 1; a single one at 0.
double spread(std::size_t i, std::size_t count) {
  return count == 1 ? 0 : -1 + 2 * static_cast<double>(i) / static_cast<double>(count - 1);
}

std::vector<Terminal> sensors_of(const StaticTaskParameters& parameters, const Patterns& patterns) {
  const bool points =
      parameters.task == StaticTaskKind::circle || parameters.task == StaticTaskKind::sine;
  const bool from_minus_one = points || parameters.sensor_range == SensorRange::signed_unit;
  const SignalRange range{from_minus_one ? -1.0F : 0.0F, 1.0F};
  const std::size_t count = patterns.inputs.size() + (parameters.bias_sensor ? 1 : 0);
  const bool one_apart = parameters.bias_sensor && parameters.task != StaticTaskKind::sine;
  const auto position = [&](std::size_t i) -> std::vector<double> {
    const double middle = static_cast<double>(count - 1) / 2;
    return {one_apart ? static_cast<double>(i) - middle : spread(i, count), -1};
  };
  std::vector<Terminal> sensors;
  for (std::size_t i = 0; i < patterns.inputs.size(); ++i)
    sensors.push_back({patterns.inputs[i], range, position(i), "pattern"});
  // The range includes 0, so that its 1 is the 1 of every network.
  if (parameters.bias_sensor) sensors.push_back({"bias", {0, 1}, position(count - 1), "bias"});
  return sensors;
}

EnvironmentDescription describe(const StaticTaskParameters& parameters, const Patterns& patterns) {
  EnvironmentDescription d;
  const bool agreement = parameters.objective == StaticTaskObjective::agreement;
  const bool beyond_one =
      parameters.task == StaticTaskKind::sine && parameters.target == SineTarget::signed_unit;
  if (agreement) {
    d.objectives = {{"agreement", "", 0, "(outputs - sum of their absolute errors)^2"}};
    d.solved_when = "all outputs lie on the right side of 0.5";
  } else {
    d.objectives = {{"accuracy", "", beyond_one ? -3.0 : 0.0, "1 - mean squared error"}};
    d.solved_when = "1 - mean squared error reaches `threshold`";
  }
  d.measures = {{"low", "", 0, 1, "mean output where the target is below 0.5"},
                {"high", "", 0, 1, "mean output where the target is 0.5 or more"},
                {"correct", "", 0, 1, "share of outputs on the right side of 0.5"},
                {"error", "", 0, beyond_one ? 4.0 : 1.0, "mean squared error"}};
  d.descriptor = {"low", "high"};
  d.takes_networks = true;
  d.body.sensors = sensors_of(parameters, patterns);
  const std::size_t outputs = patterns.outputs.size();
  for (std::size_t i = 0; i < outputs; ++i)
    d.body.motors.push_back({patterns.outputs[i], {0, 1}, {spread(i, outputs), 1}});
  d.lanes = patterns.size();
  d.updates_per_step = static_cast<int>(parameters.updates);
  d.can_be_solved = true;
  d.trace = {"step"};
  for (std::size_t lane = 0; lane < patterns.size(); ++lane) {
    for (const std::string& output : patterns.outputs)
      d.trace.push_back(output + "_" + std::to_string(lane + 1));
  }
  return d;
}

class StaticTask final : public Environment {
 public:
  explicit StaticTask(const StaticTaskParameters& parameters)
      : parameters_(parameters),
        patterns_(patterns_of(parameters)),
        description_(describe(parameters, patterns_)),
        outputs_(patterns_.targets.size()) {
    const std::size_t inputs = patterns_.inputs.size();
    for (std::size_t lane = 0; lane < patterns_.size(); ++lane) {
      const auto first = patterns_.values.begin() + static_cast<std::ptrdiff_t>(lane * inputs);
      sensed_.insert(sensed_.end(), first, first + static_cast<std::ptrdiff_t>(inputs));
      if (parameters.bias_sensor) sensed_.push_back(1);
    }
  }
  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream&) override {
    std::ranges::fill(outputs_, 0.0F);
    step_ = 0;
  }
  void observe(std::span<float> sensors) override { std::ranges::copy(sensed_, sensors.begin()); }
  bool act(std::span<const float> motors) override {
    std::ranges::copy(motors, outputs_.begin());
    step_ = 1;
    return false;
  }

  void finish(const EvaluationRows& row) override {
    const auto n = static_cast<double>(outputs_.size());
    double distance = 0, squares = 0, correct = 0;
    std::array<double, 2> sum{}, count{};  // where the target is low, and where it is high
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      const double target = patterns_.targets[i], output = static_cast<double>(outputs_[i]);
      distance += std::abs(output - target);
      squares += (output - target) * (output - target);
      correct += is_one(output) == is_one(target) ? 1 : 0;
      sum[is_one(target) ? 1 : 0] += output;
      ++count[is_one(target) ? 1 : 0];
    }
    const double error = squares / n;
    const bool agreement = parameters_.objective == StaticTaskObjective::agreement;
    row.objectives[0] = agreement ? (n - distance) * (n - distance) : 1 - error;
    row.measures[0] = sum[0] / count[0];
    row.measures[1] = sum[1] / count[1];
    row.measures[2] = correct / n;
    row.measures[3] = error;
    const bool solved = agreement ? correct == n : 1 - error >= parameters_.threshold;
    row.solved[0] = solved ? 1 : 0;
  }

  void trace(std::span<double> row) const override {
    row[0] = step_;
    std::ranges::copy(outputs_, row.begin() + 1);
  }

  /// Of two inputs and one output: each pattern at its place, its output as the radius of a disc. Of
  /// one input: targets and outputs as two lines. Otherwise: a table.
  std::optional<Scene> scene(std::span<const double> row) const override {
    if (patterns_.outputs.size() > 1 || patterns_.inputs.size() > 2) return table(row.subspan(1));
    return patterns_.inputs.size() == 1 ? curve(row.subspan(1)) : map(row.subspan(1));
  }

 private:
  Scene curve(std::span<const double> outputs) const {
    Scene scene;
    scene.min = {-1.1, -1.1};
    scene.max = {1.1, 1.1};
    scene.legend = "red: the sine, dark: outputs of the network";
    scene.lines = {{SceneRole::goal, {}}, {SceneRole::agent, {}}};
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
      const auto x = static_cast<double>(patterns_.values[i]);
      scene.lines[0].points.push_back({x, patterns_.targets[i]});
      scene.lines[1].points.push_back({x, outputs[i]});
    }
    return scene;
  }
  Scene map(std::span<const double> outputs) const {
    const bool bits = parameters_.task != StaticTaskKind::circle;
    const double largest = bits ? 0.2 : 0.04;
    Scene scene;
    scene.min = {bits ? -0.3 : -1.1, bits ? -0.3 : -1.1};
    scene.max = {bits ? 1.3 : 1.1, bits ? 1.3 : 1.1};
    scene.legend = "red: 1 is right, white: 0, orange: the output, as large as it is";
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
      const ScenePoint at{static_cast<double>(patterns_.values[2 * i]),
                          static_cast<double>(patterns_.values[2 * i + 1])};
      const SceneRole target = is_one(patterns_.targets[i]) ? SceneRole::goal : SceneRole::wall;
      scene.circles.push_back({target, at, largest});
      scene.circles.push_back({SceneRole::agent, at, largest * std::clamp(outputs[i], 0.01, 1.0)});
      if (!bits) continue;
      scene.labels.push_back({SceneRole::wall, {at.x, at.y - 0.26}, bits_of(i)});
    }
    return scene;
  }

  std::string bits_of(std::size_t pattern) const {
    std::string bits;
    for (std::size_t i = 0; i < patterns_.inputs.size(); ++i)
      bits += is_one(patterns_.values[patterns_.inputs.size() * pattern + i]) ? '1' : '0';
    return bits;
  }
  /// Squares of all patterns, in rows of at most 8: for each output what is right on the left, what the network says
  /// on the right.
  Scene table(std::span<const double> outputs) const {
    constexpr std::size_t kAcross = 8;
    const std::size_t motors = patterns_.outputs.size();
    const std::size_t lines = (patterns_.size() + kAcross - 1) / kAcross;
    const double high = static_cast<double>(motors) + 1.2;
    Scene scene;
    scene.y_grows_downward = true;
    scene.max = {2.4 * static_cast<double>(std::min(kAcross, patterns_.size())) - 0.4,
                 high * static_cast<double>(lines) - 0.2};
    scene.legend = "left halves: what is right (black: 1), right halves: the output";
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
      const std::size_t line = i / kAcross;
      const double left = 2.4 * static_cast<double>(i % kAcross);
      const double top = high * static_cast<double>(line) + 0.8;
      scene.labels.push_back({SceneRole::wall, {left + 1, top - 0.4}, bits_of(i)});
      for (std::size_t motor = 0; motor < motors; ++motor) {
        const double y = top + static_cast<double>(motor);
        const auto shade = [](double value) { return 0.08 + 0.92 * std::clamp(value, 0.0, 1.0); };
        const double target = is_one(patterns_.targets[motors * i + motor]) ? 1 : 0;
        scene.cells.push_back({{left, y}, {left + 1, y + 0.9}, shade(target)});
        scene.cells.push_back(
            {{left + 1, y}, {left + 2, y + 0.9}, shade(outputs[motors * i + motor])});
      }
    }
    return scene;
  }

  StaticTaskParameters parameters_;
  Patterns patterns_;
  EnvironmentDescription description_;
  std::vector<float> sensed_;   // [lanes, sensors]
  std::vector<float> outputs_;  // [lanes, motors]
  int step_ = 0;
};

EnvironmentComponent static_task(StaticTaskKind kind, std::string name, std::string summary,
                                 std::string source) {
  return {std::move(name), std::move(summary), std::move(source),
          [kind] { return std::make_unique<StaticTaskParameters>(kind); },
          [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
            return std::make_unique<StaticTask>(
                checked(dynamic_cast<const StaticTaskParameters&>(parameters)));
          }};
}

constexpr const char* kClaret = "Claret et al. 2026 (raw data of ES-HyperNEAT programs)";

}  // namespace

StaticTaskParameters::StaticTaskParameters(StaticTaskKind kind) : task(kind) {
  if (kind == StaticTaskKind::exclusive_or) objective = StaticTaskObjective::agreement;
  if (kind == StaticTaskKind::parity || kind == StaticTaskKind::circle) threshold = 0.975;
  if (kind == StaticTaskKind::sine) threshold = 0.95;
}

void StaticTaskParameters::apply_preset(std::string_view name) {
  *this = StaticTaskParameters(task);
  if (name != "es_hyperneat") return;
  objective = StaticTaskObjective::one_minus_mse;
  sensor_range = SensorRange::signed_unit;
  bias_sensor = true;
}

void StaticTaskParameters::visit(ParameterVisitor& visitor) {
  if (task != StaticTaskKind::sine) {
    visitor.choice(
        "objective", objective,
        {{"agreement", StaticTaskObjective::agreement},
         {"one_minus_mse", StaticTaskObjective::one_minus_mse}},
        {"agreement: (n - sum of absolute errors)^2 over n outputs, solved when all lie on the "
         "right side of 0.5; one_minus_mse: 1 - mean squared error, solved at `threshold`",
         "", "agreement: Stanley & Miikkulainen 2002; one_minus_mse: Claret et al. 2026"});
  }
  visitor.real("threshold", threshold, {0.0, 1.0},
               {"1 - mean squared error that counts as solved, under one_minus_mse", "",
                "Claret et al. 2026; for boolean_functions our choice"});
  if (task == StaticTaskKind::parity) {
    visitor.integer("bits", bits, {2, 10}, {"inputs", "", "Claret et al. 2026"});
  }
  if (task == StaticTaskKind::sine) {
    visitor.choice(
        "target", target, {{"unit", SineTarget::unit}, {"signed", SineTarget::signed_unit}},
        {"unit: (sin(pi x) + 1) / 2; signed: sin(pi x), of which outputs of 0 to 1 reach "
         "only the upper half, so that it cannot be solved",
         "", "unit: JAX-ES-HyperNEAT; signed: PUREPLES"});
  } else if (task != StaticTaskKind::circle) {
    visitor.choice("sensor_range", sensor_range,
                   {{"unit", SensorRange::unit}, {"signed", SensorRange::signed_unit}},
                   {"range that the sensors state: unit: 0 to 1; signed: -1 to 1, so that networks "
                    "that take -1 to 1 get 0 and 1 as they are",
                    "", "signed: Claret et al. 2026"});
  }
  visitor.boolean("bias_sensor", bias_sensor,
                  {"whether there is a further sensor that is always 1, for encodings in which the "
                   "bias has a place",
                   "", "Claret et al. 2026: true"});
  visitor.integer("updates", updates, {1, 1000},
                  {"updates of a recurrent network per pattern before its outputs are read; at "
                   "least the length of its longest path",
                   "", "our choice"});
}

EnvironmentComponent xor_environment() {
  return static_task(StaticTaskKind::exclusive_or, "xor",
                     "exclusive or: four patterns that no network without hidden nodes separates",
                     "Stanley & Miikkulainen 2002, section 4.1");
}

EnvironmentComponent parity_environment() {
  return static_task(StaticTaskKind::parity, "parity", "parity of some bits, all patterns at once",
                     kClaret);
}

EnvironmentComponent circle_environment() {
  return static_task(StaticTaskKind::circle, "circle", "which of 100 points lie within a circle",
                     kClaret);
}

EnvironmentComponent sine_environment() {
  return static_task(StaticTaskKind::sine, "sine", "a period of a sine at 20 points", kClaret);
}

EnvironmentComponent boolean_functions_environment() {
  return static_task(StaticTaskKind::boolean_functions, "boolean_functions",
                     "five functions of two bits at once: XOR, AND, OR, NAND, NOR", kClaret);
}

}  // namespace cambrian
