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
      : network_(shape.make_network()),
        genes_(std::accumulate(shares.begin(), shares.end(), std::size_t{0})) {
    for (std::size_t layer = 0; layer < shares.size(); ++layer) {
      transforms_.emplace_back(shape.rows(layer), shape.columns(layer), shares[layer]);
      const std::size_t weights = shape.weights(layer);
      painted_.emplace_back(weights);
      rounded_.resize(std::max(rounded_.size(), weights));
      coefficients_.resize(std::max(coefficients_.size(), shares[layer]));
    }
  }

  Network& decode(const Population& population, std::size_t row) override {
    std::span<const float> genes = vectors_of(population, genes_).row(row);
    for (std::size_t layer = 0; layer < transforms_.size(); ++layer) {
      const std::size_t count = transforms_[layer].coefficients();
      std::copy_n(genes.begin(), count, coefficients_.begin());
      transforms_[layer].inverse(std::span(coefficients_).first(count), painted_[layer]);
      const std::span<float> matrix = std::span(rounded_).first(painted_[layer].size());
      std::transform(painted_[layer].begin(), painted_[layer].end(), matrix.begin(),
                     [](double weight) { return static_cast<float>(weight); });
      set_layer(network_, layer, matrix);
      genes = genes.subspan(count);
    }
    return network_;
  }

 private:
  FeedForwardNetwork network_;
  std::size_t genes_;
  std::vector<CosineTransform> transforms_;
  std::vector<double> coefficients_;
  std::vector<std::vector<double>> painted_;
  std::vector<float> rounded_;
};

// One each, then one by one to the layer with most weights a coefficient, which still has room.
std::vector<std::size_t> share_out(const LayeredShape& shape, std::size_t coefficients) {
  std::vector<std::size_t> shares(shape.layers.size(), 1);
  const auto hunger = [&](std::size_t layer) {
    if (shares[layer] == shape.weights(layer)) return 0.0;
    return static_cast<double>(shape.weights(layer)) / static_cast<double>(shares[layer]);
  };
  for (std::size_t given = shares.size(); given < coefficients; ++given) {
    std::size_t hungriest = 0;
    for (std::size_t layer = 1; layer < shares.size(); ++layer) {
      if (hunger(layer) > hunger(hungriest)) hungriest = layer;
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
  if (coefficients < shape_.layers.size() || coefficients > shape_.weights()) {
    throw ConfigError("coefficients",
                      "is " + std::to_string(coefficients) + ", but these layers take " +
                          std::to_string(shape_.layers.size()) + " (one per layer) to " +
                          std::to_string(shape_.weights()) + " (one per weight)");
  }
  shares_ = share_out(shape_, coefficients);
}

std::vector<GenomePart> Dct::genome() const {
  const auto coefficients = static_cast<double>(parameters_.coefficients);
  return {layered_genome(static_cast<std::size_t>(parameters_.coefficients),
                         std::sqrt(static_cast<double>(shape_.weights()) / coefficients))};
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
