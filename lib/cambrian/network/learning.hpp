// How the links of a network change while it lives, and which numbers each link needs for that.
//
//   abc        dw = rate (A pre post + B pre + C post)
//   abcd       dw = rate (A pre post + B pre + C post + D)
//   oja        dw = rate post (pre - post w)
//   bcm        dw = rate post (post - mean of post^2) pre
//
// pre and post are the values of both ends after the update of all neurons. Sources: Soltoggio et
// al. 2008, Risi & Stanley 2010 (abc, abcd); Oja 1982; Bienenstock, Cooper & Munro 1982.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

enum class LearningRule : std::uint8_t { none, abc, abcd, oja, bcm };

/// What gates learning: nothing, or the modulatory signals that reach a neuron.
enum class Modulation : std::uint8_t { none, risi, bain, soltoggio };

/// The numbers of a link (of a neuron: time_constant) that an encoding gives.
enum class LinkNumber : std::uint8_t { weight, a, b, c, d, rate, modulates, time_constant };
inline constexpr std::size_t kLinkNumbers = 8;
std::string_view name_of(LinkNumber number);

/// The keys of `[encoding]` about learning, shared by all encodings whose networks can.
struct LearningParameters {
  LearningRule learning = LearningRule::none;
  Modulation modulation = Modulation::none;
  bool random_weights = false;  ///< drawn at birth, uniformly within initial_weight_range
  double initial_weight_range = 0.1;
  double weight_limit = 5.0;       ///< learned weights are clipped to this size
  bool normalise_weights = false;  ///< each layer's divided by the largest after every update
  /// Visits the keys; called by the visit of the encoding's parameters.
  void visit(ParameterVisitor& visitor);
  /// What an encoding must give for each link: the weight unless it is drawn at birth, and what the
  /// rule needs.
  std::vector<LinkNumber> numbers() const;
};

}  // namespace cambrian
