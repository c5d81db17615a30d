#include "environments/operant_conditioning/operant_conditioning.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

std::size_t right_action(std::size_t set, std::size_t stimulus) {
  return (set >> (2 * stimulus)) % kActions;
}

std::vector<std::size_t> trained_sets(const OperantConditioningParameters& parameters) {
  std::vector<std::size_t> sets(parameters.listed.begin(), parameters.listed.end());
  if (!sets.empty()) {
    for (auto set = sets.begin(); set != sets.end(); ++set) {
      if (std::find(sets.begin(), set, *set) == set) continue;
      throw ConfigError("listed", "names set " + std::to_string(*set) + " twice");
    }
    return sets;
  }
  sets.resize(kAssociationSets);
  std::iota(sets.begin(), sets.end(), std::size_t{0});
  const auto count = static_cast<std::size_t>(parameters.sets);
  Stream stream(stream_key(static_cast<std::uint64_t>(parameters.draw), "operant_conditioning"), 0);
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(sets[i], sets[i + stream.below(static_cast<std::uint32_t>(kAssociationSets - i))]);
  }
  sets.resize(count);
  return sets;
}

namespace {

double column(std::size_t i) { return 2 * static_cast<double>(i) / (kStimuli - 1) - 1; }

NetworkInterface skinner_box() {
  NetworkInterface body;
  for (std::size_t i = 0; i < kStimuli; ++i) {
    body.sensors.push_back({"stimulus_" + std::to_string(i), {0, 1}, {column(i), -1}, "stimulus"});
  }
  body.sensors.push_back({"reward", {0, 1}, {0, -0.6}, "reward"});
  body.sensors.push_back({"punishment", {0, 1}, {0, -0.8}, "reward"});
  for (std::size_t i = 0; i < kActions; ++i) {
    body.motors.push_back({"action_" + std::to_string(i), {0, 1}, {column(i), 1}});
  }
  return body;
}

class OperantConditioning final : public Environment {
 public:
  OperantConditioning(const OperantConditioningParameters& parameters, const Inputs&)
      : rounds_(static_cast<std::size_t>(parameters.presentations)),
        sets_(trained_sets(parameters)),
        trained_(sets_.size()) {
    for (std::size_t set = 0; parameters.general && set < kAssociationSets; ++set) {
      if (std::find(sets_.begin(), sets_.end(), set) == sets_.end()) sets_.push_back(set);
    }
    taken_.resize(sets_.size());
    first_.resize(sets_.size());
    tested_.resize(sets_.size());
    describe(parameters.general);
  }
  const EnvironmentDescription& description() const override { return description_; }

  void reset(Stream&) override {
    round_ = stimulus_ = 0;
    feedback_ = false;
    std::ranges::fill(taken_, 0);
    std::ranges::fill(first_, 0);
    std::ranges::fill(tested_, 0);
  }

  void observe(std::span<float> sensors) override {
    std::ranges::fill(sensors, 0.0F);
    for (std::size_t lane = 0; lane < sets_.size(); ++lane) {
      const auto own = sensors.subspan(lane * (kStimuli + 2), kStimuli + 2);
      own[stimulus_] = 1;
      if (feedback_) own[kStimuli + (is_right(lane) ? 0 : 1)] = 1;
    }
  }

  bool act(std::span<const float> motors) override {
    if (!feedback_) answer(motors);
    // Behind an answer in training its feedback follows, and behind that the next stimulus.
    feedback_ = !feedback_ && round_ < rounds_;
    if (feedback_) return true;
    stimulus_ = (stimulus_ + 1) % kStimuli;
    if (stimulus_ == 0) ++round_;
    return round_ <= rounds_;
  }

  void finish(const EvaluationRows& row) override {
    const auto sum = [&](const std::vector<std::uint32_t>& counts) {
      return std::accumulate(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(trained_),
                             0.0);
    };
    const auto learned = [&](std::size_t sets) {
      return static_cast<double>(std::count(
                 tested_.begin(), tested_.begin() + static_cast<std::ptrdiff_t>(sets), kStimuli)) /
             static_cast<double>(sets);
    };
    const auto answers = static_cast<double>(trained_ * kStimuli);
    row.objectives[0] = sum(tested_) / answers;
    row.measures[0] = sum(first_) / answers;
    row.measures[1] = learned(trained_);
    if (row.measures.size() > 2) row.measures[2] = learned(sets_.size());
    row.solved[0] = sum(tested_) == answers ? 1 : 0;
  }

