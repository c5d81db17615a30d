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

/// The table of the six forms, once more: as each source has it, in double precision.
Row by_form(ArmForm form, const std::vector<float>& genes) {
  const double n = static_cast<double>(genes.size());
  constexpr double kPi = std::numbers::pi;
  const bool unit_links = form == ArmForm::fontaine_2023 || form == ArmForm::pyribs;
  const bool upright = form == ArmForm::cully_2015;
  double mean = 0, gene_mean = 0;
  std::vector<double> theta, g;
  for (const float gene : genes) {
    double value = static_cast<double>(gene);
    if (!unit_links) value = std::clamp(value, 0.0, 1.0);
    if (form == ArmForm::pyribs) value = std::clamp(value, -kPi, kPi);
    g.push_back(value);
    theta.push_back(unit_links ? value : upright ? (value - 0.5) * kPi : 2 * kPi * value - kPi);
    mean += theta.back() / n;
    gene_mean += value / n;
  }
  double variance = 0, gene_variance = 0, x = 0, y = 0;
  double angle = upright ? kPi / 2 : 0;
  const double link = unit_links ? 1 : (upright ? 0.62 : 1) / n;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    variance += (theta[i] - mean) * (theta[i] - mean) / n;
    gene_variance += (g[i] - gene_mean) * (g[i] - gene_mean) / n;
    angle += theta[i];
    x += link * std::cos(angle);
    y += link * std::sin(angle);
  }
  switch (form) {
    case ArmForm::vassiliades_2018:
      return {-n * variance, x, y};
    case ArmForm::pymap_elites:
      return {-std::sqrt(variance), x / 2 + 0.5, y / 2 + 0.5};
    case ArmForm::qdax:
      return {-std::sqrt(gene_variance), x / 2 + 0.5, y / 2 + 0.5};
    case ArmForm::fontaine_2023:
      return {100 * (1 - variance), x, y};
    case ArmForm::pyribs:
      return {-variance, x, y};
    case ArmForm::cully_2015:
      return {-gene_variance, x, y};
  }
  return {};
}

std::unique_ptr<Environment> make_form(ArmForm form, std::int64_t joints) {
  PlanarArmParameters parameters;
  parameters.form = form;
  parameters.joints = joints;
  return planar_arm_environment().make(parameters, NoInputs());
}

class EachForm : public testing::TestWithParam<ArmForm> {};
INSTANTIATE_TEST_SUITE_P(PlanarArm, EachForm,
                         testing::Values(ArmForm::vassiliades_2018, ArmForm::pymap_elites,
                                         ArmForm::qdax, ArmForm::fontaine_2023, ArmForm::pyribs,
                                         ArmForm::cully_2015));

std::vector<float> some_genes(ArmForm form, std::size_t n, std::mt19937& random) {
  const bool angles = form == ArmForm::fontaine_2023 || form == ArmForm::pyribs;
  std::uniform_real_distribution<float> uniform(angles ? -4.0F : -0.25F, angles ? 4.0F : 1.25F);
  std::vector<float> genes(n);
  for (float& gene : genes) gene = uniform(random);
  return genes;
}

TEST_P(EachForm, IsThatOfItsSource) {
  std::mt19937 random(8);
  for (const std::size_t n : {1U, 2U, 5U, 12U, 100U}) {
    const auto environment = make_form(GetParam(), static_cast<std::int64_t>(n));
    for (int i = 0; i < 100; ++i) {
      const std::vector<float> genes = some_genes(GetParam(), n, random);
      const Row row = evaluate(*environment, genes);
      const Row expected = by_form(GetParam(), genes);
      ASSERT_NEAR(row.objective, expected.objective, 1e-6 * (1 + std::abs(expected.objective)));
      ASSERT_NEAR(row.x, expected.x, 1e-6 * static_cast<double>(n));
      ASSERT_NEAR(row.y, expected.y, 1e-6 * static_cast<double>(n));
    }
  }
}

