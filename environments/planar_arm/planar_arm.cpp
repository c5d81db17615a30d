#include "environments/planar_arm/planar_arm.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "cambrian/environment/check.hpp"

namespace cambrian {
namespace {

// Angles are computed in blocks of this many (a multiple of any SIMD width): each goes through the
// same vectorised sine and cosine, wherever it stands.
constexpr std::size_t kBlock = 16;

/// From a gene to its joint's angle, in turns.
struct Joint {
  float min, max;
  double zero, turns;

  double operator()(float gene) const {
    // A gene that is not a number must stay one, to be noticed.
    float g = min > gene ? min : gene;
    g = max < g ? max : g;
    return (static_cast<double>(g) - zero) * turns;
  }
};

class PlanarArm final : public Environment {
 public:
  PlanarArm(const ArmRules& rules, std::size_t joints)
      : rules_(rules),
        joints_(joints),
        link_(rules.of_link ? rules.length : rules.length / static_cast<double>(joints)),
        joint_{rules.min, rules.max, rules.zero, rules.slope / kTurn},
        cosine_(std::round(std::cos(rules.direction))),
        sine_(std::round(std::sin(rules.direction))) {
    angles_.setZero(static_cast<Eigen::Index>((joints + kBlock - 1) / kBlock * kBlock));
    description_.objectives = {{.name = "evenness",
                                .unit = rules.unit,
                                .worst = worst_objective(rules, joints),
                                .meaning = rules.meaning}};
    const double lengths = rules.of_link ? static_cast<double>(joints) : 1;
    description_.measures = {
        {"x", rules.measured, lengths * rules.low, lengths * rules.high, "x of the end effector"},
        {"y", rules.measured, lengths * rules.low, lengths * rules.high, "y of the end effector"}};
    description_.descriptor = {"x", "y"};
    description_.takes_vectors = true;
    description_.vector_length = joints;
    description_.gives_gradients = true;
    description_.block = std::clamp<std::size_t>(16384 / joints, 1, 128);  // some microseconds
  }

  const EnvironmentDescription& description() const override { return description_; }

  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    check_rows(description_, vectors, rows);
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      const double squares = bend(vectors.row(i));
      rows.objectives[i] = objective(squares);
      const auto n = static_cast<Eigen::Index>(joints_);
      cosines_ = angles_.cos();
      sines_ = angles_.sin();
      const Reach reach = measured(static_cast<double>(cosines_.head(n).sum()),
                                   static_cast<double>(sines_.head(n).sum()));
      rows.measures[2 * i] = rules_.shift + reach.x;
      rows.measures[2 * i + 1] = rules_.shift + reach.y;
      rows.solved[i] = 0;
      if (!rows.gradients.empty()) {
        differentiate(vectors.row(i), squares,
                      rows.gradients.subspan(3 * i * joints_, 3 * joints_));
      }
    }
  }

 private:
  static constexpr double kTurn = 2 * std::numbers::pi;

  struct Reach {
    double x, y;
  };
  /// What links add to the measures, from the sums of their cosines and sines.
  Reach measured(double cosines, double sines) const {
    const double unit = rules_.scale * link_;
    return {unit * (cosine_ * cosines - sine_ * sines), unit * (sine_ * cosines + cosine_ * sines)};
  }

  /// @param squares  the sum of the squared deviations, in rad^2
  double objective(double squares) const {
    const double mean = squares / static_cast<double>(joints_);
    switch (rules_.spread) {
      case Spread::sum:
        return -squares;
      case Spread::variance:
        return rules_.highest - rules_.factor * mean;
      case Spread::deviation:
        return rules_.highest - rules_.factor * std::sqrt(mean);
    }
    return 0;
  }

  /// The objective's slope by a joint's angle is this times the joint's deviation. Where all are equal,
  /// the standard deviation has none, and 0 is given.
  double steepness(double squares) const {
    const auto n = static_cast<double>(joints_);
    switch (rules_.spread) {
      case Spread::sum:
        return -2;
      case Spread::variance:
        return -2 * rules_.factor / n;
      case Spread::deviation:
        return squares == 0 ? 0 : -rules_.factor / std::sqrt(n * squares);
    }
    return 0;
  }

