#include "cambrian/network/learning.hpp"

#include <array>

namespace cambrian {

std::string_view name_of(LinkNumber number) {
  static constexpr std::array<std::string_view, kLinkNumbers> kNames = {
      "weight", "A", "B", "C", "D", "rate", "modulates", "time_constant"};
  return kNames[static_cast<std::size_t>(number)];
}

void LearningParameters::visit(ParameterVisitor& visitor) {
  visitor.choice(
      "learning", learning,
      {{"none", LearningRule::none},
       {"abc", LearningRule::abc},
       {"abcd", LearningRule::abcd},
       {"oja", LearningRule::oja},
       {"bcm", LearningRule::bcm}},
      {"how links change while the network lives: not at all; by A, B, C (and D) of each "
       "link; by Oja's or the BCM rule, with a rate of each link",
       "", "Risi & Stanley 2010; Oja 1982; Bienenstock et al. 1982"});
  visitor.choice("modulation", modulation,
                 {{"none", Modulation::none},
                  {"risi", Modulation::risi},
                  {"bain", Modulation::bain},
                  {"soltoggio", Modulation::soltoggio}},
                 {"what gates learning: nothing, or the modulatory signals that reach a neuron", "",
                  "Risi & Stanley 2012; Soltoggio et al. 2008"});
  visitor.boolean("random_weights", random_weights,
                  {"whether a life starts with random weights, so that all must be learned; "
                   "otherwise with those of the genome",
                   "", "Najarro & Risi 2020"});
  visitor.real("initial_weight_range", initial_weight_range, {0.0, 1000.0},
               {"random first weights lie within this size", "", "Najarro & Risi 2020"});
  visitor.real("weight_limit", weight_limit, {0.0, 1e6},
               {"learned weights are clipped to this size", "", "Risi & Stanley 2012"});
  visitor.boolean(
      "normalise_weights", normalise_weights,
      {"whether the weights of each layer are divided by the largest of them after every "
       "update",
       "", "Najarro & Risi 2020"});
}

std::vector<LinkNumber> LearningParameters::numbers() const {
  std::vector<LinkNumber> numbers;
  const auto need = [&](bool needed, LinkNumber number) {
    if (needed) numbers.push_back(number);
  };
  const bool by_products = learning == LearningRule::abc || learning == LearningRule::abcd;
  need(learning == LearningRule::none || !random_weights, LinkNumber::weight);
  need(by_products, LinkNumber::a);
  need(by_products, LinkNumber::b);
  need(by_products, LinkNumber::c);
  need(learning == LearningRule::abcd, LinkNumber::d);
  need(learning != LearningRule::none, LinkNumber::rate);
  need(modulation == Modulation::risi || modulation == Modulation::bain, LinkNumber::modulates);
  return numbers;
}

}  // namespace cambrian
