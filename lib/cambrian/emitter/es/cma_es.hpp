// CMA-ES: a normal distribution whose mean, step size and whole covariance matrix are adapted.
// Sources: Hansen & Ostermeier 2001; Hansen 2016 (tutorial); with the batch-size rules of the
// quality-diversity implementations (pyribs, MAEX).
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/emitter/es/optimiser.hpp"

namespace cambrian {

/// textbook: the update of the tutorial. as_published: that of pyribs, MAEX and DQDX, which
/// multiplies the rank-one term by its rate twice and does not divide its path by sigma, so that the
/// term all but vanishes. mex: that of the CMA-ME paper's own improvement emitter, whose rank-mu sum
/// is empty though its share is taken from the old matrix, which does not divide the path by sigma
/// either, and which factors the matrix anew for every batch.
enum class CmaUpdate { textbook, as_published, mex };

struct CmaEsParameters {
  /// What maps a step to the step-size path: C^-1/2, or the inverse Cholesky factor.
  enum class Form { eigen, cholesky };
  CmaUpdate update = CmaUpdate::textbook;
  Form form = Form::eigen;
  void visit(ParameterVisitor& visitor);
  static std::vector<std::string_view> published_presets() {
    return {"as_published", "cma_me_imp", "cma_me_basic", "mex"};
  }
};

class CmaEs final : public Optimiser {
 public:
  using Form = CmaEsParameters::Form;

  /// @param dimensions  genes, at least 1  @param batch  candidates, at least 2
  CmaEs(const CmaEsParameters& parameters, std::size_t dimensions, std::size_t batch);
  ~CmaEs() override;

  void start(std::span<const double> mean, double sigma) override;
  /// The matrix is factored anew when more than lazy_gap() evaluations have passed.
  void ask(std::span<float> genomes, std::size_t first, StreamKey key,
           std::uint64_t first_id) override;
  void tell(const RankedBatch& batch) override;
  /// Condition number above 1e14, or standard deviation below 1e-11 in all directions, as of the
  /// last factored matrix. In the Cholesky form both are estimated from the factor's diagonal.
  bool stop() const override;
  void save(StateWriter& writer) const override;
  void load(const StateReader& reader) override;

  /// [n]
  std::span<const double> mean() const override;
  double sigma() const { return sigma_; }
  /// C of genes i and j, without sigma squared.
  double covariance(std::size_t i, std::size_t j) const;
  /// Evaluations between two factorisations: 0.5 batch / ((c1 + cmu) n), for mex 0.
  double lazy_gap() const { return lazy_gap_; }

 private:
  struct State;
  void factor();

  CmaEsParameters parameters_;
  std::size_t dimensions_;
  double lazy_gap_;
  double sigma_ = 1;
  std::uint64_t evaluations_ = 0;  // since the start
  std::uint64_t factored_ = 0;     // of them, when the matrix was last factored
  bool ill_ = false;               // the matrix could not be factored
  std::unique_ptr<State> state_;
};

}  // namespace cambrian
