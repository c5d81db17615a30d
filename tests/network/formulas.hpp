// The node functions as their sources write them, in double precision by libm.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "cambrian/network/activation.hpp"

namespace cambrian {

inline double formula(NodeFunction function, double x) {
  switch (function) {
    case NodeFunction::identity:
      return x;
    case NodeFunction::bipolar_sigmoid:
      return 2.0 / (1.0 + std::exp(-4.9 * x)) - 1.0;
    case NodeFunction::gaussian:
      return 2.0 * std::exp(-std::pow(2.5 * x, 2)) - 1.0;
    case NodeFunction::absolute:
      return std::abs(x);
    case NodeFunction::sine:
      return std::sin(2.0 * x);
    case NodeFunction::steep_sigmoid:
      return 1.0 / (1.0 + std::exp(-4.9 * x));
    case NodeFunction::neat_sigmoid:
      return 1.0 / (1.0 + std::exp(-4.924273 * x));
    case NodeFunction::tanh:
      return std::tanh(x);
    case NodeFunction::sigmoid:
      return 1.0 / (1.0 + std::exp(-x));
    case NodeFunction::step:
      return x > 0.0 ? 1.0 : 0.0;
    case NodeFunction::relu:
      return std::max(0.0, x);
    case NodeFunction::cosine:
      return std::cos(x);
    case NodeFunction::plain_sine:
      return std::sin(x);
    case NodeFunction::plain_gaussian:
      return std::exp(-x * x);
    case NodeFunction::square:
      return x * x;
  }
  std::abort();
}

}  // namespace cambrian
