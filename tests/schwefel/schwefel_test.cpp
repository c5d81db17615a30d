#include "environments/schwefel/schwefel.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace cambrian {
namespace {

struct NoSchwefelInputs final : Inputs {
  std::string read(const std::string&) const override { return {}; }
};

std::unique_ptr<Environment> make(std::int64_t n, const char* preset) {
  SchwefelParameters parameters;
  parameters.apply_preset(preset);
  parameters.dimensions = n;
  return schwefel_environment().make(parameters, NoSchwefelInputs());
}

struct Row {
  double objective, x, y;
  std::vector<float> gradients;
};

Row evaluate(Environment& environment, const std::vector<float>& genes) {
  std::array<double, 1> objective{};
  std::array<double, 2> measures{};
  std::array<std::uint8_t, 1> solved{};
  std::vector<float> gradients(3 * genes.size());
  environment.evaluate({genes.data(), 1, genes.size()}, {objective, measures, solved, gradients});
  return {objective[0], measures[0], measures[1], gradients};
}

double by_definition(const std::vector<float>& genes, bool up_to) {
  double result = 0;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    double inner = 0;
    for (std::size_t j = 0; j < i + (up_to ? 1 : 0); ++j) inner += static_cast<double>(genes[j]);
    result -= inner * inner;
  }
  return result;
}

TEST(Schwefel, SumsUpToEachNumberAndInTheCodeBeforeIt) {
  // Inner sums 1, 3, 6, 2; the code's 0, 1, 3, 6.
  const Row textbook = evaluate(*make(4, "textbook"), {1, 2, 3, -4});
  EXPECT_EQ(textbook.objective, -(1 + 9 + 36 + 4));
  EXPECT_EQ(textbook.x, 1);
  EXPECT_EQ(textbook.y, 2);
  EXPECT_EQ(evaluate(*make(4, "as_published"), {1, 2, 3, -4}).objective, -(0 + 1 + 9 + 36));
}

TEST(Schwefel, TheDeclaredWorstIsThatOfAnEndOfAllRanges) {
  for (const char* preset : {"textbook", "as_published"}) {
    const auto environment = make(100, preset);
    EXPECT_DOUBLE_EQ(evaluate(*environment, std::vector<float>(100, -5.0F)).objective,
                     environment->description().objectives[0].worst);
  }
}

TEST(Schwefel, GradientsAreCentralDifferencesOfTheDefinition) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> uniform(-5, 5);
  for (const bool up_to : {true, false}) {
    for (const std::size_t n : {2U, 3U, 17U}) {
      const auto environment =
          make(static_cast<std::int64_t>(n), up_to ? "textbook" : "as_published");
      for (int point = 0; point < 50; ++point) {
        std::vector<float> genes(n);
        for (float& gene : genes) gene = uniform(random);
        const Row row = evaluate(*environment, genes);
        ASSERT_NEAR(row.objective, by_definition(genes, up_to), 1e-9 * (1 - row.objective));
        for (std::size_t j = 0; j < n; ++j) {
          std::vector<float> above = genes, below = genes;
          above[j] += 0x1p-8F;
          below[j] -= 0x1p-8F;
          const double width = static_cast<double>(above[j]) - static_cast<double>(below[j]);
          const double slope = (by_definition(above, up_to) - by_definition(below, up_to)) / width;
          EXPECT_NEAR(row.gradients[j], slope, 1e-4 * (1 + std::abs(slope)));
          EXPECT_EQ(row.gradients[n + j], j == 0 ? 1 : 0);
          EXPECT_EQ(row.gradients[2 * n + j], j == 1 ? 1 : 0);
        }
      }
    }
  }
}

TEST(Schwefel, NumbersThatAreNoneGiveResultsThatAreNoneWhereverTheyStand) {
  for (const char* preset : {"textbook", "as_published"}) {
    const auto environment = make(3, preset);
    EXPECT_FALSE(std::isfinite(evaluate(*environment, {NAN, 0, 0}).objective));
    EXPECT_FALSE(std::isfinite(evaluate(*environment, {0, 0, NAN}).objective));
  }
}

}  // namespace
}  // namespace cambrian
