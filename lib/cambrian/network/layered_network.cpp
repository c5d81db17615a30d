#include "cambrian/network/layered_network.hpp"

#include "cambrian/core/error.hpp"
#include "cambrian/network/feed_forward.hpp"

namespace cambrian {

std::vector<LinkNumber> LayeredForm::numbers() const {
  std::vector<LinkNumber> numbers = learning.numbers();
  if (recurrence == Recurrence::ctrnn) numbers.push_back(LinkNumber::time_constant);
  return numbers;
}

std::size_t LayeredNetwork::nodes() const {
  std::size_t count = form().inputs + 1;
  for (const LayerShape& layer : form().layers) count += layer.neurons;
  return count;
}

std::unique_ptr<LayeredNetwork> make_layered_network(const LayeredForm& form) {
  if (form.recurrence == Recurrence::none && form.learning.learning == LearningRule::none) {
    return std::make_unique<FeedForwardNetwork>(form);
  }
  throw Error("networks with recurrence or learning are not there yet");
}

}  // namespace cambrian
