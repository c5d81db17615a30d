// Separable CMA-ES, LM-MA-ES and OpenAI-ES.
#include <gtest/gtest.h>

#include "cambrian/core/error.hpp"
#include "cambrian/emitter/es/lm_ma_es.hpp"
#include "cambrian/emitter/es/openai_es.hpp"
#include "cambrian/emitter/es/sep_cma_es.hpp"
#include "tests/emitter/minimise.hpp"

namespace cambrian {
namespace {

TEST(SepCmaEs, RatesAreThoseOfTheirSources) {
  const double effective = recombination(18).effective;
  const CmaRates full = cma_rates(100, effective);
  const CmaRates textbook = sep_cma_rates(CmaUpdate::textbook, 100, effective);
  EXPECT_DOUBLE_EQ(textbook.c1, full.c1 * 34);
  EXPECT_DOUBLE_EQ(textbook.cmu, full.cmu * 34);
  EXPECT_EQ(textbook.cs, full.cs);
  const CmaRates published = sep_cma_rates(CmaUpdate::as_published, 100, effective);
  // (1 + 1/n + mueff/n) / (sqrt n + 1/n + 2 mueff/n), and so on, by hand.
  EXPECT_NEAR(published.cc, 1.11246418 / 10.21492836, 1e-8);
  EXPECT_NEAR(published.c1, full.c1 / 120.10246418, 1e-10);
  EXPECT_NEAR(published.cmu, (10.246418 + 1 / 10.246418 - 2) / 145.123209, 1e-7);
}

/// With one parent and a diagonal matrix everything is written down in a few lines.
TEST(SepCmaEs, TheUpdateIsThatOfAPlainModel) {
  constexpr std::size_t n = 4;
  constexpr std::size_t lambda = 8;
  for (const auto update : {CmaUpdate::textbook, CmaUpdate::as_published}) {
    SepCmaEs strategy({.update = update}, n, lambda);
    std::vector<double> mean = {1, -1, 2, 0};
    std::vector<double> c(n, 1), ps(n, 0), pc(n, 0);
    double sigma = 0.5;
    strategy.start(mean, sigma);
    for (std::size_t step = 0; step < 25; ++step) {
      const RankedSample made = sample(strategy, n, lambda, step * lambda, ellipsoid);
      const std::size_t mu = 1 + step % 5;
      strategy.tell(made.batch(mu));
      const Recombination r = recombination(mu);
      const CmaRates rates = sep_cma_rates(update, n, r.effective);
      std::vector<double> y(n), squares(n);
      for (std::size_t g = 0; g < n; ++g) {
        for (std::size_t k = 0; k < mu; ++k) {
          const double d = static_cast<double>(made.genomes[made.order[k] * n + g]) - mean[g];
          y[g] += r.weights[k] * d;
          squares[g] += r.weights[k] * d * d;
        }
      }
      double length = 0;
      for (std::size_t g = 0; g < n; ++g) {
        mean[g] += y[g];
        ps[g] = (1 - rates.cs) * ps[g] +
                std::sqrt(rates.cs * (2 - rates.cs) * r.effective) * y[g] / std::sqrt(c[g]) / sigma;
        length += ps[g] * ps[g];
      }
      const double begun = 1 - std::pow(1 - rates.cs, 2.0 * static_cast<double>(step + 1));
      const double h = length / n / begun < 2 + 4.0 / (n + 1) ? 1 : 0;
      const bool textbook = update == CmaUpdate::textbook;
      for (std::size_t g = 0; g < n; ++g) {
        pc[g] = (1 - rates.cc) * pc[g] + h * std::sqrt(rates.cc * (2 - rates.cc) * r.effective) *
                                             y[g] / (textbook ? sigma : 1);
        c[g] = (1 - rates.c1 * (1 - (1 - h) * rates.cc * (2 - rates.cc)) - rates.cmu) * c[g] +
               (textbook ? rates.c1 : rates.c1 * rates.c1) * pc[g] * pc[g] +
               rates.cmu * squares[g] / (sigma * sigma);
      }
      sigma *= std::exp(std::min(1.0, rates.cs / rates.damping * (length / n - 1) / 2));
      ASSERT_NEAR(strategy.sigma(), sigma, 1e-12);
      for (std::size_t g = 0; g < n; ++g) {
        ASSERT_NEAR(strategy.mean()[g], mean[g], 1e-12);
        ASSERT_NEAR(strategy.variances()[g], c[g], 1e-12 * c[g]);
      }
    }
  }
}

TEST(SepCmaEs, ConvergesOnTheSphereAndOnAnEllipsoidAlongTheAxes) {
  SepCmaEs strategy({}, 20, 16);
  strategy.start(std::vector<double>(20, 3), 0.5);
  EXPECT_LT(minimise(strategy, 20, 16, 400, sphere), 1e-10);
  strategy.start(std::vector<double>(20, 3), 0.5);
  EXPECT_LT(minimise(strategy, 20, 16, 700, ellipsoid), 1e-8);
}

TEST(SepCmaEs, IsSavedAndLoadedBitForBit) {
  SepCmaEs strategy({}, 8, 10), loaded({}, 8, 10), again({}, 8, 10);
  strategy.start(std::vector<double>(8, 1), 0.5);
  minimise(strategy, 8, 10, 23, ellipsoid);
  EXPECT_TRUE(resumes_bit_for_bit(strategy, loaded, again, 8, 10));
}

/// One step by hand: with one parent, paths and directions are its normals times a constant.
TEST(LmMaEs, TheFirstStepsAreThoseOfThePaper) {
  constexpr std::size_t n = 10;
  constexpr std::size_t lambda = 4;
  LmMaEs strategy({.vectors = 2}, n, lambda);
  strategy.start(std::vector<double>(n, 1), 0.5);
  const RankedSample made = sample(strategy, n, lambda, 0, sphere);
  const std::uint32_t best = made.order.front();
  std::vector<double> z(n);
  double length = 0;
  for (std::size_t g = 0; g < n; ++g) {
    z[g] = (static_cast<double>(made.genomes[best * n + g]) - 1) / 0.5;
    length += z[g] * z[g];
  }
  strategy.tell(made.batch(1));
  const double cs = 2.0 * lambda / n;
  const double sigma = 0.5 * std::exp(cs / 2 * (cs * (2 - cs) * length / n - 1));
  EXPECT_NEAR(strategy.sigma(), sigma, 1e-6);
  EXPECT_NEAR(strategy.mean()[3], static_cast<double>(made.genomes[best * n + 3]), 1e-12);
  // The next samples go through the first direction, whose rate is lambda / n, with 1 / n.
  std::vector<float> next(n), normals(n);
  const StreamKey key = stream_key(1, "test");
  strategy.ask(next, 0, key, 50);
  Stream(key, 50).fill_normal(normals);
  const double cc = static_cast<double>(lambda) / n;
  double along = 0;
  for (std::size_t g = 0; g < n; ++g)
    along += std::sqrt(cc * (2 - cc)) * z[g] * static_cast<double>(normals[g]);
  for (std::size_t g = 0; g < n; ++g) {
    const double d =
        0.9 * static_cast<double>(normals[g]) + 0.1 * along * std::sqrt(cc * (2 - cc)) * z[g];
    EXPECT_NEAR(static_cast<double>(next[g]), strategy.mean()[g] + sigma * d, 1e-5);
  }
}

TEST(LmMaEs, ConvergesOnTheSphere) {
  LmMaEs strategy({}, 40, 14);
  strategy.start(std::vector<double>(40, 1), 0.5);
  EXPECT_LT(minimise(strategy, 40, 14, 1200, sphere), 1e-8);
}

TEST(LmMaEs, RefusesMoreCandidatesThanGenes) {
  try {
    LmMaEs({}, 20, 36);
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(
        error.what(),
        "batch: is 36, but lm_ma_es proposes at most 20 candidates, the number of genes, at "
        "once; set it to as many or fewer");
  }
}

TEST(LmMaEs, IsSavedAndLoadedBitForBit) {
  LmMaEs strategy({}, 12, 10), loaded({}, 12, 10), again({}, 12, 10);
  strategy.start(std::vector<double>(12, 1), 0.5);
  minimise(strategy, 12, 10, 23, ellipsoid);
  EXPECT_TRUE(resumes_bit_for_bit(strategy, loaded, again, 12, 10));
}

TEST(OpenAiEs, SamplesAreMirrored) {
  OpenAiEs strategy({}, 3, 6);
  strategy.start(std::vector<double>(3, 1), 0.5);
  const RankedSample made = sample(strategy, 3, 6, 0, sphere);
  for (std::size_t i = 0; i < 9; ++i)
    EXPECT_NEAR(static_cast<double>(made.genomes[i] + made.genomes[9 + i]), 2, 1e-6);
}

TEST(OpenAiEs, AStepIsThatOfAPlainModel) {
  for (const bool mirror : {true, false}) {
    constexpr std::size_t n = 3;
    constexpr std::size_t lambda = 6;
    OpenAiEs strategy({.mirror = mirror, .learning_rate = 0.1, .l2 = 0.01}, n, lambda);
    std::vector<double> mean = {1, 2, -1};
    std::vector<double> m(n, 0), v(n, 0);
    strategy.start(mean, 0.5);
    for (std::size_t step = 1; step <= 5; ++step) {
      const RankedSample made = sample(strategy, n, lambda, step * lambda, sphere);
      strategy.tell(made.batch(3));
      const double rate = 0.1 * std::sqrt(1 - std::pow(0.999, step)) / (1 - std::pow(0.9, step));
      for (std::size_t g = 0; g < n; ++g) {
        double gradient = 0;
        for (std::size_t k = 0; k < lambda; ++k) {
          const double noise =
              (static_cast<double>(made.genomes[made.order[k] * n + g]) - mean[g]) / 0.5;
          gradient += noise * (0.5 - static_cast<double>(k) / (lambda - 1));
        }
        gradient = -gradient / ((mirror ? lambda / 2 : lambda) * 0.5) + 0.01 * mean[g];
        m[g] = 0.9 * m[g] + 0.1 * gradient;
        v[g] = 0.999 * v[g] + 0.001 * gradient * gradient;
        mean[g] -= rate * m[g] / (std::sqrt(v[g]) + 1e-8);
        EXPECT_NEAR(strategy.mean()[g], mean[g], 2e-6);
        mean[g] = strategy.mean()[g];
      }
    }
  }
}

TEST(OpenAiEs, FollowsTheSphereDown) {
  OpenAiEs strategy({.learning_rate = 0.05}, 10, 36);
  strategy.start(std::vector<double>(10, 1), 0.02);
  EXPECT_LT(minimise(strategy, 10, 36, 300, sphere), 1e-2);
}

TEST(OpenAiEs, LearningRateAndSigmaFallByTheirFactorsAfterEachBatch) {
  constexpr std::size_t n = 3;
  // Without momentum Adam's first moment is the gradient; with beta2 = 0 each step has the length of the rate.
  const OpenAiEsParameters parameters = {.learning_rate = 0.1,
                                         .beta1 = 0,
                                         .beta2 = 0,
                                         .epsilon = 1e-300,
                                         .learning_rate_decay = 0.5,
                                         .sigma_decay = 0.9};
  OpenAiEs strategy(parameters, n, 6);
  strategy.start(std::vector<double>(n, 9), 0.5);
  double rate = 0.1, sigma = 0.5;
  for (std::size_t step = 0; step < 4; ++step) {
    const std::vector<double> before(strategy.mean().begin(), strategy.mean().end());
    const RankedSample made = sample(strategy, n, 6, 10 * step, sphere);
    std::vector<float> noise(n);
    Stream(stream_key(1, "test"), 10 * step).fill_normal(noise);
    strategy.tell(made.batch(3));
    for (std::size_t g = 0; g < n; ++g) {
      EXPECT_NEAR(std::abs(strategy.mean()[g] - before[g]), rate, 1e-9);
      EXPECT_NEAR(static_cast<double>(made.genomes[g]),
                  before[g] + sigma * static_cast<double>(noise[g]), 1e-5);
    }
    rate *= 0.5;
    sigma *= 0.9;
  }
}

TEST(OpenAiEs, RefusesAnOddBatchOfMirroredSamples) {
  EXPECT_THROW(OpenAiEs({}, 3, 5), ConfigError);
  EXPECT_NO_THROW(OpenAiEs({.mirror = false}, 3, 5));
}

TEST(OpenAiEs, IsSavedAndLoadedBitForBit) {
  OpenAiEs strategy({}, 8, 10), loaded({}, 8, 10), again({}, 8, 10);
  strategy.start(std::vector<double>(8, 1), 0.5);
  minimise(strategy, 8, 10, 23, ellipsoid);
  EXPECT_TRUE(resumes_bit_for_bit(strategy, loaded, again, 8, 10));
}

}  // namespace
}  // namespace cambrian
