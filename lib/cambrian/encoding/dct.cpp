#include "cambrian/encoding/dct.hpp"

#include <algorithm>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/encoding/substrate_layout.hpp"
#include "cambrian/genome/ragged/ragged_space.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/network/cosine_transform.hpp"
#include "cambrian/network/painted_network.hpp"

namespace cambrian {
/// A block on its way from genes to numbers of links.
struct DctBlockPainter {
  DctBlock block;
  CosineTransform transform;
  std::vector<std::uint32_t> places = {};  // of ragged genes
  std::vector<double> coefficients;        // of the genome that was decoded last
  std::vector<double> painted = {};

  explicit DctBlockPainter(const DctBlock& of)
      : block(of), transform(of.axes), coefficients(of.coefficients) {
    transform.hold(of.first_places());
  }
  std::size_t columns() const { return block.sources.size(); }
  void paint() {
    painted.resize(transform.size());
    transform.inverse(coefficients, painted);
  }
  float at(std::size_t neuron, std::size_t source) const {
    return static_cast<float>(painted[block.neurons[neuron] * columns() + block.sources[source]]);
  }
};

/// The shapes of the hidden layers: rows, or the grids of their arrays.
static Shapes hidden_shapes(const DctParameters& parameters, const LayeredShape& shape,
                            const DctLayout& layout) {
  Shapes hidden = rows_of(parameters.hidden);
  if (parameters.hidden_shapes.empty()) return hidden;
  for (const DctBlock& block : layout.blocks()) {
    const std::size_t layer = shape.matrices[block.matrix].layer;
    if (layer >= hidden.size()) continue;
    hidden[layer].assign(block.axes.begin(),
                         block.axes.begin() + static_cast<std::ptrdiff_t>(block.neuron_axes));
  }
  return hidden;
}

/// Into the network's columns.
static void paint_into(LayeredNetwork& network, const LinkMatrix& matrix,
                       DctBlockPainter& painter) {
  painter.paint();
  for (std::size_t c = 0; c < painter.columns(); ++c) {
    const std::span<float> column =
        network.column(matrix.number, matrix.layer, painter.block.first_column + c);
    for (std::size_t n = 0; n < matrix.rows; ++n) column[n] = painter.at(n, c);
  }
}

/// What PaintedNetwork takes: weights that change in life must exist, and so must the biases of neurons
/// in continuous time, which are not summed with the others.
static bool can_be_factorised(const LayeredForm& form) {
  return form.learning.learning == LearningRule::none && form.recurrence != Recurrence::ctrnn;
}

class DctDecoder final : public Decoder {
 public:
  DctDecoder(const DctParameters& parameters, LayeredShape shape, const DctLayout& layout,
             std::optional<SubstrateLayout> places)
      : shape_(std::move(shape)),
        neurons_(std::move(places)),
        genome_(parameters.genome),
        genes_(layout.coefficients()) {
    for (const DctBlock& block : layout.blocks()) {
      painters_.emplace_back(block);
      places_ += block.size();
    }
    if (pays(parameters.product)) {
      factors_ =
          std::make_unique<PaintedNetwork>(shape_.form, places_of_blocks(), parameters.product);
    } else {
      network_ = make_layered_network(shape_.form);
    }
  }

  Network& decode(const Population& population, std::size_t row) override {
    if (genome_ == DctParameters::Genome::real) {
      read_vector(vectors_of(population, genes_).row(row));
    } else {
      read_ragged(ragged_of(population, places_)[row]);
    }
    if (!factors_) return paint_dense();
    std::size_t weights = 0;
    for (DctBlockPainter& painter : painters_) {
      if (!is_biases(painter.block)) {
        factors_->set_weights(weights++, painter.transform, painter.coefficients);
        continue;
      }
      painter.paint();
      biases_.clear();
      for (std::size_t n = 0; n < painter.block.neurons.size(); ++n) {
        biases_.push_back(painter.at(n, 0));
      }
      factors_->set_biases(shape_.matrices[painter.block.matrix].layer, biases_);
    }
    return *factors_;
  }

