#include "cambrian/encoding/dct.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/cosine_transform.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

class DctDecoder final : public Decoder {
 public:
  DctDecoder(const LayeredShape& shape, const std::vector<std::size_t>& shares)
      : matrices_(shape.matrices),
        network_(make_layered_network(shape.form)),
        genes_(std::accumulate(shares.begin(), shares.end(), std::size_t{0})) {
    for (std::size_t m = 0; m < shares.size(); ++m) {
      const LinkMatrix& matrix = matrices_[m];
      transforms_.emplace_back(matrix.rows, matrix.columns, shares[m]);
      painted_.emplace_back(matrix.size());
      rounded_.resize(std::max(rounded_.size(), matrix.size()));
      coefficients_.resize(std::max(coefficients_.size(), shares[m]));
    }
  }

  Network& decode(const Population& population, std::size_t row) override {
    std::span<const float> genes = vectors_of(population, genes_).row(row);
    for (std::size_t m = 0; m < transforms_.size(); ++m) {
      const std::size_t count = transforms_[m].coefficients();
      std::copy_n(genes.begin(), count, coefficients_.begin());
      transforms_[m].inverse(std::span(coefficients_).first(count), painted_[m]);
      const std::span<float> values = std::span(rounded_).first(painted_[m].size());
      std::transform(painted_[m].begin(), painted_[m].end(), values.begin(),
                     [](double weight) { return static_cast<float>(weight); });
      set_matrix(*network_, matrices_[m], values);
      genes = genes.subspan(count);
    }
    return *network_;
  }
  Wiring wiring() const override { return wiring_of(*network_); }

 private:
  std::vector<LinkMatrix> matrices_;
  std::unique_ptr<LayeredNetwork> network_;
  std::size_t genes_;
  std::vector<CosineTransform> transforms_;
  std::vector<double> coefficients_;
  std::vector<std::vector<double>> painted_;
  std::vector<float> rounded_;
};

// One each, then one by one to the matrix with the most numbers per coefficient that still has room.
std::vector<std::size_t> share_out(const LayeredShape& shape, std::size_t coefficients) {
  std::vector<std::size_t> shares(shape.matrices.size(), 1);
  const auto hunger = [&](std::size_t m) {
    const std::size_t size = shape.matrices[m].size();
    return shares[m] == size ? 0.0 : static_cast<double>(size) / static_cast<double>(shares[m]);
  };
  for (std::size_t given = shares.size(); given < coefficients; ++given) {
    std::size_t hungriest = 0;
    for (std::size_t m = 1; m < shares.size(); ++m) {
      if (hunger(m) > hunger(hungriest)) hungriest = m;
    }
    ++shares[hungriest];
  }
  return shares;
}

}  // namespace

void DctParameters::visit(ParameterVisitor& visitor) {
  LayeredParameters::visit(visitor);
  visitor.integer("coefficients", coefficients, {1, 1000000},
                  {"cosine coefficients in all: the length of the genome", "genes", "our choice"});
}

Dct::Dct(const DctParameters& parameters, const NetworkInterface& body)
    : parameters_(checked(parameters)), shape_(parameters, body) {
  const auto coefficients = static_cast<std::size_t>(parameters.coefficients);
  if (coefficients < shape_.matrices.size() || coefficients > shape_.size()) {
    throw ConfigError("coefficients",
                      "is " + std::to_string(coefficients) + ", but these layers take " +
                          std::to_string(shape_.matrices.size()) + " (one per layer) to " +
                          std::to_string(shape_.size()) + " (one per weight)");
  }
  shares_ = share_out(shape_, coefficients);
}

std::vector<GenomePart> Dct::genome() const {
  const auto coefficients = static_cast<double>(parameters_.coefficients);
  return {layered_genome(static_cast<std::size_t>(parameters_.coefficients),
                         std::sqrt(static_cast<double>(shape_.size()) / coefficients))};
}

std::unique_ptr<Decoder> Dct::make_decoder(const NetworkInterface& body) const {
  const Dct fitted(parameters_, body);
  return std::make_unique<DctDecoder>(fitted.shape_, fitted.shares_);
}

std::vector<NetworkNote> Dct::notes() const {
  return layered_notes(
      "cosine coefficients, layer after layer. Of a layer's matrix W of M neurons by N = inputs + "
      "1 "
      "columns (weights from each input, then the bias): W[m,n] = sum over i, j of a(i,M) a(j,N) "
      "G[i,j] cos(pi (2m+1) i / 2M) cos(pi (2n+1) j / 2N), a(0,M) = sqrt(1/M), else sqrt(2/M); the "
      "coefficients fill G along anti-diagonals i + j = 0, 1, 2, ..., in each with i rising. Each "
      "layer has one coefficient; each of the others goes to the layer that then has the most "
      "weights "
      "per coefficient, the first of equals");
}

}  // namespace cambrian
