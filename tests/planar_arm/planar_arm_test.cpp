#include "environments/planar_arm/planar_arm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace cambrian {
namespace {

struct NoInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

std::unique_ptr<Environment> make(std::int64_t joints) {
  PlanarArmParameters parameters;
  parameters.joints = joints;
  return planar_arm_environment().make(parameters, NoInputs());
}

struct Row {
  double objective, x, y;
};

Row evaluate(Environment& environment, const std::vector<float>& genes) {
  std::array<double, 1> objective{};
  std::array<double, 2> measures{};
  std::array<std::uint8_t, 1> solved{};
  environment.evaluate({genes.data(), 1, genes.size()}, {objective, measures, solved, {}});
  return {objective[0], measures[0], measures[1]};
}

Row by_definition(const std::vector<float>& genes) {
  const double n = static_cast<double>(genes.size());
  std::vector<double> theta;
  double mean = 0;
  for (const float gene : genes) {
    theta.push_back((2.0 * static_cast<double>(gene) - 1) * std::numbers::pi);
    mean += theta.back() / n;
  }
  Row row{0, 0, 0};
  double angle = 0;
  for (const double t : theta) {
    row.objective -= (t - mean) * (t - mean);
    angle += t;
    row.x += std::cos(angle) / n;
    row.y += std::sin(angle) / n;
  }
  return row;
}

TEST(PlanarArm, StraightArmReachesOneLength) {
  const Row row = evaluate(*make(12), std::vector<float>(12, 0.5F));
  EXPECT_NEAR(row.x, 1, 1e-6);
  EXPECT_NEAR(row.y, 0, 1e-6);
  EXPECT_NEAR(row.objective, 0, 1e-12);
}

TEST(PlanarArm, EqualQuarterTurnsCloseASquare) {
  const Row row = evaluate(*make(4), std::vector<float>(4, 0.75F));
  EXPECT_NEAR(row.x, 0, 1e-6);
  EXPECT_NEAR(row.y, 0, 1e-6);
}

class EachArm : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(PlanarArm, EachArm, testing::Values(1, 2, 7, 12, 16, 100));

TEST_P(EachArm, AgreesWithTheDefinition) {
  std::mt19937 random(5);
  std::uniform_real_distribution<float> uniform(0, 1);
  const auto environment = make(static_cast<std::int64_t>(GetParam()));
  for (int i = 0; i < 200; ++i) {
    std::vector<float> genes(GetParam());
    for (float& gene : genes) gene = uniform(random);
    const Row row = evaluate(*environment, genes);
    const Row expected = by_definition(genes);
    ASSERT_NEAR(row.objective, expected.objective, 1e-9);
    ASSERT_NEAR(row.x, expected.x, 1e-6);
    ASSERT_NEAR(row.y, expected.y, 1e-6);
  }
}

TEST_P(EachArm, TheDeclaredWorstIsReachedAndNeverPassed) {
  const auto environment = make(static_cast<std::int64_t>(GetParam()));
  const double worst = environment->description().objectives[0].worst;
  std::vector<float> genes(GetParam());
  for (std::size_t i = 0; i < genes.size(); ++i) genes[i] = i < genes.size() / 2 ? 0.0F : 1.0F;
  EXPECT_NEAR(evaluate(*environment, genes).objective, worst, 1e-9 * (1 + std::abs(worst)));
  std::mt19937 random(6);
  for (int i = 0; i < 200; ++i) {
    for (float& gene : genes) gene = static_cast<float>(random() % 2);
    EXPECT_GE(evaluate(*environment, genes).objective, worst - 1e-9 * (1 + std::abs(worst)));
  }
}

TEST(PlanarArm, GenesOutsideAreTakenAsTheNearestInside) {
  const auto environment = make(3);
  const Row outside = evaluate(*environment, {-4.0F, 0.5F, 7.0F});
  const Row inside = evaluate(*environment, {0.0F, 0.5F, 1.0F});
  EXPECT_EQ(outside.objective, inside.objective);
  EXPECT_EQ(outside.x, inside.x);
}

TEST(PlanarArm, GenesThatAreNoNumbersGiveResultsThatAreNone) {
  const auto environment = make(3);
  EXPECT_FALSE(std::isfinite(evaluate(*environment, {0.5F, NAN, 0.5F}).objective));
}

/// [3, joints] of one vector.
std::vector<float> gradients(Environment& environment, const std::vector<float>& genes) {
  std::array<double, 1> objective{};
  std::array<double, 2> measures{};
  std::array<std::uint8_t, 1> solved{};
  std::vector<float> made(3 * genes.size());
  environment.evaluate({genes.data(), 1, genes.size()}, {objective, measures, solved, made});
  return made;
}

/// The definition with genes outside [0, 1] taken as the nearest of these.
Row clipped(std::vector<float> genes) {
  for (float& gene : genes) gene = std::clamp(gene, 0.0F, 1.0F);
  return by_definition(genes);
}

TEST(PlanarArm, GradientsAreCentralDifferencesOfTheDefinitionAlsoWhereGenesAreClipped) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> gene(-0.5F, 1.5F);
  std::size_t outside = 0;
  for (const std::size_t n : {1U, 5U, 12U, 40U}) {
    const auto environment = make(static_cast<std::int64_t>(n));
    for (int point = 0; point < 100; ++point) {
      std::vector<float> genes(n);
      for (float& g : genes) g = gene(random);
      const std::vector<float> made = gradients(*environment, genes);
      for (std::size_t j = 0; j < n; ++j) {
        const float g = genes[j];
        if (std::abs(g) < 0x1p-9F || std::abs(g - 1) < 0x1p-9F) continue;  // across a kink
        outside += g < 0 || g > 1 ? 1 : 0;
        genes[j] = g + 0x1p-11F;
        const Row above = clipped(genes);
        const float high = genes[j];
        genes[j] = g - 0x1p-11F;
        const Row below = clipped(genes);
        const double width = static_cast<double>(high) - static_cast<double>(genes[j]);
        genes[j] = g;
        EXPECT_NEAR(made[j], (above.objective - below.objective) / width, 1e-3);
        EXPECT_NEAR(made[n + j], (above.x - below.x) / width, 1e-4);
        EXPECT_NEAR(made[2 * n + j], (above.y - below.y) / width, 1e-4);
      }
    }
  }
  EXPECT_GT(outside, 1000U);
}

TEST(PlanarArm, GradientsAtTheEndsOfAJointAreThoseOfTheInside) {
  const auto arm = make(2);
  const std::vector<float> at_end = gradients(*arm, {0, 1});
  const std::vector<float> inside = gradients(*arm, {1e-6F, 1 - 1e-6F});
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(at_end[i], inside[i], 1e-3);
  for (const float value : gradients(*arm, {-1e-6F, 1 + 1e-6F})) EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace cambrian
