// What nodes of graphs and of networks are: their kinds, and the functions that they compute. The
// numbers are those of genomes and of run files: append only.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

enum class NodeKind : std::uint8_t { input = 0, bias = 1, hidden = 2, output = 3 };
inline constexpr std::array<std::string_view, 4> kNodeKindNames = {"input", "bias", "hidden",
                                                                   "output"};
constexpr std::string_view kind_name(NodeKind kind) {
  return kNodeKindNames[static_cast<std::size_t>(kind)];
}
/// Hidden nodes and outputs; the others are given their values.
constexpr bool is_computed(NodeKind kind) {
  return kind == NodeKind::hidden || kind == NodeKind::output;
}

/// The functions that a neuron or CPPN node may compute. Several papers use one name for different
/// functions; ours say which. The run file stores the number and, in the attribute `names`, the
/// word.
enum class Activation : std::uint8_t {
  identity = 0,         ///< x
  bipolar_sigmoid = 1,  ///< 2/(1+e^-4.9x) - 1          (EPLEX)
  gaussian = 2,         ///< 2 e^-(2.5x)^2 - 1           (EPLEX)
  absolute = 3,         ///< |x|                         (EPLEX's "Linear")
  sine = 4,             ///< sin 2x                      (EPLEX)
  steep_sigmoid = 5,    ///< 1/(1+e^-4.9x)               (EPLEX, AHNI)
  neat_sigmoid = 6,     ///< 1/(1+e^-4.924273x)          (NEAT 1.2, NSC)
  tanh = 7,             ///< tanh x
  sigmoid = 8,          ///< 1/(1+e^-x)
  step = 9,             ///< x > 0 ? 1 : 0
  relu = 10,            ///< max(0, x)
  cosine = 11,          ///< cos x
  plain_sine = 12,      ///< sin x
  plain_gaussian = 13,  ///< e^-x^2
  square = 14,          ///< x^2
};
inline constexpr std::array<std::string_view, 15> kActivationNames = {
    "identity",      "bipolar_sigmoid", "gaussian",   "absolute",       "sine",
    "steep_sigmoid", "neat_sigmoid",    "tanh",       "sigmoid",        "step",
    "relu",          "cosine",          "plain_sine", "plain_gaussian", "square"};
inline constexpr std::size_t kActivations = kActivationNames.size();

constexpr std::string_view activation_name(Activation activation) {
  return kActivationNames.at(static_cast<std::size_t>(activation));
}
/// With their words, for parameters; of all, or of some.
std::vector<Choice<Activation>> activation_choices();
std::vector<Choice<Activation>> activation_choices(const std::vector<Activation>& some);

}  // namespace cambrian
