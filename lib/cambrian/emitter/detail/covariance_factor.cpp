#include "cambrian/emitter/detail/covariance_factor.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace cambrian {
namespace {

bool is_lower_of_identity(const Eigen::MatrixXd& matrix) {
  for (Eigen::Index j = 0; j < matrix.cols(); ++j) {
    if (matrix(j, j) != 1) return false;
    for (Eigen::Index i = j + 1; i < matrix.rows(); ++i)
      if (matrix(i, j) != 0) return false;
  }
  return true;
}

/// Nodes are made in whole groups, of which a processor handles several at once.
constexpr std::size_t kNodeGroup = 8;

/// The amplitude of Jacobi's elliptic functions by descending Landen steps, for a modulus that is
/// given by its complement, so that moduli next to 1 keep their precision.
class Amplitude {
 public:
  explicit Amplitude(double complement) {
    double b = complement;
    a_[0] = 1;
    while (steps_ + 1 < a_.size()) {
      const double a = a_[steps_];
      const double c = (a - b) / 2;
      ++steps_;
      a_[steps_] = (a + b) / 2;
      c_[steps_] = c;
      b = std::sqrt(a * b);
      if (c < 1e-17 * a) break;
    }
  }
  /// K, the complete integral.
  double quarter_period() const { return std::numbers::pi / (2 * a_[steps_]); }
  double operator()(double u) const {
    double phi = std::ldexp(a_[steps_] * u, static_cast<int>(steps_));
    for (std::size_t k = steps_; k > 0; --k) {
      phi = (phi + std::asin(c_[k] / a_[k] * std::sin(phi))) / 2;
    }
    return phi;
  }

 private:
  std::array<double, 16> a_{}, c_{};
  std::size_t steps_ = 0;
};

}  // namespace

void CovarianceFactor::set_identity(Eigen::Index n) {
  identity_ = true;
  lower_.setIdentity(n, n);
  smallest_ = 1;
  largest_ = 1;
}

bool CovarianceFactor::compute(const Eigen::MatrixXd& covariance, bool symmetric) {
  if (is_lower_of_identity(covariance)) {
    set_identity(covariance.rows());
    return true;
  }
  identity_ = false;
  llt_.compute(covariance);
  if (llt_.info() != Eigen::Success) return false;
  if (symmetric) {
    if (covariance.rows() == 1) {
      diagonal_ = covariance.diagonal();
    } else {
      tridiagonal_.compute(covariance);
      diagonal_ = tridiagonal_.diagonal();
      subdiagonal_ = tridiagonal_.subDiagonal();
    }
    if (!bound_eigenvalues()) return false;
    place_nodes();
  }
  lower_ = llt_.matrixL();
  return true;
}

bool CovarianceFactor::bound_eigenvalues() {
  const Eigen::Index n = diagonal_.size();
  // Above: Gershgorin's discs. Below: 1 / trace(T^-1), whose diagonal comes from the pivots of the
  // eliminations from both ends.
  double largest = 0;
  for (Eigen::Index i = 0; i < n; ++i) {
    double disc = diagonal_[i];
    if (i > 0) disc += std::abs(subdiagonal_[i - 1]);
    if (i + 1 < n) disc += std::abs(subdiagonal_[i]);
    largest = std::max(largest, disc);
  }
  pivot_.resize(static_cast<std::size_t>(n));
  double pivot = 0;
  for (Eigen::Index i = 0; i < n; ++i) {
    pivot = diagonal_[i] - (i > 0 ? subdiagonal_[i - 1] * subdiagonal_[i - 1] / pivot : 0);
    if (!(pivot > 0)) return false;
    pivot_[static_cast<std::size_t>(i)] = pivot;
  }
  double trace = 0;
  for (Eigen::Index i = n; i-- > 0;) {
    pivot = diagonal_[i] - (i + 1 < n ? subdiagonal_[i] * subdiagonal_[i] / pivot : 0);
    const double both = pivot_[static_cast<std::size_t>(i)] + pivot - diagonal_[i];
    if (!(pivot > 0) || !(both > 0)) return false;
    trace += 1 / both;
  }
  if (!std::isfinite(trace) || !std::isfinite(largest)) return false;
  largest_ = largest;
  smallest_ = 1 / trace;
  return true;
}

