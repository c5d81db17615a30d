#include "cambrian/network/layered_network.hpp"

#include <array>

#include "cambrian/core/error.hpp"
#include "cambrian/network/dynamic_network.hpp"
#include "cambrian/network/feed_forward.hpp"

namespace cambrian {

std::vector<LinkNumber> LayeredForm::numbers() const {
  std::vector<LinkNumber> numbers = learning.numbers();
  if (recurrence == Recurrence::ctrnn) numbers.push_back(LinkNumber::time_constant);
  return numbers;
}

bool LayeredNetwork::modulates(std::size_t layer, std::size_t source, std::size_t neuron) const {
  const LinkNumber number = LinkNumber::modulates;
  if (form().learning.modulation == Modulation::none) return false;
  if (!form().per_neuron(number)) return column(number, layer, source)[neuron] > 0.0F;
  const std::size_t before = form().before(layer);
  if (source >= before) return column(number, layer, 0)[source - before] > 0.0F;
  return layer > 0 && column(number, layer - 1, 0)[source] > 0.0F;
}

std::size_t LayeredNetwork::nodes() const {
  std::size_t count = form().inputs + 1;
  for (const LayerShape& layer : form().layers) count += layer.neurons;
  return count;
}

/// Weights that are all 0 at birth: A, B, C and D may move them, but Oja's and the BCM rule only where
/// a neuron without input is not 0, and a CPPN moves none that was 0. @throws ConfigError
static void require_weights_that_learn(const LayeredForm& form) {
  const LearningParameters& learning = form.learning;
  if (!learning.random_weights || learning.initial_weight_range > 0.0) return;
  const bool by_signals =
      learning.learning == LearningRule::oja || learning.learning == LearningRule::bcm;
  bool moves = learning.learning != LearningRule::iterated;
  for (const LayerShape& layer : form.layers) {
    std::array<float, 1> value = {0.0F};
    apply_function(layer.function, value);
    moves = moves && (!by_signals || value[0] != 0.0F);
  }
  if (moves) return;
  throw ConfigError("initial_weight_range",
                    "is 0, but with random_weights and this rule of learning no signal ever gets "
                    "through weights that are all born as 0; more is expected");
}

std::unique_ptr<LayeredNetwork> make_layered_network(const LayeredForm& form) {
  form.learning.check();
  require_weights_that_learn(form);
  if (form.recurrence == Recurrence::ctrnn) form.time.check();
  if (form.recurrence == Recurrence::none && form.learning.learning == LearningRule::none) {
    return std::make_unique<FeedForwardNetwork>(form);
  }
  return std::make_unique<DynamicNetwork>(form);
}

}  // namespace cambrian
