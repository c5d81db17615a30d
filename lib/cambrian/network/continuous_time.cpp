#include "cambrian/network/continuous_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cambrian/core/error.hpp"

namespace cambrian {

void ContinuousTimeParameters::visit(ParameterVisitor& visitor) {
  visitor.choice("ctrnn_form", form, {{"beer", Form::beer}, {"rate", Form::rate}},
                 {"the equation of recurrence = \"ctrnn\": beer: tau y' = -y + I + sum of w f(y + "
                  "bias); rate: tau y' = -y + f(bias + I + sum of w y)",
                  "", "Beer 1995; neat-python: rate"});
  visitor.real(
      "ctrnn_step", step, {1e-6, 1000.0},
      {"Euler step of one update of a CTRNN; at most tau_min / 5", "time units", "our choice"});
  visitor.real(
      "tau_min", tau_min, {1e-6, 1e6},
      {"time constant of a CTRNN's neuron whose gene is -1 or less", "time units", "our choice"});
  visitor.real("tau_max", tau_max, {1e-6, 1e6},
               {"time constant of a neuron whose gene is 1 or more; between them evenly on a "
                "logarithmic scale",
                "time units", "our choice"});
}

float ContinuousTimeParameters::time_constant(float gene) const {
  const double place = (std::clamp(static_cast<double>(gene), -1.0, 1.0) + 1.0) / 2.0;
  return static_cast<float>(tau_min * std::pow(tau_max / tau_min, place));
}

void ContinuousTimeParameters::check() const {
  if (tau_min > tau_max) {
    throw ConfigError("tau_min", fmt::format("is {:g}, but at most tau_max = {:g} is expected",
                                             tau_min, tau_max));
  }
  if (step > tau_min / 5.0) {
    throw ConfigError("ctrnn_step",
                      fmt::format("is {:g}, but at most tau_min / 5 = {:g} is expected, so that "
                                  "Euler's steps follow the equation",
                                  step, tau_min / 5.0));
  }
}

}  // namespace cambrian
