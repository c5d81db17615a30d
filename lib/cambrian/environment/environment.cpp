#include "cambrian/environment/environment.hpp"

#include "cambrian/core/error.hpp"

namespace cambrian {

std::vector<ObjectiveDirection> directions_of(const std::vector<Objective>& objectives) {
  std::vector<ObjectiveDirection> directions;
  directions.reserve(objectives.size());
  for (const Objective& objective : objectives) directions.push_back(objective.direction);
  return directions;
}

void set_direction(EnvironmentDescription& description, ObjectiveDirection direction) {
  for (Objective& objective : description.objectives) {
    if (objective.direction == direction) continue;
    objective.direction = direction;
    objective.worst = 0;
  }
}

void Environment::evaluate(const VectorBlock&, const EvaluationRows&) {
  throw Error("this environment takes networks, not bare vectors");
}

void Environment::trace_vector(std::span<const float>, Stream&, const TraceSink&) const {
  throw Error("this environment does not trace what happens to bare vectors");
}

void Environment::reset(Stream&) {
  throw Error("this environment takes bare vectors, not networks: it has no episodes");
}

void Environment::observe(std::span<float>) {
  throw Error("this environment takes bare vectors, not networks: it has no sensors");
}

bool Environment::act(std::span<const float>) {
  throw Error("this environment takes bare vectors, not networks: it has no motors");
}

void Environment::finish(const EvaluationRows&) {
  throw Error("this environment takes bare vectors, not networks: it has no episodes");
}

void Environment::trace(std::span<double> row) const {
  if (!row.empty()) throw Error("this environment has no trace");
}

std::optional<Scene> Environment::scene(std::span<const double>) const { return std::nullopt; }

}  // namespace cambrian
