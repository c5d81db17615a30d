// The one activation path: every network and CPPN program computes its functions here, always on
// whole SIMD packets (the rest of a row is padded), so that the same value has the same bits
// wherever it stands. A remainder by libm would differ in the last bit.
#pragma once

#include <span>
#include <string_view>

#include "cambrian/core/node.hpp"
#include "cambrian/network/network.hpp"

namespace cambrian {

/// A function as a user reads it.
struct FunctionFacts {
  std::string_view formula;  ///< of x, with * / ^ ? : exp, abs, sin, cos, tanh, max
  float min, max;            ///< of its values; infinite where it has no bound
  std::string_view source;
};
FunctionFacts function_facts(Activation function);

/// values[i] = function(values[i]), of any length and alignment. Not a number stays so, except
/// under `step` (0) and `relu`.
/// Relative to the formulas in double precision the error is below 1e-6 of max(1, |result|).
void apply_function(Activation function, std::span<float> values);

/// The values that a neuron can take; [-1, 1] for the unbounded ones, which may leave it.
SignalRange signal_range(Activation function);

}  // namespace cambrian
