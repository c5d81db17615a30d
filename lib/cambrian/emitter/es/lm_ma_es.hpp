// LM-MA-ES: the covariance matrix is represented by a few direction vectors, for genomes too long
// for a matrix. Source: Loshchilov, Glasmachers & Beyer 2018, "Large scale black-box optimization by
// limited-memory matrix adaptation"; samples are not mirrored, as in pyribs.
#pragma once

#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/emitter/es/optimiser.hpp"

namespace cambrian {

struct LmMaEsParameters {
  std::int64_t vectors = 0;  ///< 0: as many as the batch has candidates
  void visit(ParameterVisitor& visitor);
};

class LmMaEs final : public Optimiser {
 public:
  /// @throws ConfigError "batch" if it has more candidates than there are genes: its rates would be
  /// above 2
  LmMaEs(const LmMaEsParameters& parameters, std::size_t dimensions, std::size_t batch);

  void start(std::span<const double> mean, double sigma) override;
  void ask(std::span<float> genomes, std::size_t first, StreamKey key,
           std::uint64_t first_id) override;
  void tell(const RankedBatch& batch) override;
  /// sigma below 1e-12, as in pyribs, or above 1e30.
  bool stop() const override;
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

  std::span<const double> mean() const override { return mean_; }
  double sigma() const { return sigma_; }

 private:
  std::size_t dimensions_, batch_, vectors_;
  double sigma_ = 1;
  std::uint64_t batches_ = 0;  // since the start
  std::vector<double> mean_, step_path_;
  std::vector<double> directions_;  // [vectors, n]
  std::vector<float> normals_;      // [batch, n] of the batch that is out
  std::vector<double> mean_normal_, sample_;
};

}  // namespace cambrian
