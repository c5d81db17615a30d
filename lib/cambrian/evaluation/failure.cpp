#include "cambrian/evaluation/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace cambrian {
namespace {

std::string fault(double value) {
  if (!std::isfinite(value)) return "is not finite";
  return fmt::format("is {:g}, but numbers beyond {:g} are refused", value, kLargest);
}

}  // namespace

void Failure::note(std::size_t failed_job, std::string_view what) {
  if (failed_job >= job) return;
  job = failed_job;
  text = what;
  std::ranges::replace_if(
      text, [](unsigned char c) { return std::iscntrl(c) != 0; }, ' ');
}

std::string find_unusable(const EnvironmentDescription& description, const EvaluationRows& row) {
  const std::span<const double> objectives = row.objectives;
  const std::span<const double> measures = row.measures;
  for (std::size_t i = 0; i < objectives.size(); ++i) {
    if (!all_usable(objectives.subspan(i, 1))) {
      return "objective '" + description.objectives[i].name + "' " + fault(objectives[i]);
    }
  }
  for (std::size_t i = 0; i < measures.size(); ++i) {
    if (!all_usable(measures.subspan(i, 1))) {
      return "measure '" + description.measures[i].name + "' " + fault(measures[i]);
    }
  }
  if (!all_finite(row.gradients)) return "a gradient is not finite";
  return all_finite(row.learned) ? std::string() : "a gene that was learned is not finite";
}

}  // namespace cambrian
