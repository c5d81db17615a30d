#include "environments/pole_balancing/pole_balancing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "environments/pole_balancing/pole_physics.hpp"

namespace cambrian {
namespace {

constexpr double kHalfStep = 0.01;        // s
constexpr double kTrackEnd = 2.4;         // m to each side
constexpr double kFallenPole = 0.628329;  // rad
constexpr std::int64_t kTestSteps = 1000;
constexpr std::size_t kStarts = 625;
constexpr std::size_t kWindow = 100;  // steps whose movement counts as damping

bool kept_up(std::int64_t balanced, std::int64_t steps) { return balanced >= steps - 1; }

struct PoleSensor {
  const char* name;
  double scale;  ///< divides the value
};
constexpr std::array<PoleSensor, 6> kPoleSensors = {{{"x", 4.8},
                                                     {"x_velocity", 2},
                                                     {"angle_1", 0.52},
                                                     {"angle_1_velocity", 2},
                                                     {"angle_2", 0.52},
                                                     {"angle_2_velocity", 2}}};

EnvironmentDescription describe(const PoleBalancingParameters& p) {
  EnvironmentDescription d;
  if (p.objective == PoleObjective::steps) {
    d.objectives = {{"balanced", "steps", 0, "steps before the one that fails"}};
  } else {
    d.objectives = {{"damping", "", 0,
                     "0.1 of the share of 1000 steps that were balanced + 0.9 times 0.75 / "
                     "the movement in the last 100"}};
  }
  d.measures = {{"place", "m", -kTrackEnd, kTrackEnd, "mean place of the cart"},
                {"sway", "rad", 0, 0.63, "mean size of the first pole's angle"},
                {"steps", "steps", 0, static_cast<double>(p.steps), "steps balanced"}};
  if (p.generalisation) {
    d.measures.push_back({"long_steps", "steps", 0, static_cast<double>(p.long_steps),
                          "steps balanced in the long test; 0: not tested"});
    d.measures.push_back({"generalisation", "starts", 0, static_cast<double>(kStarts),
                          "starts of the test from which the poles stay up"});
    d.solved_when = "the poles stay up in the long test and from `starts_needed` of 625 starts";
  } else {
    d.solved_when = "the poles stay up for all steps";
  }
  d.descriptor = {"place", "sway"};
  d.takes_networks = true;
  d.can_be_solved = true;
  d.body.motors = {{"force", {-10, 10}, {0, 1}}};
  d.warm_up = static_cast<int>(p.warm_up);
  d.trace = {"test", "step"};
  const float low = p.sensor_range == PoleSensorRange::unit ? 0.0F : -1.0F;
  const std::size_t values = 2 + 2 * static_cast<std::size_t>(p.poles);
  const std::size_t every = p.velocities ? 1 : 2, count = values / every;
  for (std::size_t i = 0; i < values; ++i) d.trace.emplace_back(kPoleSensors[i].name);
  for (std::size_t i = 0; i < count; ++i) {
    const double x = -1 + 2 * static_cast<double>(i) / static_cast<double>(count - 1);
    d.body.sensors.push_back({kPoleSensors[i * every].name, {low, 1}, {x, -1}});
  }
  return d;
}

template <std::size_t Poles>
class PoleBalancing final : public Environment {
 public:
  explicit PoleBalancing(const PoleBalancingParameters& parameters)
      : parameters_(parameters), description_(describe(parameters)) {}
  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream&) override {
    phase_ = Phase::counted;
    balanced_ = long_balanced_ = 0;
    starts_passed_ = 0;
    place_ = sway_ = 0;
    begin({0, 0, parameters_.start_angle, 0}, parameters_.steps);
  }

  void observe(std::span<float> sensors) override {
    const auto values = state_.values();
    std::array<float, values.size()> scaled;  // all, since a loop of fixed length is the fastest
    for (std::size_t i = 0; i < values.size(); ++i)
      scaled[i] = static_cast<float>(values[i] / kPoleSensors[i].scale);
    const std::size_t every = parameters_.velocities ? 1 : 2;
    for (std::size_t i = 0; i < sensors.size(); ++i) sensors[i] = scaled[i * every];
  }

  bool act(std::span<const float> motors) override {
    const auto force = static_cast<double>(motors[0]);
    const double friction = parameters_.cart_friction;
    const auto half = pole_runge_kutta<Poles>(state_, force, friction, kHalfStep);
    state_ = pole_runge_kutta<Poles>(half, force, friction, kHalfStep);
    if (failed()) return false;
    if (phase_ == Phase::counted) watch();
    return ++step_ < limit_;
  }

