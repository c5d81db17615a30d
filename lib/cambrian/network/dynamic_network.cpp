#include "cambrian/network/dynamic_network.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "cambrian/core/error.hpp"
#include "cambrian/network/detail/dense.hpp"
#include "cambrian/network/detail/learning_rules.hpp"

namespace cambrian {
namespace {

using packets::kWidth;
using packets::Packet;
namespace simd = packets::simd;

constexpr std::size_t at(LinkNumber number) { return static_cast<std::size_t>(number); }

constexpr std::size_t kAsked = 512;  // links that a CPPN is asked about at once, by whole sources

/// Sums over the links that do not modulate, and over those that do.
void modulated_sums(const float* weights, const float* modulating, std::size_t stride,
                    const float* biases, const float* in, std::size_t sources, float* sums,
                    float* gates) {
  const Packet zero = packets::all(0.0F);
  for (std::size_t n = 0; n < stride; n += kWidth) {
    Packet sum = packets::load(biases + n);
    Packet gate = zero;
    for (std::size_t i = 0; i < sources; ++i) {
      const Packet value = packets::all(in[i]);
      const Packet weight = packets::load(weights + i * stride + n);
      const Packet mask = simd::pcmp_lt(zero, packets::load(modulating + i * stride + n));
      sum = simd::pmadd(simd::pandnot(weight, mask), value, sum);
      gate = simd::pmadd(simd::pand(weight, mask), value, gate);
    }
    packets::store(sums + n, sum);
    packets::store(gates + n, gate);
  }
}

}  // namespace

DynamicNetwork::DynamicNetwork(LayeredForm form)
    : form_(std::move(form)), modulated_(form_.learning.modulation != Modulation::none) {
  assert(!form_.layers.empty() && form_.outputs <= form_.layers.back().neurons);
  std::size_t rule_size = 0, links = 0, most_sources = 0, widest = 0, before_values = 0;
  values_size_ = packets::padded(form_.inputs);
  for (std::size_t l = 0; l < form_.layers.size(); ++l) {
    const std::size_t neurons = form_.layers[l].neurons;
    const std::size_t stride = packets::padded(neurons);
    const std::size_t sources = form_.sources(l);
    layers_.push_back({form_.before(l), sources, neurons, stride, weights_size_, neurons_size_,
                       rule_size, links, before_values});
    before_values = values_size_;
    weights_size_ += (sources + 1) * stride;
    neurons_size_ += stride;
    values_size_ += stride;
    rule_size += sources * stride * packets::rule_packets(form_.learning.learning);
    links += sources * neurons;
    most_sources = std::max(most_sources, sources);
    widest = std::max(widest, stride);
  }
  for (const LinkNumber number : form_.numbers()) {
    genes_[at(number)].assign(form_.per_neuron(number) ? neurons_size_ : weights_size_, 0.0F);
  }
  genes_[at(LinkNumber::weight)].assign(weights_size_, 0.0F);
  rule_.assign(rule_size, 0.0F);
  if (modulated_) modulating_.assign(weights_size_, 0.0F);
  sources_.assign(most_sources, 0.0F);
  zeros_.assign(widest, 0.0F);
  if (form_.learning.learning == LearningRule::iterated) {
    for (CacheAligned<float>& links_asked : asked_) links_asked.resize(kAsked + widest);
  }
}

std::span<const float> DynamicNetwork::column(LinkNumber number, std::size_t layer,
                                              std::size_t column) const {
  const Layer& of = layers_[layer];
  const bool weight = number == LinkNumber::weight;
  assert(column < form_.columns(number, layer) && !genes_[at(number)].empty());
  const float* numbers = weight && lived_ ? learned_.data() : genes_[at(number)].data();
  const std::size_t first =
      form_.per_neuron(number) ? of.first_neuron : of.first_weight + column * of.stride;
  return {numbers + first, of.neurons};
}

void DynamicNetwork::reset(std::size_t lanes, Stream& birth) {
  end_life();
  lanes_ = lanes;
  updates_ = 0;
  set_learning(true);
  if (modulated_) mark_modulating();
  if (learns()) prepare_rule();
  if (form_.recurrence == Recurrence::ctrnn) {
    follow_.assign(neurons_size_, 0.0F);
    std::transform(genes_[at(LinkNumber::time_constant)].begin(),
                   genes_[at(LinkNumber::time_constant)].end(), follow_.begin(), [&](float gene) {
                     return static_cast<float>(form_.time.step) / form_.time.time_constant(gene);
                   });
  }
  if (form_.learning.random_weights) {
    const auto range = static_cast<float>(form_.learning.initial_weight_range);
    born_.assign(lanes * weights_size_, 0.0F);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (const Layer& layer : layers_) {
        for (std::size_t i = 0; i < layer.sources; ++i) {
          float* row = &born_[lane * weights_size_ + layer.first_weight + i * layer.stride];
          birth.fill_uniform({row, layer.neurons});
          std::transform(row, row + layer.neurons, row,
                         [&](float u) { return range * (2.0F * u - 1.0F); });
        }
      }
    }
  }
  if (learns()) learned_.resize(lanes * weights_size_);
  gates_.assign(modulated_ ? lanes * neurons_size_ : 0, 0.0F);
  mean_square_.assign(form_.learning.learning == LearningRule::bcm ? lanes * neurons_size_ : 0,
                      0.0F);
  now_.resize(lanes * values_size_);
  next_.resize(lanes * values_size_);
  state_.resize(lanes * neurons_size_);
  reset_weights();
  reset_state();
  lived_ = learns();
}

