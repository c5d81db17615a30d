#include "cambrian/evaluation/failure.hpp"

#include <cmath>

namespace cambrian {

std::string find_not_finite(const EnvironmentDescription& description,
                            std::span<const double> objectives, std::span<const double> measures) {
  for (std::size_t i = 0; i < objectives.size(); ++i) {
    if (!std::isfinite(objectives[i])) {
      return "objective '" + description.objectives[i].name + "' is not finite";
    }
  }
  for (std::size_t i = 0; i < measures.size(); ++i) {
    if (!std::isfinite(measures[i])) {
      return "measure '" + description.measures[i].name + "' is not finite";
    }
  }
  return {};
}

}  // namespace cambrian
