// Private to this room: SIMD packets of floats by Eigen, and the node functions on them.
#pragma once

#include <Eigen/Core>
#include <boost/mp11/algorithm.hpp>
#include <cstddef>
#include <cstdlib>

#include "cambrian/network/activation.hpp"

namespace cambrian::packets {

namespace simd = Eigen::internal;
using Packet = simd::packet_traits<float>::type;
inline constexpr std::size_t kWidth = simd::packet_traits<float>::size;

constexpr std::size_t padded(std::size_t n) { return (n + kWidth - 1) / kWidth * kWidth; }
inline Packet load(const float* from) { return simd::ploadu<Packet>(from); }
inline void store(float* to, Packet values) { simd::pstoreu(to, values); }
inline Packet all(float value) { return simd::pset1<Packet>(value); }

/// 2/(1+e^-kx) - 1 = tanh(kx/2): a quotient of polynomials, in half the time of the exponential.
inline Packet bipolar(Packet x, float k) { return simd::ptanh(simd::pmul(x, all(0.5F * k))); }

/// 1/(1+e^-kx) = (1 + tanh(kx/2)) / 2
inline Packet logistic(Packet x, float k) {
  return simd::pmadd(bipolar(x, k), all(0.5F), all(0.5F));
}

/// e^-(kx)^2, held at e^-64, which is zero for any sum: the subnormal numbers beyond would cost a
/// hundred cycles each in every product that they enter.
inline Packet bell(Packet x, float k) {
  const Packet scaled = simd::pmul(x, all(k));
  return simd::pexp(simd::pmax(simd::pnegate(simd::pmul(scaled, scaled)), all(-64.0F)));
}

inline Packet twice_minus_one(Packet x) { return simd::psub(simd::padd(x, x), all(1.0F)); }

template <Activation F>
inline Packet activate(Packet x) {
  if constexpr (F == Activation::identity) return x;
  if constexpr (F == Activation::bipolar_sigmoid) return bipolar(x, 4.9F);
  if constexpr (F == Activation::gaussian) return twice_minus_one(bell(x, 2.5F));
  if constexpr (F == Activation::absolute) return simd::pabs(x);
  if constexpr (F == Activation::sine) return simd::psin(simd::padd(x, x));
  if constexpr (F == Activation::steep_sigmoid) return logistic(x, 4.9F);
  if constexpr (F == Activation::neat_sigmoid) return logistic(x, 4.924273F);
  if constexpr (F == Activation::tanh) return simd::ptanh(x);
  if constexpr (F == Activation::sigmoid) return logistic(x, 1.0F);
  if constexpr (F == Activation::step) return simd::pand(simd::pcmp_lt(all(0.0F), x), all(1.0F));
  if constexpr (F == Activation::relu) return simd::pmax(x, all(0.0F));
  if constexpr (F == Activation::cosine) return simd::pcos(x);
  if constexpr (F == Activation::plain_sine) return simd::psin(x);
  if constexpr (F == Activation::plain_gaussian) return bell(x, 1.0F);
  if constexpr (F == Activation::square) return simd::pmul(x, x);
}

/// Calls body.operator()<F>() for the function of that number: one decision a row of packets.
template <class Body>
void with_function(Activation function, Body&& body) {
  const auto number = static_cast<std::size_t>(function);
  if (number >= kActivations) std::abort();
  boost::mp11::mp_with_index<kActivations>(number, [&](auto constant) {
    body.template operator()<static_cast<Activation>(constant.value)>();
  });
}

}  // namespace cambrian::packets
