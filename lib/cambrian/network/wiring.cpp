#include "cambrian/network/wiring.hpp"

#include <algorithm>

namespace cambrian {
namespace {

constexpr std::array<LinkNumber, 5> kRule = {LinkNumber::a, LinkNumber::b, LinkNumber::c,
                                             LinkNumber::d, LinkNumber::rate};

}  // namespace

Wiring wiring_of(const LayeredNetwork& network) {
  const LayeredForm& form = network.form();
  const std::vector<LinkNumber> numbers = form.numbers();
  const auto has = [&](LinkNumber number) {
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
  };
  Wiring wiring;
  wiring.update = {.stateful = network.stateful(),
                   .input_range = network.input_range(),
                   .output_range = network.output_range(),
                   .learning = form.learning,
                   .continuous = form.recurrence == Recurrence::ctrnn,
                   .time = form.time};
  wiring.nodes.assign(form.inputs, {.kind = NodeKind::input});
  std::size_t before = 0;  // first node of the layer before
  for (std::size_t layer = 0; layer < form.layers.size(); ++layer) {
    const std::size_t first = wiring.nodes.size();
    const std::size_t neurons = form.layers[layer].neurons;
    const std::size_t hidden = layer + 1 == form.layers.size() ? neurons - form.outputs : neurons;
    const std::size_t sources = form.sources(layer);
    const std::span<const float> biases = network.column(LinkNumber::weight, layer, sources);
    for (std::size_t n = 0; n < neurons; ++n) {
      wiring.nodes.push_back({n < hidden ? NodeKind::hidden : NodeKind::output,
                              static_cast<std::uint32_t>(layer + 1), form.layers[layer].function,
                              biases[n]});
      if (has(LinkNumber::time_constant)) {
        wiring.nodes.back().time_constant =
            form.time.time_constant(network.column(LinkNumber::time_constant, layer, 0)[n]);
      }
    }
    if (has(LinkNumber::modulatory_bias)) {
      for (std::size_t n = 0; n < neurons; ++n) {
        wiring.nodes[first + n].modulatory_bias =
            network.column(LinkNumber::modulatory_bias, layer, 0)[n];
      }
    }
    for (std::size_t i = 0; i < sources; ++i) {
      const std::size_t source =
          i < form.before(layer) ? before + i : first + i - form.before(layer);
      const std::span<const float> weights = network.column(LinkNumber::weight, layer, i);
      for (std::size_t n = 0; n < neurons; ++n) {
        Wiring::Link link{static_cast<std::uint32_t>(source), static_cast<std::uint32_t>(first + n),
                          weights[n]};
        link.modulates = network.modulates(layer, i, n);
        for (std::size_t k = 0; k < kRule.size() && !link.modulates; ++k) {
          if (!has(kRule[k])) continue;
          link.rule[k] = form.learning.used(kRule[k], network.column(kRule[k], layer, i)[n]);
        }
        if (weights[n] != 0.0F || link.rule[4] != 0.0F) wiring.links.push_back(link);
      }
    }
    before = first;
  }
  return wiring;
}

Wiring::Update update_of(const RecurrentNetwork& network) {
  return {.passes = network.passes(),
          .stateful = network.stateful(),
          .input_range = network.input_range(),
          .output_range = network.output_range()};
}

}  // namespace cambrian
