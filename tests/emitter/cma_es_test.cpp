#include "cambrian/emitter/es/cma_es.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include "cambrian/core/error.hpp"
#include "cambrian/emitter/es/recombination.hpp"
#include "tests/emitter/minimise.hpp"

namespace cambrian {
namespace {

CmaRates rates_of(std::size_t dimensions, std::size_t parents) {
  return cma_rates(dimensions, recombination(parents).effective);
}

// Values of the literature's code for its published settings.
TEST(CmaRates, AreThoseOfThePublishedSettings) {
  EXPECT_NEAR(recombination(18).weights[0], 0.180953, 1e-6);
  EXPECT_NEAR(recombination(18).effective, 10.246418, 1e-6);
  const CmaRates hundred = rates_of(100, 18);
  EXPECT_NEAR(hundred.cc, 0.039369, 1e-6);
  EXPECT_NEAR(hundred.cs, 0.106263, 1e-6);
  EXPECT_NEAR(hundred.c1, 1.9471e-4, 1e-8);
  EXPECT_NEAR(hundred.cmu, 1.6024e-3, 1e-7);
  EXPECT_NEAR(hundred.damping, 1.106263, 1e-6);
  EXPECT_NEAR(CmaEs({}, 100, 36).lazy_gap(), 100.2, 0.05);
  const CmaRates twenty = rates_of(20, 18);
  EXPECT_NEAR(twenty.cc, 0.180315, 1e-6);
  EXPECT_NEAR(twenty.cs, 0.347451, 1e-6);
  EXPECT_NEAR(twenty.c1, 4.3109e-3, 1e-7);
  EXPECT_NEAR(twenty.cmu, 3.3765e-2, 1e-6);
  EXPECT_NEAR(twenty.damping, 1.347451, 1e-6);
  EXPECT_NEAR(recombination(17).effective, 9.713237, 1e-6);
  const CmaRates three = rates_of(3, 17);
  EXPECT_NEAR(three.cc, 0.537104, 1e-6);
  EXPECT_NEAR(three.cs, 0.661270, 1e-6);
  EXPECT_NEAR(three.c1, 7.0914e-2, 1e-6);
  EXPECT_NEAR(three.cmu, 0.450330, 1e-6);
  EXPECT_NEAR(three.damping, 2.613090, 1e-6);
}

/// The update in plain loops over a full matrix, its root by an eigensystem.
struct PlainCmaEs {
  CmaUpdate update = CmaUpdate::textbook;
  std::size_t n = 0, lambda = 0;
  std::vector<double> mean, ps, pc;
  std::vector<std::vector<double>> c, root;  // root: C^-1/2 of the last refresh
  double sigma = 0.5;
  std::size_t evaluations = 0;
  double refreshed = 0;

