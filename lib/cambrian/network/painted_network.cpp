#include "cambrian/network/painted_network.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "cambrian/network/activation.hpp"

namespace cambrian {

PaintedNetwork::PaintedNetwork(LayeredForm form, std::vector<PaintedPlaces> blocks,
                               PaintedProduct product)
    : form_(std::move(form)), product_(product), layers_(form_.layers.size()) {
  std::size_t widest = 0;
  for (PaintedPlaces& places : blocks) {
    Layer& layer = layers_[places.layer];
    if (layer.blocks++ == 0) layer.first_block = blocks_.size();
    assert(layer.first_block + layer.blocks == blocks_.size() + 1);
    const std::size_t inputs = form_.before(places.layer);
    const std::size_t end = places.first_column + places.sources.size();
    const std::size_t before =
        places.first_column < inputs ? std::min(inputs, end) - places.first_column : 0;
    const std::size_t bias = end > form_.sources(places.layer) ? 1 : 0;
    const std::size_t own = places.sources.size() - before - bias;
    assert(before == 0 || before == inputs);
    widest = std::max({widest, places.sources.size(), places.neurons.size()});
    blocks_.push_back({std::move(places), before, own, {}});
  }
  for (Block& block : blocks_) {
    PaintedPlaces& places = block.places;
    const std::vector<std::uint32_t>& first =
        blocks_[layers_[places.layer].first_block].places.neurons;
    block.onto.resize(first.size());
    for (std::size_t n = 0; n < first.size(); ++n) block.onto[places.neurons[n]] = first[n];
    // Sources come as the neurons that they are lie in the array of their layer.
    const std::vector<std::uint32_t> sources = places.sources;
    for (std::size_t i = 0; i < block.before && places.layer > 0; ++i) {
      const Layer& below = layers_[places.layer - 1];
      places.sources[blocks_[below.first_block].places.neurons[i]] = sources[i];
    }
    for (std::size_t i = 0; i < block.own; ++i) {
      places.sources[block.before + first[i]] = sources[block.before + i];
    }
  }
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    layers_[l].biases.assign(form_.layers[l].neurons, 0.0F);
  }
  for (CacheAligned<float>* values : {&sources_, &sums_, &more_, &values_}) {
    values->resize(PaintedLayer<float>::kLanes * widest);
  }
}

void PaintedNetwork::set_weights(std::size_t block, CosineTransform& transform,
                                 std::span<const double> coefficients) {
  Block& to = blocks_[block];
  to.weights.load(transform, to.places.neuron_axes, coefficients, product_);
  to.painted = std::ranges::any_of(coefficients, [](double value) { return value != 0; });
}

void PaintedNetwork::set_biases(std::size_t layer, std::span<const float> biases) {
  Layer& to = layers_[layer];
  const std::vector<std::uint32_t>& places = blocks_[to.first_block].places.neurons;
  for (std::size_t n = 0; n < biases.size(); ++n) to.biases[places[n]] = biases[n];
}

void PaintedNetwork::reset(std::size_t lanes, Stream&) {
  lanes_ = lanes;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    if (form_.feeds_itself(l)) layers_[l].last.resize(lanes * form_.layers[l].neurons);
  }
  reset_state();
}

void PaintedNetwork::reset_state() {
  for (Layer& layer : layers_) std::ranges::fill(layer.last, 0.0F);
}

void PaintedNetwork::activate(std::span<const float> sensors, std::span<float> motors) {
  assert(sensors.size() == lanes_ * inputs() && motors.size() == lanes_ * outputs());
  constexpr std::size_t kLanes = PaintedLayer<float>::kLanes;
  for (std::size_t lane = 0; lane < lanes_; lane += kLanes) {
    run(lane, std::min(kLanes, lanes_ - lane), &sensors[lane * inputs()],
        &motors[lane * outputs()]);
  }
}

void PaintedNetwork::run(std::size_t first, std::size_t lanes, const float* sensors,
                         float* motors) {
  const float* in = sensors;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    Layer& layer = layers_[l];
    const std::size_t neurons = form_.layers[l].neurons;
    float* last = layer.last.empty() ? nullptr : &layer.last[first * neurons];
    for (std::size_t b = 0; b < layer.blocks; ++b) {
      add_block(layer.first_block + b, lanes, in, last);
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (std::size_t n = 0; n < neurons; ++n) sums_[lane * neurons + n] += layer.biases[n];
    }
    apply_function(form_.layers[l].function, std::span(sums_).first(lanes * neurons));
    if (last != nullptr) std::copy_n(sums_.data(), lanes * neurons, last);
    std::swap(sums_, values_);
    in = values_.data();
  }
  const std::vector<std::uint32_t>& places = blocks_[layers_.back().first_block].places.neurons;
  const std::size_t hidden = places.size() - outputs();
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    for (std::size_t n = 0; n < outputs(); ++n) {
      motors[lane * outputs() + n] = in[lane * places.size() + places[hidden + n]];
    }
  }
}

/// Its products: the first block's are the sums of the layer, the others' are added to them.
/// @param before  [lanes, neurons of the layer before]   @param own  [lanes, neurons] the last values
void PaintedNetwork::add_block(std::size_t b, std::size_t lanes, const float* before,
                               const float* own) {
  Block& block = blocks_[b];
  const PaintedPlaces& places = block.places;
  const std::size_t sources = places.sources.size();
  const std::size_t neurons = places.neurons.size();
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    float* row = &sources_[lane * sources];
    const std::uint32_t* place = places.sources.data();
    for (std::size_t i = 0; i < block.before; ++i) row[*place++] = before[lane * block.before + i];
    for (std::size_t i = 0; i < block.own; ++i) row[*place++] = own[lane * neurons + i];
    if (block.before + block.own < sources) row[*place] = 1.0F;
  }
  const bool first = b == layers_[places.layer].first_block;
  CacheAligned<float>& to = first ? sums_ : more_;
  block.weights.multiply(std::span(sources_).first(lanes * sources), lanes,
                         std::span(to).first(lanes * neurons));
  for (std::size_t lane = 0; lane < lanes && !first; ++lane) {
    for (std::size_t n = 0; n < neurons; ++n) {
      sums_[lane * neurons + block.onto[n]] += more_[lane * neurons + n];
    }
  }
}

std::size_t PaintedNetwork::nodes() const {
  std::size_t count = form_.inputs + 1;
  for (const LayerShape& layer : form_.layers) count += layer.neurons;
  return count;
}

std::size_t PaintedNetwork::links() const {
  std::size_t count = 0;
  for (const Block& block : blocks_) {
    if (block.painted) count += block.places.neurons.size() * block.places.sources.size();
  }
  for (const Layer& layer : layers_) {
    for (const float bias : layer.biases) count += bias != 0.0F ? 1 : 0;
  }
  return count;
}

}  // namespace cambrian
