#include "cambrian/network/feed_forward.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "cambrian/network/detail/dense.hpp"

namespace cambrian {
namespace {

std::size_t count_non_zero(std::span<const float> values) {
  return static_cast<std::size_t>(
      std::count_if(values.begin(), values.end(), [](float value) { return value != 0.0F; }));
}

}  // namespace

FeedForwardNetwork::FeedForwardNetwork(LayeredForm form) : form_(std::move(form)) {
  assert(!form_.layers.empty() && form_.outputs == form_.layers.back().neurons);
  std::size_t inputs = form_.inputs;
  for (const LayerShape& shape : form_.layers) {
    const std::size_t stride = packets::padded(shape.neurons);
    layers_.push_back({inputs, shape.neurons, stride, shape.function,
                       CacheAligned<float>(inputs * stride), CacheAligned<float>(stride)});
    stride_ = std::max(stride_, stride);
    inputs = shape.neurons;
  }
}

std::span<float> FeedForwardNetwork::weights_from(std::size_t layer, std::size_t input) {
  Layer& to = layers_[layer];
  assert(input < to.inputs);
  return {&to.weights[input * to.stride], to.neurons};
}

std::span<float> FeedForwardNetwork::biases(std::size_t layer) {
  return {layers_[layer].biases.data(), layers_[layer].neurons};
}

std::span<const float> FeedForwardNetwork::column(LinkNumber number, std::size_t layer,
                                                  std::size_t column) const {
  assert(number == LinkNumber::weight);
  static_cast<void>(number);
  const Layer& of = layers_[layer];
  assert(column <= of.inputs);
  if (column == of.inputs) return {of.biases.data(), of.neurons};
  return {&of.weights[column * of.stride], of.neurons};
}

void FeedForwardNetwork::reset(std::size_t lanes, Stream&) {
  lanes_ = lanes;
  values_.resize(2 * lanes * stride_);
}

void FeedForwardNetwork::activate(std::span<const float> sensors, std::span<float> motors) {
  assert(sensors.size() == lanes_ * inputs() && motors.size() == lanes_ * outputs());
  const float* in = sensors.data();
  std::size_t in_stride = inputs();
  float* out = values_.data();
  float* spare = out + lanes_ * stride_;
  for (const Layer& layer : layers_) {
    packets::with_function(layer.function, [&]<Activation F>() {
      for (std::size_t lane = 0; lane < lanes_; ++lane) {
        packets::compute_layer<F>(layer.weights.data(), layer.stride, layer.biases.data(),
                                  in + lane * in_stride, layer.inputs, out + lane * stride_);
      }
    });
    in = out;
    in_stride = stride_;
    std::swap(out, spare);
  }
  for (std::size_t lane = 0; lane < lanes_; ++lane) {
    std::copy_n(in + lane * stride_, outputs(), &motors[lane * outputs()]);
  }
}

std::size_t FeedForwardNetwork::links() const {
  std::size_t count = 0;
  for (const Layer& layer : layers_) {
    count += count_non_zero(layer.weights) + count_non_zero(layer.biases);
  }
  return count;
}

}  // namespace cambrian
