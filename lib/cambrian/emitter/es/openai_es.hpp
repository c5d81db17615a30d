// OpenAI-ES: the gradient of a smoothed ranking, estimated from mirrored noise and followed by Adam.
// Sources: Salimans et al. 2017, "Evolution strategies as a scalable alternative to reinforcement
// learning"; Kingma & Ba 2015 (Adam); as in pyribs' OpenAIEvolutionStrategy.
#pragma once

#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/emitter/es/optimiser.hpp"

namespace cambrian {

struct OpenAiEsParameters {
  bool mirror = true;
  double learning_rate = 0.001;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double l2 = 0;
  double learning_rate_decay = 1;
  double sigma_decay = 1;
  void visit(ParameterVisitor& visitor);
};

/// Learns from all that were evaluated, whoever the parents are; sigma follows its schedule alone.
class OpenAiEs final : public Optimiser {
 public:
  /// @throws ConfigError "batch" if the samples are mirrored and their number is odd
  OpenAiEs(const OpenAiEsParameters& parameters, std::size_t dimensions, std::size_t batch);

  void start(std::span<const double> mean, double sigma) override;
  /// Mirrored: row samples / 2 + i carries the noise of row i with the other sign.
  void ask(std::span<float> genomes, std::size_t first, StreamKey key,
           std::uint64_t first_id) override;
  void tell(const RankedBatch& batch) override;
  /// The last step was shorter than 1e-9 of the mean's length.
  bool stop() const override { return last_step_ < 1e-9; }
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

  std::span<const double> mean() const override { return mean_; }

 private:
  OpenAiEsParameters parameters_;
  /// Noise vectors that are drawn.
  std::size_t drawn() const { return parameters_.mirror ? samples_ / 2 : samples_; }

  std::size_t dimensions_;
  std::size_t samples_;  // of a batch
  double sigma_ = 1;
  double last_step_ = 1;
  std::uint64_t steps_ = 0;  // of Adam, since the start
  std::vector<double> mean_, first_moment_, second_moment_;
  std::vector<float> noise_;  // [samples, n] of the batch that is out
  std::vector<double> gradient_, ranks_;
};

}  // namespace cambrian