  void refresh() {
    Eigen::MatrixXd matrix(n, n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = c[i][j];
    const Eigen::MatrixXd inverse =
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix).operatorInverseSqrt();
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        root[i][j] = inverse(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  }

  void before_ask() {
    const CmaRates rates = rates_of(n, lambda / 2);
    const double gap =
        update == CmaUpdate::mex
            ? 0
            : 0.5 * static_cast<double>(lambda) / ((rates.c1 + rates.cmu) * static_cast<double>(n));
    if (static_cast<double>(evaluations) - refreshed <= gap) return;
    refreshed = static_cast<double>(evaluations);
    refresh();
  }

  void tell(const RankedSample& made, std::size_t mu) {
    evaluations += lambda;
    std::vector<double> w(mu);
    double total = 0;
    for (std::size_t i = 0; i < mu; ++i) {
      w[i] = std::log(static_cast<double>(mu) + 0.5) - std::log(static_cast<double>(i) + 1);
      total += w[i];
    }
    double squares = 0;
    for (double& weight : w) {
      weight /= total;
      squares += weight * weight;
    }
    const double mueff = 1 / squares;
    const CmaRates rates = cma_rates(n, mueff);
    const std::vector<double> old = mean;
    std::vector<double> y(n);
    for (std::size_t g = 0; g < n; ++g) {
      mean[g] = 0;
      for (std::size_t i = 0; i < mu; ++i)
        mean[g] += w[i] * static_cast<double>(made.genomes[made.order[i] * n + g]);
      y[g] = mean[g] - old[g];
    }
    double length = 0;
    for (std::size_t g = 0; g < n; ++g) {
      double z = 0;
      for (std::size_t k = 0; k < n; ++k) z += root[g][k] * y[k];
      ps[g] = (1 - rates.cs) * ps[g] + std::sqrt(rates.cs * (2 - rates.cs) * mueff) * z / sigma;
      length += ps[g] * ps[g];
    }
    const auto real_n = static_cast<double>(n);
    const double begun = 1 - std::pow(1 - rates.cs, 2.0 * static_cast<double>(evaluations) /
                                                        static_cast<double>(lambda));
    const double h = length / real_n / begun < 2 + 4 / (real_n + 1) ? 1 : 0;
    for (std::size_t g = 0; g < n; ++g) {
      pc[g] = (1 - rates.cc) * pc[g] + h * std::sqrt(rates.cc * (2 - rates.cc) * mueff) * y[g] /
                                           (update == CmaUpdate::textbook ? sigma : 1);
    }
    const double c1a = rates.c1 * (1 - (1 - h * h) * rates.cc * (2 - rates.cc));
    const double one = update == CmaUpdate::as_published ? rates.c1 * rates.c1 : rates.c1;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        double rank_mu = 0;
        // The authors' improvement emitter of CMA-ME sums over a count that stays 0.
        for (std::size_t k = 0; k < (update == CmaUpdate::mex ? 0 : mu); ++k) {
          const float* genome = made.genomes.data() + made.order[k] * n;
          rank_mu += w[k] * (static_cast<double>(genome[i]) - old[i]) *
                     (static_cast<double>(genome[j]) - old[j]);
        }
        c[i][j] = (1 - c1a - rates.cmu) * c[i][j] + one * pc[i] * pc[j] +
                  rates.cmu * rank_mu / (sigma * sigma);
      }
    }
    sigma *= std::exp(std::min(1.0, rates.cs / rates.damping * (length / real_n - 1) / 2));
  }
};

void follow_the_plain_model(CmaUpdate update) {
  constexpr std::size_t n = 6;
  constexpr std::size_t lambda = 12;
  CmaEs strategy({.update = update}, n, lambda);
  PlainCmaEs plain;
  plain.update = update;
  plain.n = n;
  plain.lambda = lambda;
  plain.mean = {1, 2, 3, -1, -2, 0.5};
  plain.ps.assign(n, 0);
  plain.pc.assign(n, 0);
  plain.c.assign(n, std::vector<double>(n, 0));
  for (std::size_t i = 0; i < n; ++i) plain.c[i][i] = 1;
  plain.root = plain.c;
  strategy.start(plain.mean, plain.sigma);
  for (std::size_t step = 0; step < 40; ++step) {
    plain.before_ask();
    const RankedSample made = sample(strategy, n, lambda, step * lambda, ellipsoid);
    // As many parents as an archive may have accepted, sometimes none.
    const std::size_t parents = step % 9 == 5 ? 0 : 1 + step % lambda;
    strategy.tell(made.batch(parents));
    if (parents == 0) {
      plain.evaluations += lambda;
    } else {
      plain.tell(made, parents);
    }
    ASSERT_NEAR(strategy.sigma(), plain.sigma, 1e-10 * plain.sigma) << "step " << step;
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_NEAR(strategy.mean()[i], plain.mean[i], 1e-11) << "step " << step;
      for (std::size_t j = 0; j < n; ++j) {
        ASSERT_NEAR(strategy.covariance(i, j), plain.c[i][j], 1e-10) << "step " << step;
      }
    }
  }
}

TEST(CmaEs, TheTextbookUpdateIsThatOfAPlainModel) { follow_the_plain_model(CmaUpdate::textbook); }

TEST(CmaEs, ThePublishedUpdateIsThatOfAPlainModel) {
  follow_the_plain_model(CmaUpdate::as_published);
}

TEST(CmaEs, TheUpdateOfTheCmaMePaperIsThatOfAPlainModel) { follow_the_plain_model(CmaUpdate::mex); }