  bool next_scenario() override {
    switch (phase_) {
      case Phase::counted:
        balanced_ = step_;
        if (!parameters_.generalisation || balanced_ < limit_) return false;
        phase_ = Phase::long_test;
        begin({0, 0, parameters_.start_angle, 0}, parameters_.long_steps);
        return true;
      case Phase::long_test:
        long_balanced_ = step_;
        if (!kept_up(step_, limit_)) return false;
        phase_ = Phase::starts;
        start_ = 0;
        break;
      case Phase::starts:
        if (kept_up(step_, limit_)) ++starts_passed_;
        ++start_;
        if (start_ == kStarts || (!parameters_.count_all && is_decided())) return false;
        break;
    }
    begin(generalisation_start(start_), kTestSteps);
    return true;
  }

  void finish(const EvaluationRows& row) override {
    const auto balanced = static_cast<double>(balanced_);
    row.objectives[0] = parameters_.objective == PoleObjective::steps ? balanced : damping();
    row.measures[0] = balanced_ > 0 ? place_ / balanced : 0;
    row.measures[1] = balanced_ > 0 ? sway_ / balanced : 0;
    row.measures[2] = balanced;
    if (parameters_.generalisation) {
      row.measures[3] = static_cast<double>(long_balanced_);
      row.measures[4] = static_cast<double>(starts_passed_);
      row.solved[0] = starts_passed_ >= parameters_.starts_needed ? 1 : 0;
    } else {
      row.solved[0] = kept_up(balanced_, parameters_.steps) ? 1 : 0;
    }
  }

  void trace(std::span<double> row) const override {
    row[0] = phase_ == Phase::counted     ? 0
             : phase_ == Phase::long_test ? 1
                                          : 2 + static_cast<double>(start_);
    row[1] = static_cast<double>(step_);
    std::ranges::copy(state_.values(), row.begin() + 2);
  }

  std::optional<Scene> scene(std::span<const double> row) const override {
    const ScenePoint cart = {row[2], 0};
    Scene scene;
    scene.min = {-2.6, -0.4};
    scene.max = {2.6, 1.4};
    scene.lines = {
        {SceneRole::wall, {{-kTrackEnd, 0.3}, {-kTrackEnd, 0}, {kTrackEnd, 0}, {kTrackEnd, 0.3}}}};
    for (std::size_t i = 0; i < Poles; ++i) {
      const double length = 2 * PoleMasses::kHalfLength[i], angle = row[4 + 2 * i];
      const ScenePoint tip = {cart.x + length * std::sin(angle), length * std::cos(angle)};
      scene.lines.push_back({i == 0 ? SceneRole::agent : SceneRole::goal, {cart, tip}});
    }
    if constexpr (Poles == 2) scene.legend = "black: the pole of 1 m, red: the pole of 0.1 m";
    scene.circles = {{SceneRole::agent, cart, 0.045}};  // smaller than the short pole
    return scene;
  }

 private:
  enum class Phase : std::uint8_t { counted, long_test, starts };

  void begin(const std::array<double, 4>& first, std::int64_t limit) {
    state_ = pole_state<Poles>(first);
    step_ = 0;
    limit_ = limit;
  }
  bool failed() const {
    const auto values = state_.values();
    bool down = !(std::abs(values[0]) <= kTrackEnd);
    for (std::size_t i = 0; i < Poles; ++i) down |= !(std::abs(values[2 + 2 * i]) <= kFallenPole);
    return down;
  }
  void watch() {
    const auto values = state_.values();
    place_ += values[0];
    sway_ += std::abs(values[2]);
    movement_[static_cast<std::size_t>(step_) % kWindow] =
        std::abs(values[0]) + std::abs(values[1]) + std::abs(values[2]) + std::abs(values[3]);
  }
  double damping() const {
    const bool fell = balanced_ < parameters_.steps;
    const double share = static_cast<double>(fell ? balanced_ + 1 : balanced_) / kTestSteps;
    if (balanced_ < static_cast<std::int64_t>(kWindow)) return 0.1 * share;
    double movement = 0;
    for (const double value : movement_) movement += value;
    // A cart at rest in the middle under an upright pole would divide by 0.
    return 0.1 * share + 0.9 * 0.75 / std::max(movement, 1e-9);
  }
  bool is_decided() const {
    const auto left = static_cast<std::int64_t>(kStarts - start_);
    return starts_passed_ >= parameters_.starts_needed ||
           starts_passed_ + left < parameters_.starts_needed;
  }

