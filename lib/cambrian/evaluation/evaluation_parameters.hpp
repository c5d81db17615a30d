// The table `[evaluation]`: how each candidate is evaluated, whatever the environment.
#pragma once

#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/evaluation/network_measures.hpp"

namespace cambrian {

/// How the evaluations of one candidate become one row: per column their mean or median, or the whole
/// row of the one with the lowest first objective.
enum class Reduction : std::uint8_t { mean, median, worst };

/// Which stream an evaluation draws from: one per candidate, one for all candidates of a batch, or
/// one for the whole run. Samples draw from streams of their own in each.
enum class Noise : std::uint8_t { own, shared, fixed };

struct EvaluationParameters final : Parameters {
  std::int64_t samples = 1;  ///< evaluations per candidate and environment
  Reduction reduction = Reduction::mean;
  Noise noise = Noise::own;
  std::int64_t max_steps = 0;            ///< of an episode; 0: no limit
  bool learning = true;                  ///< whether networks that can learn do so
  std::int64_t freeze_after = 0;         ///< steps of a life, after which it learns no more
  std::int64_t reset_weights_every = 0;  ///< steps; these three 0: never
  std::int64_t reset_state_every = 0;
  bool lamarckian = false;  ///< what a life has learned replaces the genome that it began with
  std::vector<NetworkMeasure> network_measures = {};  ///< that are computed; each once
  double time_limit = 0.0;                            ///< s; 0: no limit, and no clock is read
  void visit(ParameterVisitor& visitor) override;
};

}  // namespace cambrian
