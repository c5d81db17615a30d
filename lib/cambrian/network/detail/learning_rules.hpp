// Private to this room: one update of the weights of a layer of one lane by each rule.
//
// Weights are [sources, stride]. What a rule needs of each link lies packet by packet in the same
// order, kPackets<rule> of them together: A, B, C (and D), times the rate; or the rate alone.
#pragma once

#include <cstddef>

#include "cambrian/network/detail/packets.hpp"
#include "cambrian/network/learning.hpp"

namespace cambrian::packets {

constexpr std::size_t rule_packets(LearningRule rule) {
  if (rule == LearningRule::abc) return 3;
  if (rule == LearningRule::abcd) return 4;
  return rule == LearningRule::oja || rule == LearningRule::bcm ? 1 : 0;
}

/// What a layer's update reads; `gate` and `mean` are null where the rule has none.
struct LearningStep {
  const float* rule;
  const float* pre;   ///< [sources]
  const float* post;  ///< [stride]
  const float* gate;  ///< [stride]
  const float* mean;  ///< [stride] of post^2
  std::size_t sources;
  std::size_t stride;
  float limit;  ///< of weights, may be infinite
};

template <LearningRule R>
Packet weight_change(const float* rule, Packet weight, Packet pre, const LearningStep& step,
                     std::size_t n) {
  const Packet post = load(step.post + n);
  if constexpr (R == LearningRule::oja) {
    const Packet rest = simd::psub(pre, simd::pmul(post, weight));
    return simd::pmul(simd::pmul(load(rule), post), rest);
  } else if constexpr (R == LearningRule::bcm) {
    const Packet beyond = simd::psub(post, load(step.mean + n));
    return simd::pmul(simd::pmul(load(rule), post), simd::pmul(beyond, pre));
  } else {
    const Packet with_pre = simd::pmadd(load(rule), post, load(rule + kWidth));
    Packet rest = simd::pmul(load(rule + 2 * kWidth), post);
    if constexpr (R == LearningRule::abcd) rest = simd::padd(rest, load(rule + 3 * kWidth));
    return simd::pmadd(with_pre, pre, rest);
  }
}

/// A weight whose change is 0 keeps its bits, even beyond the limit. What is not a number stays so:
/// pmin and pmax give their first operand then.
template <LearningRule R, bool kGated>
void learn_layer(float* weights, const LearningStep& step) {
  const float* rule = step.rule;
  const Packet most = all(step.limit);
  const Packet least = all(-step.limit);
  for (std::size_t i = 0; i < step.sources; ++i) {
    const Packet pre = all(step.pre[i]);
    for (std::size_t n = 0; n < step.stride; n += kWidth) {
      const Packet weight = load(weights);
      Packet change = weight_change<R>(rule, weight, pre, step, n);
      if constexpr (kGated) change = simd::pmul(change, load(step.gate + n));
      const Packet learned = simd::pmax(simd::pmin(simd::padd(weight, change), most), least);
      store(weights, simd::pselect(simd::pcmp_eq(change, all(0.0F)), weight, learned));
      weights += kWidth;
      rule += rule_packets(R) * kWidth;
    }
  }
}

}  // namespace cambrian::packets
