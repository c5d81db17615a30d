// The table `[evaluation]`: how each candidate is evaluated, whatever the environment.
#pragma once

#include "cambrian/core/parameters.hpp"

namespace cambrian {

struct EvaluationParameters final : Parameters {
  std::int64_t max_steps = 0;  ///< of an episode; 0: no limit
  double time_limit = 0.0;     ///< s; 0: none, and no clock is looked at
  void visit(ParameterVisitor& visitor) override;
};

}  // namespace cambrian