void DynamicNetwork::reset_weights() {
  if (!learns()) return;
  updates_ = 0;
  std::fill(mean_square_.begin(), mean_square_.end(), 0.0F);
  if (form_.learning.random_weights) {
    std::copy(born_.begin(), born_.end(), learned_.begin());
    return;
  }
  const CacheAligned<float>& genes = genes_[at(LinkNumber::weight)];
  for (std::size_t lane = 0; lane < lanes_; ++lane) {
    std::copy(genes.begin(), genes.end(), &learned_[lane * weights_size_]);
  }
}

void DynamicNetwork::reset_state() {
  std::fill(now_.begin(), now_.end(), 0.0F);
  std::fill(next_.begin(), next_.end(), 0.0F);
  std::fill(state_.begin(), state_.end(), 0.0F);
  if (form_.recurrence != Recurrence::ctrnn ||
      form_.time.form == ContinuousTimeParameters::Form::rate) {
    return;
  }
  // Beer's neurons have values even at rest: f(0 + bias).
  const Layer& layer = layers_.front();
  for (std::size_t lane = 0; lane < lanes_; ++lane) {
    const float* biases = weights(lane) + layer.sources * layer.stride;
    const std::span<float> values(&now_[(lane + 1) * values_size_ - layer.stride], layer.stride);
    std::copy_n(biases, layer.stride, values.begin());
    apply_function(form_.layers.front().function, values);
  }
}

void DynamicNetwork::mark_modulating() {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const Layer& layer = layers_[l];
    float* row = &modulating_[layer.first_weight];
    for (std::size_t i = 0; i < layer.sources; ++i, row += layer.stride) {
      for (std::size_t n = 0; n < layer.neurons; ++n) row[n] = modulates(l, i, n) ? 1.0F : 0.0F;
    }
  }
}

void DynamicNetwork::prepare_rule() {
  using enum LinkNumber;
  const std::size_t count = packets::rule_packets(form_.learning.learning);
  if (count == 0) return;
  const std::array<LinkNumber, 4> products = {a, b, c, d};
  const CacheAligned<float>& rates = genes_[at(rate)];
  for (const Layer& layer : layers_) {
    float* rule = &rule_[layer.first_rule];
    for (std::size_t k = 0; k < layer.sources * layer.stride; ++k) {
      const std::size_t link = layer.first_weight + k;
      const bool fixed = modulated_ && modulating_[link] > 0.0F;
      const float speed = fixed ? 0.0F : form_.learning.used(rate, rates[link]);
      float* to = rule + k / kWidth * kWidth * count + k % kWidth;
      if (count == 1) *to = speed;
      for (std::size_t p = 0; p < count && count > 1; ++p) {
        to[p * kWidth] = speed * form_.learning.used(products[p], genes_[at(products[p])][link]);
      }
    }
  }
}

const float* DynamicNetwork::weights(std::size_t lane) const {
  return learns() ? &learned_[lane * weights_size_] : genes_[at(LinkNumber::weight)].data();
}

const float* DynamicNetwork::gather(const Layer& layer, const float* values, const float* own) {
  const float* before = values + layer.before_values;
  if (layer.sources == layer.before) return before;
  std::copy_n(before, layer.before, sources_.begin());
  std::copy_n(own + packets::padded(form_.inputs) + layer.first_neuron, layer.neurons,
              &sources_[layer.before]);
  return sources_.data();
}

void DynamicNetwork::activate(std::span<const float> sensors, std::span<float> motors) {
  assert(lanes_ > 0 && sensors.size() == lanes_ * inputs());
  assert(motors.size() == lanes_ * outputs());
  const std::size_t first_output =
      values_size_ - layers_.back().stride + layers_.back().neurons - outputs();
  if (learning_) ++updates_;
  for (std::size_t lane = 0; lane < lanes_; ++lane) {
    const float* now = &now_[lane * values_size_];
    float* next = &next_[lane * values_size_];
    std::copy_n(&sensors[lane * inputs()], inputs(), next);
    for (std::size_t l = 0; l < layers_.size(); ++l) update_layer(lane, l, now, next);
    if (learning_) {
      for (const Layer& layer : layers_) learn(lane, layer, next);
    }
    std::copy_n(next + first_output, outputs(), &motors[lane * outputs()]);
  }
  std::swap(now_, next_);
}

