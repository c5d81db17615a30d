// The patterns of the static tasks: what goes in, and what should come out.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "environments/static_task/static_task.hpp"

namespace cambrian {

struct Patterns {
  std::vector<std::string> inputs;   ///< names
  std::vector<std::string> outputs;  ///< names
  std::vector<float> values;         ///< [patterns, inputs]
  std::vector<double> targets;       ///< [patterns, outputs]
  std::size_t size() const { return values.size() / inputs.size(); }
};

/// Without a bias, whether or not there is a bias sensor.
Patterns patterns_of(const StaticTaskParameters& parameters);

}  // namespace cambrian
