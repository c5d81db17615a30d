#include "apps/series_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cambrian/core/columns.hpp"
#include "cambrian/core/words.hpp"

namespace cambrian::apps {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const std::optional<Quartiles>& of) {
  if (!of) return {};
  return {{"lower_quartile", of->lower}, {"median", of->median}, {"upper_quartile", of->upper}};
}

}  // namespace

std::optional<Quartiles> quartiles(std::vector<double> values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  const auto at = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double next = values[std::min(below + 1, values.size() - 1)];
    return values[below] + (place - std::floor(place)) * (next - values[below]);
  };
  return Quartiles{at(0.25), at(0.5), at(0.75)};
}

SeriesSummary summarise_series(const std::vector<RunSummary>& runs) {
  SeriesSummary series;
  std::vector<double> evaluations, best, coverage, qd_score;
  for (const RunSummary& run : runs) {
    ++series.runs;
    series.can_be_solved |= run.can_be_solved;
    if (run.solved_evaluation) {
      ++series.solved;
      evaluations.push_back(static_cast<double>(*run.solved_evaluation));
    }
    const ArchiveSummary main = run.archives.empty() ? ArchiveSummary() : run.archives.front();
    const auto highest = run.objective_best ? run.objective_best : main.objective_max;
    if (highest) best.push_back(*highest);
    if (main.coverage) coverage.push_back(*main.coverage);
    if (main.qd_score) qd_score.push_back(*main.qd_score);
  }
  series.evaluations_to_success = quartiles(std::move(evaluations));
  series.objective_best = quartiles(std::move(best));
  series.coverage = quartiles(std::move(coverage));
  series.qd_score = quartiles(std::move(qd_score));
  return series;
}

std::string text_of(const SeriesSummary& series) {
  const auto number = [](double value) { return fmt::format("{:.6g}", value); };
  const auto count = [](double value) { return fmt::format("{:.0f}", value); };
  const auto share = [](double value) { return percentage(value, 2); };
  std::vector<TextRow> rows = {{"over the runs", "lower quartile", "median", "upper quartile"}};
  const auto add = [&](const std::string& name, const std::optional<Quartiles>& of,
                       const auto& text) {
    if (of) rows.push_back({name, text(of->lower), text(of->median), text(of->upper)});
  };
  add(fmt::format("solved at ({} of {} runs)", series.solved, series.runs),
      series.evaluations_to_success, count);
  add("best", series.objective_best, number);
  add("coverage", series.coverage, share);
  add("QD score", series.qd_score, number);
  if (rows.size() == 1) return {};
  constexpr auto kRight = Side::right;
  const Columns columns({{Side::left, 26}, {kRight, 14}, {kRight, 14}, {kRight, 14}});
  std::string lines;
  for (const TextRow& row : rows) columns.write(row, lines);
  return lines;
}

Json to_json(const SeriesSummary& series) {
  return {{"runs", series.runs},
          {"solved", series.can_be_solved ? Json(series.solved) : Json()},
          {"evaluations_to_success", to_json(series.evaluations_to_success)},
          {"objective_best", to_json(series.objective_best)},
          {"coverage", to_json(series.coverage)},
          {"qd_score", to_json(series.qd_score)}};
}

}  // namespace cambrian::apps