  /// After the sines and cosines of these genes. @param gradients  [3, joints], written
  void differentiate(std::span<const float> genes, double squares,
                     std::span<float> gradients) const {
    double mean = 0;  // in turns
    for (const float gene : genes) mean += joint_(gene) / static_cast<double>(joints_);
    const double steep = steepness(squares);
    double cosines = 0, sines = 0;  // of this link and those behind it, which a joint turns
    for (std::size_t j = joints_; j-- > 0;) {
      cosines += static_cast<double>(cosines_[static_cast<Eigen::Index>(j)]);
      sines += static_cast<double>(sines_[static_cast<Eigen::Index>(j)]);
      const bool turns = genes[j] >= rules_.min && genes[j] <= rules_.max;
      const double slope = turns ? rules_.slope : 0;  // of the joint's angle
      // A quarter turn further than the links themselves.
      const Reach reach = measured(-sines, cosines);
      gradients[j] = static_cast<float>(steep * kTurn * (joint_(genes[j]) - mean) * slope);
      gradients[joints_ + j] = static_cast<float>(reach.x * slope);
      gradients[2 * joints_ + j] = static_cast<float>(reach.y * slope);
    }
  }

  /// Writes the angle of each link against a straight arm, within +-pi. @return the sum of the
  /// squared deviations, in rad^2
  double bend(std::span<const float> genes) {
    const Joint joint = joint_;  // nothing that is written here can change it
    double total = 0;            // in turns
    for (std::size_t j = 0; j < joints_; ++j) {
      total += joint(genes[j]);
      const double within = total - std::floor(total + 0.5);
      angles_[static_cast<Eigen::Index>(j)] =
          static_cast<float>(within) * (2 * std::numbers::pi_v<float>);
    }
    const double mean = total / static_cast<double>(joints_);
    double squares = 0;
    for (std::size_t j = 0; j < joints_; ++j) {
      const double deviation = joint(genes[j]) - mean;
      squares += deviation * deviation;
    }
    return squares * (4 * std::numbers::pi * std::numbers::pi);
  }

  ArmRules rules_;
  std::size_t joints_;
  double link_;  // its length
  Joint joint_;
  double cosine_, sine_;  // of a straight arm's direction, which is along an axis
  Eigen::ArrayXf angles_, cosines_, sines_;  // [joints, padded to blocks]
  EnvironmentDescription description_;
};

}  // namespace

void PlanarArmParameters::visit(ParameterVisitor& visitor) {
  visitor.choice(
      "form", form,
      {{"vassiliades_2018", ArmForm::vassiliades_2018},
       {"pymap_elites", ArmForm::pymap_elites},
       {"qdax", ArmForm::qdax},
       {"fontaine_2023", ArmForm::fontaine_2023},
       {"pyribs", ArmForm::pyribs},
       {"cully_2015", ArmForm::cully_2015}},
      {"which of the published arms. vassiliades_2018 (their code of Iso+LineDD): genes [0, 1], "
       "angle "
       "2 pi g - pi, length 1, - sum of squared deviations. pymap_elites: the same genes and "
       "length, "
       "- standard deviation of the angles, measures effector / 2 + 0.5. qdax (QDax, and dominated "
       "novelty search): as pymap_elites, but of the genes. fontaine_2023 (CMA-MAE and "
       "differentiable QD): genes any angles, links of 1, 100 (1 - variance). pyribs (its arm "
       "tutorial): genes [-pi, pi], links of 1, - variance. cully_2015 (robots that adapt like "
       "animals): genes [0, 1], angle pi g - pi/2 from upright, 0.62 m, - variance of the genes",
       "", "Vassiliades & Mouret 2018"});
  visitor.integer("joints", joints, {0, 1'000'000},
                  {"joints of the arm, one gene each; 0: those of the form: vassiliades_2018 12, "
                   "pymap_elites 5, qdax 128, fontaine_2023 100, pyribs 12, cully_2015 8",
                   "", "each form's own source"});
}

EnvironmentComponent planar_arm_environment() {
  return {
      "planar_arm",
      "a planar arm that reaches with joints as equal as possible, in six published forms; bare "
      "vectors",
      "Cully et al. 2015; Vassiliades & Mouret 2018 (Iso+LineDD); `form` names others",
      [] { return std::make_unique<PlanarArmParameters>(); },
      [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
        const auto p = checked(dynamic_cast<const PlanarArmParameters&>(parameters));
        const ArmRules& rules = arm_rules(p.form);
        return std::make_unique<PlanarArm>(
            rules, p.joints == 0 ? rules.joints : static_cast<std::size_t>(p.joints));
      }};
}

}  // namespace cambrian
