#include "cambrian/emitter/es/cma_es.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "cambrian/core/error.hpp"
#include "cambrian/emitter/detail/covariance_factor.hpp"
#include "cambrian/emitter/es/recombination.hpp"

namespace cambrian {
namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using FloatRows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

/// Columns of the lower triangle one after another, and back.
std::vector<double> packed(const Eigen::MatrixXd& matrix) {
  std::vector<double> values;
  for (Eigen::Index j = 0; j < matrix.cols(); ++j)
    for (Eigen::Index i = j; i < matrix.rows(); ++i) values.push_back(matrix(i, j));
  return values;
}

void unpack(const std::vector<double>& values, Eigen::MatrixXd& matrix) {
  const Eigen::Index n = matrix.rows();
  if (values.size() != static_cast<std::size_t>(n * (n + 1) / 2)) {
    throw Error("a covariance matrix has " + std::to_string(values.size()) + " entries; expected " +
                std::to_string(n * (n + 1) / 2));
  }
  const double* next = values.data();
  for (Eigen::Index j = 0; j < n; ++j)
    for (Eigen::Index i = j; i < n; ++i) matrix(i, j) = *next++;
}

}  // namespace

void CmaEsParameters::visit(ParameterVisitor& visitor) {
  visitor.choice(
      "update", update,
      {{"textbook", CmaUpdate::textbook},
       {"as_published", CmaUpdate::as_published},
       {"mex", CmaUpdate::mex}},
      {"the covariance update: textbook; as_published = with the rank-one rate squared and its "
       "path "
       "not divided by sigma; mex = the rank-one term alone, its path not divided by sigma",
       {},
       "Hansen 2016; as_published: pyribs, MAEX (CMA-MAE), DQDX; mex: MEX (CMA-ME)"});
  visitor.choice("form", form, {{"eigen", Form::eigen}, {"cholesky", Form::cholesky}},
                 {"what the step-size path is measured by: eigen = C^-1/2, the symmetric root, "
                  "cholesky = the inverse of C's Cholesky factor, which is faster",
                  {},
                  "Hansen 2016; cholesky: Krause et al. 2016"});
}

struct CmaEs::State {
  Eigen::VectorXd mean, step_path, covariance_path;
  Eigen::MatrixXd covariance;  // lower triangle
  Eigen::MatrixXd factored;    // as it was when last factored
  CovarianceFactor factor;
  // Work space.
  FloatRows normals;
  Rows samples, moves;
  Eigen::MatrixXd steps;  // [n, parents + 1]
  Eigen::VectorXd step, whitened;
};

CmaEs::CmaEs(const CmaEsParameters& parameters, std::size_t dimensions, std::size_t batch)
    : parameters_(parameters), dimensions_(dimensions), state_(std::make_unique<State>()) {
  const CmaRates rates =
      cma_rates(dimensions, recombination(std::max(batch / 2, std::size_t{1})).effective);
  lazy_gap_ = parameters.update == CmaUpdate::mex
                  ? 0
                  : 0.5 * static_cast<double>(batch) /
                        ((rates.c1 + rates.cmu) * static_cast<double>(dimensions));
  const Eigen::Index n = index(dimensions);
  state_->steps.resize(n, index(batch) + 1);
  start(std::vector<double>(dimensions), 1);
}

CmaEs::~CmaEs() = default;

void CmaEs::start(std::span<const double> mean, double sigma) {
  const Eigen::Index n = index(dimensions_);
  State& s = *state_;
  s.mean = Eigen::Map<const Eigen::VectorXd>(mean.data(), n);
  s.step_path.setZero(n);
  s.covariance_path.setZero(n);
  s.covariance.setIdentity(n, n);
  sigma_ = sigma;
  evaluations_ = 0;
  factored_ = 0;
  ill_ = false;
  s.factored = s.covariance;
  s.factor.set_identity(n);
}

void CmaEs::factor() {
  State& s = *state_;
  factored_ = evaluations_;
  const bool symmetric = parameters_.form == Form::eigen;
  ill_ = !s.factor.compute(s.covariance, symmetric);
  if (ill_) {
    s.factor.compute(s.factored, symmetric);
  } else {
    s.factored = s.covariance;
  }
}

void CmaEs::ask(std::span<float> genomes, std::size_t first, StreamKey key,
                std::uint64_t first_id) {
  State& s = *state_;
  if (static_cast<double>(evaluations_ - factored_) > lazy_gap_) factor();
  const std::size_t rows = genomes.size() / dimensions_;
  const Eigen::Index n = index(dimensions_);
  s.normals.resize(index(rows), n);
  for (std::size_t i = 0; i < rows; ++i) {
    Stream(key, first_id + first + i).fill_normal({s.normals.row(index(i)).data(), dimensions_});
  }
  if (s.factor.is_identity()) {
    s.moves = s.normals.cast<double>();
  } else {
    s.samples = s.normals.cast<double>();
    s.moves.noalias() = s.samples * s.factor.lower().transpose().triangularView<Eigen::Upper>();
  }
  for (std::size_t i = 0; i < rows; ++i) {
    const double* move = s.moves.row(index(i)).data();
    float* genome = genomes.data() + i * dimensions_;
    for (std::size_t g = 0; g < dimensions_; ++g) {
      genome[g] = static_cast<float>(s.mean[index(g)] + sigma_ * move[g]);
    }
  }
}

