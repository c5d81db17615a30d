#include "cambrian/network/layered_network.hpp"

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

std::unique_ptr<LayeredNetwork> make_layered_network(const LayeredForm& form) {
  form.learning.check();
  if (form.recurrence == Recurrence::ctrnn) form.time.check();
  if (form.recurrence == Recurrence::none && form.learning.learning == LearningRule::none) {
    return std::make_unique<FeedForwardNetwork>(form);
  }
  return std::make_unique<DynamicNetwork>(form);
}

}  // namespace cambrian
