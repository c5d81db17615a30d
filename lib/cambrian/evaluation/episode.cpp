#include "cambrian/evaluation/episode.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

Episode::Episode(Environment& environment, const EvaluationParameters& limits)
    : environment_(environment),
      description_(environment.description()),
      max_steps_(limits.max_steps == 0 ? std::numeric_limits<std::uint64_t>::max()
                                       : static_cast<std::uint64_t>(limits.max_steps)),
      time_limit_(limits.time_limit),
      learning_(limits.learning),
      freeze_after_(static_cast<std::uint64_t>(limits.freeze_after)),
      reset_weights_every_(static_cast<std::uint64_t>(limits.reset_weights_every)),
      reset_state_every_(static_cast<std::uint64_t>(limits.reset_state_every)),
      sensor_map_(description_.body.sensors, SignalMap::Direction::sensors_to_network),
      motor_map_(description_.body.motors, SignalMap::Direction::network_to_motors),
      sensors_(description_.lanes * description_.body.sensors.size()),
      motors_(description_.lanes * description_.body.motors.size()),
      row_(description_.trace.size()) {}

EpisodeEnd Episode::run(Network& network, Stream& birth, Stream& stream,
                        const EvaluationRows& result,
                        const std::function<void(std::span<const double>)>* sink) {
  const NetworkInterface& body = description_.body;
  if (network.inputs() != body.sensors.size() || network.outputs() != body.motors.size()) {
    throw Error("the network has " + std::to_string(network.inputs()) + " inputs and " +
                std::to_string(network.outputs()) + " outputs, but the body has " +
                std::to_string(body.sensors.size()) + " sensors and " +
                std::to_string(body.motors.size()) + " motors");
  }
  const Deadline deadline(time_limit_);
  sensor_map_.fit(network.input_range());
  motor_map_.fit(network.output_range());
  environment_.reset(stream);
  do {
    network.reset(description_.lanes, birth);
    const EpisodeEnd end = run_scenario(network, deadline, sink);
    if (end != EpisodeEnd::by_itself) return end;
    network.check();
  } while (environment_.next_scenario());
  environment_.finish(result);
  return EpisodeEnd::by_itself;
}

EpisodeEnd Episode::run_scenario(Network& network, const Deadline& deadline,
                                 const std::function<void(std::span<const double>)>* sink) {
  std::fill(motors_.begin(), motors_.end(), 0.0F);
  trace(sink);
  observe();
  network.set_learning(false);
  if (network.stateful()) activate(network, description_.warm_up);
  network.set_learning(learning_);
  const int updates = network.stateful() ? std::max(description_.updates_per_step, 1) : 1;
  for (std::uint64_t steps = 1;; ++steps) {
    activate(network, updates);
    motor_map_.apply(motors_);
    const bool goes_on = environment_.act(motors_);
    trace(sink);
    if (!goes_on) return EpisodeEnd::by_itself;
    if (steps == max_steps_) return EpisodeEnd::by_max_steps;
    if (deadline.passed()) return EpisodeEnd::by_time_limit;
    control(network, steps);
    observe();
  }
}

void Episode::control(Network& network, std::uint64_t steps_done) const {
  const auto due = [&](std::uint64_t every) { return every > 0 && steps_done % every == 0; };
  if (steps_done == freeze_after_) network.set_learning(false);
  if (due(reset_weights_every_)) network.reset_weights();
  if (due(reset_state_every_)) network.reset_state();
}

void Episode::observe() {
  environment_.observe(sensors_);
  sensor_map_.apply(sensors_);
}

void Episode::activate(Network& network, int times) {
  for (int i = 0; i < times; ++i) network.activate(sensors_, motors_);
}

void Episode::trace(const std::function<void(std::span<const double>)>* sink) {
  if (sink == nullptr) return;
  environment_.trace(row_);
  (*sink)(row_);
}

}  // namespace cambrian
