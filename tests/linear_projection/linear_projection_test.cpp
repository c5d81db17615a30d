#include "environments/linear_projection/linear_projection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace cambrian {
namespace {

struct NoInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

std::unique_ptr<Environment> make(const EnvironmentComponent& component, std::int64_t n) {
  LinearProjectionParameters parameters;
  parameters.dimensions = n;
  return component.make(parameters, NoInputs());
}

struct Row {
  double objective, first, second;
};

std::vector<Row> evaluate(Environment& environment, const std::vector<float>& genes,
                          std::size_t n) {
  const std::size_t rows = genes.size() / n;
  std::vector<double> objectives(rows), measures(2 * rows);
  std::vector<std::uint8_t> solved(rows, 7);
  environment.evaluate({genes.data(), rows, n}, {objectives, measures, solved, {}});
  std::vector<Row> result;
  for (std::size_t i = 0; i < rows; ++i) {
    EXPECT_EQ(solved[i], 0);
    result.push_back({objectives[i], measures[2 * i], measures[2 * i + 1]});
  }
  return result;
}

double sphere(double d) { return d * d; }
double rastrigin(double d) { return 10 + d * d - 10 * std::cos(2 * std::numbers::pi * d); }

/// The definition, a number at a time, in double precision.
Row by_definition(const float* genes, std::size_t n, double (*f)(double)) {
  Row row{0, 0, 0};
  double worst = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = static_cast<double>(genes[i]);
    row.objective += f(x - 2.048);
    worst += f(-5.12 - 2.048);
    (i < n / 2 ? row.first : row.second) += std::abs(x) <= 5.12 ? x : 5.12 / x;
  }
  row.objective = (1 - row.objective / worst) * 100;
  return row;
}

std::vector<float> random_genes(std::size_t count, float spread) {
  std::mt19937 random(4);
  std::normal_distribution<float> normal(0, spread);
  std::vector<float> genes(count);
  for (float& gene : genes) gene = normal(random);
  return genes;
}

class EachSize : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(LinearProjection, EachSize,
                         testing::Values(2, 3, 7, 8, 9, 16, 17, 20, 100, 1000));

TEST_P(EachSize, GivesThePublishedValueAtZeroAndHundredAtTheOptimum) {
  const std::size_t n = GetParam();
  const auto s = make(sphere_environment(), static_cast<std::int64_t>(n));
  const auto r = make(rastrigin_environment(), static_cast<std::int64_t>(n));
  EXPECT_NEAR(evaluate(*s, std::vector<float>(n, 0.0F), n)[0].objective, 91.8367, 1e-4);
  EXPECT_NEAR(evaluate(*r, std::vector<float>(n, 0.0F), n)[0].objective, 91.7707, 1e-4);
  EXPECT_EQ(evaluate(*s, std::vector<float>(n, 2.048F), n)[0].objective, 100);
  // 2.048 in single precision is not quite the optimum in double.
  EXPECT_NEAR(evaluate(*r, std::vector<float>(n, 2.048F), n)[0].objective, 100, 1e-9);
  EXPECT_NEAR(evaluate(*s, std::vector<float>(n, -5.12F), n)[0].objective, 0, 2e-4);
  EXPECT_NEAR(evaluate(*r, std::vector<float>(n, -5.12F), n)[0].objective, 0, 2e-4);
}

TEST_P(EachSize, AgreesWithTheDefinition) {
  const std::size_t n = GetParam();
  for (const float spread : {1.0F, 5.0F}) {
    const std::vector<float> genes = random_genes(50 * n, spread);
    for (const bool is_sphere : {true, false}) {
      const auto environment = make(is_sphere ? sphere_environment() : rastrigin_environment(),
                                    static_cast<std::int64_t>(n));
      const auto rows = evaluate(*environment, genes, n);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row expected = by_definition(&genes[i * n], n, is_sphere ? sphere : rastrigin);
        const double scale = 1 + std::abs(expected.objective);
        ASSERT_NEAR(rows[i].objective, expected.objective, 2e-6 * scale * 10);
        ASSERT_NEAR(rows[i].first, expected.first, 2e-6 * static_cast<double>(n));
        ASSERT_NEAR(rows[i].second, expected.second, 2e-6 * static_cast<double>(n));
      }
    }
  }
}

