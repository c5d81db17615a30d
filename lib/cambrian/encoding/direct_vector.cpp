#include "cambrian/encoding/direct_vector.hpp"

#include <cassert>

#include "cambrian/encoding/wiring.hpp"
#include "cambrian/genome/real/real_population.hpp"

namespace cambrian {
namespace {

class DirectVectorDecoder final : public Decoder {
 public:
  explicit DirectVectorDecoder(const LayeredShape& shape)
      : shape_(shape), network_(shape.make_network()) {}
  Network& decode(const Population& population, std::size_t row) override {
    std::span<const float> genes = dynamic_cast<const RealPopulation&>(population).row(row);
    assert(genes.size() == shape_.weights());
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

std::unique_ptr<GenomeSpace> DirectVector::genome_space(const Parameters& genome) const {
  const auto& parameters = dynamic_cast<const RealGenomeParameters&>(genome);
  check_length(parameters.length, shape_.weights());
  return std::make_unique<RealSpace>(parameters, shape_.weights());
}

std::unique_ptr<Decoder> DirectVector::make_decoder() const {
  return std::make_unique<DirectVectorDecoder>(shape_);
}

Wiring DirectVector::wiring(const Population& population, std::size_t row) const {
  const std::unique_ptr<Decoder> decoder = make_decoder();
  return wiring_of(dynamic_cast<FeedForwardNetwork&>(decoder->decode(population, row)));
}

std::vector<NetworkNote> DirectVector::notes() const {
  return layered_notes(
      "layer after layer, from the sensors on; in a layer neuron after neuron; of a neuron its "
      "weights "
      "from each neuron (sensor) of the layer before, in order, then its bias");
}

}  // namespace cambrian
