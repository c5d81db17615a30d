#include "cambrian/environment/environment.hpp"

#include "cambrian/core/error.hpp"

namespace cambrian {

void Environment::evaluate(const VectorBlock&, std::span<double>, std::span<double>,
                           std::span<std::uint8_t>) {
  throw Error("this environment takes networks, not bare vectors");
}

void Environment::enter(std::span<const float> genes) {
  if (!genes.empty()) throw Error("this environment has no parameters that a genome may set");
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

void Environment::finish(const EvaluationRow&) {
  throw Error("this environment takes bare vectors, not networks: it has no episodes");
}

void Environment::trace(std::span<double> row) const {
  if (!row.empty()) throw Error("this environment has no trace");
}

std::optional<Scene> Environment::scene(std::span<const double>) const { return std::nullopt; }

}  // namespace cambrian