TEST_P(EachSize, TheBlockThatAVectorComesInChangesNoBit) {
  const std::size_t n = GetParam();
  const std::vector<float> genes = random_genes(37 * n, 3.0F);
  for (const EnvironmentComponent& component : {sphere_environment(), rastrigin_environment()}) {
    const auto environment = make(component, static_cast<std::int64_t>(n));
    const auto rows = evaluate(*environment, genes, n);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      // From an address of another alignment, too.
      std::vector<float> alone(n + 1);
      std::copy_n(&genes[i * n], n, alone.begin() + 1);
      std::array<double, 1> objective{};
      std::array<double, 2> measures{};
      std::array<std::uint8_t, 1> solved{};
      environment->evaluate({alone.data() + 1, 1, n}, {objective, measures, solved, {}});
      ASSERT_EQ(objective[0], rows[i].objective);
      ASSERT_EQ(measures[0], rows[i].first);
      ASSERT_EQ(measures[1], rows[i].second);
    }
  }
}

TEST(LinearProjection, ClipsByTheBoundOverTheNumber) {
  const auto environment = make(sphere_environment(), 4);
  const Row row = evaluate(*environment, {5.12F, -5.12F, 10.24F, -51.2F}, 4)[0];
  EXPECT_EQ(row.first, 0);
  EXPECT_NEAR(row.second, 0.5 - 0.1, 1e-6);
}

TEST(LinearProjection, IsNotClampedAtZero) {
  const auto environment = make(sphere_environment(), 2);
  EXPECT_LT(evaluate(*environment, {-20.0F, -20.0F}, 2)[0].objective, -100);
}

TEST(LinearProjection, NumbersThatAreNoneGiveResultsThatAreNone) {
  const auto environment = make(rastrigin_environment(), 20);
  std::vector<float> genes(40, 1.0F);
  genes[13] = std::numeric_limits<float>::quiet_NaN();
  const auto rows = evaluate(*environment, genes, 20);
  EXPECT_FALSE(std::isfinite(rows[0].objective));
  EXPECT_TRUE(std::isfinite(rows[1].objective));
  EXPECT_TRUE(std::isfinite(rows[0].first));
  EXPECT_FALSE(std::isfinite(rows[0].second));
}

TEST(LinearProjection, DescribesItself) {
  const auto environment = make(sphere_environment(), 20);
  const EnvironmentDescription& d = environment->description();
  EXPECT_EQ(d.vector_length, 20U);
  EXPECT_EQ(d.objectives[0].worst, 0);
  EXPECT_DOUBLE_EQ(d.measures[0].max, 51.2);
  EXPECT_DOUBLE_EQ(d.measures[1].min, -51.2);
  EXPECT_TRUE(d.takes_vectors);
  EXPECT_FALSE(d.takes_networks);
}

/// [3, n] of one vector.
std::vector<float> gradients(Environment& environment, const std::vector<float>& genes) {
  std::vector<double> objective(1), measures(2);
  std::vector<std::uint8_t> solved(1);
  std::vector<float> made(3 * genes.size());
  environment.evaluate({genes.data(), 1, genes.size()}, {objective, measures, solved, made});
  return made;
}

/// The gradients of the environment at many points, half of whose numbers are clipped, against central
/// differences of the definition.
void expect_differences(const EnvironmentComponent& component, double (*f)(double)) {
  for (const std::size_t n : {2U, 7U, 20U}) {
    const auto environment = make(component, static_cast<std::int64_t>(n));
    EXPECT_TRUE(environment->description().gives_gradients);
    const std::vector<float> all = random_genes(100 * n, 10);  // half of them clipped
    for (std::size_t point = 0; point < 100; ++point) {
      std::vector<float> genes(all.begin() + static_cast<std::ptrdiff_t>(point * n),
                               all.begin() + static_cast<std::ptrdiff_t>((point + 1) * n));
      const std::vector<float> made = gradients(*environment, genes);
      for (std::size_t j = 0; j < n; ++j) {
        const float x = genes[j];
        genes[j] = x + 0x1p-10F;
        const Row above = by_definition(genes.data(), n, f);
        genes[j] = x - 0x1p-10F;
        const Row below = by_definition(genes.data(), n, f);
        // The two may round apart.
        const double width = static_cast<double>(x + 0x1p-10F) - static_cast<double>(genes[j]);
        genes[j] = x;
        const auto expect = [&](std::size_t row, double difference) {
          const double expected = difference / width;
          EXPECT_NEAR(made[row * n + j], expected, 1e-4 + 1e-3 * std::abs(expected));
        };
        expect(0, above.objective - below.objective);
        expect(1, above.first - below.first);
        expect(2, above.second - below.second);
      }
    }
  }
}

