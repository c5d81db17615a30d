// The two roots of a covariance matrix C that CMA-ES needs, without all its eigenvectors: a factor L
// with L L^T = C, which samples are made with, and products with the symmetric root C^-1/2, which the
// step-size path is updated with, one vector per batch.
//
//   C = Q T Q^T                    Householder tridiagonal form, 4/3 n^3 flops
//   T^-1/2 w = sum_j c_j (T + s_j I)^-1 w      tridiagonal systems, n each, all j side by side
//
// The sum is the quadrature of Hale, Higham & Trefethen 2008, "Computing A^alpha, log(A) and related
// matrix functions by contour integrals", method 3: its nodes follow from bounds on the eigenvalues,
// and it is exact to about 1e-14. At n = 100 both roots together cost a quarter of an eigensystem.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <cstddef>
#include <utility>
#include <vector>

namespace cambrian {

class CovarianceFactor {
 public:
  /// @param covariance  [n, n], its lower triangle is read
  /// @param symmetric   whether inverse_root is going to be called; else L alone is made
  /// @return            false if it is not positive definite; nothing is to be read then
  bool compute(const Eigen::MatrixXd& covariance, bool symmetric);
  /// What compute makes of the identity, which costs next to nothing.
  void set_identity(Eigen::Index n);
  bool is_identity() const { return identity_; }
  /// L, [n, n]; 0 above its diagonal.
  const Eigen::MatrixXd& lower() const { return lower_; }
  /// C^-1/2 y.
  void inverse_root(const Eigen::VectorXd& y, Eigen::VectorXd& result);
  /// L^-1 y, the counterpart of the Cholesky form.
  void inverse_lower(const Eigen::VectorXd& y, Eigen::VectorXd& result) const;
  /// An upper bound of the largest eigenvalue, and of its ratio to the smallest one: cheap, at most
  /// about 3 and 3 n times too large. Only with `symmetric`.
  double largest_bound() const { return largest_; }
  double condition_bound() const { return largest_ / smallest_; }
  /// The smallest and the largest eigenvalue themselves: O(n^2). Only with `symmetric`.
  std::pair<double, double> extremes() const;

 private:
  bool identity_ = false;
  bool bound_eigenvalues();
  void place_nodes();

  Eigen::LLT<Eigen::MatrixXd> llt_;
  Eigen::MatrixXd lower_;
  Eigen::VectorXd diagonal_, subdiagonal_;
  Eigen::Tridiagonalization<Eigen::MatrixXd> tridiagonal_{2};
  double smallest_ = 1, largest_ = 1;  // bounds of T's eigenvalues
  int doublings_ = -1;                 // log2 of the condition that the nodes are made for
  std::vector<double> node_, weight_;  // for smallest_ = 1
  std::vector<double> shift_, pivot_, solution_, sum_;
};

}  // namespace cambrian
