// Separable CMA-ES: the covariance matrix is diagonal, so that a batch costs as much as its genes.
// Source: Ros & Hansen 2008, "A simple modification in CMA-ES achieving linear time and space
// complexity".
#pragma once

#include <vector>

#include "cambrian/emitter/es/cma_es.hpp"
#include "cambrian/emitter/es/recombination.hpp"

namespace cambrian {

struct SepCmaEsParameters {
  CmaUpdate update = CmaUpdate::textbook;  // or as_published
  void visit(ParameterVisitor& visitor);
  static std::vector<std::string_view> published_presets() {
    return {"as_published", "cma_me_imp", "cma_me_basic"};
  }
};

/// textbook: the learning rates of CMA-ES for the covariance, times (n + 2) / 3. as_published: the
/// rates of pyribs, which are those of pycma's diagonal decoding.
CmaRates sep_cma_rates(CmaUpdate update, std::size_t dimensions, double effective_parents);

class SepCmaEs final : public Optimiser {
 public:
  SepCmaEs(const SepCmaEsParameters& parameters, std::size_t dimensions, std::size_t batch);

  void start(std::span<const double> mean, double sigma) override;
  void ask(std::span<float> genomes, std::size_t first, StreamKey key,
           std::uint64_t first_id) override;
  void tell(const RankedBatch& batch) override;
  /// As CMA-ES, by the diagonal.
  bool stop() const override;
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

  std::span<const double> mean() const override { return mean_; }
  std::span<const double> variances() const { return variance_; }
  double sigma() const { return sigma_; }

 private:
  CmaUpdate update_;
  std::size_t dimensions_;
  double sigma_ = 1;
  std::uint64_t evaluations_ = 0;
  std::vector<double> mean_, variance_, step_path_, covariance_path_;
  std::vector<double> step_, squares_;  // work space
};

}  // namespace cambrian