  /// Of the genome that was decoded last.
  std::vector<DctSpectrum> spectra() const {
    std::vector<DctSpectrum> spectra;
    for (const DctBlockPainter& painter : painters_) {
      const DctBlock& block = painter.block;
      const LinkMatrix& matrix = shape_.matrices[block.matrix];
      const bool real = genome_ == DctParameters::Genome::real;
      spectra.push_back({matrix.number, matrix.layer + 1, block.first_column, block.axes,
                         block.neuron_axes, real ? block.first_places() : painter.places,
                         painter.coefficients});
    }
    return spectra;
  }

  std::uint64_t bytes_per_lane() const override {
    return network_ ? network_->bytes_per_lane() : 0;
  }

  Wiring wiring() const override {
    if (!factors_) return wiring_of(*network_);
    const std::unique_ptr<LayeredNetwork> dense = make_layered_network(shape_.form);
    for (DctBlockPainter painter : painters_) {
      paint_into(*dense, shape_.matrices[painter.block.matrix], painter);
    }
    return wiring_of(*dense);
  }

  void place(Wiring& wiring) const override {
    if (neurons_) place_neurons(neurons_->sheets, neurons_->dimensions, wiring);
  }

 private:
  bool pays(PaintedProduct product) const {
    return can_be_factorised(shape_.form) &&
           std::ranges::any_of(painters_, [&](const DctBlockPainter& painter) {
             return is_factorised(painter.transform, painter.block.neuron_axes, product);
           });
  }

  /// Whether a block is the biases of a layer, apart from its weights.
  bool is_biases(const DctBlock& block) const {
    return block.first_column == shape_.form.sources(shape_.matrices[block.matrix].layer);
  }

  std::vector<PaintedPlaces> places_of_blocks() const {
    std::vector<PaintedPlaces> places;
    for (const DctBlockPainter& painter : painters_) {
      const DctBlock& block = painter.block;
      if (is_biases(block)) continue;
      places.push_back({shape_.matrices[block.matrix].layer, block.first_column, block.neuron_axes,
                        block.neurons, block.sources});
    }
    return places;
  }

  void read_vector(std::span<const float> genes) {
    for (DctBlockPainter& painter : painters_) {
      for (std::size_t c = 0; c < painter.coefficients.size(); ++c) {
        painter.coefficients[c] = painter.block.scale * static_cast<double>(genes[c]);
      }
      genes = genes.subspan(painter.coefficients.size());
    }
  }

  void read_ragged(const RaggedGenome& genome) {
    auto gene = genome.begin();
    std::size_t first = 0;
    for (DctBlockPainter& painter : painters_) {
      painter.places.clear();
      painter.coefficients.clear();
      for (; gene != genome.end() && gene->index < first + painter.block.size(); ++gene) {
        painter.places.push_back(static_cast<std::uint32_t>(gene->index - first));
        painter.coefficients.push_back(painter.block.scale * static_cast<double>(gene->value));
      }
      painter.transform.hold(painter.places);
      first += painter.block.size();
    }
  }

  Network& paint_dense() {
    for (DctBlockPainter& painter : painters_) {
      paint_into(*network_, shape_.matrices[painter.block.matrix], painter);
    }
    return *network_;
  }