TEST(CmaEs, SamplesHaveTheMeanTheStepSizeAndTheCovarianceThatItHasLearnt) {
  constexpr std::size_t n = 3;
  constexpr std::size_t batch = 20'000;
  for (const auto form : {CmaEs::Form::eigen, CmaEs::Form::cholesky}) {
    CmaEs strategy({.form = form}, n, 12);
    strategy.start(std::vector<double>{1, 2, 3}, 0.5);
    for (std::size_t step = 0; step < 15; ++step)
      strategy.tell(sample(strategy, n, 12, step * 12, ellipsoid).batch(6));
    std::vector<float> genomes(n * batch);
    strategy.ask(genomes, 0, stream_key(7, "test"), 1000);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        double product = 0;
        for (std::size_t k = 0; k < batch; ++k)
          product += (static_cast<double>(genomes[k * n + i]) - strategy.mean()[i]) *
                     (static_cast<double>(genomes[k * n + j]) - strategy.mean()[j]);
        product /= batch * strategy.sigma() * strategy.sigma();
        const double scale = std::sqrt(strategy.covariance(i, i) * strategy.covariance(j, j));
        EXPECT_NEAR(product / scale, strategy.covariance(i, j) / scale, 0.05);
      }
    }
  }
}

TEST(CmaEs, ConvergesOnTheSphereAndOnAnEllipsoidInBothForms) {
  for (const auto form : {CmaEs::Form::eigen, CmaEs::Form::cholesky}) {
    CmaEs strategy({.form = form}, 10, 16);
    strategy.start(std::vector<double>(10, 3), 0.5);
    EXPECT_LT(minimise(strategy, 10, 16, 250, sphere), 1e-10);
    strategy.start(std::vector<double>(10, 3), 0.5);
    EXPECT_LT(minimise(strategy, 10, 16, 600, ellipsoid), 1e-8);
  }
}

TEST(CmaEs, StopsWhenItsDistributionHasShrunkOrIsIllConditioned) {
  for (const auto form : {CmaEs::Form::eigen, CmaEs::Form::cholesky}) {
    CmaEs strategy({.form = form}, 4, 8);
    strategy.start(std::vector<double>(4, 0), 0.5);
    EXPECT_FALSE(strategy.stop());
    strategy.start(std::vector<double>(4, 0), 0.9e-11);
    EXPECT_TRUE(strategy.stop());
    strategy.start(std::vector<double>(4, 0), 1.1e-11);
    EXPECT_FALSE(strategy.stop());
    // One gene decides nothing, and its variance grows without end.
    strategy.start(std::vector<double>(4, 1), 0.5);
    const Function ridge = [](std::span<const float> genome) {
      return sphere(genome.first(3)) - 1e12 * static_cast<double>(genome[3]);
    };
    std::size_t step = 0;
    for (; step < 5000 && !strategy.stop(); ++step)
      strategy.tell(sample(strategy, 4, 8, step * 8, ridge).batch(4));
    EXPECT_TRUE(strategy.stop());
  }
}

TEST(CmaEs, IsSavedAndLoadedBitForBit) {
  for (const auto form : {CmaEs::Form::eigen, CmaEs::Form::cholesky}) {
    const CmaEsParameters parameters = {.form = form};
    CmaEs strategy(parameters, 8, 10);
    strategy.start(std::vector<double>(8, 1), 0.5);
    minimise(strategy, 8, 10, 23, ellipsoid);
    CmaEs loaded(parameters, 8, 10);
    CmaEs again(parameters, 8, 10);
    EXPECT_TRUE(resumes_bit_for_bit(strategy, loaded, again, 8, 10));
    const RankedSample own = sample(strategy, 8, 10, 5000, ellipsoid);
    StateTree tree;
    strategy.save(*tree.writer());
    loaded.load(*tree.reader());
    EXPECT_EQ(sample(loaded, 8, 10, 5000, ellipsoid).genomes, own.genomes);
    EXPECT_THROW(CmaEs(parameters, 9, 10).load(*tree.reader()), Error);
  }
}

}  // namespace
}  // namespace cambrian