void CovarianceFactor::place_nodes() {
  const int doublings = std::max(1, std::ilogb(condition_bound()) + 1);
  if (doublings != doublings_) {
    doublings_ = doublings;
    const double condition = std::ldexp(1.0, doublings);
    // The error falls as exp(-2 pi^2 nodes / (log(condition) + 6)).
    const double needed =
        37 * (std::log(condition) + 6) / (2 * std::numbers::pi * std::numbers::pi);
    const std::size_t nodes = (static_cast<std::size_t>(needed) / kNodeGroup + 1) * kNodeGroup;
    const Amplitude amplitude(std::sqrt(1 / condition));
    const double period = amplitude.quarter_period();
    node_.resize(nodes);
    weight_.resize(nodes);
    for (std::size_t j = 0; j < nodes; ++j) {
      const double phi =
          amplitude((static_cast<double>(j) + 0.5) * period / static_cast<double>(nodes));
      const double sn = std::sin(phi);
      const double cn = std::cos(phi);
      const double dn = std::sqrt(cn * cn + sn * sn / condition);
      node_[j] = sn * sn / (cn * cn);
      weight_[j] = 2 * period / (std::numbers::pi * static_cast<double>(nodes)) * dn / (cn * cn);
    }
  }
  shift_.resize(node_.size());
  for (std::size_t j = 0; j < node_.size(); ++j) shift_[j] = smallest_ * node_[j];
}

void CovarianceFactor::inverse_root(const Eigen::VectorXd& y, Eigen::VectorXd& result) {
  result = y;
  if (identity_) return;
  const auto n = static_cast<std::size_t>(diagonal_.size());
  const std::size_t nodes = shift_.size();
  if (n > 1) result.applyOnTheLeft(tridiagonal_.matrixQ().transpose());
  pivot_.resize(n * nodes);
  solution_.resize(n * nodes);
  const double* shift = shift_.data();
  for (std::size_t i = 0; i < n; ++i) {
    const double d = diagonal_[static_cast<Eigen::Index>(i)];
    const double w = result[static_cast<Eigen::Index>(i)];
    const double e = i > 0 ? subdiagonal_[static_cast<Eigen::Index>(i) - 1] : 0;
    double* inverse = pivot_.data() + i * nodes;
    double* z = solution_.data() + i * nodes;
    const double* inverse_above = i > 0 ? inverse - nodes : inverse;
    const double* z_above = i > 0 ? z - nodes : z;
    if (i == 0) {
      for (std::size_t j = 0; j < nodes; ++j) {
        inverse[j] = 1 / (d + shift[j]);
        z[j] = w;
      }
      continue;
    }
    for (std::size_t j = 0; j < nodes; ++j) {
      const double factor = e * inverse_above[j];
      inverse[j] = 1 / (d + shift[j] - e * factor);
      z[j] = w - factor * z_above[j];
    }
  }
  sum_.assign(nodes, 0);
  const double scale = std::sqrt(smallest_);
  double* x = sum_.data();
  for (std::size_t i = n; i-- > 0;) {
    const double e = i + 1 < n ? subdiagonal_[static_cast<Eigen::Index>(i)] : 0;
    const double* inverse = pivot_.data() + i * nodes;
    const double* z = solution_.data() + i * nodes;
    std::array<double, kNodeGroup> total{};
    for (std::size_t j = 0; j < nodes; j += kNodeGroup) {
      for (std::size_t k = 0; k < kNodeGroup; ++k) {
        x[j + k] = inverse[j + k] * (z[j + k] - e * x[j + k]);
        total[k] += weight_[j + k] * x[j + k];
      }
    }
    double sum = 0;
    for (const double part : total) sum += part;
    result[static_cast<Eigen::Index>(i)] = scale * sum;
  }
  if (n > 1) result.applyOnTheLeft(tridiagonal_.matrixQ());
}

void CovarianceFactor::inverse_lower(const Eigen::VectorXd& y, Eigen::VectorXd& result) const {
  result = y;
  if (!identity_) llt_.matrixL().solveInPlace(result);
}

std::pair<double, double> CovarianceFactor::extremes() const {
  if (identity_) return {1, 1};
  if (diagonal_.size() == 1) return {diagonal_[0], diagonal_[0]};
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(diagonal_.size());
  solver.computeFromTridiagonal(diagonal_, subdiagonal_, Eigen::EigenvaluesOnly);
  return {solver.eigenvalues()[0], solver.eigenvalues()[diagonal_.size() - 1]};
}

}  // namespace cambrian
