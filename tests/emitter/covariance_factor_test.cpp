#include "cambrian/emitter/detail/covariance_factor.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <cmath>

namespace cambrian {
namespace {

/// A matrix of eigenvalues 10^(-decades) to 1, evenly spread in the logarithm.
Eigen::MatrixXd matrix_of(Eigen::Index n, double decades) {
  std::srand(static_cast<unsigned>(n));
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(Eigen::MatrixXd::Random(n, n));
  const Eigen::MatrixXd basis = qr.householderQ();
  Eigen::VectorXd values(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    values[i] = std::pow(10, -decades * static_cast<double>(i) /
                                 static_cast<double>(std::max<Eigen::Index>(n - 1, 1)));
  }
  return basis * values.asDiagonal() * basis.transpose();
}

TEST(CovarianceFactor, TheInverseRootIsThatOfTheEigensystem) {
  for (const Eigen::Index n : {1, 2, 3, 20, 65}) {
    for (const double decades : {0.0, 1.0, 4.0}) {
      const Eigen::MatrixXd matrix = matrix_of(n, decades);
      CovarianceFactor factor;
      ASSERT_TRUE(factor.compute(matrix, true));
      const Eigen::VectorXd y = Eigen::VectorXd::LinSpaced(n, -1, 2);
      Eigen::VectorXd root;
      factor.inverse_root(y, root);
      const Eigen::VectorXd expected =
          Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix).operatorInverseSqrt() * y;
      EXPECT_LT((root - expected).norm(), 2e-12 * expected.norm())
          << n << " dimensions, " << decades << " decades";
    }
  }
}

TEST(CovarianceFactor, TheLowerFactorGivesTheMatrixBack) {
  const Eigen::MatrixXd matrix = matrix_of(20, 3);
  CovarianceFactor factor;
  ASSERT_TRUE(factor.compute(matrix, false));
  EXPECT_LT((factor.lower() * factor.lower().transpose() - matrix).norm(), 1e-14);
  const Eigen::VectorXd y = Eigen::VectorXd::LinSpaced(20, -1, 2);
  Eigen::VectorXd solved;
  factor.inverse_lower(y, solved);
  EXPECT_LT((factor.lower() * solved - y).norm(), 1e-12);
}

TEST(CovarianceFactor, BoundsHoldTheEigenvalues) {
  for (const Eigen::Index n : {1, 2, 20, 65}) {
    for (const double decades : {0.0, 4.0, 9.0}) {
      CovarianceFactor factor;
      ASSERT_TRUE(factor.compute(matrix_of(n, decades), true));
      const double condition = n == 1 ? 1 : std::pow(10, decades);
      const auto [smallest, largest] = factor.extremes();
      EXPECT_NEAR(largest, 1, 1e-12);
      EXPECT_NEAR(largest / smallest / condition, 1, 1e-5);
      EXPECT_GE(factor.largest_bound(), largest * (1 - 1e-12));
      EXPECT_LE(factor.largest_bound(), 4);
      EXPECT_GE(factor.condition_bound(), condition * (1 - 1e-5));
      EXPECT_LE(factor.condition_bound(), condition * 4 * static_cast<double>(n));
    }
  }
}

TEST(CovarianceFactor, AMatrixThatIsNotPositiveDefiniteIsRefused) {
  Eigen::MatrixXd matrix = matrix_of(5, 1);
  matrix(2, 2) = -1;
  CovarianceFactor factor;
  EXPECT_FALSE(factor.compute(matrix, true));
  EXPECT_FALSE(factor.compute(matrix, false));
}

}  // namespace
}  // namespace cambrian
