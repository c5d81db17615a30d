#include "cambrian/network/learning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

std::string_view name_of(LinkNumber number) {
  static constexpr std::array<std::string_view, kLinkNumbers> kNames = {
      "weight", "A", "B", "C", "D", "rate", "modulates", "time_constant", "modulatory_bias"};
  return kNames[static_cast<std::size_t>(number)];
}

void LearningParameters::visit(ParameterVisitor& visitor, bool by_cppn) {
  std::vector<Choice<LearningRule>> rules = {{"none", LearningRule::none},
                                             {"abc", LearningRule::abc},
                                             {"abcd", LearningRule::abcd},
                                             {"oja", LearningRule::oja},
                                             {"bcm", LearningRule::bcm}};
  if (by_cppn) rules.push_back({"iterated", LearningRule::iterated});
  visitor.choice(
      "learning", learning, rules,
      {by_cppn
           ? "how links change while the network lives: not at all; by A, B, C (and "
             "D) of each link; by Oja's or the BCM rule, with a rate of each link; "
             "iterated: as the CPPN says at every update; each pattern that an environment tries "
             "at "
             "once has weights of its own: 4 bytes per link, pattern and thread"
           : "how links change while the network lives: not at all; by A, B, C (and "
             "D) of each link; by Oja's or the BCM rule, with a rate of each link; each pattern "
             "that an environment tries at once has weights of its own: 4 bytes per "
             "link, pattern and thread",
       "", "Risi & Stanley 2010; Oja 1982; Bienenstock et al. 1982"});
  visitor.choice("modulation", modulation,
                 {{"none", Modulation::none},
                  {"risi", Modulation::risi},
                  {"bain", Modulation::bain},
                  {"soltoggio", Modulation::soltoggio}},
                 {"what gates learning: nothing, or the modulatory signals that reach a neuron", "",
                  "Risi & Stanley 2012; Soltoggio et al. 2008"});
  visitor.real(
      "coefficient_limit", coefficient_limit, {0.0, 1000.0},
      {"A, B, C, D and the number that gives the rate are clipped to this size; 0: they are "
       "not clipped",
       "", "our choice; AHNI: 1"});
  visitor.real("coefficient_threshold", coefficient_threshold, {0.0, 1000.0},
               {"those of them that are not larger than this count as 0", "",
                "our choice; AHNI, Risi's rule: 0.1"});
  visitor.real("rate_scale", rate_scale, {0.0, 1000.0},
               {"the learning rate that a number of 1 gives", "",
                "our choice; AHNI: 8 (Risi's rule), 100 (Soltoggio's)"});
  visitor.real(
      "bcm_window", bcm_window, {1.0, 1e9},
      {"the BCM rule's mean of post^2 slides over so many updates", "updates", "our choice"});
  visitor.boolean("random_weights", random_weights,
                  {"whether a life starts with random weights, so that all must be learned; "
                   "otherwise with those of the genome",
                   "", "Najarro & Risi 2020"});
  visitor.real("initial_weight_range", initial_weight_range, {0.0, 1000.0},
               {"random first weights lie within this size", "", "Najarro & Risi 2020"});
  visitor.real("weight_limit", weight_limit, {0.0, 1e6},
               {"weights that learn are clipped to this size; 0: they are not clipped", "",
                "Risi & Stanley 2012; AHNI: 3"});
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
  need(learning != LearningRule::none && learning != LearningRule::iterated, LinkNumber::rate);
  need(modulation != Modulation::none, LinkNumber::modulates);
  need(modulation == Modulation::bain, LinkNumber::modulatory_bias);
  return numbers;
}

float LearningParameters::used(LinkNumber number, float gene) const {
  const auto limit = static_cast<float>(coefficient_limit);
  if (std::abs(gene) <= static_cast<float>(coefficient_threshold)) return 0.0F;
  if (limit > 0.0F) gene = std::clamp(gene, -limit, limit);
  return number == LinkNumber::rate ? gene * static_cast<float>(rate_scale) : gene;
}

std::vector<std::string_view> LearningParameters::presets() {
  return {"risi", "bain", "ahni_risi", "ahni_soltoggio", "najarro_risi"};
}

bool LearningParameters::apply_preset(std::string_view name) {
  const std::vector<std::string_view> known = presets();
  if (std::ranges::find(known, name) == known.end()) return false;
  learning = LearningRule::abcd;
  if (name == "risi") modulation = Modulation::risi;
  if (name == "bain") modulation = Modulation::bain;
  if (name == "ahni_risi" || name == "ahni_soltoggio") {
    const bool risi = name == "ahni_risi";
    learning = LearningRule::abc;
    modulation = risi ? Modulation::risi : Modulation::soltoggio;
    coefficient_limit = 1.0;
    coefficient_threshold = risi ? 0.1 : 0.0;
    rate_scale = risi ? 8.0 : 100.0;
    weight_limit = 3.0;
  }
  if (name == "najarro_risi") {
    random_weights = true;
    normalise_weights = true;
    weight_limit = 0.0;
  }
  return true;
}

std::vector<IdleKey> LearningParameters::idle_keys() const {
  const bool fixed = learning == LearningRule::none;
  const bool genes = !fixed && learning != LearningRule::iterated;
  constexpr std::string_view kRule = "unless learning names a rule";
  constexpr std::string_view kGenes = "unless learning is a rule whose coefficients genomes hold";
  return {{"coefficient_limit", !genes, kGenes},
          {"coefficient_threshold", !genes, kGenes},
          {"rate_scale", fixed, kRule},
          {"bcm_window", learning != LearningRule::bcm, "unless learning is 'bcm'"},
          {"initial_weight_range", !random_weights, "unless random_weights is true"},
          {"weight_limit", fixed, kRule}};
}

void LearningParameters::check() const {
  if (learning != LearningRule::none) return;
  const auto refuse = [](const char* key, const char* is) {
    throw ConfigError(key, std::string("is ") + is +
                               ", but nothing learns; name a rule in learning, or leave it out");
  };
  if (modulation != Modulation::none) refuse("modulation", "not \"none\"");
  if (random_weights) refuse("random_weights", "true");
  if (normalise_weights) refuse("normalise_weights", "true");
}

}  // namespace cambrian