TEST(LinearProjection, SphereGradientsAreCentralDifferencesOfTheDefinition) {
  expect_differences(sphere_environment(), sphere);
}

TEST(LinearProjection, RastriginGradientsAreCentralDifferencesOfTheDefinition) {
  expect_differences(rastrigin_environment(), rastrigin);
}

TEST(LinearProjection, GradientsAtTheBoundAreThoseOfTheInside) {
  const std::vector<float> made =
      gradients(*make(sphere_environment(), 2), {5.12F, std::nextafter(-5.12F, -6.0F)});
  // 5.12F is above 5.12, so that it is clipped; float(5.12) from below is not.
  const float inside = std::nextafter(5.12F, 0.0F);
  EXPECT_EQ(gradients(*make(sphere_environment(), 2), {inside, 0})[2], 1.0F);
  EXPECT_NEAR(made[5], -1 / 5.12F, 1e-6F);
}

/// The definition of the plateau; its sums are those of the others.
Row plateau_by_definition(const float* genes, std::size_t n) {
  Row row = by_definition(genes, n, sphere);
  row.objective = 100;
  for (std::size_t i = 0; i < n; ++i) {
    const double beyond = std::abs(static_cast<double>(genes[i])) - 5.12;
    if (beyond > 0) row.objective -= beyond * beyond / static_cast<double>(n);
  }
  return row;
}

TEST_P(EachSize, PlateauAgreesWithTheDefinition) {
  const std::size_t n = GetParam();
  const auto environment = make(plateau_environment(), static_cast<std::int64_t>(n));
  for (const float spread : {1.0F, 5.0F, 20.0F}) {
    const std::vector<float> genes = random_genes(50 * n, spread);
    const auto rows = evaluate(*environment, genes, n);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Row expected = plateau_by_definition(&genes[i * n], n);
      ASSERT_NEAR(rows[i].objective, expected.objective, 2e-5 * (1 + std::abs(expected.objective)));
      ASSERT_NEAR(rows[i].first, expected.first, 2e-6 * static_cast<double>(n));
      ASSERT_NEAR(rows[i].second, expected.second, 2e-6 * static_cast<double>(n));
    }
  }
}

TEST(LinearProjection, PlateauIsAHundredWithinTheBoundsAndFallsOnBothSides) {
  const auto environment = make(plateau_environment(), 4);
  EXPECT_EQ(evaluate(*environment, {5.12F, -5.12F, 0, 2}, 4)[0].objective, 100);
  EXPECT_NEAR(evaluate(*environment, {7.12F, 0, 0, 0}, 4)[0].objective, 99, 1e-5);
  EXPECT_NEAR(evaluate(*environment, {0, 0, 0, -7.12F}, 4)[0].objective, 99, 1e-5);
  EXPECT_FALSE(std::isfinite(evaluate(*environment, {0, NAN, 0, 0}, 4)[0].objective));
}

TEST(LinearProjection, PlateauGradientsAreCentralDifferencesOfTheDefinition) {
  constexpr std::size_t n = 7;
  const auto environment = make(plateau_environment(), n);
  for (int point = 0; point < 100; ++point) {
    std::vector<float> genes = random_genes((static_cast<std::size_t>(point) + 1) * n, 6);
    genes.erase(genes.begin(), genes.end() - n);
    const std::vector<float> made = gradients(*environment, genes);
    for (std::size_t j = 0; j < n; ++j) {
      const float x = genes[j];
      genes[j] = x + 0x1p-10F;
      const Row above = plateau_by_definition(genes.data(), n);
      genes[j] = x - 0x1p-10F;
      const Row below = plateau_by_definition(genes.data(), n);
      const double width = static_cast<double>(x + 0x1p-10F) - static_cast<double>(genes[j]);
      genes[j] = x;
      EXPECT_NEAR(made[j], (above.objective - below.objective) / width, 1e-3);
      EXPECT_NEAR(made[n + j], (above.first - below.first) / width, 1e-3);
      EXPECT_NEAR(made[2 * n + j], (above.second - below.second) / width, 1e-3);
    }
  }
}

}  // namespace
}  // namespace cambrian
