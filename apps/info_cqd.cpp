#include "apps/info_cqd.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "cambrian/archive/statistics.hpp"
#include "cambrian/core/comma_separated.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/core/stream.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian::apps {

CqdRange cqd_range(const std::string& text) {
  std::vector<double> numbers;
  for (const std::string& word : cells_of(text)) {
    const std::optional<double> value = number<double>(word);
    if (!value || !std::isfinite(*value))
      throw ConfigError("--cqd", quoted(word) + " is not a number; write --cqd MIN,MAX");
    numbers.push_back(*value);
  }
  if (numbers.size() != 2 || !(numbers[0] < numbers[1])) {
    throw ConfigError("--cqd", "is " + quoted(text) +
                                   ", but expected two numbers, the lower first, such as 0,100");
  }
  return {numbers[0], numbers[1]};
}

double cqd_score_of(const RunFileReader& file, const CqdRange& range,
                    ObjectiveDirection direction) {
  constexpr std::size_t kIterations = 5;
  constexpr std::size_t kTargets = 1000;
  const auto archive = file.group("archive");
  const auto min = archive->attribute_as<std::vector<double>>("descriptor_min");
  const auto max = archive->attribute_as<std::vector<double>>("descriptor_max");
  if (min.empty() || min.size() != max.size())
    throw Error("/archive: descriptor_min and descriptor_max have different lengths");
  double squares = 0;
  for (std::size_t d = 0; d < min.size(); ++d) squares += (max[d] - min[d]) * (max[d] - min[d]);
  if (!std::isfinite(squares))
    throw ConfigError("--cqd", "needs finite bounds of each axis of the descriptor");

  Stream stream(stream_key(1, "cqd_score.targets"), 0);
  std::vector<double> targets(kIterations * kTargets * min.size());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::size_t d = i % min.size();
    targets[i] = min[d] + (max[d] - min[d]) * stream.uniform();
  }
  std::vector<double> objectives = archive->column<double>("objective");
  for (double& objective : objectives) objective = higher_is_better(objective, direction);
  const std::vector<double> scores =
      cqd_score(objectives, archive->column<double>("descriptor"), min.size(),
                {.iterations = kIterations,
                 .targets = targets,
                 .penalties = even_penalties(5),
                 .objective_min = range.min,
                 .objective_max = range.max,
                 .distance_max = std::sqrt(squares)});
  return std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(kIterations);
}

}  // namespace cambrian::apps