void DynamicNetwork::update_layer(std::size_t lane, std::size_t l, const float* now, float* next) {
  const Layer& layer = layers_[l];
  const float* weights = this->weights(lane) + layer.first_weight;
  const float* biases = weights + layer.sources * layer.stride;
  const float* in = gather(layer, next, now);
  const std::size_t own = packets::padded(form_.inputs) + layer.first_neuron;
  const bool beer = form_.recurrence == Recurrence::ctrnn &&
                    form_.time.form == ContinuousTimeParameters::Form::beer;
  const float* added = beer ? zeros_.data() : biases;
  float* out = next + own;
  if (modulated_) {
    float* gates = &gates_[lane * neurons_size_ + layer.first_neuron];
    modulated_sums(weights, &modulating_[layer.first_weight], layer.stride, added, in,
                   layer.sources, out, gates);
    gate(layer, gates);
  } else {
    packets::compute_layer<Activation::identity>(weights, layer.stride, added, in, layer.sources,
                                                 out);
  }
  float* state = &state_[lane * neurons_size_ + layer.first_neuron];
  packets::with_function(form_.layers[l].function, [&]<Activation F>() {
    finish<F>(layer, beer ? biases : nullptr, now + own, out, state);
  });
}

void DynamicNetwork::gate(const Layer& layer, float* gates) const {
  const Modulation modulation = form_.learning.modulation;
  for (std::size_t n = 0; n < layer.stride; n += kWidth) {
    Packet sum = packets::load(gates + n);
    if (modulation == Modulation::risi) sum = simd::ptanh(simd::padd(sum, packets::all(1.0F)));
    if (modulation == Modulation::bain) {
      const float* biases = &genes_[at(LinkNumber::modulatory_bias)][layer.first_neuron];
      sum = packets::logistic(simd::padd(sum, packets::load(biases + n)), 1.0F);
    }
    if (modulation == Modulation::soltoggio) sum = packets::bipolar(sum, 1.0F);
    packets::store(gates + n, sum);
  }
}

/// From sums to values. @param bias  of Beer's form, else null   @param next  sums, overwritten
template <Activation F>
void DynamicNetwork::finish(const Layer& layer, const float* bias, const float* now, float* next,
                            float* state) {
  const bool continuous = form_.recurrence == Recurrence::ctrnn;
  const bool halved = form_.learning.modulation == Modulation::soltoggio;
  for (std::size_t n = 0; n < layer.stride; n += kWidth) {
    Packet value = packets::load(next + n);
    if (halved) value = simd::pmul(value, packets::all(0.5F));
    if (!continuous) {
      value = packets::activate<F>(value);
    } else {
      const Packet follow = packets::load(&follow_[layer.first_neuron + n]);
      if (bias != nullptr) {
        const Packet y = packets::load(state + n);
        value = simd::pmadd(follow, simd::psub(value, y), y);
        packets::store(state + n, value);
        value = packets::activate<F>(simd::padd(value, packets::load(bias + n)));
      } else {
        const Packet y = packets::load(now + n);
        value = simd::pmadd(follow, simd::psub(packets::activate<F>(value), y), y);
      }
    }
    packets::store(next + n, value);
  }
}

void DynamicNetwork::learn(std::size_t lane, const Layer& layer, const float* values) {
  const LearningParameters& learning = form_.learning;
  float* weights = &learned_[lane * weights_size_ + layer.first_weight];
  const std::size_t neuron = lane * neurons_size_ + layer.first_neuron;
  packets::LearningStep step{};
  step.rule = rule_.data() + layer.first_rule;  // none where learning is iterated
  step.pre = gather(layer, values, values);
  step.post = values + packets::padded(form_.inputs) + layer.first_neuron;
  step.gate = modulated_ ? &gates_[neuron] : nullptr;
  step.sources = layer.sources;
  step.stride = layer.stride;
  step.limit = learning.weight_limit > 0.0 ? static_cast<float>(learning.weight_limit)
                                           : std::numeric_limits<float>::infinity();
  if (learning.learning == LearningRule::bcm) {
    float* mean = &mean_square_[neuron];
    step.mean = mean;
    const double window = std::min(static_cast<double>(updates_), learning.bcm_window);
    for (std::size_t n = 0; n < layer.neurons; ++n) {
      mean[n] += (step.post[n] * step.post[n] - mean[n]) * static_cast<float>(1.0 / window);
    }
  }
  const auto with = [&]<LearningRule R>() {
    if (modulated_) return packets::learn_layer<R, true>(weights, step);
    packets::learn_layer<R, false>(weights, step);
  };
  switch (learning.learning) {
    case LearningRule::none:
      break;
    case LearningRule::abc:
      with.operator()<LearningRule::abc>();
      break;
    case LearningRule::abcd:
      with.operator()<LearningRule::abcd>();
      break;
    case LearningRule::oja:
      with.operator()<LearningRule::oja>();
      break;
    case LearningRule::bcm:
      with.operator()<LearningRule::bcm>();
      break;
    case LearningRule::iterated:
      learn_as_told(lane, layer, step);
      break;
  }
  if (learning.normalise_weights) normalise(layer, weights);
}

