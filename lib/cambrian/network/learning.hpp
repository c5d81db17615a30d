// How the links of a network change while it lives, and which numbers each link needs for that.
//
//   abc        dw = rate (A pre post + B pre + C post)
//   abcd       dw = rate (A pre post + B pre + C post + D)
//   oja        dw = rate post (pre - post w)
//   bcm        dw = rate post (post - mean of post^2) pre
//   iterated   dw = what a CPPN says of pre, post, w and the link's place (iterated_learning.hpp)
//
// pre and post are the values of both ends after the update of all neurons; the mean slides over
// bcm_window updates. With modulation, dw is multiplied by the gate m of the neuron that the link
// leads to, s being the sum over its modulatory links of the signals that drive its own sum:
//
//   risi       m = tanh(1 + s)          single links modulate (number `modulates` > 0)
//   bain       m = (tanh(s / 2) + 1) / 2, s with a modulatory bias of the neuron; links as risi
//   soltoggio  m = tanh(s / 2), a value f(sum / 2); all links from a modulatory neuron modulate
//
// Modulatory links add to s alone and do not learn; nor do biases. Sources: Soltoggio et al. 2008,
// Risi & Stanley 2010, 2012, and Soltoggio's and Risi's rules as BAIN and EPLEX have them (abc,
// abcd, modulation); Oja 1982; Bienenstock, Cooper & Munro 1982.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

enum class LearningRule : std::uint8_t { none, abc, abcd, oja, bcm, iterated };

/// What gates learning: nothing, or the modulatory signals that reach a neuron.
enum class Modulation : std::uint8_t { none, risi, bain, soltoggio };

/// The numbers of a link, or of a neuron (LayeredForm::per_neuron), that an encoding gives.
enum class LinkNumber : std::uint8_t {
  weight,
  a,
  b,
  c,
  d,
  rate,
  modulates,  ///< above 0: this link, under soltoggio each link from this neuron, modulates
  time_constant,
  modulatory_bias,
};
inline constexpr std::size_t kLinkNumbers = 9;
std::string_view name_of(LinkNumber number);

/// The keys of `[encoding]` about learning, shared by all encodings whose networks can.
struct LearningParameters {
  LearningRule learning = LearningRule::none;
  Modulation modulation = Modulation::none;
  double coefficient_limit = 0.0;      ///< A to D and the rate's gene are clipped to it; 0: not
  double coefficient_threshold = 0.0;  ///< those up to this size count as 0
  double rate_scale = 1.0;             ///< the rate that a gene of 1 makes
  double bcm_window = 100.0;           ///< updates
  bool random_weights = false;  ///< drawn at birth, uniformly within initial_weight_range; biases 0
  double initial_weight_range = 0.1;
  double weight_limit = 5.0;       ///< weights that learn are clipped to this size; 0: not
  bool normalise_weights = false;  ///< each layer's divided by the largest after every update
  /// Visits the keys; called by the visit of the encoding's parameters.
  /// @param by_cppn  whether the encoding has CPPNs, so that learning may be iterated
  void visit(ParameterVisitor& visitor, bool by_cppn = false);
  /// What an encoding must give for each link: the weight unless it is drawn at birth, and what the
  /// rule needs.
  std::vector<LinkNumber> numbers() const;
  /// A, B, C, D or the rate as the rule uses it, from what an encoding gives.
  float used(LinkNumber number, float gene) const;
  /// Published sets of these keys; encodings offer them among their presets.
  static std::vector<std::string_view> presets();
  /// @return whether `name` is one of presets()
  bool apply_preset(std::string_view name);
  /// Those without effect beside the rule.
  std::vector<IdleKey> idle_keys() const;
  /// @throws ConfigError if a key that would make other networks needs a rule, and there is none
  void check() const;
};

}  // namespace cambrian
