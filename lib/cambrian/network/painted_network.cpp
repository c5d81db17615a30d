#include "cambrian/network/painted_network.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "cambrian/network/activation.hpp"

namespace cambrian {

PaintedNetwork::PaintedNetwork(LayeredForm form, std::vector<PaintedPlaces> places,
                               PaintedProduct product)
    : form_(std::move(form)), product_(product) {
  assert(places.size() == form_.layers.size());
  // Neurons of a layer come as they lie in its array.
  for (std::size_t l = places.size(); l-- > 1;) {
    const std::vector<std::uint32_t> sources = places[l].sources;
    const std::vector<std::uint32_t>& neurons = places[l - 1].neurons;
    for (std::size_t i = 0; i < neurons.size(); ++i) {
      places[l].sources[neurons[i]] = sources[i];
    }
  }
  for (std::size_t l = 0; l < places.size(); ++l) {
    widest_ = std::max({widest_, places[l].sources.size(), places[l].neurons.size()});
    layers_.push_back({std::move(places[l]), {}, std::vector<float>(form_.layers[l].neurons)});
  }
  sources_.resize(PaintedLayer<float>::kLanes * widest_);
  neurons_.resize(sources_.size());
}

void PaintedNetwork::set_layer(std::size_t layer, CosineTransform& transform,
                               std::span<const double> coefficients,
                               std::span<const float> biases) {
  Layer& to = layers_[layer];
  assert(to.places.bias_within == biases.empty());
  to.weights.load(transform, to.places.neuron_axes, coefficients, product_);
  to.painted = std::ranges::any_of(coefficients, [](double value) { return value != 0; });
  // Biases lie in the order of the array, as what the weights give.
  for (std::size_t n = 0; n < biases.size(); ++n) to.biases[to.places.neurons[n]] = biases[n];
}

void PaintedNetwork::reset(std::size_t lanes, Stream&) { lanes_ = lanes; }

void PaintedNetwork::activate(std::span<const float> sensors, std::span<float> motors) {
  assert(sensors.size() == lanes_ * inputs() && motors.size() == lanes_ * outputs());
  constexpr std::size_t kLanes = PaintedLayer<float>::kLanes;
  for (std::size_t lane = 0; lane < lanes_; lane += kLanes) {
    run(std::min(kLanes, lanes_ - lane), &sensors[lane * inputs()], &motors[lane * outputs()]);
  }
}

void PaintedNetwork::run(std::size_t lanes, const float* sensors, float* motors) {
  const float* in = sensors;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    Layer& layer = layers_[l];
    const PaintedPlaces& places = layer.places;
    const std::size_t inputs = form_.before(l);
    const std::size_t sources = places.sources.size();
    const std::size_t neurons = places.neurons.size();
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      float* row = &sources_[lane * sources];
      for (std::size_t i = 0; i < inputs; ++i) row[places.sources[i]] = in[lane * inputs + i];
      if (places.bias_within) row[places.sources[inputs]] = 1.0F;
    }
    layer.weights.multiply(std::span(sources_).first(lanes * sources), lanes,
                           std::span(neurons_).first(lanes * neurons));
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (std::size_t n = 0; n < neurons; ++n) neurons_[lane * neurons + n] += layer.biases[n];
    }
    apply_function(form_.layers[l].function, std::span(neurons_).first(lanes * neurons));
    in = neurons_.data();
  }
  const std::vector<std::uint32_t>& places = layers_.back().places.neurons;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    for (std::size_t n = 0; n < places.size(); ++n) {
      motors[lane * places.size() + n] = in[lane * places.size() + places[n]];
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
  for (const Layer& layer : layers_) {
    if (layer.painted) count += layer.places.neurons.size() * layer.places.sources.size();
    for (const float bias : layer.biases) count += bias != 0.0F ? 1 : 0;
  }
  return count;
}

}  // namespace cambrian
