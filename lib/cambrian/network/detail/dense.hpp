// Private to this room: the weighted sums of a dense layer of one lane.
#pragma once

#include <cstddef>

#include "cambrian/network/detail/packets.hpp"

namespace cambrian::packets {

// N packets of neurons of one lane, kept in registers over all inputs as 4 / N partial sums each,
// since each addition waits for the one before it.
template <Activation F, std::size_t N>
void compute_neurons(const float* weights, std::size_t stride, const float* biases, const float* in,
                     std::size_t inputs, float* out) {
  constexpr std::size_t kParts = 4 / N;
  Packet sums[kParts][N];
  for (std::size_t k = 0; k < N; ++k) sums[0][k] = load(biases + k * kWidth);
  for (std::size_t part = 1; part < kParts; ++part) {
    for (std::size_t k = 0; k < N; ++k) sums[part][k] = all(0.0F);
  }
  const auto add = [&](std::size_t part, std::size_t i) {
    const Packet value = all(in[i]);
    for (std::size_t k = 0; k < N; ++k) {
      const Packet weight = load(weights + i * stride + k * kWidth);
      sums[part][k] = simd::pmadd(weight, value, sums[part][k]);
    }
  };
  std::size_t i = 0;
  for (; i + kParts <= inputs; i += kParts) {
    for (std::size_t part = 0; part < kParts; ++part) add(part, i + part);
  }
  for (; i < inputs; ++i) add(0, i);
  for (std::size_t part = 1; part < kParts; ++part) {
    for (std::size_t k = 0; k < N; ++k) {
      sums[0][k] = simd::padd(sums[0][k], sums[part][k]);
    }
  }
  for (std::size_t k = 0; k < N; ++k) {
    store(out + k * kWidth, activate<F>(sums[0][k]));
  }
}

template <Activation F>
void compute_layer(const float* weights, std::size_t stride, const float* biases, const float* in,
                   std::size_t inputs, float* out) {
  std::size_t n = 0;
  for (; n + 4 * kWidth <= stride; n += 4 * kWidth) {
    compute_neurons<F, 4>(weights + n, stride, biases + n, in, inputs, out + n);
  }
  if (n + 2 * kWidth <= stride) {
    compute_neurons<F, 2>(weights + n, stride, biases + n, in, inputs, out + n);
    n += 2 * kWidth;
  }
  if (n < stride) compute_neurons<F, 1>(weights + n, stride, biases + n, in, inputs, out + n);
}

}  // namespace cambrian::packets