  PoleBalancingParameters parameters_;
  EnvironmentDescription description_;
  PoleState<Poles> state_{};
  std::int64_t step_ = 0, limit_ = 0;  // of the scenario
  Phase phase_ = Phase::counted;
  std::size_t start_ = 0;  // of the generalisation test
  std::int64_t balanced_ = 0, long_balanced_ = 0, starts_passed_ = 0;
  double place_ = 0, sway_ = 0;             // sums
  std::array<double, kWindow> movement_{};  // of the last steps
};

}  // namespace

std::array<double, 4> generalisation_start(std::size_t number) {
  constexpr std::array<double, 5> kShares = {0.05, 0.25, 0.5, 0.75, 0.95};
  constexpr double kDegree = std::numbers::pi / 180;
  constexpr std::array<double, 4> kHalfRanges = {2.16, 1.35, 3.6 * kDegree, 8.6 * kDegree};
  std::array<double, 4> start{};
  for (std::size_t i = 4; i-- > 0; number /= 5)
    start[i] = (2 * kShares[number % 5] - 1) * kHalfRanges[i];
  return start;
}

void PoleBalancingParameters::apply_preset(std::string_view name) {
  *this = {};
  if (name != "non_markov") return;
  velocities = false;
  steps = kTestSteps;
  objective = PoleObjective::damping;
  generalisation = true;
}

void PoleBalancingParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("poles", poles, {1, 2}, {"poles on the cart", "", "Wieland 1991"});
  visitor.boolean("velocities", velocities, {"whether velocities are sensed", "", "Wieland 1991"});
  visitor.integer("steps", steps, {2, 10'000'000},
                  {"steps to balance; all, or all but one, count as solved", "steps",
                   "Stanley & Miikkulainen 2002; without velocities 1000"});
  visitor.choice(
      "objective", objective,
      {{"steps", PoleObjective::steps}, {"damping", PoleObjective::damping}},
      {"steps balanced; or damping, which also rewards little movement in the last 100 steps", "",
       "damping: Gruau, Whitley & Pyeatt 1996"});
  visitor.real("start_angle", start_angle, {-0.6, 0.6},
               {"the first pole's angle at the start", "rad",
                "novelty-search-cpp; Igel 2003: 1 or 4.5 degrees"});
  visitor.real(
      "cart_friction", cart_friction, {0.0, 1.0},
      {"friction of the cart on its track; 0.0005 in Gomez, Schmidhuber & Miikkulainen 2008", "N",
       "novelty-search-cpp, where it is not used"});
  visitor.choice(
      "sensor_range", sensor_range,
      {{"unit", PoleSensorRange::unit}, {"signed", PoleSensorRange::signed_unit}},
      {"range that the sensors state: signed: -1 to 1, so that networks that take -1 to 1 get the "
       "scaled values as they are; unit: 0 to 1, the same for those that take 0 to 1 "
       "(direct_graph)",
       "", "our choice"});
  visitor.integer("warm_up", warm_up, {0, 1000},
                  {"updates of a recurrent network on the first observation, before the first step",
                   "", "our choice; NEAT 1.2: until all outputs are reached"});
  visitor.boolean("generalisation", generalisation,
                  {"whether candidates that balance all steps are tested in a long run and from "
                   "625 starts, which count as no evaluations and decide whether they solve it",
                   "", "Gruau, Whitley & Pyeatt 1996"});
  visitor.integer("long_steps", long_steps, {2, 10'000'000},
                  {"steps of the long run of the test", "steps", "Gruau, Whitley & Pyeatt 1996"});
  visitor.integer("starts_needed", starts_needed, {1, kStarts},
                  {"starts of the test that count as solved", "", "Gruau, Whitley & Pyeatt 1996"});
  visitor.boolean("count_all", count_all,
                  {"whether all 625 starts are tried; otherwise the test ends once it is decided",
                   "", "our choice"});
}

EnvironmentComponent pole_balancing_environment() {
  return {"pole_balancing", "one or two poles that a cart must balance, from a fixed start",
          "Wieland 1991; Gruau, Whitley & Pyeatt 1996; Stanley & Miikkulainen 2002",
          [] { return std::make_unique<PoleBalancingParameters>(); },
          [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
            const auto p = checked(dynamic_cast<const PoleBalancingParameters&>(parameters));
            if (p.poles == 1) return std::make_unique<PoleBalancing<1>>(p);
            return std::make_unique<PoleBalancing<2>>(p);
          }};
}

}  // namespace cambrian