void CmaEs::tell(const RankedBatch& batch) {
  evaluations_ += batch.rows();
  if (batch.parents == 0) return;
  State& s = *state_;
  const Eigen::Index mu = index(batch.parents);
  const Eigen::Index n = index(dimensions_);
  if (s.steps.cols() < mu + 1) s.steps.resize(n, mu + 1);
  for (Eigen::Index k = 0; k < mu; ++k) {
    const float* genome =
        batch.genomes.data() + batch.order[static_cast<std::size_t>(k)] * dimensions_;
    double* step = s.steps.col(k).data();
    for (Eigen::Index g = 0; g < n; ++g) step[g] = static_cast<double>(genome[g]) - s.mean[g];
  }
  const Recombination parents = recombination(batch.parents);
  const Eigen::Map<const Eigen::VectorXd> weights(parents.weights.data(), mu);
  const CmaRates rates = cma_rates(dimensions_, parents.effective);
  s.step.noalias() = s.steps.leftCols(mu) * weights;
  s.mean += s.step;

  if (parameters_.form == Form::eigen) {
    s.factor.inverse_root(s.step, s.whitened);
  } else {
    s.factor.inverse_lower(s.step, s.whitened);
  }
  const double cs_root = std::sqrt(rates.cs * (2 - rates.cs) * parents.effective);
  s.step_path = (1 - rates.cs) * s.step_path + cs_root / sigma_ * s.whitened;
  const double squared_path = s.step_path.squaredNorm();
  const bool follows =
      path_follows(rates, squared_path, dimensions_,
                   static_cast<double>(evaluations_) / static_cast<double>(batch.rows()));

  const bool textbook = parameters_.update == CmaUpdate::textbook;
  const double cc_root = std::sqrt(rates.cc * (2 - rates.cc) * parents.effective);
  s.covariance_path *= 1 - rates.cc;
  if (follows) s.covariance_path += cc_root / (textbook ? sigma_ : 1.0) * s.step;
  const double c1_kept = rates.c1 * (follows ? 1 : 1 - rates.cc * (2 - rates.cc));
  s.covariance *= 1 - c1_kept - rates.cmu;
  const bool once = parameters_.update != CmaUpdate::as_published;
  s.steps.col(mu) = (once ? std::sqrt(rates.c1) : rates.c1) * s.covariance_path;
  // The rank-mu and the rank-one term are one symmetric product; mex has the latter alone.
  const Eigen::Index terms = parameters_.update == CmaUpdate::mex ? 0 : mu;
  for (Eigen::Index k = 0; k < terms; ++k)
    s.steps.col(k) *= std::sqrt(rates.cmu * weights[k]) / sigma_;
  s.covariance.selfadjointView<Eigen::Lower>().rankUpdate(
      s.steps.middleCols(mu - terms, terms + 1));
  sigma_ *= step_size_factor(rates, squared_path, dimensions_);
}

bool CmaEs::stop() const {
  if (ill_) return true;
  const CovarianceFactor& factor = state_->factor;
  // A variance of a gene is at most the largest eigenvalue.
  const double large = state_->factored.diagonal().maxCoeff();
  if (parameters_.form == Form::cholesky) {
    const auto diagonal = factor.lower().diagonal().array();
    const double ratio = diagonal.minCoeff() / diagonal.maxCoeff();
    return distribution_ends(sigma_, ratio * ratio * large, large);
  }
  // Bounds suffice while all is well, and are cheap.
  const double highest = factor.largest_bound();
  if (!distribution_ends(sigma_, highest / factor.condition_bound(), highest) &&
      !distribution_ends(sigma_, large, large)) {
    return false;
  }
  const auto [smallest, largest] = factor.extremes();
  return distribution_ends(sigma_, smallest, largest);
}

std::span<const double> CmaEs::mean() const { return {state_->mean.data(), dimensions_}; }

double CmaEs::covariance(std::size_t i, std::size_t j) const {
  return state_->covariance(index(std::max(i, j)), index(std::min(i, j)));
}

void CmaEs::save(StateWriter& writer) const {
  const State& s = *state_;
  writer.attribute("sigma", sigma_);
  writer.attribute("evaluations", evaluations_);
  writer.attribute("factored_at", factored_);
  writer.attribute("ill", std::int64_t{ill_});
  writer.column<double>("mean", std::span(s.mean.data(), dimensions_));
  writer.column<double>("step_path", std::span(s.step_path.data(), dimensions_));
  writer.column<double>("covariance_path", std::span(s.covariance_path.data(), dimensions_));
  writer.column<double>("covariance", packed(s.covariance));
  writer.column<double>("factored", packed(s.factored));
}

void CmaEs::load(const StateReader& reader) {
  State& s = *state_;
  load_vector(reader, "mean", {s.mean.data(), dimensions_});
  load_vector(reader, "step_path", {s.step_path.data(), dimensions_});
  load_vector(reader, "covariance_path", {s.covariance_path.data(), dimensions_});
  unpack(reader.column<double>("covariance"), s.covariance);
  unpack(reader.column<double>("factored"), s.factored);
  sigma_ = reader.attribute_as<double>("sigma");
  evaluations_ = reader.attribute_as<std::uint64_t>("evaluations");
  factored_ = reader.attribute_as<std::uint64_t>("factored_at");
  s.factor.compute(s.factored, parameters_.form == Form::eigen);
  ill_ = reader.attribute_as<std::int64_t>("ill") != 0;
}

}  // namespace cambrian
