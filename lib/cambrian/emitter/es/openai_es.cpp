#include "cambrian/emitter/es/openai_es.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

void OpenAiEsParameters::visit(ParameterVisitor& visitor) {
  visitor.boolean("mirror", mirror,
                  {"whether the second half of a batch carries the noise of the first with the "
                   "other sign",
                   {},
                   "Salimans et al. 2017"});
  visitor.real("learning_rate", learning_rate, {1e-12, 1e6}, {"step of Adam", {}, "pyribs: 0.001"});
  visitor.real("beta1", beta1, {0, 0.999999999},
               {"decay of Adam's mean of gradients", {}, "Kingma & Ba 2015"});
  visitor.real("beta2", beta2, {0, 0.999999999},
               {"decay of Adam's mean of squared gradients", {}, "Kingma & Ba 2015"});
  visitor.real("epsilon", epsilon, {1e-300, 1},
               {"added to the root of Adam's mean square", {}, "Kingma & Ba 2015"});
  visitor.real(
      "l2", l2, {0, 1e6},
      {"weight of the mean itself in the gradient, against long vectors", {}, "pyribs: 0"});
  visitor.real("learning_rate_decay", learning_rate_decay, {0.01, 1},
               {"factor on the learning rate after each batch", {}, "evosax (lrate_decay): 1"});
  visitor.real("sigma_decay", sigma_decay, {0.01, 1},
               {"factor on the standard deviation after each batch", {}, "evosax: 1"});
}

OpenAiEs::OpenAiEs(const OpenAiEsParameters& parameters, std::size_t dimensions, std::size_t batch)
    : parameters_(parameters),
      dimensions_(dimensions),
      samples_(batch),
      noise_(samples_ * dimensions),
      gradient_(dimensions),
      ranks_(samples_) {
  if (parameters.mirror && samples_ % 2 != 0) {
    throw ConfigError("batch", "leaves " + std::to_string(samples_) +
                                   " candidates to learn from, but mirrored samples come in pairs");
  }
  start(std::vector<double>(dimensions), 1);
}

void OpenAiEs::start(std::span<const double> mean, double sigma) {
  mean_.assign(mean.begin(), mean.end());
  first_moment_.assign(dimensions_, 0);
  second_moment_.assign(dimensions_, 0);
  sigma_ = sigma;
  steps_ = 0;
  last_step_ = 1;
}

void OpenAiEs::ask(std::span<float> genomes, std::size_t first, StreamKey key,
                   std::uint64_t first_id) {
  const std::size_t rows = genomes.size() / dimensions_;
  const std::size_t drawn = this->drawn();
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t row = first + i;
    const std::span noise(noise_.data() + row * dimensions_, dimensions_);
    const bool mirrored = row >= drawn;
    Stream(key, first_id + (mirrored ? row - drawn : row)).fill_normal(noise);
    if (mirrored)
      for (float& number : noise) number = -number;
    for (std::size_t g = 0; g < dimensions_; ++g) {
      genomes[i * dimensions_ + g] =
          static_cast<float>(mean_[g] + sigma_ * static_cast<double>(noise[g]));
    }
  }
}

void OpenAiEs::tell(const RankedBatch& batch) {
  const std::size_t ranked = batch.order.size();
  if (ranked < 2) return;
  // Ranks from -1/2 to 1/2; what could not be evaluated has no say.
  ranks_.assign(samples_, 0);
  std::size_t rank = 0;
  for (const std::uint32_t row : batch.order) {
    ranks_[row] = 0.5 - static_cast<double>(rank++) / static_cast<double>(ranked - 1);
  }
  gradient_.assign(dimensions_, 0);
  for (std::size_t i = 0; i < samples_; ++i) {
    const float* noise = noise_.data() + i * dimensions_;
    for (std::size_t g = 0; g < dimensions_; ++g) {
      gradient_[g] += ranks_[i] * static_cast<double>(noise[g]);
    }
  }
  // pyribs divides by the number of noise vectors that were drawn.
  const auto drawn = static_cast<double>(this->drawn());
  ++steps_;
  const auto t = static_cast<double>(steps_);
  const double beta1 = parameters_.beta1;
  const double beta2 = parameters_.beta2;
  const double rate = parameters_.learning_rate * std::pow(parameters_.learning_rate_decay, t - 1) *
                      std::sqrt(1 - std::pow(beta2, t)) / (1 - std::pow(beta1, t));
  double step_length = 0;
  double length = 0;
  for (std::size_t g = 0; g < dimensions_; ++g) {
    // Adam descends, and ranks are to rise.
    const double gradient = parameters_.l2 * mean_[g] - gradient_[g] / (drawn * sigma_);
    first_moment_[g] = beta1 * first_moment_[g] + (1 - beta1) * gradient;
    second_moment_[g] = beta2 * second_moment_[g] + (1 - beta2) * (gradient * gradient);
    const double step =
        -rate * first_moment_[g] / (std::sqrt(second_moment_[g]) + parameters_.epsilon);
    mean_[g] += step;
    step_length += step * step;
    length += mean_[g] * mean_[g];
  }
  last_step_ = length > 0 ? std::sqrt(step_length / length) : 0;
  sigma_ *= parameters_.sigma_decay;
}

void OpenAiEs::save(StateWriter& writer) const {
  writer.attribute("sigma", sigma_);
  writer.attribute("steps", steps_);
  writer.attribute("last_step", last_step_);
  writer.column<double>("mean", mean_);
  writer.column<double>("first_moment", first_moment_);
  writer.column<double>("second_moment", second_moment_);
}

void OpenAiEs::load(const StateReader& reader) {
  load_vector(reader, "mean", mean_);
  load_vector(reader, "first_moment", first_moment_);
  load_vector(reader, "second_moment", second_moment_);
  sigma_ = reader.attribute_as<double>("sigma");
  steps_ = reader.attribute_as<std::uint64_t>("steps");
  last_step_ = reader.attribute_as<double>("last_step");
}

}  // namespace cambrian
