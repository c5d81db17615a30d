#include "cambrian/emitter/es/sep_cma_es.hpp"

#include <algorithm>
#include <cmath>

namespace cambrian {

void SepCmaEsParameters::visit(ParameterVisitor& visitor) {
  visitor.choice(
      "update", update,
      {{"textbook", CmaUpdate::textbook}, {"as_published", CmaUpdate::as_published}},
      {"the covariance update: textbook, or as_published = with the rank-one rate squared and its "
       "path not divided by sigma",
       {},
       "Hansen 2016; as_published: pyribs, MAEX (CMA-MAE), DQDX"});
}

CmaRates sep_cma_rates(CmaUpdate update, std::size_t dimensions, double effective_parents) {
  const auto n = static_cast<double>(dimensions);
  const double mu = effective_parents;
  CmaRates rates = cma_rates(dimensions, mu);
  if (update == CmaUpdate::textbook) {
    rates.c1 = std::min(1.0, rates.c1 * (n + 2) / 3);
    rates.cmu = std::min(1 - rates.c1, rates.cmu * (n + 2) / 3);
    return rates;
  }
  const double root = std::sqrt(n);
  rates.cc = (1 + 1 / n + mu / n) / (root + 1 / n + 2 * mu / n);
  rates.c1 *= 1 / (n + 2 * root + mu / n);
  rates.cmu = std::min(1 - rates.c1, (mu + 1 / mu - 2) / (n + 4 * root + mu / 2));
  return rates;
}

SepCmaEs::SepCmaEs(const SepCmaEsParameters& parameters, std::size_t dimensions, std::size_t)
    : update_(parameters.update), dimensions_(dimensions) {
  start(std::vector<double>(dimensions), 1);
}

void SepCmaEs::start(std::span<const double> mean, double sigma) {
  mean_.assign(mean.begin(), mean.end());
  variance_.assign(dimensions_, 1);
  step_path_.assign(dimensions_, 0);
  covariance_path_.assign(dimensions_, 0);
  sigma_ = sigma;
  evaluations_ = 0;
}

void SepCmaEs::ask(std::span<float> genomes, std::size_t first, StreamKey key,
                   std::uint64_t first_id) {
  step_.resize(dimensions_);
  for (std::size_t g = 0; g < dimensions_; ++g) step_[g] = sigma_ * std::sqrt(variance_[g]);
  const std::size_t rows = genomes.size() / dimensions_;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::span<float> genome = genomes.subspan(i * dimensions_, dimensions_);
    Stream(key, first_id + first + i).fill_normal(genome);
    for (std::size_t g = 0; g < dimensions_; ++g) {
      genome[g] = static_cast<float>(mean_[g] + step_[g] * static_cast<double>(genome[g]));
    }
  }
}

void SepCmaEs::tell(const RankedBatch& batch) {
  evaluations_ += batch.rows();
  if (batch.parents == 0) return;
  const Recombination parents = recombination(batch.parents);
  const CmaRates rates = sep_cma_rates(update_, dimensions_, parents.effective);
  step_.assign(dimensions_, 0);
  squares_.assign(dimensions_, 0);
  for (std::size_t k = 0; k < batch.parents; ++k) {
    const float* genome = batch.genomes.data() + batch.order[k] * dimensions_;
    const double weight = parents.weights[k];
    for (std::size_t g = 0; g < dimensions_; ++g) {
      const double y = static_cast<double>(genome[g]) - mean_[g];
      step_[g] += weight * y;
      squares_[g] += weight * (y * y);
    }
  }
  const double cs_root = std::sqrt(rates.cs * (2 - rates.cs) * parents.effective) / sigma_;
  double squared_path = 0;
  for (std::size_t g = 0; g < dimensions_; ++g) {
    mean_[g] += step_[g];
    step_path_[g] = (1 - rates.cs) * step_path_[g] + cs_root * step_[g] / std::sqrt(variance_[g]);
    squared_path += step_path_[g] * step_path_[g];
  }
  const bool follows =
      path_follows(rates, squared_path, dimensions_,
                   static_cast<double>(evaluations_) / static_cast<double>(batch.rows()));
  const bool textbook = update_ == CmaUpdate::textbook;
  const double cc_root =
      follows ? std::sqrt(rates.cc * (2 - rates.cc) * parents.effective) / (textbook ? sigma_ : 1.0)
              : 0;
  const double c1_kept = rates.c1 * (follows ? 1 : 1 - rates.cc * (2 - rates.cc));
  const double kept = 1 - c1_kept - rates.cmu;
  const double c1 = textbook ? rates.c1 : rates.c1 * rates.c1;
  const double cmu = rates.cmu / (sigma_ * sigma_);
  for (std::size_t g = 0; g < dimensions_; ++g) {
    covariance_path_[g] = (1 - rates.cc) * covariance_path_[g] + cc_root * step_[g];
    variance_[g] =
        kept * variance_[g] + c1 * (covariance_path_[g] * covariance_path_[g]) + cmu * squares_[g];
  }
  sigma_ *= step_size_factor(rates, squared_path, dimensions_);
}

bool SepCmaEs::stop() const {
  const auto [smallest, largest] = std::ranges::minmax(variance_);
  return distribution_ends(sigma_, smallest, largest);
}

void SepCmaEs::save(StateWriter& writer) const {
  writer.attribute("sigma", sigma_);
  writer.attribute("evaluations", evaluations_);
  writer.column<double>("mean", mean_);
  writer.column<double>("variance", variance_);
  writer.column<double>("step_path", step_path_);
  writer.column<double>("covariance_path", covariance_path_);
}

void SepCmaEs::load(const StateReader& reader) {
  load_vector(reader, "mean", mean_);
  load_vector(reader, "variance", variance_);
  load_vector(reader, "step_path", step_path_);
  load_vector(reader, "covariance_path", covariance_path_);
  sigma_ = reader.attribute_as<double>("sigma");
  evaluations_ = reader.attribute_as<std::uint64_t>("evaluations");
}

}  // namespace cambrian
