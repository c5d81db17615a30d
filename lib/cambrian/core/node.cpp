#include "cambrian/core/node.hpp"

namespace cambrian {

std::vector<Choice<Activation>> activation_choices() {
  std::vector<Activation> all;
  all.reserve(kActivations);
  for (std::size_t i = 0; i < kActivations; ++i) all.push_back(static_cast<Activation>(i));
  return activation_choices(all);
}

std::vector<Choice<Activation>> activation_choices(const std::vector<Activation>& some) {
  std::vector<Choice<Activation>> choices;
  choices.reserve(some.size());
  for (const Activation one : some) choices.push_back({activation_name(one), one});
  return choices;
}

}  // namespace cambrian
