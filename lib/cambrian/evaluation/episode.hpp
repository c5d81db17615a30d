// One network's episode in one environment: the loop that all environments share.
//
//   reset, observe, [stateful: warm up]  then each step: network -> act -> observe  ...  finish
//
// Where the environment has another scenario, the network is born anew and the loop starts again.
// It learns nothing while it warms up.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "cambrian/core/cache_lines.hpp"
#include "cambrian/environment/environment.hpp"
#include "cambrian/evaluation/deadline.hpp"
#include "cambrian/evaluation/evaluation_parameters.hpp"
#include "cambrian/evaluation/signal_map.hpp"

namespace cambrian {

enum class EpisodeEnd { by_itself, by_max_steps, by_time_limit };

/// A worker's place for episodes: the environment and its buffers.
class Episode {
 public:
  Episode(Environment& environment, const EvaluationParameters& limits);

  /// @param birth  what the network draws from when it is reset; the environment draws from `stream`
  /// @param sink  gets a trace row before the first step and after each; may be null
  /// @return what ended it; an episode that a limit ended leaves `result` unwritten
  /// @throws Error if the network does not fit the body, and what the environment throws
  EpisodeEnd run(Network& network, Stream& birth, Stream& stream, const EvaluationRows& result,
                 const std::function<void(std::span<const double>)>* sink);

 private:
  EpisodeEnd run_scenario(Network& network, const Deadline& deadline,
                          const std::function<void(std::span<const double>)>* sink);
  void control(Network& network, std::uint64_t steps_done) const;
  void observe();
  void activate(Network& network, int times);
  void trace(const std::function<void(std::span<const double>)>* sink);

  Environment& environment_;
  const EnvironmentDescription& description_;
  std::uint64_t max_steps_;  // of a scenario
  double time_limit_;
  bool learning_;
  std::uint64_t freeze_after_, reset_weights_every_, reset_state_every_;  // steps; 0: never
  SignalMap sensor_map_;
  SignalMap motor_map_;
  CacheAligned<float> sensors_;  // [lanes, sensors]
  CacheAligned<float> motors_;   // [lanes, motors]
  std::vector<double> row_;      // [trace]
};

}  // namespace cambrian
