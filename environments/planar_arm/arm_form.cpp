#include "environments/planar_arm/arm_form.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace cambrian {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr float kPiFloat = std::numbers::pi_v<float>;
constexpr float kEndless = std::numeric_limits<float>::infinity();

constexpr ArmRules kVassiliades = {
    .joints = 12,
    .min = 0,
    .max = 1,
    .zero = 0.5,
    .slope = 2 * kPi,
    .length = 1,
    .of_link = false,
    .direction = 0,
    .shift = 0,
    .scale = 1,
    .low = -1,
    .high = 1,
    .measured = "arm lengths",
    .spread = Spread::sum,
    .highest = 0,
    .factor = 1,
    .unit = "rad^2",
    .meaning = "- sum of squared deviations of the joint angles",
};

constexpr ArmRules pymap_elites() {
  ArmRules rules = kVassiliades;
  rules.joints = 5;
  rules.shift = 0.5;
  rules.scale = 0.5;
  rules.low = 0;
  rules.measured = "arm lengths / 2, from -1";
  rules.spread = Spread::deviation;
  rules.unit = "rad";
  rules.meaning = "- standard deviation of the joint angles";
  return rules;
}

constexpr ArmRules qdax() {
  ArmRules rules = pymap_elites();
  rules.joints = 128;
  rules.factor = 1 / rules.slope;
  rules.unit = "";
  rules.meaning = "- standard deviation of the genes";
  return rules;
}

constexpr ArmRules unit_links() {
  ArmRules rules = kVassiliades;
  rules.zero = 0;
  rules.slope = 1;
  rules.of_link = true;
  rules.measured = "links";
  rules.spread = Spread::variance;
  return rules;
}

constexpr ArmRules fontaine() {
  ArmRules rules = unit_links();
  rules.joints = 100;
  rules.min = -kEndless;
  rules.max = kEndless;
  rules.highest = 100;
  rules.factor = 100;
  rules.unit = "";
  rules.meaning = "100 (1 - variance of the joint angles)";
  return rules;
}

constexpr ArmRules pyribs() {
  ArmRules rules = unit_links();
  rules.min = -kPiFloat;
  rules.max = kPiFloat;
  rules.meaning = "- variance of the joint angles";
  return rules;
}

constexpr ArmRules cully() {
  ArmRules rules = kVassiliades;
  rules.joints = 8;
  rules.slope = kPi;
  rules.length = 0.62;
  rules.direction = kPi / 2;
  rules.low = -0.7;
  rules.high = 0.7;
  rules.measured = "m";
  rules.spread = Spread::variance;
  rules.factor = 1 / (rules.slope * rules.slope);
  rules.unit = "";
  rules.meaning = "- variance of the genes";
  return rules;
}

}  // namespace

const ArmRules& arm_rules(ArmForm form) {
  static constexpr ArmRules kPymap = pymap_elites(), kQdax = qdax(), kFontaine = fontaine(),
                            kPyribs = pyribs(), kCully = cully();
  switch (form) {
    case ArmForm::vassiliades_2018:
      return kVassiliades;
    case ArmForm::pymap_elites:
      return kPymap;
    case ArmForm::qdax:
      return kQdax;
    case ArmForm::fontaine_2023:
      return kFontaine;
    case ArmForm::pyribs:
      return kPyribs;
    case ArmForm::cully_2015:
      return kCully;
  }
  return kVassiliades;
}

double worst_objective(const ArmRules& rules, std::size_t joints) {
  if (!std::isfinite(rules.min)) return 0;
  // Half of the joints at one end, the others at the other.
  const auto n = static_cast<double>(joints);
  const double half = rules.slope * static_cast<double>(rules.max - rules.min) / 2;
  const double spread = joints % 2 == 0 ? n : n - 1 / n;
  switch (rules.spread) {
    case Spread::sum:
      return -spread * half * half;
    case Spread::variance:
      return rules.highest - rules.factor * half * half * (spread / n);
    case Spread::deviation:
      return rules.highest - rules.factor * half * std::sqrt(spread / n);
  }
  return 0;
}

}  // namespace cambrian
