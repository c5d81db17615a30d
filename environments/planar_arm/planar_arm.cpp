#include "environments/planar_arm/planar_arm.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "cambrian/environment/check.hpp"

namespace cambrian {
namespace {

double worst_objective(std::size_t joints) {
  const auto n = static_cast<double>(joints);
  const double spread = joints % 2 == 0 ? n : n - 1 / n;
  return -spread * std::numbers::pi * std::numbers::pi;
}

// Angles are computed in blocks of this many (a multiple of any SIMD width): each goes through the
// same vectorised sine and cosine, wherever it stands.
constexpr std::size_t kBlock = 16;

class PlanarArm final : public Environment {
 public:
  explicit PlanarArm(std::size_t joints) : joints_(joints) {
    angles_.setZero(static_cast<Eigen::Index>((joints + kBlock - 1) / kBlock * kBlock));
    description_.objectives = {{.name = "evenness",
                                .unit = "rad^2",
                                .worst = worst_objective(joints),
                                .meaning = "- sum of squared deviations of the joint angles"}};
    description_.measures = {{"x", "arm lengths", -1, 1, "x of the end effector"},
                             {"y", "arm lengths", -1, 1, "y of the end effector"}};
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
      rows.objectives[i] = bend(vectors.row(i));
      const auto n = static_cast<Eigen::Index>(joints_);
      cosines_ = angles_.cos();
      sines_ = angles_.sin();
      const double link = 1 / static_cast<double>(joints_);
      rows.measures[2 * i] = link * static_cast<double>(cosines_.head(n).sum());
      rows.measures[2 * i + 1] = link * static_cast<double>(sines_.head(n).sum());
      rows.solved[i] = 0;
      if (!rows.gradients.empty()) {
        differentiate(vectors.row(i), rows.gradients.subspan(3 * i * joints_, 3 * joints_));
      }
    }
  }

 private:
  /// After the sines and cosines of these genes. @param gradients  [3, joints], written
  void differentiate(std::span<const float> genes, std::span<float> gradients) const {
    constexpr double kTurn = 2 * std::numbers::pi;
    double mean = 0;  // in turns
    for (const float gene : genes) mean += joint(gene) / static_cast<double>(joints_);
    double cosines = 0, sines = 0;  // of this link and those behind it, which a joint turns
    for (std::size_t j = joints_; j-- > 0;) {
      cosines += static_cast<double>(cosines_[static_cast<Eigen::Index>(j)]);
      sines += static_cast<double>(sines_[static_cast<Eigen::Index>(j)]);
      const bool turns = genes[j] >= 0 && genes[j] <= 1;
      const double slope = turns ? kTurn : 0;  // of the joint's angle
      const double link = 1 / static_cast<double>(joints_);
      gradients[j] = static_cast<float>(-2 * kTurn * (joint(genes[j]) - mean) * slope);
      gradients[joints_ + j] = static_cast<float>(-link * sines * slope);
      gradients[2 * joints_ + j] = static_cast<float>(link * cosines * slope);
    }
  }

  /// Writes the angle of each link against the x axis, within +-pi. @return the objective
  double bend(std::span<const float> genes) {
    // In turns; a joint adds up to half a turn.
    double total = 0;
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
    return -squares * (4 * std::numbers::pi * std::numbers::pi);
  }

  static double joint(float gene) {
    // A gene that is not a number must stay one, to be noticed.
    float g = 0.0F > gene ? 0.0F : gene;
    g = 1.0F < g ? 1.0F : g;
    return static_cast<double>(g) - 0.5;
  }

  std::size_t joints_;
  Eigen::ArrayXf angles_, cosines_, sines_;  // [joints, padded to blocks]
  EnvironmentDescription description_;
};

}  // namespace

void PlanarArmParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("joints", joints, {1, 1'000'000},
                  {"joints of the arm, one gene each", "", "Vassiliades & Mouret 2018"});
}

EnvironmentComponent planar_arm_environment() {
  return {"planar_arm",
          "a planar arm that reaches with joints as equal as possible; bare vectors in [0, 1]",
          "Vassiliades & Mouret 2018 (Iso+LineDD), the arm of their experiments",
          [] { return std::make_unique<PlanarArmParameters>(); },
          [](const Parameters& parameters, const Inputs&) -> std::unique_ptr<Environment> {
            const auto p = checked(dynamic_cast<const PlanarArmParameters&>(parameters));
            return std::make_unique<PlanarArm>(static_cast<std::size_t>(p.joints));
          }};
}

}  // namespace cambrian
