// Private to this room: SIMD packets of floats by Eigen, and the node functions on them.
#pragma once

#include <Eigen/Core>
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

template <NodeFunction F>
inline Packet activate(Packet x) {
  if constexpr (F == NodeFunction::identity) return x;
  if constexpr (F == NodeFunction::bipolar_sigmoid) return bipolar(x, 4.9F);
  if constexpr (F == NodeFunction::gaussian) return twice_minus_one(bell(x, 2.5F));
  if constexpr (F == NodeFunction::absolute) return simd::pabs(x);
  if constexpr (F == NodeFunction::sine) return simd::psin(simd::padd(x, x));
  if constexpr (F == NodeFunction::steep_sigmoid) return logistic(x, 4.9F);
  if constexpr (F == NodeFunction::neat_sigmoid) return logistic(x, 4.924273F);
  if constexpr (F == NodeFunction::tanh) return simd::ptanh(x);
  if constexpr (F == NodeFunction::sigmoid) return logistic(x, 1.0F);
  if constexpr (F == NodeFunction::step) return simd::pand(simd::pcmp_lt(all(0.0F), x), all(1.0F));
  if constexpr (F == NodeFunction::relu) return simd::pmax(x, all(0.0F));
  if constexpr (F == NodeFunction::cosine) return simd::pcos(x);
  if constexpr (F == NodeFunction::plain_sine) return simd::psin(x);
  if constexpr (F == NodeFunction::plain_gaussian) return bell(x, 1.0F);
  if constexpr (F == NodeFunction::square) return simd::pmul(x, x);
}

/// Calls body.operator()<F>() for the function of that number: one decision a row of packets.
template <class Body>
void with_function(NodeFunction function, Body&& body) {
  using enum NodeFunction;
  switch (function) {
    case identity:
      return body.template operator()<identity>();
    case bipolar_sigmoid:
      return body.template operator()<bipolar_sigmoid>();
    case gaussian:
      return body.template operator()<gaussian>();
    case absolute:
      return body.template operator()<absolute>();
    case sine:
      return body.template operator()<sine>();
    case steep_sigmoid:
      return body.template operator()<steep_sigmoid>();
    case neat_sigmoid:
      return body.template operator()<neat_sigmoid>();
    case NodeFunction::tanh:
      return body.template operator()<NodeFunction::tanh>();
    case sigmoid:
      return body.template operator()<sigmoid>();
    case step:
      return body.template operator()<step>();
    case relu:
      return body.template operator()<relu>();
    case cosine:
      return body.template operator()<cosine>();
    case plain_sine:
      return body.template operator()<plain_sine>();
    case plain_gaussian:
      return body.template operator()<plain_gaussian>();
    case square:
      return body.template operator()<square>();
  }
  std::abort();
}

}  // namespace cambrian::packets
