// The one activation path: every network and CPPN program computes its functions here, always on
// whole SIMD packets (the rest of a row is padded), so that the same value has the same bits
// wherever it stands. A remainder by libm would differ in the last bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "cambrian/network/network.hpp"

namespace cambrian {

/// The functions that a neuron or CPPN node may compute. Several papers use one name for different
/// functions; ours say which. The numbers are those of genomes (see encoding/node_functions.hpp):
/// append only.
enum class NodeFunction : std::uint8_t {
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
inline constexpr std::size_t kNodeFunctions = 15;

/// A function as a user reads it.
struct FunctionFacts {
  std::string_view formula;  ///< of x, with * / ^ ? : exp, abs, sin, cos, tanh, max
  float min, max;            ///< of its values; infinite where it has no bound
  std::string_view source;
};
FunctionFacts function_facts(NodeFunction function);

/// values[i] = function(values[i]), of any length and alignment. Not a number stays so, except
/// under `step` (0) and `relu`.
/// Relative to the formulas in double precision the error is below 1e-6 of max(1, |result|).
void apply_function(NodeFunction function, std::span<float> values);

/// The values that a neuron can take; [-1, 1] for the unbounded ones, which may leave it.
SignalRange signal_range(NodeFunction function);

}  // namespace cambrian
