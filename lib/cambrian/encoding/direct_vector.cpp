#include "cambrian/encoding/direct_vector.hpp"

#include <utility>

#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

class DirectVectorDecoder final : public Decoder {
 public:
  DirectVectorDecoder(const LayeredShape& shape, std::optional<SubstrateLayout> layout)
      : shape_(shape), layout_(std::move(layout)), network_(make_layered_network(shape.form)) {}
  Network& decode(const Population& population, std::size_t row) override {
    std::span<const float> genes = vectors_of(population, shape_.size()).row(row);
    for (const LinkMatrix& matrix : shape_.matrices) {
      set_matrix(*network_, matrix, genes.first(matrix.size()));
      genes = genes.subspan(matrix.size());
    }
    return *network_;
  }
  bool writes_back() const override {
    return network_->learns() && !shape_.form.learning.random_weights;
  }
  void write_back(Population& population, std::size_t row) const override {
    std::span<float> genes = vectors_of(population, shape_.size()).row(row);
    for (const LinkMatrix& matrix : shape_.matrices) {
      if (matrix.number == LinkNumber::weight) {
        get_matrix(std::as_const(*network_), matrix, genes.first(matrix.size()));
      }
      genes = genes.subspan(matrix.size());
    }
  }
  std::uint64_t bytes_per_lane() const override { return network_->bytes_per_lane(); }
  Wiring wiring() const override { return wiring_of(*network_); }
  void place(Wiring& wiring) const override {
    if (layout_) place_neurons(layout_->sheets, layout_->dimensions, wiring);
  }

 private:
  LayeredShape shape_;
  std::optional<SubstrateLayout> layout_;
  std::unique_ptr<LayeredNetwork> network_;
};

}  // namespace

std::vector<GenomePart> DirectVector::genome() const {
  std::vector<std::uint32_t> fan_in;  // per gene
  for (const LinkMatrix& matrix : shape_.matrices) {
    const bool weights = matrix.number == LinkNumber::weight;
    const std::size_t inputs = weights ? matrix.columns - 1 : matrix.columns;
    for (std::size_t neuron = 0; neuron < matrix.rows; ++neuron) {
      fan_in.insert(fan_in.end(), inputs, static_cast<std::uint32_t>(inputs));
      if (weights) fan_in.push_back(0);
    }
  }
  return {layered_genome(shape_.size(), 1.0, std::move(fan_in))};
}

std::unique_ptr<Decoder> DirectVector::make_decoder(const NetworkInterface& body) const {
  require_terminals(body, shape_.form.inputs, shape_.form.outputs);
  return std::make_unique<DirectVectorDecoder>(shape_, find_layout(hidden_, body));
}

std::vector<NetworkNote> DirectVector::notes() const {
  return layered_notes(
      "layer after layer, from the sensors on; in a layer neuron after neuron; for each neuron its "
      "weights "
      "from each neuron (sensor) of the layer before, in order, then its bias");
}

}  // namespace cambrian
