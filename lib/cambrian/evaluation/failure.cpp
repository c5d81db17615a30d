#include "cambrian/evaluation/failure.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace cambrian {

void Failure::note(std::size_t failed_job, std::string_view what) {
  if (failed_job >= job) return;
  job = failed_job;
  text = what;
  std::ranges::replace_if(
      text, [](unsigned char c) { return std::iscntrl(c) != 0; }, ' ');
}

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
