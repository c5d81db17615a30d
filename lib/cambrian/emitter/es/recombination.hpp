// The constants of evolution strategies with weighted recombination and cumulative step-size
// adaptation. Source: Hansen, "The CMA evolution strategy: a tutorial" (2016); the damping and the
// weights as in pyribs, MAEX and DQDX (reference values: tests/emitter/cma_es_test.cpp).
#pragma once

#include <cstddef>
#include <vector>

namespace cambrian {

/// Logarithmic weights of mu parents, the best first: ln(mu + 1/2) - ln(i), of sum 1.
struct Recombination {
  std::vector<double> weights;
  double effective = 0;  ///< 1 / sum w^2, the variance-effective number of parents
};
/// @param parents  at least 1
Recombination recombination(std::size_t parents);

/// Learning rates of CMA-ES.
struct CmaRates {
  double cc = 0;       ///< of the covariance path
  double cs = 0;       ///< of the step-size path
  double c1 = 0;       ///< of the rank-one update
  double cmu = 0;      ///< of the rank-mu update
  double damping = 0;  ///< of the step size
};
CmaRates cma_rates(std::size_t dimensions, double effective_parents);

/// The factor on sigma for a step-size path of this squared length: exp(min(1, cs / damping
/// (|p|^2 / n - 1) / 2)).
double step_size_factor(const CmaRates& rates, double squared_path, std::size_t dimensions);
/// Whether the step-size path is so short that the covariance path may follow (h of the tutorial).
/// @param batches  evaluations since the start / batch size, the last batch included
bool path_follows(const CmaRates& rates, double squared_path, std::size_t dimensions,
                  double batches);

/// Whether a normal distribution of variances sigma^2 smallest .. sigma^2 largest has degenerated:
/// a condition number above 1e14, no standard deviation above 1e-11, or one that float32 genes
/// cannot follow (above 1e30, our own). Source: pyribs, MAEX.
bool distribution_ends(double sigma, double smallest, double largest);

}  // namespace cambrian