  void trace(std::span<double> row) const override {
    row[0] = static_cast<double>(round_);
    row[1] = static_cast<double>(stimulus_);
    row[2] = feedback_ ? 1 : 0;
    row[3] = static_cast<double>(taken_.front());
    row[4] = feedback_ && is_right(0) ? 1 : 0;
  }

  /// Stimuli below, actions above; in feedback the action that was taken, with a large circle if it
  /// was right. Ways lead from stimuli to actions.
  std::optional<Scene> scene(std::span<const double> row) const override {
    Scene scene;
    scene.min = {-1.3, -1.3};
    scene.max = {1.3, 1.3};
    scene.begins = row[2] == 0;
    scene.legend = "first trained set: the action that each stimulus got, by time";
    for (std::size_t i = 0; i < kStimuli; ++i) {
      scene.circles.push_back({SceneRole::start, {column(i), -1}, 0.1});
      scene.circles.push_back({SceneRole::goal, {column(i), 1}, 0.1});
      const std::string number = std::to_string(i + 1);
      scene.labels.push_back({SceneRole::start, {column(i), -1.22}, "stimulus " + number});
      scene.labels.push_back({SceneRole::goal, {column(i), 1.22}, "action " + number});
    }
    const ScenePoint shown = {column(static_cast<std::size_t>(row[1])), -1};
    const ScenePoint taken = {column(static_cast<std::size_t>(row[3])), 1};
    const bool feedback = row[2] == 1;
    scene.circles.push_back({SceneRole::agent, feedback ? taken : shown, row[4] == 1 ? 0.2 : 0.1});
    if (feedback) scene.lines.push_back({SceneRole::agent, {shown, taken}});
    return scene;
  }

 private:
  void describe(bool general) {
    description_.objectives = {{"fitness", "of the answers", 0, "right answers in the test"}};
    description_.measures = {{"first", "of the answers", 0, 1, "right answers in the first round"},
                             {"learned", "of the sets", 0, 1, "trained sets that were learned"}};
    if (general) {
      description_.measures.push_back({"general", "of the sets", 0, 1, "of all 256, learned"});
    }
    description_.descriptor = {"first", "learned"};
    description_.takes_networks = true;
    description_.body = skinner_box();
    description_.lanes = sets_.size();
    description_.updates_per_step = 3;
    description_.can_be_solved = true;
    description_.solved_when = "all answers of the test are right, in every trained set";
    description_.trace = {"round", "stimulus", "feedback", "action", "right"};
  }

  bool is_right(std::size_t lane) const {
    return taken_[lane] == right_action(sets_[lane], stimulus_);
  }

  void answer(std::span<const float> motors) {
    for (std::size_t lane = 0; lane < sets_.size(); ++lane) {
      const auto own = motors.subspan(lane * kActions, kActions);
      taken_[lane] = static_cast<std::size_t>(std::ranges::max_element(own) - own.begin());
      if (!is_right(lane)) continue;
      if (round_ == 0) ++first_[lane];
      if (round_ == rounds_) ++tested_[lane];
    }
  }

  EnvironmentDescription description_;
  std::size_t rounds_;                         // of training; the one behind them is the test
  std::vector<std::size_t> sets_;              // [lanes] those that are trained first
  std::size_t trained_;                        // how many
  std::vector<std::size_t> taken_;             // [lanes] the action
  std::vector<std::uint32_t> first_, tested_;  // [lanes] right answers
  std::size_t round_ = 0, stimulus_ = 0;
  bool feedback_ = false;
};

}  // namespace

void OperantConditioningParameters::visit(ParameterVisitor& visitor) {
  visitor.integer(
      "sets", sets, {1, 256},
      {"association sets that are trained, drawn without repeats", "sets", "our choice"});
  visitor.integer("draw", draw, {0, std::numeric_limits<std::int64_t>::max()},
                  {"seed by which the sets are drawn", "", "our choice"});
  visitor.integers("listed", listed, {0, 255},
                   {"the sets themselves, in place of drawn ones: the right actions of the four "
                    "stimuli as digits in base 4, the first stimulus the lowest",
                    "", "our choice"});
  visitor.integer("presentations", presentations, {1, 1000},
                  {"of each stimulus in training; one more is the test", "", "our choice"});
  visitor.boolean("general", general,
                  {"whether all 256 sets are tried, for the measure `general`", "", "our choice"});
}

EnvironmentComponent operant_conditioning_environment() {
  return component<Environment, OperantConditioning, OperantConditioningParameters, const Inputs&>(
      "operant_conditioning",
      "a Skinner box: right actions for four stimuli, to be learned in a life",
      "after Tonelli & Mouret 2013");
}

}  // namespace cambrian