  LayeredShape shape_;
  std::optional<SubstrateLayout> neurons_;  // where they sit
  DctParameters::Genome genome_;
  std::size_t genes_;
  std::size_t places_ = 0;
  std::vector<DctBlockPainter> painters_;
  std::unique_ptr<LayeredNetwork> network_;  // one of these two
  std::unique_ptr<PaintedNetwork> factors_;
  std::vector<float> biases_;
};

Dct::Dct(const DctParameters& parameters, const NetworkInterface& body)
    : parameters_(checked(parameters)),
      shape_(parameters, body),
      layout_(parameters, shape_, body),
      placed_(find_layout(hidden_shapes(parameters, shape_, layout_), body).has_value()) {
  if (parameters.product != PaintedProduct::factorised || can_be_factorised(shape_.form)) return;
  const bool learns = shape_.form.learning.learning != LearningRule::none;
  throw ConfigError("product", learns
                                   ? "is 'factorised', which never builds the weights, but with "
                                     "learning they change and must exist; use 'auto' or 'dense'"
                                   : "is 'factorised', but with recurrence = 'ctrnn' products are "
                                     "always dense; use 'auto' or 'dense'");
}

std::vector<GenomePart> Dct::genome() const {
  if (parameters_.genome == DctParameters::Genome::real) {
    return {layered_genome(layout_.coefficients(), layout_.sd_scale())};
  }
  std::vector<RaggedSpace::Axes> boxes;
  std::vector<std::uint32_t> initial;
  std::size_t first = 0;
  for (const DctBlock& block : layout_.blocks()) {
    boxes.push_back(block.axes);
    for (const std::uint32_t place : block.first_places()) {
      initial.push_back(static_cast<std::uint32_t>(first + place));
    }
    first += block.size();
  }
  std::ranges::sort(initial);
  return {genome_part<RaggedGenomeParameters>(
      RaggedSpace::kKind,
      [boxes, initial, scale = layout_.sd_scale()](const RaggedGenomeParameters& genome) {
        return std::make_unique<RaggedSpace>(genome, boxes, initial, scale);
      })};
}

std::unique_ptr<Decoder> Dct::make_decoder(const NetworkInterface& body) const {
  return decoder_for(body);
}

std::vector<DctSpectrum> Dct::spectra(const NetworkInterface& body, const Population& population,
                                      std::size_t row) const {
  const std::unique_ptr<DctDecoder> decoder = decoder_for(body);
  decoder->decode(population, row);
  return decoder->spectra();
}

std::unique_ptr<DctDecoder> Dct::decoder_for(const NetworkInterface& body) const {
  const LayeredShape shape(parameters_, body);
  const DctLayout layout(parameters_, shape, body);
  if (layout.coefficients() != layout_.coefficients()) {
    throw ConfigError("corners", "give " + std::to_string(layout.coefficients()) +
                                     " coefficients for this body, but genomes have " +
                                     std::to_string(layout_.coefficients()));
  }
  if (parameters_.genome == DctParameters::Genome::ragged && shape.size() != shape_.size()) {
    throw ConfigError("genome", "is 'ragged', but this body has " + std::to_string(shape.size()) +
                                    " weights, and the genomes' places are of " +
                                    std::to_string(shape_.size()));
  }
  return std::make_unique<DctDecoder>(parameters_, shape, layout,
                                      find_layout(hidden_shapes(parameters_, shape, layout), body));
}

std::vector<NetworkNote> Dct::notes() const {
  std::vector<NetworkNote> notes = layered_notes(
      "cosine coefficients, layer after layer. Of a layer's matrix W of M neurons by N = inputs + "
      "1 "
      "columns (weights from each input, then the bias): W[m,n] = sum over i, j of a(i,M) a(j,N) "
      "G[i,j] cos(pi (2m+1) i / 2M) cos(pi (2n+1) j / 2N), a(0,M) = sqrt(1/M), else sqrt(2/M); the "
      "coefficients fill G along anti-diagonals i + j = 0, 1, 2, ..., in each with i rising. Each "
      "layer has one coefficient; each of the others goes to the layer that then has the most "
      "weights "
      "per coefficient, the first of equals");
  notes.push_back(
      {"grids",
       "where sensors, motors or a hidden layer (hidden_shapes) form a grid, or corners are given, "
       "a layer's weights are an array along the neurons' axes, then the sources' (x, y, z; "
       "row-major), transformed along all of them; biases are an array of their own behind it. "
       "Coefficients fill it by rising sum of indices, of one sum in lexicographic order. With "
       "corners only frequencies below these have genes (with diagonal_corners half of these), and "
       "a coefficient is its gene times "
       "sqrt(weights / coefficients) of its array; with gains also times the gain of its array. "
       "With "
       "shuffle neurons and sources stand at other places of their array: a control"});
  notes.push_back(
      {"ragged genes",
       "a gene's index is a place in the array G of frequencies, row-major, counted on through all "
       "arrays; its value is the coefficient there"});
  return notes;
}

}  // namespace cambrian
