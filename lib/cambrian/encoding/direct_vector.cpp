#include "cambrian/encoding/direct_vector.hpp"

#include <utility>

#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

class DirectVectorDecoder final : public Decoder {
 public:
  explicit DirectVectorDecoder(const LayeredShape& shape)
      : shape_(shape), network_(shape.make_network()) {}
  Network& decode(const Population& population, std::size_t row) override {
    std::span<const float> genes = vectors_of(population, shape_.weights()).row(row);
    for (std::size_t layer = 0; layer < shape_.layers.size(); ++layer) {
      set_layer(network_, layer, genes.first(shape_.weights(layer)));
      genes = genes.subspan(shape_.weights(layer));
    }
    return network_;
  }

 private:
  LayeredShape shape_;
  FeedForwardNetwork network_;
};

}  // namespace

std::vector<GenomePart> DirectVector::genome() const {
  std::vector<std::uint32_t> fan_in;  // a row of weights and the bias for each neuron
  for (std::size_t layer = 0; layer < shape_.layers.size(); ++layer) {
    const std::size_t inputs = shape_.columns(layer) - 1;
    for (std::size_t neuron = 0; neuron < shape_.rows(layer); ++neuron) {
      fan_in.insert(fan_in.end(), inputs, static_cast<std::uint32_t>(inputs));
      fan_in.push_back(0);
    }
  }
  return {layered_genome(shape_.weights(), 1.0, std::move(fan_in))};
}

std::unique_ptr<Decoder> DirectVector::make_decoder(const NetworkInterface& body) const {
  require_terminals(body, shape_.inputs, shape_.layers.back().neurons);
  return std::make_unique<DirectVectorDecoder>(shape_);
}

std::vector<NetworkNote> DirectVector::notes() const {
  return layered_notes(
      "layer after layer, from the sensors on; in a layer neuron after neuron; for each neuron its "
      "weights "
      "from each neuron (sensor) of the layer before, in order, then its bias");
}

}  // namespace cambrian
