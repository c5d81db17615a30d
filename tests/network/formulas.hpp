// The node functions as their sources write them, in double precision by libm.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "cambrian/network/activation.hpp"

namespace cambrian {

inline double formula(Activation function, double x) {
  switch (function) {
    case Activation::identity:
      return x;
    case Activation::bipolar_sigmoid:
      return 2.0 / (1.0 + std::exp(-4.9 * x)) - 1.0;
    case Activation::gaussian:
      return 2.0 * std::exp(-std::pow(2.5 * x, 2)) - 1.0;
    case Activation::absolute:
      return std::abs(x);
    case Activation::sine:
      return std::sin(2.0 * x);
    case Activation::steep_sigmoid:
      return 1.0 / (1.0 + std::exp(-4.9 * x));
    case Activation::neat_sigmoid:
      return 1.0 / (1.0 + std::exp(-4.924273 * x));
    case Activation::tanh:
      return std::tanh(x);
    case Activation::sigmoid:
      return 1.0 / (1.0 + std::exp(-x));
    case Activation::step:
      return x > 0.0 ? 1.0 : 0.0;
    case Activation::relu:
      return std::max(0.0, x);
    case Activation::cosine:
      return std::cos(x);
    case Activation::plain_sine:
      return std::sin(x);
    case Activation::plain_gaussian:
      return std::exp(-x * x);
    case Activation::square:
      return x * x;
  }
  std::abort();
}

}  // namespace cambrian