TEST_P(EachForm, GradientsAreCentralDifferencesOfItsDefinition) {
  std::mt19937 random(9);
  for (const std::size_t n : {2U, 7U, 20U}) {
    const auto environment = make_form(GetParam(), static_cast<std::int64_t>(n));
    for (int point = 0; point < 50; ++point) {
      std::vector<float> genes = some_genes(GetParam(), n, random);
      const std::vector<float> made = gradients(*environment, genes);
      for (std::size_t j = 0; j < n; ++j) {
        const float g = genes[j];
        bool at_kink = false;
        for (const float end : {0.0F, 1.0F, -std::numbers::pi_v<float>, std::numbers::pi_v<float>})
          at_kink |= std::abs(g - end) < 0x1p-9F;
        if (at_kink) continue;
        genes[j] = g + 0x1p-11F;
        const double high = static_cast<double>(genes[j]);
        const Row above = by_form(GetParam(), genes);
        genes[j] = g - 0x1p-11F;
        const Row below = by_form(GetParam(), genes);
        const double width = high - static_cast<double>(genes[j]);
        genes[j] = g;
        const auto expect = [&](std::size_t row, double difference) {
          const double slope = difference / width;
          EXPECT_NEAR(made[row * n + j], slope, 1e-3 * (1 + std::abs(slope))) << n << " " << row;
        };
        expect(0, above.objective - below.objective);
        expect(1, above.x - below.x);
        expect(2, above.y - below.y);
      }
    }
  }
}

TEST_P(EachForm, StaysAboveItsWorstAndWithinItsBounds) {
  std::mt19937 random(10);
  const auto environment = make_form(GetParam(), 7);
  const EnvironmentDescription& d = environment->description();
  for (int i = 0; i < 200; ++i) {
    std::vector<float> genes(7);
    // Far out: the ends of every range that has some.
    for (float& gene : genes) gene = random() % 2 == 0 ? -9.0F : 9.0F;
    const Row row = evaluate(*environment, genes);
    if (GetParam() != ArmForm::fontaine_2023) {
      EXPECT_GE(row.objective, d.objectives[0].worst - 1e-5);
    }
    EXPECT_GE(row.x, d.measures[0].min - 1e-6);
    EXPECT_LE(row.y, d.measures[1].max + 1e-6);
  }
  std::vector<float> halves = {-9, -9, -9, 9, 9, 9, 9};
  if (GetParam() != ArmForm::fontaine_2023) {
    EXPECT_NEAR(evaluate(*environment, halves).objective, d.objectives[0].worst, 1e-5);
  } else {
    EXPECT_EQ(d.objectives[0].worst, 0);
  }
}

TEST(PlanarArm, EachFormHasItsOwnJointsAndBounds) {
  const auto length = [](ArmForm form) { return make_form(form, 0)->description().vector_length; };
  EXPECT_EQ(length(ArmForm::vassiliades_2018), 12U);
  EXPECT_EQ(length(ArmForm::pymap_elites), 5U);
  EXPECT_EQ(length(ArmForm::qdax), 128U);
  EXPECT_EQ(length(ArmForm::fontaine_2023), 100U);
  EXPECT_EQ(length(ArmForm::pyribs), 12U);
  EXPECT_EQ(length(ArmForm::cully_2015), 8U);
  const auto bounds = [](ArmForm form) {
    const Measure x = make_form(form, 0)->description().measures[0];
    return std::array<double, 2>{x.min, x.max};
  };
  EXPECT_EQ(bounds(ArmForm::vassiliades_2018), (std::array<double, 2>{-1, 1}));
  EXPECT_EQ(bounds(ArmForm::qdax), (std::array<double, 2>{0, 1}));
  EXPECT_EQ(bounds(ArmForm::fontaine_2023), (std::array<double, 2>{-100, 100}));
  EXPECT_EQ(bounds(ArmForm::cully_2015), (std::array<double, 2>{-0.7, 0.7}));
}

TEST(PlanarArm, EqualJointsGiveTheBestOfEachForm) {
  EXPECT_EQ(evaluate(*make_form(ArmForm::fontaine_2023, 4), {0, 0, 0, 0}).objective, 100);
  EXPECT_EQ(evaluate(*make_form(ArmForm::fontaine_2023, 4), {0, 0, 0, 0}).x, 4);
  const Row upright = evaluate(*make_form(ArmForm::cully_2015, 8), std::vector<float>(8, 0.5F));
  EXPECT_NEAR(upright.x, 0, 1e-9);
  EXPECT_NEAR(upright.y, 0.62, 1e-6);
  for (const float slope : gradients(*make_form(ArmForm::qdax, 3), {0.25F, 0.25F, 0.25F}))
    EXPECT_TRUE(std::isfinite(slope));
}

}  // namespace
}  // namespace cambrian
