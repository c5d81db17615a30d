// How the neurons of a CTRNN follow their input, by Euler steps of one update each.
//
//   beer  tau y' = -y + I + sum of w f(y_j + bias_j), value f(y + bias)       (Beer 1995)
//   rate  tau y' = -y + f(bias + I + sum of w y_j), value y                   (neat-python)
//
// I is the weighted sum of the sensors, f the layer's function (Beer's and neat-python's: sigmoid).
// These are different networks: their fixed points differ.
#pragma once

#include <cstdint>

#include "cambrian/core/parameters.hpp"

namespace cambrian {

/// The keys of `[encoding]` about continuous time.
struct ContinuousTimeParameters {
  enum class Form : std::uint8_t { beer, rate };
  Form form = Form::beer;
  double step = 0.1;  ///< time units that pass in an update
  double tau_min = 0.5;
  double tau_max = 10.0;

  void visit(ParameterVisitor& visitor);
  /// The time constant of a neuron: tau_min at -1 and below, tau_max at 1 and above, evenly on the
  /// logarithmic scale between, so that 0 gives their geometric mean.
  float time_constant(float gene) const;
  /// @throws ConfigError unless step <= tau_min / 5 and tau_min <= tau_max
  void check() const;
};

}  // namespace cambrian
