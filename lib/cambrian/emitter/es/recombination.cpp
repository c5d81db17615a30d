#include "cambrian/emitter/es/recombination.hpp"

#include <algorithm>
#include <cmath>

namespace cambrian {

Recombination recombination(std::size_t parents) {
  Recombination made;
  made.weights.resize(parents);
  const double highest = std::log(static_cast<double>(parents) + 0.5);
  double sum = 0;
  for (std::size_t i = 0; i < parents; ++i) {
    made.weights[i] = highest - std::log(static_cast<double>(i + 1));
    sum += made.weights[i];
  }
  double squares = 0;
  for (double& weight : made.weights) {
    weight /= sum;
    squares += weight * weight;
  }
  made.effective = 1 / squares;
  return made;
}

CmaRates cma_rates(std::size_t dimensions, double effective_parents) {
  const auto n = static_cast<double>(dimensions);
  const double mu = effective_parents;
  CmaRates rates;
  rates.cc = (4 + mu / n) / (n + 4 + 2 * mu / n);
  rates.cs = (mu + 2) / (n + mu + 5);
  rates.c1 = 2 / ((n + 1.3) * (n + 1.3) + mu);
  rates.cmu = std::min(1 - rates.c1, 2 * (mu - 2 + 1 / mu) / ((n + 2) * (n + 2) + mu));
  rates.damping = 1 + 2 * std::max(0.0, std::sqrt((mu - 1) / (n + 1)) - 1) + rates.cs;
  return rates;
}

double step_size_factor(const CmaRates& rates, double squared_path, std::size_t dimensions) {
  const double excess = squared_path / static_cast<double>(dimensions) - 1;
  return std::exp(std::min(1.0, rates.cs / rates.damping * excess / 2));
}

bool path_follows(const CmaRates& rates, double squared_path, std::size_t dimensions,
                  double batches) {
  const auto n = static_cast<double>(dimensions);
  const double begun = 1 - std::pow(1 - rates.cs, 2 * batches);
  return squared_path / n / begun < 2 + 4 / (n + 1);
}

bool distribution_ends(double sigma, double smallest, double largest) {
  const double deviation = sigma * std::sqrt(largest);
  // Written so that NaN ends it too.
  return !(smallest > 0) || !(largest / smallest <= 1e14) || !(deviation >= 1e-11) ||
         !(deviation <= 1e30);
}

}  // namespace cambrian
