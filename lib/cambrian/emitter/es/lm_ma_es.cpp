#include "cambrian/emitter/es/lm_ma_es.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "cambrian/core/error.hpp"
#include "cambrian/emitter/es/recombination.hpp"

namespace cambrian {

void LmMaEsParameters::visit(ParameterVisitor& visitor) {
  visitor.integer(
      "vectors", vectors, {0, 10'000},
      {"direction vectors that stand for the covariance matrix; 0: as many as the batch "
       "has candidates",
       "vectors", "Loshchilov et al. 2018"});
}

LmMaEs::LmMaEs(const LmMaEsParameters& parameters, std::size_t dimensions, std::size_t batch)
    : dimensions_(dimensions),
      batch_(batch),
      vectors_(parameters.vectors == 0 ? batch : static_cast<std::size_t>(parameters.vectors)),
      normals_(batch * dimensions) {
  if (batch > dimensions) {
    throw ConfigError("batch",
                      "is " + std::to_string(batch) + ", but lm_ma_es proposes at most " +
                          std::to_string(dimensions) +
                          " candidates, the number of genes, at once; set it to as many or fewer");
  }
  start(std::vector<double>(dimensions), 1);
}

void LmMaEs::start(std::span<const double> mean, double sigma) {
  mean_.assign(mean.begin(), mean.end());
  step_path_.assign(dimensions_, 0);
  directions_.assign(vectors_ * dimensions_, 0);
  sigma_ = sigma;
  batches_ = 0;
}

void LmMaEs::ask(std::span<float> genomes, std::size_t first, StreamKey key,
                 std::uint64_t first_id) {
  const std::size_t rows = genomes.size() / dimensions_;
  const std::size_t used = std::min<std::size_t>(batches_, vectors_);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::span normals(normals_.data() + (first + i) * dimensions_, dimensions_);
    Stream(key, first_id + first + i).fill_normal(normals);
    sample_.assign(normals.begin(), normals.end());
    double rate = 1 / static_cast<double>(dimensions_);
    for (std::size_t j = 0; j < used; ++j, rate /= 1.5) {
      const double* direction = directions_.data() + j * dimensions_;
      const double along =
          rate * std::inner_product(sample_.begin(), sample_.end(), direction, 0.0);
      for (std::size_t g = 0; g < dimensions_; ++g) {
        sample_[g] = (1 - rate) * sample_[g] + along * direction[g];
      }
    }
    float* genome = genomes.data() + i * dimensions_;
    for (std::size_t g = 0; g < dimensions_; ++g) {
      genome[g] = static_cast<float>(mean_[g] + sigma_ * sample_[g]);
    }
  }
}

void LmMaEs::tell(const RankedBatch& batch) {
  ++batches_;
  if (batch.parents == 0) return;
  const Recombination parents = recombination(batch.parents);
  sample_.assign(dimensions_, 0);
  mean_normal_.assign(dimensions_, 0);
  for (std::size_t k = 0; k < batch.parents; ++k) {
    const std::size_t begin = batch.order[k] * dimensions_;
    for (std::size_t g = 0; g < dimensions_; ++g) {
      sample_[g] += parents.weights[k] * static_cast<double>(batch.genomes[begin + g]);
      mean_normal_[g] += parents.weights[k] * static_cast<double>(normals_[begin + g]);
    }
  }
  mean_ = sample_;
  const auto n = static_cast<double>(dimensions_);
  const auto lambda = static_cast<double>(batch_);
  const double cs = 2 * lambda / n;
  const double cs_root = std::sqrt(parents.effective * cs * (2 - cs));
  double squared_path = 0;
  for (std::size_t g = 0; g < dimensions_; ++g) {
    step_path_[g] = (1 - cs) * step_path_[g] + cs_root * mean_normal_[g];
    squared_path += step_path_[g] * step_path_[g];
  }
  double rate = lambda / n;
  for (std::size_t j = 0; j < vectors_; ++j, rate /= 4) {
    const double root = std::sqrt(parents.effective * rate * (2 - rate));
    double* direction = directions_.data() + j * dimensions_;
    for (std::size_t g = 0; g < dimensions_; ++g) {
      direction[g] = (1 - rate) * direction[g] + root * mean_normal_[g];
    }
  }
  sigma_ *= std::exp(cs / 2 * (squared_path / n - 1));
}

bool LmMaEs::stop() const { return !(sigma_ >= 1e-12 && sigma_ <= 1e30); }

void LmMaEs::save(StateWriter& writer) const {
  writer.attribute("sigma", sigma_);
  writer.attribute("batches", batches_);
  writer.column<double>("mean", mean_);
  writer.column<double>("step_path", step_path_);
  writer.column<double>("directions", directions_);
}

void LmMaEs::load(const StateReader& reader) {
  load_vector(reader, "mean", mean_);
  load_vector(reader, "step_path", step_path_);
  load_vector(reader, "directions", directions_);
  sigma_ = reader.attribute_as<double>("sigma");
  batches_ = reader.attribute_as<std::uint64_t>("batches");
}

}  // namespace cambrian