/// Asks the CPPN for the changes of some sources' links at a time, and makes them.
void DynamicNetwork::learn_as_told(std::size_t lane, const Layer& layer,
                                   const packets::LearningStep& step) {
  auto& [pre, post, now, changes] = asked_;
  float* weights = &learned_[lane * weights_size_ + layer.first_weight];
  const float* born = form_.learning.random_weights
                          ? &born_[lane * weights_size_ + layer.first_weight]
                          : &genes_[at(LinkNumber::weight)][layer.first_weight];
  const float* modulating = modulated_ ? &modulating_[layer.first_weight] : nullptr;
  const auto scale = static_cast<float>(form_.learning.rate_scale);
  const std::size_t neurons = layer.neurons;
  const std::size_t at_once = std::max<std::size_t>(1, kAsked / neurons);
  for (std::size_t first = 0; first < layer.sources; first += at_once) {
    const std::size_t count = std::min(at_once, layer.sources - first);
    for (std::size_t i = 0; i < count; ++i) {
      std::fill_n(&pre[i * neurons], neurons, step.pre[first + i]);
      std::copy_n(step.post, neurons, &post[i * neurons]);
      std::copy_n(weights + (first + i) * layer.stride, neurons, &now[i * neurons]);
    }
    const auto some = [&](CacheAligned<float>& all) {
      return std::span(all).first(count * neurons);
    };
    iterated_.ask(layer.first_link + first * neurons, some(pre), some(post), some(now),
                  some(changes));
    for (std::size_t k = 0; k < count * neurons; ++k) {
      const std::size_t link = (first + k / neurons) * layer.stride + k % neurons;
      const bool fixed = modulating != nullptr && modulating[link] > 0.0F;
      const float gate = step.gate == nullptr ? 1.0F : step.gate[k % neurons];
      const float change = scale * changes[k] * gate;
      if (born[link] == 0.0F || fixed || change == 0.0F) continue;
      weights[link] = std::clamp(weights[link] + change, -step.limit, step.limit);
    }
  }
}

/// Divides by the largest size; links that modulate neither count nor change.
void DynamicNetwork::normalise(const Layer& layer, float* weights) const {
  const std::size_t count = layer.sources * layer.stride;
  const float* modulating = modulated_ ? &modulating_[layer.first_weight] : nullptr;
  const Packet zero = packets::all(0.0F);
  const auto fixed = [&](std::size_t k) {
    return modulating == nullptr ? zero : simd::pcmp_lt(zero, packets::load(modulating + k));
  };
  Packet most = zero;
  for (std::size_t k = 0; k < count; k += kWidth) {
    most = simd::pmax(simd::pabs(simd::pandnot(packets::load(weights + k), fixed(k))), most);
  }
  const float largest = simd::predux_max(most);
  if (!(largest > 0.0F)) return;
  for (std::size_t k = 0; k < count; k += kWidth) {
    const Packet weight = packets::load(weights + k);
    packets::store(weights + k,
                   simd::pselect(fixed(k), weight, simd::pdiv(weight, packets::all(largest))));
  }
}

void DynamicNetwork::check() const {
  const bool finite =
      std::all_of(learned_.begin(), learned_.end(), [](float w) { return std::isfinite(w); });
  if (!learns() || finite) return;
  throw Error("a learned weight is not finite: encoding.rate_scale is too large, or weight_limit");
}

std::size_t DynamicNetwork::links() const {
  std::size_t count = 0;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    for (std::size_t i = 0; i <= layers_[l].sources; ++i) {
      const std::span<const float> weights = column(LinkNumber::weight, l, i);
      const bool plastic = !genes_[at(LinkNumber::rate)].empty() && i < layers_[l].sources;
      const std::span<const float> rates = plastic ? column(LinkNumber::rate, l, i) : weights;
      for (std::size_t n = 0; n < weights.size(); ++n) {
        count += weights[n] != 0.0F || rates[n] != 0.0F ? 1U : 0U;
      }
    }
  }
  return count;
}

}  // namespace cambrian
